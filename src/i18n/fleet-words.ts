import type { Language } from './catalogue.ts';
import type { Said } from './error-texts.ts';

/** What is said around a fleet of vantages. */
interface FleetWords {
  needsEngine: Said;
  needsVantage: Said;
  unreachable: (url: string) => Said;
  refused: (url: string) => Said;
  noStreams: (url: string) => Said;
  notFleet: (run: string) => Said;
  isFleet: (run: string) => Said;
  noEvidence: (vantages: string) => Said;
  submitted: (agencies: number, vantages: string) => string;
  attachWith: (command: string) => string;
  collected: (lines: string) => string;
  repeated: (count: number) => string;
  rejected: (count: number) => string;
  missing: (vantage: string, count: number, of: number) => string;
  state: Record<'working' | 'standby' | 'draining', string>;
  /** The same in a table. */
  stateWord: Record<'working' | 'standby' | 'draining', string>;
  jobRefused: (reason: string) => string;
  done: (count: number) => string;
  nobody: string;
  drained: (vantage: string) => string;
  columns: Record<'vantage' | 'worker' | 'state' | 'version' | 'ipv6' | 'clock' | 'running' | 'done' | 'queue', string>;
  queued: (waiting: number, underWay: number) => string;
}

const vi: FleetWords = {
  needsEngine: { what: 'Chưa cho biết máy chủ NATS.', next: 'Thêm --engine nats://máy:4222.' },
  needsVantage: { what: 'Chưa cho biết nơi đo.', next: 'Thêm --vantage TÊN, có thể nhiều lần khi đo từ nhiều nơi.' },
  unreachable: (url) => ({
    what: `Không tới được máy chủ NATS ${url}.`,
    next: 'Kiểm tra địa chỉ, tường lửa (chỉ cần kết nối đi ra) và máy chủ.',
  }),
  refused: (url) => ({
    what: `Máy chủ NATS ${url} từ chối.`,
    next: 'Kiểm tra tệp --engine-credentials và quyền của tài khoản này.',
  }),
  noStreams: (url) => ({
    what: `Máy chủ NATS ${url} không có JetStream.`,
    next: 'Chạy máy chủ với -js, hoặc thêm mục jetstream vào cấu hình.',
  }),
  notFleet: (run) => ({ what: `${run} không phải là lần đo từ nhiều nơi.`, next: 'Lần đo trên một máy: `ipv6gov audit --resume`.' }),
  isFleet: (run) => ({ what: `${run} là lần đo từ nhiều nơi.`, next: 'Thu tiếp bằng `ipv6gov audit --engine URL --attach`.' }),
  noEvidence: (vantages) => ({
    what: `Đến hạn mà chưa nơi nào gửi bằng chứng: ${vantages}.`,
    next: 'Xem `ipv6gov fleet status`, rồi thu tiếp bằng `ipv6gov audit --attach`.',
  }),
  submitted: (agencies, vantages) => `Đã giao ${agencies} cơ quan cho mỗi nơi đo: ${vantages}.`,
  attachWith: (command) => `Thu kết quả bằng: ${command}`,
  collected: (lines) => `Đã thu: ${lines}.`,
  repeated: (count) => `${count} kết quả đến lần thứ hai và chỉ được tính một lần.`,
  rejected: (count) => `${count} thông điệp bị loại: sai dạng, sai nơi gửi hoặc không thuộc danh sách.`,
  missing: (vantage, count, of) => `Nơi đo ${vantage}: chưa có bằng chứng của ${count}/${of} cơ quan.`,
  state: { working: 'Đang nhận việc.', standby: 'Chờ: đã đủ máy đo cho nơi này.', draining: 'Làm nốt việc đang dở, không nhận thêm.' },
  stateWord: { working: 'đang đo', standby: 'chờ', draining: 'sắp dừng' },
  jobRefused: (reason) => `Từ chối việc: ${reason}.`,
  done: (count) => `Đã đo ${count} cơ quan.`,
  nobody: 'Không có máy đo nào lên tiếng.',
  drained: (vantage) => `Đã bảo các máy đo của ${vantage} làm nốt rồi dừng.`,
  columns: {
    vantage: 'nơi đo',
    worker: 'máy đo',
    state: 'trạng thái',
    version: 'phiên bản',
    ipv6: 'IPv6',
    clock: 'lệch giờ (s)',
    running: 'đang đo',
    done: 'đã đo',
    queue: 'hàng đợi',
  },
  queued: (waiting, underWay) => `${waiting} chờ, ${underWay} đang làm`,
};

const en: FleetWords = {
  needsEngine: { what: 'No engine was given.', next: 'Add --engine nats://host:4222.' },
  needsVantage: { what: 'No vantage was given.', next: 'Add --vantage NAME, more than once for several places.' },
  unreachable: (url) => ({
    what: `The engine ${url} cannot be reached.`,
    next: 'Look at the address, the firewall (only outgoing connections are needed) and the server.',
  }),
  refused: (url) => ({
    what: `The engine ${url} refuses us.`,
    next: 'Look at the file of --engine-credentials and at what this account may do.',
  }),
  noStreams: (url) => ({
    what: `The engine ${url} has no JetStream.`,
    next: 'Start the server with -js, or give its configuration a jetstream block.',
  }),
  notFleet: (run) => ({
    what: `${run} is no run of several vantages.`,
    next: 'A run of one machine is continued by `ipv6gov audit --resume`.',
  }),
  isFleet: (run) => ({ what: `${run} is a run of several vantages.`, next: 'Go on with `ipv6gov audit --engine URL --attach`.' }),
  noEvidence: (vantages) => ({
    what: `The deadline came before any vantage sent evidence: ${vantages}.`,
    next: 'Look at `ipv6gov fleet status`, then collect with `ipv6gov audit --attach`.',
  }),
  submitted: (agencies, vantages) => `Submitted ${agencies} agencies to each vantage: ${vantages}.`,
  attachWith: (command) => `Collect with: ${command}`,
  collected: (lines) => `Collected: ${lines}.`,
  repeated: (count) => `${count} results came a second time and count once.`,
  rejected: (count) => `${count} messages were rejected: wrong form, wrong sender, or not of this list.`,
  missing: (vantage, count, of) => `Vantage ${vantage}: no evidence of ${count} of ${of} agencies.`,
  state: {
    working: 'Taking jobs.',
    standby: 'Standing by: this vantage has its workers.',
    draining: 'Finishing what is under way, taking no more.',
  },
  stateWord: { working: 'working', standby: 'standing by', draining: 'draining' },
  jobRefused: (reason) => `Job refused: ${reason}.`,
  done: (count) => `Measured ${count} agencies.`,
  nobody: 'No worker was heard.',
  drained: (vantage) => `Told the workers of ${vantage} to finish and stop.`,
  columns: {
    vantage: 'vantage',
    worker: 'worker',
    state: 'state',
    version: 'version',
    ipv6: 'IPv6',
    clock: 'clock off (s)',
    running: 'running',
    done: 'done',
    queue: 'queue',
  },
  queued: (waiting, underWay) => `${waiting} waiting, ${underWay} under way`,
};

export const fleetWords = (language: Language): FleetWords => (language === 'vi' ? vi : en);
