import type { Language } from '../i18n/catalogue.ts';
import { formatWords } from '../i18n/format-words.ts';
import { catalogueOf } from '../i18n/language.ts';
import type { ReportAgency, ReportFinding } from '../model/report.ts';
import { visibleShort } from './escape.ts';
import { markdownName, markdownSentence, markdownText } from './markdown-text.ts';
import { worstFirst } from './show-level.ts';

const maxFindings = 15;
const nameLength = 80;
const textLength = 400;

/** The failing checks of each agency in a fold of its own, as many as fit into `room` characters, then how many agencies are left out. */
export function failingFolds(agencies: readonly ReportAgency[], language: Language, room: number): string[] {
  const words = formatWords[language];
  const failing = agencies.filter(({ findings }) => findings.some(isFailing));
  if (failing.length === 0) return [words.nothingFails];
  const folds: string[] = [];
  let left = room;
  for (const agency of failing) {
    const text = fold(agency, language);
    // Two line feeds part it from what is before it.
    left -= text.length + 2;
    if (left < 0) break;
    folds.push(text);
  }
  const hidden = failing.length - folds.length;
  return hidden > 0 ? [...folds, words.moreFolds(hidden)] : folds;
}

const isFailing = ({ status, ignored }: ReportFinding): boolean => status === 'fail' && ignored === null;

/** The blank line after the summary is what makes the list Markdown again. */
function fold(agency: ReportAgency, language: Language): string {
  const words = formatWords[language];
  const failing = worstFirst(agency.findings).filter(isFailing);
  const lines = failing.slice(0, maxFindings).map((finding) => item(finding, language));
  if (failing.length > maxFindings) lines.push(`- ${words.moreFindings(failing.length - maxFindings)}`);
  const name = markdownText(visibleShort(agency.name[language], nameLength));
  const summary = `${name} (${markdownText(visibleShort(agency.domain, 253))}): ${words.failsOf(failing.length)}`;
  return `<details>\n<summary>${summary}</summary>\n\n${lines.join('\n')}\n\n</details>`;
}

function item({ check, host, status, text, fix }: ReportFinding, language: Language): string {
  const { words, report: texts } = catalogueOf(language);
  const short = (long: string): string => markdownSentence(visibleShort(long, textLength));
  const todo = fix[language] === '' ? '' : `<br>**${texts.fix}** ${short(fix[language])}`;
  return `- **${words.statuses[status]}** ${markdownName(visibleShort(check, nameLength))} · ${markdownName(visibleShort(host, 253))}: ${short(text[language])}${todo}`;
}
