import type { PortConnections, WebConnections } from '../../facts/web-connections.ts';
import type { Cause } from '../../model/cause.ts';
import { defineCheck, type Outcome } from '../define-check.ts';

type MessageId =
  | 'all-reached'
  | 'all-measured-reached'
  | 'some-addresses-fail'
  | 'unstable'
  | 'refused'
  | 'reset'
  | 'timeout'
  | 'unreachable'
  | 'no-other-way-in'
  | 'not-offered'
  | 'no-ipv6-address'
  | 'no-address'
  | 'both-families-down'
  | 'ipv4-not-measurable'
  | 'vantage-unproven'
  | 'prefix-suspect'
  | 'undecided';

const messageOfFailure: Partial<Record<Cause, MessageId>> = {
  refused: 'refused',
  reset: 'reset',
  'host-unreachable': 'unreachable',
  'network-unreachable': 'unreachable',
  'admin-prohibited': 'unreachable',
};

const messageOfDoubt: Partial<Record<Cause, MessageId>> = {
  'both-families-down': 'both-families-down',
  'vantage-no-ipv4': 'ipv4-not-measurable',
  'vantage-no-ipv6': 'vantage-unproven',
  'vantage-web-unproven': 'vantage-unproven',
  'local-no-route': 'vantage-unproven',
  'prefix-suspect': 'prefix-suspect',
};

