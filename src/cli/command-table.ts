import { betweenEn } from '../i18n/between-words-en.ts';
import { betweenVi } from '../i18n/between-words-vi.ts';
import type { Bilingual } from '../model/report.ts';
import type { OptionName } from './option-table.ts';

export const commandNames = [
  'audit',
  'demo',
  'judge',
  'diff',
  'trend',
  'runs',
  'worker',
  'fleet',
  'explain',
  'doctor',
  'completion',
] as const;
export type CommandName = (typeof commandNames)[number];

export interface Operand {
  /** `<run>`, `[domain...]`. */
  shape: string;
  help: Bilingual;
  choices?: readonly string[];
  completes?: 'run' | 'check';
}

export interface CommandRow {
  help: Bilingual;
  operands: readonly Operand[];
  options: readonly OptionName[];
  examples: readonly { line: string; does: Bilingual }[];
}

const reporting = [
  'output',
  'format',
  'csv',
  'show',
  'fail-on',
  'baseline',
  'only',
  'skip',
  'criteria',
  'vrps',
  'asn-db',
  'ignore',
] as const satisfies readonly OptionName[];
const path = [
  'resolver',
  'root-hints',
  'web-control',
  'smtp-control',
  'contact',
  'helo',
  'allow-private',
] as const satisfies readonly OptionName[];

const engine = ['engine', 'engine-credentials', 'engine-ca'] as const satisfies readonly OptionName[];

/** Options of every command. */
export const globalOptions = [
  'config',
  'print-config',
  'lang',
  'quiet',
  'verbose',
  'no-color',
  'version',
] as const satisfies readonly OptionName[];

export const fleetActions = ['status', 'drain'] as const;

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

const { help: words } = betweenEn;
const { help: viWords } = betweenVi;
const operand = (name: keyof typeof words.operands): Bilingual => ({ vi: viWords.operands[name], en: words.operands[name] });

