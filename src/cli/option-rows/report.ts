import type { Bilingual } from '../../model/report.ts';
import { csvRows, formats } from '../../reports/formats.ts';
import { showLevels } from '../../reports/show-level.ts';
import { between } from './between.ts';
import type { OptionRow } from './row.ts';

const latestToo = ({ vi, en }: Bilingual): Bilingual => ({
  vi: `${vi}; latest: lần đo trọn vẹn mới nhất`,
  en: `${en}; latest: the youngest complete run`,
});

/** What the report says and where it goes. */
export const reportRows = {
  output: {
    section: 'results',
    short: 'o',
    argument: 'file',
    repeatable: true,
    completes: 'file',
    help: {
      vi: 'ghi thêm báo cáo ra tệp; đuôi tệp cho biết dạng: .json, .ndjson, .csv, .html, .md, .xml (JUnit), .sarif, .svg (huy hiệu), .prom',
      en: 'also write the report to a file; its suffix says the form: .json, .ndjson, .csv, .html, .md, .xml (JUnit), .sarif, .svg (badge), .prom',
    },
  },
  format: {
    section: 'results',
    short: 'f',
    argument: 'format',
    choices: formats,
    default: 'table',
    help: { vi: 'dạng báo cáo ở đầu ra chuẩn', en: 'form of the report on standard output' },
  },
  csv: {
    section: 'results',
    argument: 'rows',
    choices: csvRows,
    default: 'agencies',
    help: { vi: 'mỗi dòng của CSV là một cơ quan hay một kết quả kiểm tra', en: 'what a row of CSV is' },
  },
  show: {
    section: 'results',
    argument: 'level',
    choices: showLevels,
    default: 'inconclusive',
    help: {
      vi: 'kết quả hiện trong bảng; mỗi mức gồm cả các mức trước',
      en: 'results shown in the table; each level includes those before it',
    },
  },
  'fail-on': {
    section: 'results',
    argument: 'rule',
    choices: ['fail', 'warn', 'score<N', 'regression', 'never'],
    default: 'never',
    help: { vi: 'khi nào kết thúc với mã 1', en: 'when to exit with 1' },
  },
  baseline: { section: 'results', argument: 'run', completes: 'run', help: latestToo(between('baseline')) },
  only: {
    section: 'judging',
    argument: 'checks',
    repeatable: 'comma',
    completes: 'check',
    help: { vi: 'chỉ đánh giá các phép kiểm tra này', en: 'judge only these checks' },
  },
  skip: {
    section: 'judging',
    argument: 'checks',
    repeatable: 'comma',
    completes: 'check',
    help: { vi: 'đánh giá mà không có các phép kiểm tra này', en: 'judge without these checks' },
  },
  criteria: {
    section: 'judging',
    argument: 'name|file',
    completes: 'file',
    defaultText: { vi: 'ipv6-for-gov; judge: bộ tiêu chí của lần đo', en: 'ipv6-for-gov; judge: those of the run' },
    help: {
      vi: 'bộ tiêu chí: ipv6-for-gov, rfc10001, internet-nl, usgv6 hoặc tệp của riêng mình',
      en: 'criteria: ipv6-for-gov, rfc10001, internet-nl, usgv6 or a file of your own',
    },
  },
  vrps: {
    section: 'judging',
    argument: 'file',
    completes: 'file',
    help: {
      vi: 'VRP của RPKI (JSON hoặc CSV của rpki-client, Routinator) cho route-origin',
      en: 'RPKI VRPs (JSON or CSV of rpki-client, Routinator) for route-origin',
    },
  },
  'asn-db': {
    section: 'judging',
    argument: 'file',
    completes: 'file',
    help: {
      vi: 'tuyến được công bố và AS nguồn (prefix,asn hoặc dải của iptoasn.com) cho route-origin, route-prefix',
      en: 'announced prefixes and their origin AS (prefix,asn or ranges of iptoasn.com) for route-origin, route-prefix',
    },
  },
  ignore: { section: 'judging', argument: 'file', completes: 'file', help: between('ignore') },
} as const satisfies Record<string, OptionRow>;