/** TCP 443 and 80 to every AAAA, with the same over IPv4 as control. */
export const check = defineCheck({
  id: 'web-connect',
  area: 'web',
  subject: 'host',
  level: 'required',
  title: { vi: 'Kết nối web qua IPv6', en: 'Web connections over IPv6' },
  why: {
    vi: 'Bản ghi AAAA chỉ có ích khi máy chủ nhận kết nối ở mọi địa chỉ đã công bố; địa chỉ chết làm người dùng phải chờ hoặc không vào được.',
    en: 'An AAAA record helps only if the server takes connections at every address published; a dead address makes users wait or fail.',
  },
  references: [{ label: 'RFC 8200', url: 'https://www.rfc-editor.org/rfc/rfc8200' }],
  needs: ['webConnections'],
  messages: {
    'all-reached': {
      status: 'pass',
      vi: '{host} nhận kết nối qua IPv6 ở cổng {ports}, tại {addresses} ({answered}/{tries} lần thử).',
      en: '{host} takes connections over IPv6 on port {ports} at {addresses} ({answered} of {tries} tries).',
    },
    'all-measured-reached': {
      status: 'pass',
      vi: '{host} nhận kết nối qua IPv6 ở cổng {ports}, tại {addresses}. Chưa đo được {unmeasured}.',
      en: '{host} takes connections over IPv6 on port {ports} at {addresses}. Not measured: {unmeasured}.',
    },
    'some-addresses-fail': {
      status: 'warn',
      vi: 'Ở cổng {port}, {host} không nhận kết nối tại {failing} ({cause}), chỉ nhận tại {addresses}.',
      en: 'On port {port} {host} takes no connection at {failing} ({cause}), only at {addresses}.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web sửa máy chủ ở {failing} (dịch vụ, tường lửa, định tuyến), hoặc đơn vị quản trị DNS xóa các bản ghi AAAA đó.',
        en: 'The web operator repairs the server at {failing} (service, firewall, routing), or the DNS operator removes those AAAA records.',
      },
    },
    unstable: {
      status: 'warn',
      vi: 'Cổng {port} của {host} qua IPv6 lúc được lúc không: {answered}/{tries} lần thử có trả lời.',
      en: 'Port {port} of {host} answers over IPv6 only now and then: {answered} of {tries} tries.',
      fix: {
        vi: 'Đơn vị quản trị mạng tìm chỗ mất gói trên đường IPv6 (cân bằng tải, giới hạn kết nối, bộ định tuyến) và so với IPv4.',
        en: 'The network operator looks for loss on the IPv6 path (load balancer, connection limits, routers) and compares with IPv4.',
      },
    },
    refused: {
      status: 'fail',
      vi: 'Cổng {port} của {host} từ chối kết nối qua IPv6 tại {failing}, trong khi IPv4 nhận.',
      en: 'Port {port} of {host} refuses connections over IPv6 at {failing}, while IPv4 accepts them.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web cho dịch vụ lắng nghe trên IPv6: nginx `listen [::]:443 ssl;` và `listen [::]:80;`, Apache `Listen [::]:443`; kiểm tra bằng `ss -6ltn`.',
        en: 'The web operator lets the service listen on IPv6: nginx `listen [::]:443 ssl;` and `listen [::]:80;`, Apache `Listen [::]:443`; check with `ss -6ltn`.',
      },
    },
    reset: {
      status: 'fail',
      vi: 'Cổng {port} của {host} ngắt kết nối (reset) qua IPv6 tại {failing}, trong khi IPv4 nhận.',
      en: 'Port {port} of {host} resets connections over IPv6 at {failing}, while IPv4 accepts them.',
      fix: {
        vi: 'Đơn vị quản trị mạng xem tường lửa hoặc thiết bị cân bằng tải trước {failing}: luật IPv6 phải cho phép như luật IPv4.',
        en: 'The network operator looks at the firewall or load balancer before {failing}: its IPv6 rules must allow what its IPv4 rules do.',
      },
    },
    timeout: {
      status: 'fail',
      vi: 'Cổng {port} của {host} không hề trả lời qua IPv6 tại {failing} ({cause} sau {tries} lần thử, kể cả lần cuối đợt đo), trong khi IPv4 nhận.',
      en: 'Port {port} of {host} never answers over IPv6 at {failing} ({cause} after {tries} tries, the last at the end of the run), while IPv4 does.',
      fix: {
        vi: 'Đơn vị quản trị mạng mở cổng {port}/tcp cho IPv6 trên tường lửa, kiểm tra định tuyến đến {failing} và cho phép ICMPv6 (loại 1, 2, 3, 4).',
        en: 'The network operator opens {port}/tcp for IPv6 in the firewall, checks the route to {failing} and allows ICMPv6 (types 1, 2, 3 and 4).',
      },
    },
    unreachable: {
      status: 'fail',
      vi: 'Một bộ định tuyến báo không đến được {failing} của {host}, cổng {port} ({cause}), trong khi IPv4 nhận.',
      en: 'A router says that {failing} of {host}, port {port}, cannot be reached ({cause}), while IPv4 works.',
      fix: {
        vi: 'Đơn vị quản trị mạng và nhà cung cấp đường truyền kiểm tra quảng bá BGP và định tuyến cho tiền tố của {failing}, cùng luật lọc IPv6.',
        en: 'The network operator and the provider check the BGP announcement and routes for the prefix of {failing}, and IPv6 filter rules.',
      },
    },
    'no-other-way-in': {
      status: 'fail',
      vi: '{host} không nhận kết nối qua IPv6 tại {failing} ({cause}) và cũng không có địa chỉ IPv4: không còn đường nào khác.',
      en: '{host} takes no connection over IPv6 at {failing} ({cause}) and has no IPv4 address: there is no other way in.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web kiểm tra ngay dịch vụ và tường lửa ở {failing}: hiện không ai vào được trang web.',
        en: 'The web operator checks service and firewall at {failing} at once: nobody can reach the site now.',
      },
    },
    'not-offered': {
      status: 'not-applicable',
      vi: '{host} từ chối cổng 443 và 80 ở cả hai họ địa chỉ: không có dịch vụ web.',
      en: '{host} refuses ports 443 and 80 in both families: no web service is offered.',
    },
    'no-ipv6-address': {
      status: 'not-applicable',
      vi: '{host} không có địa chỉ IPv6 dùng được để kết nối.',
      en: '{host} has no usable IPv6 address to connect to.',
    },
    'no-address': {
      status: 'not-applicable',
      vi: '{host} không có địa chỉ nào.',
      en: '{host} has no address at all.',
    },
    'both-families-down': {
      status: 'inconclusive',
      vi: '{host} không trả lời ở cả IPv6 lẫn IPv4 (cổng {port}): không thể quy lỗi cho IPv6.',
      en: '{host} answers neither over IPv6 nor over IPv4 (port {port}): IPv6 cannot be blamed.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web xem dịch vụ có đang chạy và có chặn nơi đo không; người đo chạy lại sau.',
        en: 'The web operator checks whether the service runs and whether it blocks the vantage; measure again later.',
      },
    },
    'ipv4-not-measurable': {
      status: 'inconclusive',
      vi: '{host} không nhận kết nối qua IPv6 ở cổng {port}, nhưng nơi đo không đo được IPv4 để đối chứng.',
      en: '{host} takes no connection over IPv6 on port {port}, but from here IPv4 cannot be measured as a control.',
      fix: {
        vi: 'Người đo chạy lại từ nơi có cả IPv4 và IPv6 (`ipv6gov doctor`).',
        en: 'Measure again from a place that has both IPv4 and IPv6 (`ipv6gov doctor`).',
      },
    },
    'vantage-unproven': {
      status: 'inconclusive',
      vi: '{host} không nhận kết nối qua IPv6 ở cổng {port}, nhưng không chứng minh được IPv6 của nơi đo đang hoạt động lúc đó ({cause}).',
      en: '{host} takes no connection over IPv6 on port {port}, but our own IPv6 was not proven to work at that time ({cause}).',
      fix: {
        vi: 'Người đo chạy `ipv6gov doctor`, sửa IPv6 của nơi đo hoặc thêm `--web-control`, rồi đo lại.',
        en: 'Run `ipv6gov doctor`, repair the IPv6 of the vantage or add `--web-control`, then measure again.',
      },
    },
    'prefix-suspect': {
      status: 'inconclusive',
      vi: 'Nhiều cơ quan không liên quan trong cùng tiền tố /32 với {host} đều im lặng: có thể lỗi ở đường truyền giữa nơi đo và tiền tố đó.',
      en: 'Many unrelated agencies in the /32 of {host} are silent: the path from here to that prefix may be at fault.',
      fix: {
        vi: 'Người đo lặp lại từ mạng khác; nhà cung cấp của tiền tố kiểm tra định tuyến quốc tế và trong nước.',
        en: 'Measure again from another network; the provider of the prefix checks its routing.',
      },
    },
    undecided: {
      status: 'inconclusive',
      vi: 'Chưa kết luận được kết nối đến {host} qua IPv6 ở cổng {port}: {cause}.',
      en: 'Connections to {host} over IPv6 on port {port} could not be decided: {cause}.',
      fix: {
        vi: 'Người đo chạy lại; nếu vẫn vậy, xem từng lần thử trong bằng chứng.',
        en: 'Measure again; if it stays so, look at the single tries in the evidence.',
      },
    },
  },
  evaluate({ webConnections }): Outcome<MessageId> {
    const { host, presence, ports } = webConnections;
    if (presence === 'no-address') return { message: 'no-address', values: { host } };
    if (presence === 'aaaa-missing') return { message: 'no-ipv6-address', values: { host } };
    const having = (state: PortConnections['state']) => ports.find((entry) => entry.state === state);
    const dead = having('none-reached');
    if (dead !== undefined) return failing(webConnections, dead);
    const open = having('unknown');
    if (open !== undefined)
      return {
        message: messageOfDoubt[open.cause ?? 'unknown'] ?? 'undecided',
        values: valuesOf(host, open),
        cause: open.cause ?? 'unknown',
      };
    const shaky = having('unstable');
    if (shaky !== undefined) return { message: 'unstable', values: valuesOf(host, shaky), cause: 'unstable' };
    const partly = having('some-fail');
    if (partly !== undefined) return { message: 'some-addresses-fail', values: valuesOf(host, partly), ...causeOf(partly) };
    return settled(webConnections);
  },
});

