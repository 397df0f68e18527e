import { detailVi } from './details-vi.ts';
import type { ErrorTexts } from './error-texts.ts';
import { inputProblemsVi } from './input-problems-vi.ts';
import { systemWord } from './system-words.ts';

/** What ends a command before its work, or because of it, in Vietnamese. */
export const errorsVi: ErrorTexts = {
  usage: {
    'unknown-option': (token) => `Không có tùy chọn ${token}.`,
    'unknown-command': (token) => `Không có lệnh ${token}.`,
    'missing-argument': (token) => `Thiếu tham số ${token}.`,
    'missing-value': (token) => `Tùy chọn ${token} cần một giá trị.`,
    'too-many-arguments': (token) => `Quá nhiều tham số${token === '' ? '' : ` cho ${token}`}.`,
    other: (token) => `Không đọc được dòng lệnh${token === '' ? '' : ` tại ${token}`}.`,
  },
  didYouMean: (name) => `Có phải ý bạn là ${name}?`,
  seeHelp: 'Xem `ipv6gov --help`.',
  badValue: ({ place, value, expected }) => ({
    what: `${place}: ${value} không phải là ${expected}.`,
    next: 'Xem `ipv6gov audit --help`.',
  }),
  conflict: (one, other) => ({ what: `Không dùng --${one} cùng với --${other} được.`, next: 'Chỉ cho một trong hai.' }),
  unknownVariable: (name, close) => ({
    what: `Không có tùy chọn nào dùng biến môi trường ${name}.`,
    next: close === null ? 'Xem `ipv6gov audit --print-config`.' : `Có phải ý bạn là ${close}?`,
  }),
  config: {
    at: (file, line) => (line === null ? file : `${file}, dòng ${line}`),
    problems: {
      'too-large': (most) => ({ what: `tệp cấu hình lớn hơn ${most}.`, next: 'Để danh sách cơ quan trong tệp riêng (khóa list).' }),
      'utf-16': () => ({ what: 'tệp dùng UTF-16.', next: 'Lưu lại bằng UTF-8.' }),
      'not-utf-8': () => ({ what: 'chữ không phải UTF-8.', next: 'Lưu lại bằng UTF-8.' }),
      nul: () => ({ what: 'có byte NUL nên không phải tệp chữ.', next: 'Lưu lại thành tệp chữ bằng UTF-8.' }),
      'not-yaml': (detail) => ({ what: `không phải YAML hợp lệ${detail === '' ? '' : `: ${detailVi(detail)}`}`, next: 'Sửa dòng này.' }),
      'no-map': () => ({
        what: 'cấu hình phải gồm các dòng khóa: giá trị.',
        next: 'Ví dụ fail-on: warn; xem `ipv6gov audit --print-config`.',
      }),
      alias: (key) => ({ what: `${key} dùng neo, bí danh hoặc thẻ của YAML.`, next: 'Ghi thẳng giá trị.' }),
      'unknown-key': (key) => ({ what: `không có khóa ${key}.`, next: '`ipv6gov audit --print-config` liệt kê các khóa.' }),
      'not-a-switch': (key) => ({ what: `${key} phải là true hoặc false.`, next: 'Sửa giá trị.' }),
      'not-a-value': (key) => ({ what: `${key} phải là một giá trị.`, next: 'Sửa giá trị.' }),
      'not-a-list': (key) => ({ what: `${key} phải là một giá trị hoặc một danh sách giá trị.`, next: 'Sửa giá trị.' }),
    },
  },
  unknownCheck: (id, close) => ({
    what: `Không có phép kiểm tra ${id}.`,
    next:
      close === null
        ? '`ipv6gov explain` liệt kê mọi phép kiểm tra.'
        : `Có phải ý bạn là ${close}? \`ipv6gov explain\` liệt kê mọi phép kiểm tra.`,
  }),
  noInput: {
    what: 'Chưa có gì để đo.',
    next: 'Hãy cho tên miền, hoặc danh sách bằng -l TỆP, hoặc danh sách kèm sẵn bằng -l vn. `ipv6gov demo` không cần mạng.',
  },
  noAgencies: { what: 'Danh sách không có cơ quan nào đo được.', next: 'Hãy xem lại danh sách; mỗi dòng một tên miền là đủ.' },
  fileNotReadable: (file, code) => ({
    what: `Không đọc được ${file}: ${systemWord(code, 'vi')}.`,
    next: 'Hãy xem lại đường dẫn và quyền đọc.',
  }),
  badFile: (file, detail) => ({ what: `Không dùng được ${file}: ${detailVi(detail)}.`, next: 'Hãy sửa tệp rồi chạy lại.' }),
  invalidLines: (number) => ({
    what: `${number} mục của danh sách không dùng được; chưa đo gì cả.`,
    next: 'Hãy sửa danh sách, hoặc bỏ qua các mục này bằng --skip-invalid.',
  }),
  line: ({ file, line, field, value }) => {
    const place = file === 'arguments' ? 'dòng lệnh' : `${file}, dòng ${line}${field === '' ? '' : `, ${field}`}`;
    return value === '' ? place : `${place}: ${value}`;
  },
  problems: inputProblemsVi,
  noRun: (dir) => ({ what: `Không có lần đo nào trong ${dir}.`, next: 'Hãy cho thư mục của một lần đo, hoặc nơi chứa bằng --run-dir.' }),
  demoRun: (run) => ({
    what: `${run} là lần đo của \`ipv6gov demo\`: không chạy tiếp được vì các máy chủ của nó không còn.`,
    next: 'Hãy chạy lại `ipv6gov demo`, hoặc đánh giá lại bằng `ipv6gov judge`.',
  }),
  locked: (pid, host) => ({
    what: `Tiến trình ${pid} trên ${host} đang làm việc trong thư mục này.`,
    next: 'Hãy chờ hoặc dừng tiến trình đó.',
  }),
  evidenceDamaged: (path, byte) => ({
    what: `Không đọc được bằng chứng của lần đo này: ${path} hỏng từ byte ${byte}.`,
    next: 'Hãy khôi phục tệp từ bản sao, hoặc đo lại.',
  }),
  evidenceTorn: {
    what: 'Bản ghi cuối của lần đo này bị cắt: lần đo đã bị dừng đột ngột.',
    next: 'Chạy tiếp bằng `ipv6gov audit --resume LẦN_ĐO`; lệnh này sửa phần bị cắt.',
  },
  cannotWrite: (path, code) => ({
    what: `Không ghi được ${path === '' ? 'tệp' : path}: ${systemWord(code, 'vi')}.`,
    next: 'Hãy xem chỗ trống trên đĩa và quyền ghi; phần đã đo vẫn được giữ.',
  }),
  internal: (detail) => ({ what: `ipv6gov gặp lỗi: ${detail}`, next: 'Xin báo lỗi kèm dòng này và thư mục của lần đo.' }),
  expected: {
    engine: 'giá trị dùng được khi không có --engine',
    'engine-url': 'nats://máy:4222 hoặc tls://máy:4222, không kèm mật khẩu',
    choice: 'một trong các giá trị cho phép',
    number: 'số nguyên trong khoảng cho phép',
    'long-duration': 'khoảng thời gian từ 1s đến 168h (30m, 24h)',
    duration: 'khoảng thời gian từ 1s đến 1h (90s, 4m)',
    address: 'địa chỉ IP',
    url: 'URL http, https hoặc mailto',
    host: 'tên máy chủ',
    'fail-on': 'một trong fail, warn, regression, never, score<N với N từ 0 đến 100',
    suffix: 'đuôi tên miền',
    prefix: 'tên, địa chỉ hoặc tiền tố',
    output: 'tên tệp có đuôi là một dạng báo cáo (xem --help)',
    switch: 'true hoặc false',
    name: 'tên ngắn gồm chữ, số, dấu chấm và dấu gạch nối',
  },
};
