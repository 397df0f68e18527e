import { betweenEn } from '../i18n/between-words-en.ts';
import { betweenVi } from '../i18n/between-words-vi.ts';
import { languages } from '../i18n/catalogue.ts';
import type { Bilingual } from '../model/report.ts';
import { csvRows, formats } from '../reports/formats.ts';
import { showLevels } from '../reports/show-level.ts';

export const sections = ['input', 'results', 'judging', 'path', 'measuring', 'runs', 'general'] as const;
export type Section = (typeof sections)[number];

/**
 * One option. From this table come the parser, `--help`, the keys of the configuration file, the names of environment variables, the
 * completions, the manual page and the tables of the README.
 */
export interface OptionRow {
  section: Section;
  help: Bilingual;
  short?: string;
  /** Long name, where the key of the table is another because commands differ in it. */
  long?: string;
  /** What stands for the value in help; without it the option is a switch. */
  argument?: string;
  /** The value may be left out. */
  optional?: true;
  /** May be given more than once; `comma`: or several in one, separated by commas. */
  repeatable?: true | 'comma';
  choices?: readonly string[];
  /** As it would be written. */
  default?: string;
  /** The default in words, where it is no value. */
  defaultText?: Bilingual;
  /** Only on the command line: no key of the configuration file; `env`: but an environment variable. */
  only?: 'flag' | 'env';
  /** What a shell completes. */
  completes?: 'file' | 'folder' | 'check' | 'run';
}

const between = (name: keyof typeof betweenEn.help.options): Bilingual => ({
  vi: betweenVi.help.options[name],
  en: betweenEn.help.options[name],
});
const latestToo = ({ vi, en }: Bilingual): Bilingual => ({
  vi: `${vi}; latest: lần đo trọn vẹn mới nhất`,
  en: `${en}; latest: the youngest complete run`,
});