function failing({ host, ipv4Published }: WebConnections, dead: PortConnections): Outcome<MessageId> {
  const message = ipv4Published ? (messageOfFailure[dead.cause ?? 'timeout'] ?? 'timeout') : 'no-other-way-in';
  return { message, values: valuesOf(host, dead), ...causeOf(dead) };
}

function settled({ host, ports }: WebConnections): Outcome<MessageId> {
  const reached = ports.filter((entry) => entry.state === 'all-reached');
  if (reached.length === 0) return { message: 'not-offered', values: { host } };
  const unmeasured = [...new Set(reached.flatMap((entry) => entry.unmeasured))];
  const values = {
    host,
    ports: reached.map(({ port }) => String(port)),
    addresses: [...new Set(reached.flatMap((entry) => entry.reached))],
    unmeasured,
    tries: reached.reduce((sum, entry) => sum + entry.tries, 0),
    answered: reached.reduce((sum, entry) => sum + entry.answered, 0),
  };
  return unmeasured.length > 0 ? { message: 'all-measured-reached', values, confidence: 0.5 } : { message: 'all-reached', values };
}

function valuesOf(host: string, { port, cause, reached, failing, unmeasured, tries, answered }: PortConnections) {
  return { host, port, cause: cause ?? '', addresses: reached, failing, unmeasured, tries, answered };
}

function causeOf({ cause }: PortConnections): { cause?: Cause } {
  return cause === null ? {} : { cause };
}
