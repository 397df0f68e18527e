import type { Language } from './catalogue.ts';

/** What the formats for other programs and for CI pages say beside the catalogue of reports. */
export interface FormatWords {
  title: string;
  agencies: string;
  failingChecks: string;
  /** Summary line of one agency's fold. */
  failsOf: (count: number) => string;
  moreFindings: (hidden: number) => string;
  /** Rows that a capped table leaves out. */
  moreRows: (hidden: number) => string;
  /** Agencies whose failing checks no longer fit the page. */
  moreFolds: (hidden: number) => string;
  nothingFails: string;
  ignored: (reason: string, until: string) => string;
  badge: {
    level: (level: number) => string;
    atLeast: (level: number) => string;
    /** Value of the badge of several agencies. */
    conforming: (conforming: number, of: number) => string;
    agencyTitle: (input: { name: string; conformity: string; verdict: string; readiness: string; criteria: string }) => string;
    summaryTitle: (input: { conforming: number; of: number; notConforming: number; inconclusive: number; criteria: string }) => string;
  };
}

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

export const formatWords: Record<Language, FormatWords> = {
  vi: {
    title: 'Kết quả đo IPv6 của cơ quan nhà nước',
    agencies: 'Các cơ quan',
    failingChecks: 'Các phép kiểm tra không đạt',
    failsOf: (count) => `${count} phép kiểm tra không đạt`,
    moreFindings: (hidden) => `… và ${hidden} kết quả không đạt nữa.`,
    moreRows: (hidden) => `… và ${hidden} cơ quan nữa; danh sách đầy đủ nằm trong báo cáo JSON hoặc CSV.`,
    moreFolds: (hidden) => `… và ${hidden} cơ quan nữa có phép kiểm tra không đạt; xem báo cáo JSON hoặc CSV.`,
    nothingFails: 'Không có phép kiểm tra nào không đạt.',
    ignored: (reason, until) => `Được bỏ qua đến ${until}: ${reason}`,
    badge: {
      level: (level) => `sẵn sàng bậc ${level}/5`,
      atLeast: (level) => `sẵn sàng ít nhất bậc ${level}/5`,
      conforming: (conforming, of) => `${conforming}/${of} cơ quan đạt`,
      agencyTitle: ({ name, conformity, verdict, readiness, criteria }) =>
        `${name}: ${conformity} theo bộ tiêu chí ${criteria} của công cụ: ${verdict}; chỉ dùng IPv6 2026-2030: ${readiness}`,
      summaryTitle: ({ conforming, of, notConforming, inconclusive, criteria }) =>
        `${conforming}/${of} cơ quan trong danh sách này đạt theo bộ tiêu chí ${criteria} của công cụ, ${notConforming} không đạt, ${inconclusive} chưa đo được`,
    },
  },
  en: {
    title: 'IPv6 audit of government agencies',
    agencies: 'Agencies',
    failingChecks: 'Failing checks',
    failsOf: (count) => plural(count, 'check fails', 'checks fail'),
    moreFindings: (hidden) => `… and ${plural(hidden, 'more failing finding', 'more failing findings')}.`,
    moreRows: (hidden) => `… and ${plural(hidden, 'more agency', 'more agencies')}; the whole list is in the JSON or CSV report.`,
    moreFolds: (hidden) =>
      `… and ${plural(hidden, 'more agency has failing checks', 'more agencies have failing checks')}; see the JSON or CSV report.`,
    nothingFails: 'No check fails.',
    ignored: (reason, until) => `Ignored until ${until}: ${reason}`,
    badge: {
      level: (level) => `readiness ${level} of 5`,
      atLeast: (level) => `readiness at least ${level} of 5`,
      conforming: (conforming, of) => `${conforming} of ${plural(of, 'agency', 'agencies')} ${conforming === 1 ? 'conforms' : 'conform'}`,
      agencyTitle: ({ name, conformity, verdict, readiness, criteria }) =>
        `${name}: ${conformity} by the tool’s criteria ${criteria}: ${verdict}; IPv6-only 2026-2030: ${readiness}`,
      summaryTitle: ({ conforming, of, notConforming, inconclusive, criteria }) =>
        `${conforming} of ${plural(of, 'agency', 'agencies')} in this list ${conforming === 1 ? 'conforms' : 'conform'} to the tool’s criteria ${criteria}, ${notConforming} ${notConforming === 1 ? 'does' : 'do'} not, ${inconclusive} not measured`,
    },
  },
};
