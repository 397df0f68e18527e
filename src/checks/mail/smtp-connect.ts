import type { SmtpAddress, SmtpConnections } from '../../facts/mail-connections.ts';
import type { Cause } from '../../model/cause.ts';
import { defineCheck, type Outcome } from '../define-check.ts';

type MessageId =
  | 'all-answer'
  | 'all-measured-answer'
  | 'some-fail'
  | 'unstable'
  | 'refused'
  | 'no-greeting'
  | 'timeout'
  | 'fails'
  | 'no-other-way-in'
  | 'no-mail'
  | 'no-ipv6-address'
  | 'policy-refused'
  | 'slow-greeting'
  | 'both-families-down'
  | 'vantage-unproven'
  | 'undecided';

const messageOfDoubt: Partial<Record<Cause, MessageId>> = {
  'policy-refused': 'policy-refused',
  'slow-greeting': 'slow-greeting',
  'both-families-down': 'both-families-down',
  'vantage-port25-blocked': 'vantage-unproven',
  'vantage-no-ipv6': 'vantage-unproven',
  'vantage-no-ipv4': 'vantage-unproven',
  'local-no-route': 'vantage-unproven',
};

/** Greeting, EHLO and QUIT at every AAAA of the exchangers of the two best preferences. Says nothing about taking mail (faults M11). */
export const check = defineCheck({
  id: 'smtp-connect',
  area: 'mail',
  subject: 'mail-domain',
  level: 'required',
  title: { vi: 'SMTP qua IPv6', en: 'SMTP over IPv6' },
  why: {
    vi: 'Bản ghi AAAA của máy chủ thư mà không trả lời SMTP làm máy gửi phải chờ, thử lại, hoặc không gửi được khi không còn IPv4.',
    en: 'An AAAA record of a mail server that does not answer SMTP makes senders wait and try again, or fail when there is no IPv4.',
  },
  references: [{ label: 'RFC 5321', url: 'https://www.rfc-editor.org/rfc/rfc5321' }],
  needs: ['smtpConnections'],
  messages: {
    'all-answer': {
      status: 'pass',
      vi: 'Máy chủ thư của {domain} trả lời SMTP qua IPv6 ở mọi địa chỉ đã thử: {answering} (đã thử {contacted} trên {total} máy chủ). Điều này không có nghĩa là thư được nhận.',
      en: 'The mail servers of {domain} answer SMTP over IPv6 at every address tried: {answering} ({contacted} of {total} servers tried). It does not mean that mail is taken.',
    },
    'all-measured-answer': {
      status: 'pass',
      vi: 'Máy chủ thư của {domain} trả lời SMTP qua IPv6 tại {answering}. Chưa đo được: {open}.',
      en: 'The mail servers of {domain} answer SMTP over IPv6 at {answering}. Not measured: {open}.',
    },
    'some-fail': {
      status: 'warn',
      vi: 'Một số địa chỉ máy chủ thư của {domain} không trả lời SMTP qua IPv6: {failing} ({cause}, bước {step}); các địa chỉ {answering} có trả lời.',
      en: 'Some mail server addresses of {domain} do not answer SMTP over IPv6: {failing} ({cause}, step {step}); {answering} do.',
      fix: {
        vi: 'Đơn vị quản trị thư sửa dịch vụ hoặc tường lửa cổng 25 IPv6 ở {failing}, hoặc đơn vị quản trị DNS xóa các bản ghi AAAA đó.',
        en: 'The mail operator repairs the service or the IPv6 firewall for port 25 at {failing}, or the DNS operator removes those AAAA records.',
      },
    },
    unstable: {
      status: 'warn',
      vi: 'Máy chủ thư của {domain} lúc trả lời SMTP qua IPv6 lúc không: {unsteady} ({answered}/{tries} lần thử).',
      en: 'Mail servers of {domain} answer SMTP over IPv6 only now and then: {unsteady} ({answered} of {tries} tries).',
      fix: {
        vi: 'Đơn vị quản trị mạng tìm chỗ mất gói trên đường IPv6 đến cổng 25 (giới hạn kết nối, cân bằng tải).',
        en: 'The network operator looks for loss on the IPv6 path to port 25 (connection limits, load balancer).',
      },
    },
    refused: {
      status: 'fail',
      vi: 'Máy chủ thư của {domain} từ chối kết nối cổng 25 qua IPv6 ({cause}) tại {failing}, trong khi qua IPv4 có lời chào.',
      en: 'The mail servers of {domain} refuse port 25 over IPv6 ({cause}) at {failing}, while they greet over IPv4.',
      fix: {
        vi: 'Đơn vị quản trị thư cho dịch vụ lắng nghe trên IPv6 (Postfix `inet_protocols = all` và `inet_interfaces = all`; Exchange: receive connector trên `[::]:25`), kiểm tra bằng `ss -6ltn`.',
        en: 'The mail operator lets the service listen on IPv6 (Postfix `inet_protocols = all` and `inet_interfaces = all`; Exchange: receive connector on `[::]:25`), and checks with `ss -6ltn`.',
      },
    },
    'no-greeting': {
      status: 'fail',
      vi: 'Máy chủ thư của {domain} nhận kết nối qua IPv6 tại {failing} nhưng không gửi lời chào (bước {step}, cả lần đo lại), trong khi qua IPv4 có lời chào.',
      en: 'The mail servers of {domain} take the connection over IPv6 at {failing} but send no greeting (step {step}, also on the retest), while they greet over IPv4.',
      fix: {
        vi: 'Đơn vị quản trị thư xem nhật ký dịch vụ cho kết nối IPv6: thường do tra PTR hoặc danh sách chặn IPv6 bị treo, hoặc proxy trước máy chủ không chuyển tiếp IPv6.',
        en: 'The mail operator looks at the log for IPv6 connections: often a PTR or block list look-up hangs, or a proxy in front does not pass IPv6 on.',
      },
    },
    timeout: {
      status: 'fail',
      vi: 'Cổng 25 của máy chủ thư {domain} không trả lời qua IPv6 tại {failing} (bước {step}, {tries} lần thử), trong khi qua IPv4 có lời chào.',
      en: 'Port 25 of the mail servers of {domain} does not answer over IPv6 at {failing} (step {step}, {tries} tries), while they greet over IPv4.',
      fix: {
        vi: 'Đơn vị quản trị mạng mở cổng 25/tcp cho IPv6 trên tường lửa và kiểm tra định tuyến đến {failing}; cho phép ICMPv6.',
        en: 'The network operator opens port 25/tcp for IPv6 in the firewall, checks the route to {failing} and allows ICMPv6.',
      },
    },
    fails: {
      status: 'fail',
      vi: 'Máy chủ thư của {domain} không trả lời SMTP qua IPv6 tại {failing} ({cause}, bước {step}), trong khi qua IPv4 có lời chào.',
      en: 'The mail servers of {domain} do not answer SMTP over IPv6 at {failing} ({cause}, step {step}), while they greet over IPv4.',
      fix: {
        vi: 'Đơn vị quản trị thư và mạng kiểm tra dịch vụ SMTP, định tuyến và tường lửa cổng 25 của IPv6 ở {failing}.',
        en: 'The mail and network operators check the SMTP service, the route and the firewall for port 25 over IPv6 at {failing}.',
      },
    },
    'no-other-way-in': {
      status: 'fail',
      vi: 'Máy chủ thư của {domain} không trả lời SMTP tại {failing} ({cause}, bước {step}) và không có địa chỉ IPv4: không còn đường nào khác.',
      en: 'The mail servers of {domain} do not answer SMTP at {failing} ({cause}, step {step}) and have no IPv4 address: there is no other way in.',
      fix: {
        vi: 'Đơn vị quản trị thư kiểm tra ngay dịch vụ và tường lửa cổng 25 ở {failing}.',
        en: 'The mail operator checks service and firewall for port 25 at {failing} at once.',
      },
    },
    'no-mail': { status: 'not-applicable', vi: '{domain} không nhận thư.', en: '{domain} takes no mail.' },
    'no-ipv6-address': {
      status: 'not-applicable',
      vi: 'Không máy chủ thư nào được thử của {domain} có địa chỉ IPv6 dùng được để kết nối.',
      en: 'No mail server of {domain} that is contacted has a usable IPv6 address to connect to.',
    },
    'policy-refused': {
      status: 'inconclusive',
      vi: 'Máy chủ thư của {domain} từ chối nơi đo theo chính sách (mã {code}) tại {open}: đường IPv6 thông nhưng chưa kết luận được.',
      en: 'The mail servers of {domain} refuse our vantage by policy (code {code}) at {open}: the path works, but nothing more can be said.',
      fix: {
        vi: 'Đơn vị quản trị thư cho phép nơi đo, hoặc người đo chạy từ địa chỉ có PTR và uy tín tốt.',
        en: 'The mail operator allows the vantage, or measure from an address with a PTR record and a good reputation.',
      },
    },
    'slow-greeting': {
      status: 'inconclusive',
      vi: 'Máy chủ thư của {domain} không gửi lời chào trong thời gian chờ ở cả IPv6 lẫn IPv4: {open}.',
      en: 'The mail servers of {domain} send no greeting in the time waited, neither over IPv6 nor over IPv4: {open}.',
      fix: {
        vi: 'Người đo chạy lại sau; đơn vị quản trị thư xem có cố ý trì hoãn lời chào (tarpit) không.',
        en: 'Measure again later; the mail operator looks whether greetings are delayed on purpose (tarpit).',
      },
    },
    'both-families-down': {
      status: 'inconclusive',
      vi: 'Máy chủ thư của {domain} không trả lời SMTP ở cả IPv6 lẫn IPv4 ({open}): không thể quy lỗi cho IPv6.',
      en: 'The mail servers of {domain} answer SMTP neither over IPv6 nor over IPv4 ({open}): IPv6 cannot be blamed.',
      fix: {
        vi: 'Đơn vị quản trị thư xem dịch vụ có chạy và có chặn nơi đo không; người đo chạy lại sau.',
        en: 'The mail operator checks whether the service runs and whether it blocks the vantage; measure again later.',
      },
    },
    'vantage-unproven': {
      status: 'inconclusive',
      vi: 'Chưa đo được SMTP của {domain} tại {open}: không chứng minh được cổng 25 của nơi đo thông lúc đó ({cause}).',
      en: 'SMTP of {domain} at {open} could not be judged: port 25 from our vantage was not proven to work at that time ({cause}).',
      fix: {
        vi: 'Người đo chạy `ipv6gov doctor`, dùng mạng không chặn cổng 25 hoặc thêm `--smtp-control`, rồi đo lại.',
        en: 'Run `ipv6gov doctor`, use a network that does not block port 25 or add `--smtp-control`, then measure again.',
      },
    },
    undecided: {
      status: 'inconclusive',
      vi: 'Chưa kết luận được SMTP qua IPv6 của {domain} tại {open}: {cause}.',
      en: 'SMTP over IPv6 of {domain} at {open} could not be decided: {cause}.',
      fix: {
        vi: 'Người đo chạy lại; nếu vẫn vậy, xem từng lần thử trong bằng chứng.',
        en: 'Measure again; if it stays so, look at the single tries in the evidence.',
      },
    },
  },
  evaluate({ smtpConnections }): Outcome<MessageId> {
    const { domain, hasMail, addresses, unresolved } = smtpConnections;
    if (!hasMail) return { message: 'no-mail', values: { domain } };
    if (addresses.length === 0 && unresolved.length === 0) return { message: 'no-ipv6-address', values: { domain } };
    const having = (verdict: SmtpAddress['verdict']): SmtpAddress[] => addresses.filter((entry) => entry.verdict === verdict);
    const failing = having('fails');
    const reached = having('answers').length + having('unstable').length;
    if (having('unstable').length > 0) return said(smtpConnections, 'unstable', 'unstable');
    if (reached > 0 && failing.length > 0) return said(smtpConnections, 'some-fail', failing[0]?.cause ?? null);
    const open = having('unknown')[0]?.cause ?? unresolved[0]?.cause;
    if (reached > 0)
      return open === undefined
        ? said(smtpConnections, 'all-answer', null)
        : { ...said(smtpConnections, 'all-measured-answer', null), confidence: 0.5 };
    if (open !== undefined) return said(smtpConnections, messageOfDoubt[open] ?? 'undecided', open);
    return said(smtpConnections, messageOfFailure(failing[0]), failing[0]?.cause ?? 'timeout');
  },
});

