import type { NameServerFact, NameServers } from '../../facts/name-servers.ts';
import { addressBytes } from '../../model/address-bytes.ts';
import type { Cause } from '../../model/cause.ts';
import { defineCheck } from '../define-check.ts';

/** How many NS names have a usable AAAA; the lower of the parent's and the child's count decides. */
export const check = defineCheck({
  id: 'ns-ipv6-count',
  area: 'dns',
  subject: 'zone',
  level: 'required',
  title: { vi: 'Số máy chủ tên miền có IPv6', en: 'Name servers with IPv6' },
  why: {
    vi: 'Mạng chỉ có IPv6 chỉ phân giải được tên miền khi máy chủ tên miền có địa chỉ IPv6; cần ít nhất hai máy chủ để một máy hỏng không làm mất tên miền.',
    en: 'A network with IPv6 only can resolve the zone only through name servers that have IPv6; two are needed so that one outage does not take the zone away.',
  },
  references: [
    { label: 'RFC 10001 (BCP 91)', url: 'https://www.rfc-editor.org/rfc/rfc10001' },
    { label: 'RFC 2182 §5', url: 'https://www.rfc-editor.org/rfc/rfc2182' },
  ],
  needs: ['nameServers'],
  messages: {
    'enough-ipv6-name-servers': {
      status: 'pass',
      vi: '{count} máy chủ tên miền của {zone} có địa chỉ IPv6 dùng được: {servers} ({addresses}; {prefixes} dải /48).',
      en: '{count} name servers of {zone} have a usable IPv6 address: {servers} ({addresses}; {prefixes} distinct /48).',
    },
    'one-ipv6-name-server': {
      status: 'warn',
      vi: 'Chỉ có một máy chủ tên miền của {zone} có địa chỉ IPv6 dùng được: {servers}. Chưa có: {without}. Không dùng được: {unusable}.',
      en: 'Only one name server of {zone} has a usable IPv6 address: {servers}. Without: {without}. Not usable: {unusable}.',
      fix: {
        vi: 'Đơn vị quản trị DNS thêm bản ghi AAAA cho ít nhất một máy chủ tên miền nữa và cập nhật ủy quyền (kèm glue nếu cần) ở vùng cha.',
        en: 'The DNS operator adds an AAAA record to at least one more name server and updates the delegation (with glue where needed) at the parent.',
      },
    },
    'no-ipv6-name-server': {
      status: 'fail',
      vi: 'Không máy chủ tên miền nào của {zone} có địa chỉ IPv6 dùng được theo {view}. Chưa có: {without}. Không dùng được: {unusable}.',
      en: 'No name server of {zone} has a usable IPv6 address, as seen at {view}. Without: {without}. Not usable: {unusable}.',
      fix: {
        vi: 'Đơn vị quản trị DNS bật IPv6 trên ít nhất hai máy chủ tên miền, thêm bản ghi AAAA và cập nhật ủy quyền ở vùng cha; hoặc chọn nhà cung cấp DNS có IPv6.',
        en: 'The DNS operator enables IPv6 on at least two name servers, adds AAAA records and updates the delegation at the parent; or the agency picks a DNS provider with IPv6.',
      },
    },
    'lookup-failed': {
      status: 'inconclusive',
      vi: 'Chưa đếm được máy chủ tên miền có IPv6 của {zone}: từ {atLeast} đến {atMost}; chưa tra được: {unknown}.',
      en: 'The name servers of {zone} with IPv6 could not be counted: between {atLeast} and {atMost}; not looked up: {unknown}.',
      fix: {
        vi: 'Người đo chạy lại; nếu vẫn vậy, đơn vị quản trị DNS kiểm tra vùng chứa tên của {unknown}.',
        en: 'Measure again; if it stays so, the DNS operator checks the zones that hold the names {unknown}.',
      },
    },
  },
  evaluate({ nameServers }) {
    const { zone } = nameServers;
    const views = viewsOf(nameServers);
    const atLeast = Math.min(...views.map(({ servers }) => servers.filter(hasUsable).length));
    const atMost = Math.min(...views.map(({ servers }) => servers.filter((server) => hasUsable(server) || !server.ipv6.known).length));
    const lacking = nameServers.servers.filter(({ ipv6 }) => !ipv6.known);
    // A set that nobody told may hold fewer names than the other: the lower count is open, unless it is 0 already.
    const setMissing = !nameServers.childVisible && (atLeast > 0 || !nameServers.parentVisible);
    if (band(atLeast) !== band(atMost) || setMissing) {
      const unknown = [...(setMissing ? [`NS ${zone}`] : []), ...lacking.map(({ name }) => name)];
      return { message: 'lookup-failed', values: { zone, atLeast: setMissing ? 0 : atLeast, atMost, unknown }, cause: causeOf(lacking) };
    }
    const deciding = views.find(({ servers }) => servers.filter(hasUsable).length === atLeast) ?? { view: '', servers: [] };
    const values = { zone, count: atLeast, view: deciding.view, ...listsOf(deciding.servers) };
    if (band(atLeast) === 0) return { message: 'no-ipv6-name-server', values };
    return { message: band(atLeast) === 1 ? 'one-ipv6-name-server' : 'enough-ipv6-name-servers', values };
  },
});

function band(count: number): number {
  return Math.min(count, 2);
}

function hasUsable({ ipv6 }: NameServerFact): boolean {
  return ipv6.known && ipv6.value.usable.length > 0;
}

function viewsOf(nameServers: NameServers): { view: string; servers: NameServerFact[] }[] {
  const parent = { view: 'parent', servers: nameServers.servers.filter(({ inParent }) => inParent) };
  const child = { view: 'child', servers: nameServers.servers.filter(({ inChild }) => inChild) };
  const views = [...(nameServers.parentVisible ? [parent] : []), ...(nameServers.childVisible ? [child] : [])];
  return views.length === 0 ? [child] : views;
}

function listsOf(servers: readonly NameServerFact[]) {
  const sets = servers.flatMap(({ name, ipv6 }) => (ipv6.known ? [{ name, ...ipv6.value }] : []));
  const addresses = [...new Set(sets.flatMap(({ usable }) => usable))].sort();
  return {
    servers: servers.filter(hasUsable).map(({ name }) => name),
    without: sets.filter(({ usable }) => usable.length === 0).map(({ name }) => name),
    addresses,
    prefixes: new Set(addresses.map(prefix48)).size,
    unusable: sets.flatMap(({ name, unusable }) => unusable.map(({ address, scope }) => `${name} [${address}]: ${scope}`)),
  };
}

/** The /48 of an address, as hex. */
function prefix48(address: string): string {
  return [...(addressBytes(address)?.slice(0, 6) ?? [])].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function causeOf(lacking: readonly NameServerFact[]): Cause {
  for (const { ipv6 } of lacking) if (!ipv6.known) return ipv6.cause;
  return 'dns-timeout';
}
