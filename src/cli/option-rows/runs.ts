import { between } from './between.ts';
import type { OptionRow } from './row.ts';

/** Stored runs, and what is said about several of them. */
export const runRows = {
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
} as const satisfies Record<string, OptionRow>;
