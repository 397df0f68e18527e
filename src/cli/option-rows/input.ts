import type { OptionRow } from './row.ts';

/** Which agencies are audited. */
export const inputRows = {
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
} as const satisfies Record<string, OptionRow>;
