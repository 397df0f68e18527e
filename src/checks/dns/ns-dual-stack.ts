import type { NameServerFact } from '../../facts/name-servers.ts';
import { defineCheck } from '../define-check.ts';

/** RFC 10001: every name server should be dual-stack. */
export const check = defineCheck({
  id: 'ns-dual-stack',
  area: 'dns',
  subject: 'zone',
  level: 'recommended',
  title: { vi: 'Máy chủ tên miền dùng cả IPv4 và IPv6', en: 'Dual-stack name servers' },
  why: {
    vi: 'Máy chủ tên miền có cả hai họ địa chỉ phục vụ được mọi máy phân giải, dù chỉ có IPv4 hay chỉ có IPv6.',
    en: 'A dual-stack name server serves every resolver, whether that one has IPv4 only or IPv6 only.',
  },
  references: [{ label: 'RFC 10001 (BCP 91)', url: 'https://www.rfc-editor.org/rfc/rfc10001' }],
  needs: ['nameServers'],
  messages: {
    'all-dual-stack': {
      status: 'pass',
      vi: 'Cả {total} máy chủ tên miền của {zone} đều có bản ghi A và AAAA dùng được.',
      en: 'All {total} name servers of {zone} have usable A and AAAA records.',
    },
    'some-single-family': {
      status: 'warn',
      vi: '{count} trên {total} máy chủ tên miền của {zone} có cả A và AAAA. Chỉ có IPv4: {ipv4Only}. Chỉ có IPv6: {ipv6Only}. Không có địa chỉ: {none}.',
      en: '{count} of {total} name servers of {zone} have both A and AAAA. IPv4 only: {ipv4Only}. IPv6 only: {ipv6Only}. No address: {none}.',
      fix: {
        vi: 'Đơn vị quản trị DNS bổ sung bản ghi A hoặc AAAA còn thiếu cho các máy chủ này và bật dịch vụ trên họ địa chỉ đó.',
        en: 'The DNS operator adds the missing A or AAAA records of these servers and enables the service on that family.',
      },
    },
    'lookup-failed': {
      status: 'inconclusive',
      vi: 'Chưa biết hết địa chỉ của máy chủ tên miền của {zone}; chưa tra được: {unknown}.',
      en: 'Not all addresses of the name servers of {zone} are known; not looked up: {unknown}.',
      fix: {
        vi: 'Người đo chạy lại; nếu vẫn vậy, đơn vị quản trị DNS kiểm tra vùng chứa tên của {unknown}.',
        en: 'Measure again; if it stays so, the DNS operator checks the zones that hold the names {unknown}.',
      },
    },
  },
  evaluate({ nameServers }) {
    const { zone, servers } = nameServers;
    const measured = servers.flatMap((server) => shapeOf(server) ?? []);
    const named = (shape: Shape): string[] => measured.filter((each) => each.shape === shape).map(({ name }) => name);
    const lists = { ipv4Only: named('ipv4'), ipv6Only: named('ipv6'), none: named('none') };
    const unknown = servers.filter(({ ipv4, ipv6 }) => !ipv4.known || !ipv6.known);
    if (lists.ipv4Only.length + lists.ipv6Only.length + lists.none.length > 0) {
      return { message: 'some-single-family', values: { zone, count: named('dual').length, total: servers.length, ...lists } };
    }
    if (unknown.length > 0 || servers.length === 0) {
      const missing = unknown.flatMap(({ ipv4, ipv6 }) => [ipv6, ipv4]).find((fact) => !fact.known);
      return {
        message: 'lookup-failed',
        values: { zone, unknown: unknown.map(({ name }) => name) },
        cause: missing?.known === false ? missing.cause : 'dns-timeout',
      };
    }
    return { message: 'all-dual-stack', values: { zone, total: servers.length } };
  },
});

type Shape = 'dual' | 'ipv4' | 'ipv6' | 'none';

function shapeOf({ name, ipv4, ipv6 }: NameServerFact): { name: string; shape: Shape } | null {
  if (!ipv4.known || !ipv6.known) return null;
  const has4 = ipv4.value.usable.length > 0;
  const has6 = ipv6.value.usable.length > 0;
  if (has4 && has6) return { name, shape: 'dual' };
  return { name, shape: has4 ? 'ipv4' : has6 ? 'ipv6' : 'none' };
}
