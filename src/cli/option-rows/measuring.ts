import type { OptionRow } from './row.ts';

/** The way out and how the measurement is made. */
export const measuringRows = {
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
    repeatable: 'comma',
    defaultText: { vi: 'local', en: 'local' },
    help: {
      vi: 'tên nơi đo, ghi trong báo cáo; với --engine có thể nhiều nơi',
      en: 'name of the place we measure from, for the report; with --engine several',
    },
  },
} as const satisfies Record<string, OptionRow>;