function messageOfFailure(first: SmtpAddress | undefined): MessageId {
  if (first === undefined) return 'fails';
  if (!first.ipv4Published) return 'no-other-way-in';
  if (first.cause === 'refused' || first.cause === 'reset') return first.step === 'connect' ? 'refused' : 'fails';
  if (first.cause !== 'timeout') return 'fails';
  return first.step === 'banner' ? 'no-greeting' : 'timeout';
}

function said(
  { domain, contacted, total, addresses, unresolved }: SmtpConnections,
  message: MessageId,
  cause: Cause | null,
): Outcome<MessageId> {
  const shown = (...verdicts: SmtpAddress['verdict'][]): string[] =>
    addresses.filter(({ verdict }) => verdicts.includes(verdict)).map(({ exchanger, address }) => `${exchanger} [${address}]`);
  const deciding = addresses.find((entry) => cause !== null && entry.cause === cause);
  const values = {
    domain,
    contacted: contacted.length,
    total,
    answering: shown('answers', 'unstable'),
    failing: shown('fails'),
    unsteady: shown('unstable'),
    open: [...shown('unknown'), ...unresolved.map(({ exchanger }) => exchanger)],
    cause: cause ?? '',
    step: deciding?.step ?? '',
    code: deciding?.greeting ?? 0,
    tries: addresses.reduce((sum, { tries }) => sum + tries, 0),
    answered: addresses.reduce((sum, { answered }) => sum + answered, 0),
  };
  return cause === null ? { message, values } : { message, values, cause };
}
