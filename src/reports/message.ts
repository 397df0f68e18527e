import type { CheckDefinition } from '../checks/define-check.ts';
import { causeTexts } from '../i18n/causes.ts';
import type { Finding, Value, Values } from '../model/finding.ts';
import type { Bilingual } from '../model/report.ts';

/** Lists longer than this are cut in a message; the finding's values keep them whole. */
const shownItems = 6;

/** Fills `{name}` from values. A missing value shows as '?', which a test over all messages forbids. Escaping is the renderer's business. */
export function fillMessage(template: string, values: Values): string {
  return template.replace(/\{([a-zA-Z0-9]{1,40})\}/g, (_, name: string) => showValue(values[name]));
}

function showValue(value: Value | undefined): string {
  if (value === undefined) return '?';
  if (!Array.isArray(value)) return String(value);
  if (value.length === 0) return '–';
  const shown = value.slice(0, shownItems).join(', ');
  return value.length > shownItems ? `${shown}, … (${value.length})` : shown;
}

const switchedOff: Bilingual = { vi: 'Đã tắt theo yêu cầu (--only, --skip).', en: 'Switched off on request (--only, --skip).' };

const withoutData: Bilingual = {
  vi: 'Không xét vì chưa có tệp dữ liệu ({missing}).',
  en: 'Not judged: no data file was given ({missing}).',
};

/** Text and fix of a finding in both languages, from the check that made it, or from the cause when nothing was measured. */
export function findingText(finding: Finding, check: CheckDefinition): { text: Bilingual; fix: Bilingual } {
  const message = check.messages[finding.message];
  const cause = finding.cause === null ? null : causeTexts[finding.cause];
  if (finding.status === 'skipped') return { text: skippedText(finding.values), fix: { vi: '', en: '' } };
  if (message === undefined) {
    const known = cause ?? causeTexts['not-attempted'];
    return { text: { vi: `Chưa đo được: ${known.vi}`, en: `Not measured: ${known.en}` }, fix: known.fix };
  }
  const fix = message.fix ?? { vi: '', en: '' };
  const withCause = (language: 'vi' | 'en'): Values => ({ ...finding.values, cause: cause?.[language] ?? '' });
  return {
    text: { vi: fillMessage(message.vi, withCause('vi')), en: fillMessage(message.en, withCause('en')) },
    fix: { vi: fillMessage(fix.vi, withCause('vi')), en: fillMessage(fix.en, withCause('en')) },
  };
}

function skippedText(values: Values): Bilingual {
  if (values.missing === undefined) return switchedOff;
  return { vi: fillMessage(withoutData.vi, values), en: fillMessage(withoutData.en, values) };
}