/** Every command of this version; what is not built yet is absent. The first is the default. */
export const commandTable: Readonly<Record<CommandName, CommandRow>> = {
  audit: {
    help: { vi: 'đo, đánh giá và lập báo cáo (lệnh mặc định)', en: 'measure, judge and report (the default command)' },
    operands: [{ shape: '[domain...]', help: { vi: 'tên miền cần đo', en: 'domains to audit' } }],
    options: [
      ...(['list', 'skip-invalid', 'services', 'allow-suffix', 'opt-out'] as const),
      ...reporting,
      ...path,
      ...(['trust-anchor', 'ca', 'concurrency', 'timeout', 'lab-rates', 'keep-bodies', 'vantage', 'run-dir', 'resume'] as const),
      ...engine,
      ...(['detach', 'attach', 'deadline'] as const),
    ],
    examples: [
      { line: 'ipv6gov mic.gov.vn', does: { vi: 'một cơ quan', en: 'one agency' } },
      {
        line: 'ipv6gov audit -l vn -o report.html -o report.json',
        does: { vi: 'danh sách kèm sẵn, hai báo cáo', en: 'the shipped list, two reports' },
      },
      {
        line: 'ipv6gov audit -l agencies.csv --fail-on regression --baseline latest',
        does: { vi: 'chỉ báo lỗi khi có gì xấu đi', en: 'fail only where something got worse' },
      },
      {
        line: 'ipv6gov audit -l vn --resolver 2001:db8::53',
        does: { vi: 'nơi DNS không ra ngoài trực tiếp được', en: 'where DNS does not leave the network directly' },
      },
      { line: 'ipv6gov audit --resume', does: { vi: 'chạy tiếp lần đo bị dừng mới nhất', en: 'continue the youngest interrupted run' } },
      {
        line: 'ipv6gov audit -l vn --engine nats://fleet.example.net:4222 --vantage hn-vnpt --vantage hcm-viettel -o report.html',
        does: { vi: 'đo từ nhiều nơi qua các máy đo', en: 'from several places, by their workers' },
      },
      { line: 'ipv6gov audit --print-config', does: { vi: 'giá trị nào có hiệu lực, từ đâu', en: 'which values hold, and from where' } },
    ],
  },
  demo: {
    help: { vi: 'làm như vậy trên mạng thử kèm sẵn; không cần mạng', en: 'the same on a built-in testbed; needs no network' },
    operands: [],
    options: [...reporting, 'run-dir'],
    examples: [
      { line: 'ipv6gov demo', does: { vi: 'xem báo cáo trông thế nào', en: 'see what a report looks like' } },
      { line: 'ipv6gov demo -o demo.html', does: { vi: 'báo cáo dạng trang web', en: 'the report as a web page' } },
    ],
  },
  judge: {
    help: { vi: 'đánh giá lại bằng chứng đã lưu của một lần đo, không cần mạng', en: 'judge the stored evidence of a run again, offline' },
    operands: [
      {
        shape: '<runs...>',
        help: {
          vi: 'thư mục hoặc mã của lần đo; latest: lần mới nhất; nhiều lần đo từ nhiều nơi được gộp thành một báo cáo',
          en: 'folder or id of a run; latest: the youngest; several, measured from different places, become one report',
        },
        completes: 'run',
      },
    ],
    options: [...reporting, 'run-dir'],
    examples: [
      {
        line: 'ipv6gov judge latest -o report.md',
        does: { vi: 'báo cáo dạng khác của lần mới nhất', en: 'another form of the youngest report' },
      },
      {
        line: 'ipv6gov judge latest --only web-connect,web-tls --show all',
        does: { vi: 'chỉ xem hai phép kiểm tra', en: 'look at two checks only' },
      },
      {
        line: 'ipv6gov judge latest --criteria internet-nl',
        does: { vi: 'cùng bằng chứng, bộ tiêu chí khác', en: 'the same evidence by other criteria' },
      },
      {
        line: 'ipv6gov judge hn=runs/A hcm=runs/B abroad=runs/C -o report.html',
        does: { vi: 'cùng danh sách, đo từ ba nơi', en: 'the same list, measured from three places' },
      },
    ],
  },
  diff: {
    help: { vi: viWords.commands.diff, en: words.commands.diff },
    operands: [
      { shape: '<before>', help: operand('before'), completes: 'run' },
      { shape: '<after>', help: operand('after'), completes: 'run' },
    ],
    options: ['format-runs', 'run-dir'],
    examples: [
      {
        line: 'ipv6gov diff 20261101-020000-a1b2c3 20261201-020000-d4e5f6',
        does: { vi: 'một tháng đã đổi gì', en: 'what a month changed' },
      },
    ],
  },
  trend: {
    help: { vi: viWords.commands.trend, en: words.commands.trend },
    operands: [{ shape: '[runs...]', help: operand('runs'), completes: 'run' }],
    options: ['format-trend', 'output-trend', 'run-dir'],
    examples: [{ line: 'ipv6gov trend -o trend.html', does: { vi: 'mọi lần đo trong thư mục runs', en: 'every run in the folder runs' } }],
  },
  runs: {
    help: { vi: viWords.commands.runs, en: words.commands.runs },
    operands: [{ shape: '[action]', help: operand('action'), choices: ['prune'] }],
    options: ['keep', 'force', 'format-runs', 'run-dir'],
    examples: [
      { line: 'ipv6gov runs', does: { vi: 'có những lần đo nào', en: 'which runs there are' } },
      { line: 'ipv6gov runs prune --keep 30', does: { vi: 'giữ 30 lần mới nhất', en: 'keep the youngest 30' } },
    ],
  },
  worker: {
    help: {
      vi: 'đo cho một nơi đo theo việc được giao qua máy chủ NATS',
      en: 'measure for one vantage what is submitted through an engine',
    },
    operands: [],
    options: [
      ...engine,
      ...(['vantage', 'of', 'metrics', 'concurrency', 'opt-out', 'contact', 'helo', 'ca'] as const),
      ...(['allow-private', 'lab-rates', 'keep-bodies'] as const),
    ],
    examples: [
      {
        line: 'ipv6gov worker --vantage hn-vnpt --engine tls://fleet.example.net:4222 --engine-credentials hn-vnpt.nk',
        does: { vi: 'chạy trên mỗi máy đo', en: 'on each machine that measures' },
      },
    ],
  },
  fleet: {
    help: { vi: 'các máy đo: tình trạng, hoặc cho dừng', en: 'the workers: how they are, or make them stop' },
    operands: [{ shape: '<action>', help: { vi: 'status hoặc drain', en: 'status or drain' }, choices: fleetActions }],
    options: [...engine, 'vantage', 'format-runs'],
    examples: [
      {
        line: 'ipv6gov fleet status --engine nats://fleet.example.net:4222',
        does: { vi: 'máy đo nào đang chạy, hàng đợi dài bao nhiêu', en: 'which workers are there, how long the queues are' },
      },
      {
        line: 'ipv6gov fleet drain --vantage hn-vnpt --engine nats://fleet.example.net:4222',
        does: { vi: 'các máy của nơi này làm nốt rồi dừng', en: 'the workers of this vantage finish and stop' },
      },
    ],
  },
  explain: {
    help: {
      vi: 'liệt kê mọi phép kiểm tra, hoặc giải thích một phép: lý do, tiêu chuẩn, thông báo, cách sửa, cấu hình',
      en: 'list every check, or explain one: why, standard, messages, fix and configuration',
    },
    operands: [{ shape: '[check]', help: { vi: 'mã phép kiểm tra', en: 'id of a check' }, completes: 'check' }],
    options: [],
    examples: [
      { line: 'ipv6gov explain', does: { vi: 'mọi phép kiểm tra', en: 'every check' } },
      { line: 'ipv6gov explain web-connect', does: { vi: 'một phép, kèm cấu hình mẫu', en: 'one of them, with sample configuration' } },
    ],
  },
  doctor: {
    help: { vi: 'máy này có đo được không?', en: 'can this machine measure?' },
    operands: [],
    options: [...path],
    examples: [
      { line: 'ipv6gov doctor', does: { vi: 'DNS, IPv6 và đồng hồ của máy này', en: 'DNS, IPv6 and clock of this machine' } },
      { line: 'ipv6gov doctor --web-control www.example.org', does: { vi: 'kèm đường ra web', en: 'the way to the web too' } },
    ],
  },
  completion: {
    help: { vi: 'in tập lệnh để shell tự điền lệnh và tùy chọn', en: 'print a script that makes a shell complete commands and options' },
    operands: [{ shape: '<shell>', help: { vi: 'bash, zsh hoặc fish', en: 'bash, zsh or fish' }, choices: shells }],
    options: [],
    examples: [
      {
        line: 'ipv6gov completion bash >/etc/bash_completion.d/ipv6gov',
        does: { vi: 'bash, cho mọi người dùng', en: 'bash, for every user' },
      },
      {
        line: 'ipv6gov completion zsh >~/.zfunc/_ipv6gov',
        does: { vi: 'zsh, với ~/.zfunc trong fpath', en: 'zsh, with ~/.zfunc in fpath' },
      },
      { line: 'ipv6gov completion fish >~/.config/fish/completions/ipv6gov.fish', does: { vi: 'fish', en: 'fish' } },
    ],
  },
};

/** Options a command knows, its own first. */
export const optionsOf = (command: CommandName): OptionName[] => [...commandTable[command].options, ...globalOptions];
