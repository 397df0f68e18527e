import type { OptionRow } from './row.ts';

/** Measuring from several places through an engine. */
export const fleetRows = {
  engine: {
    section: 'fleet',
    argument: 'url',
    help: {
      vi: 'máy chủ NATS JetStream của các nơi đo: nats://máy:4222 hoặc tls://máy:4222',
      en: 'NATS JetStream server of the vantages: nats://host:4222 or tls://host:4222',
    },
  },
  'engine-credentials': {
    section: 'fleet',
    argument: 'file',
    completes: 'file',
    help: { vi: 'tệp credentials hoặc nkey seed để vào máy chủ đó', en: 'credentials file or nkey seed for the engine' },
  },
  'engine-ca': {
    section: 'fleet',
    argument: 'file',
    completes: 'file',
    help: { vi: 'chứng thư (PEM) của nơi ký cho máy chủ đó', en: 'certificate (PEM) of the authority that signed the engine’s' },
  },
  detach: {
    section: 'fleet',
    only: 'flag',
    help: { vi: 'chỉ giao việc rồi in mã lần đo', en: 'submit only, and print the id of the run' },
  },
  attach: {
    section: 'fleet',
    argument: 'run',
    only: 'flag',
    completes: 'run',
    help: { vi: 'thu kết quả của lần đo đã giao', en: 'collect a run that was submitted' },
  },
  deadline: {
    section: 'fleet',
    argument: 'duration',
    default: '24h',
    help: { vi: 'chờ bằng chứng lâu nhất bấy lâu', en: 'wait for evidence at most so long' },
  },
  of: {
    section: 'fleet',
    argument: 'n',
    default: '1',
    help: {
      vi: 'số máy cùng đo cho một nơi đo, máy thừa ra thì chờ thay; nhiều hơn 1 chỉ khi có --lab-rates',
      en: 'workers of this vantage that measure at once, one more stands by; above 1 only with --lab-rates',
    },
  },
  metrics: {
    section: 'fleet',
    argument: 'file',
    completes: 'file',
    help: { vi: 'ghi số liệu Prometheus ra tệp này mỗi 15 giây', en: 'write Prometheus metrics to this file every 15 s' },
  },
} as const satisfies Record<string, OptionRow>;
