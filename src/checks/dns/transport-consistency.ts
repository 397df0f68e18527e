import type { FamilyDifference } from '../../facts/family-differences.ts';
import { defineCheck } from '../define-check.ts';

/** One name server must serve the same zone over IPv6 as over IPv4. */
export const check = defineCheck({
  id: 'transport-consistency',
  area: 'dns',
  subject: 'zone',
  level: 'required',
  title: { vi: 'Dữ liệu DNS như nhau qua IPv6 và IPv4', en: 'Same DNS data over IPv6 and IPv4' },
  why: {
    vi: 'Nếu máy chủ tên miền trả lời khác nhau qua IPv6 và IPv4, người dùng IPv6 nhận dữ liệu cũ hoặc sai.',
    en: 'If a name server answers differently over IPv6 and IPv4, IPv6 users get old or wrong data.',
  },
  references: [{ label: 'RFC 10001 (BCP 91)', url: 'https://www.rfc-editor.org/rfc/rfc10001' }],
  needs: ['familyDifferences'],
  messages: {
    'same-data': {
      status: 'pass',
      vi: 'Các máy chủ tên miền của {zone} trả lời như nhau qua IPv6 và IPv4: {servers}.',
      en: 'The name servers of {zone} answer the same over IPv6 and IPv4: {servers}.',
    },
    'addresses-vary': {
      status: 'info',
      vi: 'Máy chủ tên miền của {zone} trả về địa chỉ khác nhau qua IPv6 và IPv4, cả hai đều có dữ liệu (có thể do phân theo vị trí): {differences}.',
      en: 'The name servers of {zone} give other addresses over IPv6 than over IPv4, both with data (perhaps by location): {differences}.',
    },
    'serial-lag': {
      status: 'warn',
      vi: 'Số serial SOA của {zone} khác nhau qua IPv6 và IPv4: {differences}.',
      en: 'The SOA serial of {zone} differs between IPv6 and IPv4: {differences}.',
      fix: {
        vi: 'Đơn vị quản trị DNS kiểm tra việc đồng bộ vùng giữa các máy phục vụ IPv6 và IPv4.',
        en: 'The DNS operator checks zone transfers between the machines that serve IPv6 and IPv4.',
      },
    },
    lag: {
      status: 'warn',
      vi: 'Dữ liệu của {zone} qua IPv6 và IPv4 khác nhau ở lần hỏi đầu, lần hỏi sau đã khớp: {differences}.',
      en: 'Data of {zone} over IPv6 and IPv4 differed in the first round and agreed in the second: {differences}.',
      fix: {
        vi: 'Đơn vị quản trị DNS theo dõi việc đồng bộ vùng; nếu hay chậm thì bật NOTIFY hoặc rút ngắn thời gian làm mới.',
        en: 'The DNS operator watches zone transfers; if lag is frequent, NOTIFY or a shorter refresh helps.',
      },
    },
    'data-differs': {
      status: 'fail',
      vi: 'Máy chủ tên miền của {zone} trả lời khác nhau qua IPv6 và IPv4 trong cả hai lần hỏi: {differences}.',
      en: 'Name servers of {zone} answer differently over IPv6 and IPv4 in both rounds: {differences}.',
      fix: {
        vi: 'Đơn vị quản trị DNS cho cả hai họ địa chỉ phục vụ cùng một bản của vùng {zone} (kiểm tra view, máy chủ riêng cho từng họ).',
        en: 'The DNS operator makes both families serve the same copy of {zone} (check views and separate machines per family).',
      },
    },
    'one-family-only': {
      status: 'fail',
      vi: 'Máy chủ tên miền của {zone} chỉ phục vụ vùng này qua một họ địa chỉ; qua họ kia có trả lời nhưng không có vùng: {servers}.',
      en: 'Name servers of {zone} serve it over one family only; over the other they answer, but do not have the zone: {servers}.',
      fix: {
        vi: 'Đơn vị quản trị DNS nạp vùng {zone} cho cả hai họ địa chỉ trên các máy chủ này.',
        en: 'The DNS operator loads {zone} for both families on these servers.',
      },
    },
    'single-family': {
      status: 'not-applicable',
      vi: 'Không máy chủ tên miền nào của {zone} có cả IPv6 và IPv4 để so sánh.',
      en: 'No name server of {zone} has both IPv6 and IPv4: there is nothing to compare.',
    },
    'not-compared': {
      status: 'inconclusive',
      vi: 'Chưa so sánh được câu trả lời qua IPv6 và IPv4 của {zone} trên: {servers}.',
      en: 'The answers over IPv6 and IPv4 of {zone} could not be compared on: {servers}.',
      fix: {
        vi: 'Người đo chạy lại từ nơi có cả IPv6 và IPv4; xem thêm ns-udp-ipv6 và ns-tcp-ipv6.',
        en: 'Measure again from a vantage with IPv6 and IPv4; see ns-udp-ipv6 and ns-tcp-ipv6.',
      },
    },
    unconfirmed: {
      status: 'inconclusive',
      vi: 'Thấy khác biệt giữa IPv6 và IPv4 ở {zone} nhưng chưa hỏi lại được lần hai: {differences}.',
      en: 'IPv6 and IPv4 differed in {zone}, but there was no second look: {differences}.',
      fix: {
        vi: 'Người đo kiểm tra lại tên miền này.',
        en: 'Measure this domain again.',
      },
    },
  },
  evaluate({ familyDifferences }) {
    const { zone, dualStack, compared, cause, differences, oneFamilyOnly } = familyDifferences;
    if (dualStack.length === 0) return { message: 'single-family', values: { zone } };
    const confirmed = oneFamilyOnly.filter(({ unconfirmed }) => !unconfirmed);
    if (confirmed.length > 0) {
      return {
        message: 'one-family-only',
        values: { zone, servers: confirmed.map(({ server, servedOver }) => `${server} (IPv${servedOver})`) },
        cause: 'dns-inconsistent',
      };
    }
    const hard = differences.filter(({ kind }) => kind === 'data' || kind === 'existence');
    const persistent = hard.filter(({ persistence }) => persistence === 'persistent');
    if (persistent.length > 0)
      return { message: 'data-differs', values: { zone, differences: persistent.map(shown) }, cause: 'dns-inconsistent' };
    const open = hard.filter(({ persistence }) => persistence === 'unconfirmed');
    if (open.length > 0) return { message: 'unconfirmed', values: { zone, differences: open.map(shown) }, cause: 'dns-inconsistent' };
    if (compared.length === 0) return { message: 'not-compared', values: { zone, servers: dualStack }, cause: cause ?? 'dns-timeout' };
    const serials = differences.filter(({ kind }) => kind === 'serial');
    if (serials.length > 0) return { message: 'serial-lag', values: { zone, differences: serials.map(shown) }, cause: 'dns-inconsistent' };
    if (hard.length > 0) return { message: 'lag', values: { zone, differences: hard.map(shown) }, cause: 'dns-inconsistent' };
    const vary = differences.filter(({ kind }) => kind === 'addresses');
    if (vary.length > 0) return { message: 'addresses-vary', values: { zone, differences: vary.map(shown) }, cause: 'geo-varies' };
    return { message: 'same-data', values: { zone, servers: compared } };
  },
});

function shown({ server, name, type, ipv6, ipv4 }: FamilyDifference): string {
  return `${server} ${name} ${type}: IPv6 ${ipv6}, IPv4 ${ipv4}`;
}
