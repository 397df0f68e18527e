import { languages } from '../../i18n/catalogue.ts';
import type { OptionRow } from './row.ts';

/** Options of every command. */
export const generalRows = {
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
