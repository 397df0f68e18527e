import type { Engine, EngineError } from '../fleet/engine.ts';
import type { Said } from '../i18n/error-texts.ts';
import { fleetWords } from '../i18n/fleet-words.ts';
import { CliError } from './cli-error.ts';
import { exitCodes } from './exit-codes.ts';
import { readTextFile } from './text-file.ts';

/** Where the engine is and how to get in. */
export interface EngineAccess {
  engine: string | null;
  engineCredentials: string | null;
  engineCa: string | null;
}

const maxFileBytes = 65_536;

/** Connects to the engine, as a worker of `vantage` or as a coordinator; throws `CliError` where it is not given (2), refuses (2), or cannot be reached (3). */
export async function openEngine(
  { engine: url, engineCredentials, engineCa }: EngineAccess,
  name: string,
  vantage: string | null = null,
): Promise<Engine> {
  if (url === null) throw new CliError({ code: 'no-engine', say: ({ language }) => fleetWords(language).needsEngine });
  const credentials = engineCredentials === null ? null : Buffer.from(await readTextFile(engineCredentials, maxFileBytes));
  const authority = engineCa === null ? null : await readTextFile(engineCa, maxFileBytes);
  const inbox = vantage === null ? {} : { inbox: (await import('../fleet/names.ts')).inboxOf(vantage) };
  return sayingEngine(url, async () => (await import('../fleet/engine.ts')).connectEngine({ url, credentials, authority, name, ...inbox }));
}

/** Runs `work`; what the engine does not do becomes a `CliError`. */
export async function sayingEngine<Result>(url: string, work: () => Promise<Result>): Promise<Result> {
  const { EngineError } = await import('../fleet/engine.ts');
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const { kind, message } = error;
    throw new CliError({
      code: `engine-${kind}`,
      exitCode: kind === 'refused' ? exitCodes.usage : exitCodes.ownTrouble,
      say: ({ language }) => saidOf(fleetWords(language), kind)(url),
      // In the engine's own words.
      details: () => [message],
    });
  }
}

function saidOf({ refused, noStreams, unreachable }: ReturnType<typeof fleetWords>, kind: EngineError['kind']): (url: string) => Said {
  if (kind === 'refused') return refused;
  return kind === 'no-streams' ? noStreams : unreachable;
}
