import { betweenWords } from '../i18n/between-words.ts';
import { IgnoreListError } from '../runner/ignore-list.ts';
import { RunUseError } from '../runner/run-use-error.ts';
import { CliError } from './cli-error.ts';

/** A run or ignore list that cannot be used as something that can be said; anything else as it is. */
export function sayBetween(error: unknown): unknown {
  if (error instanceof RunUseError) {
    const { problem, path, detail } = error;
    return new CliError({
      code: problem === 'locked' ? 'locked' : `run-${problem}`,
      say: ({ language }) => betweenWords(language).problems[problem](path, detail),
    });
  }
  if (error instanceof IgnoreListError) return sayIgnoreList(error);
  return error;
}

function sayIgnoreList({ file, line, problem, entry, detail }: IgnoreListError): CliError {
  return new CliError({
    code: problem === 'expired' ? 'ignore-expired' : 'ignore-list',
    say: ({ language }) => {
      const { ignoreList: texts } = betweenWords(language);
      return {
        what: `${texts.at(file, line)}: ${texts.faults[problem](detail)}.`,
        next: problem === 'expired' ? texts.expiredNext : texts.next,
      };
    },
    details: () => (entry === '' ? [] : [entry]),
  });
}

/** Runs `work`; what it throws about runs and ignore lists becomes a `CliError` (exit code 2). */
export async function saying<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw sayBetween(error);
  }
}