const rows = {
  list: {
    section: 'input',
    short: 'l',
    argument: 'file',
    repeatable: true,
    completes: 'file',
    help: {
      vi: 'danh sách cơ quan: tệp chữ, CSV hoặc NDJSON; - là đầu vào chuẩn; vn là danh sách kèm sẵn',
      en: 'list of agencies: text, CSV or NDJSON file; - for standard input; vn for the shipped list',
    },
  },
  'skip-invalid': {
    section: 'input',
    help: {
      vi: 'bỏ qua các mục không dùng được của danh sách thay vì dừng',
      en: 'leave out entries of the list that cannot be used, instead of ending',
    },
  },
  services: {
    section: 'input',
    argument: 'which',
    choices: ['active', 'listed'],
    default: 'listed',
    help: {
      vi: 'cổng dịch vụ công mà danh sách ghi đã đóng: đo như đang hoạt động, hay theo danh sách',
      en: 'public-service portals that the list calls retired: audited as if active, or as listed',
    },
  },
  'allow-suffix': {
    section: 'input',
    argument: 'suffix',
    repeatable: 'comma',
    help: { vi: 'chỉ nhận tên trong danh sách thuộc đuôi tên miền này', en: 'accept only names of the input under this suffix' },
  },
  'opt-out': {
    section: 'input',
    argument: 'file',
    completes: 'file',
    help: {
      vi: 'tệp gồm tên, địa chỉ và tiền tố không được liên lạc',
      en: 'file with names, addresses and prefixes that must not be contacted',
    },
  },
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
  resolver: {
    section: 'path',
    argument: 'address',
    repeatable: 'comma',
    help: { vi: 'phân giải tên qua máy này thay vì từ máy chủ gốc', en: 'resolve through this resolver instead of from the root' },
  },
  'root-hints': {
    section: 'path',
    argument: 'file',
    completes: 'file',
    help: { vi: 'danh sách máy chủ gốc của mạng khép kín', en: 'root hints of a closed network' },
  },
  'trust-anchor': {
    section: 'path',
    argument: 'file',
    completes: 'file',
    defaultText: { vi: 'DS của gốc Internet', en: 'the DS of the public root' },
    help: {
      vi: 'DS của vùng gốc, mỗi dòng một bản ghi, cho mạng có gốc riêng',
      en: 'DS records of the root, one a line, for a network with a root of its own',
    },
  },
  'web-control': {
    section: 'path',
    argument: 'host',
    repeatable: 'comma',
    help: {
      vi: 'máy chủ không liên quan chắc chắn có web qua IPv6: chứng minh đường đi của máy đo',
      en: 'unrelated host that surely has web over IPv6: proves our own path',
    },
  },
  'smtp-control': {
    section: 'path',
    argument: 'host',
    repeatable: 'comma',
    help: {
      vi: 'máy chủ thư không liên quan chắc chắn có IPv6: chứng minh cổng 25 mở ở đây',
      en: 'unrelated mail server that surely has IPv6: proves that port 25 is open here',
    },
  },
  contact: {
    section: 'path',
    argument: 'url',
    help: {
      vi: 'URL để đơn vị vận hành biết ai đang đo; nằm trong User-Agent',
      en: 'URL at which operators learn who measures; part of the User-Agent',
    },
  },
  helo: {
    section: 'path',
    argument: 'name',
    defaultText: { vi: 'tên đầy đủ của máy này, nếu không có thì địa chỉ', en: 'this machine’s full name, else its address' },
    help: { vi: 'tên xưng với máy chủ thư', en: 'name given to mail servers' },
  },
  'allow-private': {
    section: 'path',
    help: { vi: 'liên lạc cả địa chỉ riêng; dành cho phòng thử', en: 'contact private addresses too; for labs' },
  },
  ca: {
    section: 'measuring',
    argument: 'file',
    repeatable: true,
    completes: 'file',
    help: { vi: 'tin cậy thêm các chứng thư trong tệp PEM này', en: 'trust the certificates in this PEM file too' },
  },
  concurrency: {
    section: 'measuring',
    argument: 'n',
    default: '200',
    help: { vi: 'số cơ quan đo cùng lúc', en: 'agencies measured at once' },
  },
  timeout: {
    section: 'measuring',
    argument: 'duration',
    default: '4m',
    help: { vi: 'thời gian cho một cơ quan, không tính lúc chờ lượt', en: 'time for one agency, waiting for permits not counted' },
  },
  'lab-rates': {
    section: 'measuring',
    help: { vi: 'hỏi nhanh gấp 50 lần; chỉ với máy chủ của chính mình', en: 'ask 50 times as fast; only for servers of your own' },
  },
  'keep-bodies': {
    section: 'measuring',
    help: { vi: 'giữ nội dung trang trong bằng chứng', en: 'keep the text of pages in the evidence' },
  },
  vantage: {
    section: 'measuring',
    argument: 'name',
    default: 'local',
    help: { vi: 'tên nơi đo, ghi trong báo cáo', en: 'name of the place we measure from, for the report' },
  },
  'run-dir': {
    section: 'runs',
    argument: 'dir',
    default: 'runs',
    completes: 'folder',
    help: { vi: 'thư mục chứa các lần đo', en: 'folder of the runs' },
  },
  resume: {
    section: 'runs',
    argument: 'run',
    optional: true,
    only: 'flag',
    completes: 'run',
    help: {
      vi: 'chạy tiếp một lần đo bị dừng; không ghi giá trị: lần mới nhất',
      en: 'continue an interrupted run; without a value the youngest',
    },
  },
  keep: { section: 'runs', argument: 'n', only: 'flag', help: between('keep') },
  force: { section: 'runs', only: 'flag', help: between('force') },
  'format-runs': {
    section: 'results',
    long: 'format',
    short: 'f',
    argument: 'format',
    choices: ['table', 'json'],
    default: 'table',
    only: 'flag',
    help: { vi: 'dạng kết quả ở đầu ra chuẩn', en: 'form of the result on standard output' },
  },
  'format-trend': {
    section: 'results',
    long: 'format',
    short: 'f',
    argument: 'format',
    choices: ['table', 'csv', 'json', 'html'],
    default: 'table',
    only: 'flag',
    help: { vi: 'dạng kết quả ở đầu ra chuẩn', en: 'form of the result on standard output' },
  },
  'output-trend': {
    section: 'results',
    long: 'output',
    short: 'o',
    argument: 'file',
    repeatable: true,
    only: 'flag',
    completes: 'file',
    help: {
      vi: 'ghi thêm kết quả ra tệp; đuôi tệp cho biết dạng: .csv, .json, .html',
      en: 'also write the result to a file; its suffix says the form: .csv, .json, .html',
    },
  },
  config: {
    section: 'general',
    short: 'c',
    argument: 'file',
    only: 'env',
    completes: 'file',
    defaultText: { vi: 'ipv6gov.yaml trong thư mục hiện tại, nếu có', en: 'ipv6gov.yaml in the working directory, where there is one' },
    help: { vi: 'tệp cấu hình', en: 'configuration file' },
  },
  'print-config': {
    section: 'general',
    only: 'flag',
    help: {
      vi: 'in các giá trị có hiệu lực và nguồn của chúng, rồi kết thúc',
      en: 'print the effective values and where each comes from, then end',
    },
  },
  lang: {
    section: 'general',
    argument: 'language',
    choices: languages,
    defaultText: { vi: 'theo hệ thống', en: 'that of the system' },
    help: { vi: 'ngôn ngữ', en: 'language' },
  },
  quiet: { section: 'general', short: 'q', help: { vi: 'không hiện tiến độ và ghi chú', en: 'no progress, no notes' } },
  verbose: { section: 'general', short: 'v', help: { vi: 'thêm ghi chú', en: 'more notes' } },
  'no-color': { section: 'general', help: { vi: 'không dùng màu', en: 'no colour' } },
  version: { section: 'general', only: 'flag', help: { vi: 'in phiên bản', en: 'print the version' } },
  help: { section: 'general', short: 'h', only: 'flag', help: { vi: 'in phần trợ giúp này', en: 'print this help' } },
} as const satisfies Record<string, OptionRow>;

export type OptionName = keyof typeof rows;
export const optionTable: Readonly<Record<OptionName, OptionRow>> = rows;
export const optionNames = Object.keys(rows) as OptionName[];

/** Long name without dashes. */
export const longOf = (name: OptionName): string => optionTable[name].long ?? name;

/** Options that may stand in the configuration file; the key is the long name. */
export const configNames: readonly OptionName[] = optionNames.filter((name) => optionTable[name].only === undefined);

/** Options that an environment variable may set. */
export const environmentNames: readonly OptionName[] = optionNames.filter((name) => optionTable[name].only !== 'flag');

/** `IPV6GOV_FAIL_ON`. */
export const environmentName = (name: OptionName): string => `IPV6GOV_${name.toUpperCase().replaceAll('-', '_')}`;

/** Options of which only one can hold; the one from the stronger source wins, of the same source neither. */
export const exclusive: readonly (readonly [OptionName, OptionName])[] = [['resolver', 'root-hints']];
