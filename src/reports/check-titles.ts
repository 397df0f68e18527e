import type { CheckDefinition } from '../checks/define-check.ts';
import type { Bilingual } from '../model/report.ts';

/** What the page shows of a check, beside what its findings say. */
export type CheckCard = Pick<CheckDefinition, 'id' | 'title' | 'references' | 'messages'>;

export interface Checks {
  title(id: string): Bilingual;
  /** The message without the values of one agency, or null where the check is not known. */
  message(id: string, message: string): Bilingual | null;
  references(id: string): { label: string; url: string }[];
}

export function checksOf(cards: readonly CheckCard[]): Checks {
  const byId = new Map(cards.map((card) => [card.id, card]));
  return {
    title: (id) => byId.get(id)?.title ?? { vi: id, en: id },
    message(id, message) {
      const messages: Record<string, Bilingual> = byId.get(id)?.messages ?? {};
      const found = Object.hasOwn(messages, message) ? messages[message] : undefined;
      return found === undefined ? null : { vi: withoutValues(found.vi), en: withoutValues(found.en) };
    },
    references: (id) => (byId.get(id)?.references ?? []).filter(({ url }) => isLink(url)).map(({ label, url }) => ({ label, url })),
  };
}

/** `{host} has no …` begins with the verb: whose it is stands beside it, or it is everybody's. */
function withoutValues(template: string): string {
  const text = template
    .replace(/^\{(host|url|zone|domain|start)\} /, '')
    .replace(/\{[a-zA-Z0-9]{1,40}\}/g, '…')
    .replaceAll(' (…)', '')
    .replaceAll('… …', '…')
    // A list of values and the sentences after it say nothing without them.
    .replace(/(: …|…)\.? (?=\p{Lu}\p{Ll}+[ :]).*$/u, (cut) => (cut.startsWith(':') ? '.' : '…'))
    .replace(/: …\.?$/, '.')
    .replaceAll('….', '…');
  return `${text.charAt(0).toLocaleUpperCase('vi')}${text.slice(1)}`;
}

/** Links go to http or https only (faults S2). */
function isLink(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}
