import type { NameServerFact } from '../../facts/name-servers.ts';
import type { Cause } from '../../model/cause.ts';
import { defineCheck } from '../define-check.ts';

/** An NS name must not be an alias, and two names on one address are one server. */
export const check = defineCheck({
  id: 'ns-name-alias',
  area: 'dns',
  subject: 'zone',
  level: 'recommended',
  title: { vi: 'Tên máy chủ tên miền là tên thật', en: 'Names of name servers are real names' },
  why: {
    vi: 'Bản ghi NS trỏ đến bí danh (CNAME) bị nhiều máy phân giải bỏ qua; hai tên trên cùng một địa chỉ thực ra chỉ là một máy chủ.',
    en: 'Many resolvers ignore an NS record that names an alias (CNAME); two names on one address are really one server.',
  },
  references: [{ label: 'RFC 2181 §10.3', url: 'https://www.rfc-editor.org/rfc/rfc2181' }],
  needs: ['nameServers'],
  messages: {
    'real-names': {
      status: 'pass',
      vi: 'Không tên máy chủ tên miền nào của {zone} là bí danh, và không tên nào dùng chung địa chỉ IPv6: {servers}.',
      en: 'No name of a name server of {zone} is an alias, and no two share an IPv6 address: {servers}.',
    },
    'shared-address': {
      status: 'warn',
      vi: 'Nhiều tên máy chủ tên miền của {zone} dùng chung một địa chỉ IPv6: {shared}. Một máy hỏng là mất tất cả các tên đó.',
      en: 'Several name servers of {zone} share one IPv6 address: {shared}. One outage takes all these names away.',
      fix: {
        vi: 'Đơn vị quản trị DNS đặt mỗi tên máy chủ tên miền trên một máy và một địa chỉ IPv6 riêng.',
        en: 'The DNS operator gives every name server a machine and an IPv6 address of its own.',
      },
    },
    alias: {
      status: 'fail',
      vi: 'Bản ghi NS của {zone} trỏ đến bí danh: {aliases}.',
      en: 'NS records of {zone} name aliases: {aliases}.',
      fix: {
        vi: 'Đơn vị quản trị DNS thay CNAME bằng bản ghi A và AAAA ngay tại tên máy chủ, hoặc ghi tên thật vào NS ở vùng {zone} và ở vùng cha.',
        en: 'The DNS operator replaces the CNAME by A and AAAA records at the name itself, or writes the real name into the NS records of {zone} and of its parent.',
      },
    },
    'lookup-failed': {
      status: 'inconclusive',
      vi: 'Chưa tra được tên của một số máy chủ tên miền của {zone}: {unknown}.',
      en: 'Some names of name servers of {zone} could not be looked up: {unknown}.',
      fix: {
        vi: 'Người đo chạy lại; nếu vẫn vậy, đơn vị quản trị DNS kiểm tra vùng chứa tên của {unknown}.',
        en: 'Measure again; if it stays so, the DNS operator checks the zones that hold the names {unknown}.',
      },
    },
  },
  evaluate({ nameServers: { zone, servers } }) {
    const aliases = servers.flatMap(aliasOf);
    if (aliases.length > 0) return { message: 'alias', values: { zone, aliases } };
    const shared = sharedAddresses(servers);
    if (shared.length > 0) return { message: 'shared-address', values: { zone, shared } };
    const unknown = servers.filter(({ ipv6 }) => !ipv6.known);
    if (unknown.length > 0 || servers.length === 0)
      return { message: 'lookup-failed', values: { zone, unknown: unknown.map(({ name }) => name) }, cause: causeOf(unknown) };
    return { message: 'real-names', values: { zone, servers: servers.map(({ name }) => name) } };
  },
});

function aliasOf({ name, ipv6, ipv4 }: NameServerFact): string[] {
  const targets = [ipv6, ipv4].flatMap((set) => (set.known ? set.value.aliases : []));
  const [target] = targets;
  return target === undefined ? [] : [`${name} → ${target}`];
}

function sharedAddresses(servers: readonly NameServerFact[]): string[] {
  const names = new Map<string, string[]>();
  for (const { name, ipv6 } of servers) {
    for (const address of ipv6.known ? ipv6.value.usable : []) names.set(address, [...(names.get(address) ?? []), name]);
  }
  return [...names].flatMap(([address, list]) => (list.length > 1 ? [`${list.join(', ')} [${address}]`] : []));
}

function causeOf([first]: readonly NameServerFact[]): Cause {
  return first !== undefined && !first.ipv6.known ? first.ipv6.cause : 'dns-timeout';
}
