import type { CliTexts, DoctorTexts } from './catalogue.ts';
import { detailVi } from './details-vi.ts';
import { errorsVi } from './error-texts-vi.ts';

/** `ipv6gov doctor`. */
const doctorVi: DoctorTexts = {
  title: 'Máy này có đo được không?',
  proof: ({ class: name, family, state }) => `${name} qua IPv${family}: ${state}`,
  notAsked: 'chưa hỏi (chưa cho máy chủ đối chứng)',
  dnsPath: (path) => `Đường DNS: ${path}`,
  dns64: (seen) => `DNS64: ${seen}`,
  clock: (offsetMs) => `Đồng hồ: lệch ${offsetMs} ms`,
  clockUnknown: 'Đồng hồ: chưa so được (chưa đủ năm máy chủ web trả lời)',
  useResolver:
    'DNS không ra khỏi mạng này trực tiếp được. Hãy cho máy phân giải của mạng: `ipv6gov audit --resolver ĐỊA_CHỈ …`; khi đó các phép kiểm tra máy chủ tên miền là chưa đo được.',
  useControls:
    'Web và thư được chứng minh trong lúc đo danh sách; khi chỉ đo một cơ quan, hãy cho máy chủ không liên quan bằng --web-control và --smtp-control.',
  noContact: 'Chưa cho --contact: đơn vị vận hành thấy yêu cầu của máy đo sẽ không biết ai đang đo.',
  defaultHelo: (helo) => `Chưa cho --helo: máy đo xưng với máy chủ thư là ${helo}.`,
  privateResolver: (address) => `Máy phân giải ${address} không phải địa chỉ công cộng: bị từ chối nếu không có --allow-private.`,
  good: 'Máy này đo được.',
  bad: 'Máy này hiện chưa đo được IPv6.',
};

/** Sentences of the command line in Vietnamese. */
export const cliVi: CliTexts = {
  usage: '[lệnh] [tùy chọn] [TÊN_MIỀN…]',
  about: 'Đo tên miền của cơ quan nhà nước qua IPv6: mức tuân thủ IPv6 For Gov 2021-2025 và mức sẵn sàng chỉ dùng IPv6 2026-2030.',
  headings: {
    usage: 'Cách dùng:',
    arguments: 'Tham số:',
    options: 'Tùy chọn:',
    globalOptions: 'Tùy chọn chung:',
    commands: 'Lệnh:',
    examples: 'Ví dụ:',
  },
  sections: {
    input: 'Đầu vào:',
    results: 'Kết quả:',
    judging: 'Đánh giá:',
    path: 'Đường mạng và danh tính:',
    measuring: 'Cách đo:',
    fleet: 'Nhiều nơi đo:',
    runs: 'Lần đo:',
    general: 'Tùy chọn chung:',
  },
  optionWords: { default: 'mặc định', repeatable: 'lặp lại được', comma: 'lặp lại được, hoặc cách nhau bằng dấu phẩy' },
  sources: {
    flag: (flag) => `dòng lệnh, ${flag}`,
    env: (name) => `biến môi trường ${name}`,
    file: (place) => place,
    default: () => 'mặc định',
  },
  notSet: '(chưa đặt)',
  exitCodes: {
    0: 'điều kiện --fail-on được thỏa, hoặc không đặt điều kiện',
    1: 'không qua điều kiện --fail-on',
    2: 'dòng lệnh, cấu hình hoặc danh sách không dùng được; chưa đo gì',
    3: 'phía máy đo không đo được: chưa chứng minh được IPv6 (web hoặc DNS), công cụ gặp lỗi, hoặc từ 20 % cơ quan trở lên đo chưa đủ vì lý do ở phía ta; mã này đứng trên mã 1',
    130: 'bị dừng bằng Ctrl-C (SIGINT); chạy tiếp được bằng --resume',
    143: 'bị dừng bằng SIGTERM; chạy tiếp được bằng --resume',
  },
  hint: 'Tiếp theo:',
  warning: 'Cảnh báo:',
  progress: (done, total, percent) => `đã đo ${done}/${total} cơ quan (${percent} %)`,
  retesting: (agencies) => `đo lại lần hai ${agencies} cơ quan`,
  progressUnit: 'cơ quan',
  resumed: (agencies, droppedBytes) =>
    `Chạy tiếp: đã đo ${agencies} cơ quan${droppedBytes > 0 ? `; đã bỏ một bản ghi bị cắt dài ${droppedBytes} byte` : ''}.`,
  listChanged: (added, removed, changed) =>
    `Danh sách vừa cho khác danh sách của lần đo: ${added} cơ quan mới (cũng được đo), ${removed} không còn trong danh sách (vẫn ở trong lần đo), ${changed} có tên miền khác (lần đo giữ tên của nó; hãy bắt đầu lần đo mới cho các tên kia).`,
  versionDiffers: (before, now) => `Lần đo bắt đầu bằng phiên bản ${before}, đây là phiên bản ${now}; kết quả ghi phiên bản cũ.`,
  settingsKept: 'Lần đo chạy tiếp giữ thiết lập của nó; các tùy chọn khác làm thay đổi phép đo không có tác dụng.',
  tookOverLock: 'Đã tiếp nhận khóa của một tiến trình không còn.',
  interrupted: (command) => `Đã dừng; phần đã đo được giữ. Chạy tiếp bằng: ${command}`,
  duplicates: (number) => `${number} mục bị lặp trong danh sách (cùng id, hoặc cùng tên miền); mục đầu tiên được tính.`,
  skippedInvalid: (number) => `Đã bỏ qua ${number} mục của danh sách theo --skip-invalid.`,
  optedOut: (number) => `${number} cơ quan có tên trong tệp từ chối được đo: không hỏi, báo cáo ghi là chưa đo.`,
  moreInvalid: (number) => `… và ${number} mục nữa.`,
  checksOff: (number) => `${number} phép kiểm tra bị tắt: kết luận và điểm không còn theo trọn bộ tiêu chí.`,
  runFolder: (path) => `Bằng chứng và báo cáo: ${path}`,
  wrote: (path) => `Đã ghi: ${path}`,
  criteriaLost: (recorded, used) =>
    `Lần đo được đánh giá theo bộ tiêu chí lấy từ tệp (${recorded}) mà lần đo không giữ lại: nay đánh giá theo ${used}. Hãy chỉ tệp đó bằng --criteria.`,
  noBaselineYet: (dir) => `Chưa có lần đo trọn vẹn nào trước đó trong ${dir}: lần này không so sánh.`,
  gateFailed: (rule) => `Không qua điều kiện --fail-on ${rule}.`,
  demoIntro: (agencies) => `Minh họa: ${agencies} cơ quan tưởng tượng trên các máy chủ ngay trong tiến trình này; không có gì ra khỏi máy.`,
  demoNote: (note) => `Ghi chú kỹ thuật: ${detailVi(note)}`,
  level: 'Mức:',
  why: 'Lý do:',
  references: 'Tài liệu:',
  messages: 'Thông báo:',
  fix: 'Cần làm:',
  configuration: 'Cấu hình mẫu (địa chỉ và tên là ví dụ):',
  subjects: { zone: 'vùng DNS', host: 'máy chủ', 'mail-domain': 'tên miền thư', exchanger: 'máy chủ thư', service: 'dịch vụ' },
  explainColumns: { check: 'Mã', level: 'Mức', area: 'Lĩnh vực', title: 'Tên' },
  doctor: doctorVi,
  errors: errorsVi,
};
