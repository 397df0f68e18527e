import type { Delegation } from '../../facts/delegation.ts';
import type { NameServerFact } from '../../facts/name-servers.ts';
import type { Cause } from '../../model/cause.ts';
import { defineCheck } from '../define-check.ts';

const references = [
  { label: 'RFC 1034 §4.2.2', url: 'https://www.rfc-editor.org/rfc/rfc1034' },
  { label: 'RFC 9471', url: 'https://www.rfc-editor.org/rfc/rfc9471' },
];

/** Does the parent's view of the zone agree with the zone's own, and does every named server serve it? */
export const check = defineCheck({
  id: 'delegation',
  area: 'dns',
  subject: 'zone',
  level: 'required',
  title: { vi: 'Ủy quyền tên miền', en: 'Delegation' },
  why: {
    vi: 'Máy phân giải chỉ tìm đến tên miền qua danh sách máy chủ tên miền ở vùng cha. Danh sách sai làm một phần truy vấn thất bại.',
    en: 'Resolvers find the zone only through the name servers that the parent zone lists. A wrong list makes part of all queries fail.',
  },
  references,
  needs: ['delegation'],
  messages: {
    consistent: {
      status: 'pass',
      vi: 'Vùng cha và vùng {zone} cùng công bố {servers}; tất cả đều trả lời có thẩm quyền.',
      en: 'The parent and {zone} both publish {servers}; all of them answer with authority.',
    },
    'sets-differ': {
      status: 'warn',
      vi: 'Danh sách máy chủ tên miền của {zone} không khớp: chỉ có ở vùng cha: {onlyParent}; chỉ có ở vùng con: {onlyChild}.',
      en: 'The name server sets of {zone} differ: only at the parent: {onlyParent}; only in the zone: {onlyChild}.',
      fix: {
        vi: 'Đơn vị quản trị DNS sửa bản ghi NS trong vùng {zone}, hoặc yêu cầu nhà đăng ký tên miền cập nhật danh sách ở vùng cha, để hai bên giống nhau.',
        en: 'The DNS operator corrects the NS records in {zone}, or asks the registrar to update the parent, so that both lists are the same.',
      },
    },
    'lame-servers': {
      status: 'warn',
      vi: 'Một số máy chủ tên miền của {zone} trả lời nhưng không có thẩm quyền: {addresses}.',
      en: 'Some name servers of {zone} answer without authority for it: {addresses}.',
      fix: {
        vi: 'Đơn vị quản trị DNS nạp vùng {zone} trên các máy chủ này, hoặc bỏ chúng khỏi bản ghi NS và khỏi vùng cha.',
        en: 'The DNS operator loads {zone} on these servers, or removes them from the NS records and from the parent.',
      },
    },
    'parent-serves-child': {
      status: 'warn',
      vi: 'Máy chủ của vùng cha cũng phục vụ {zone} nên không thấy được danh sách ủy quyền ở vùng cha. Vùng con công bố {servers}.',
      en: 'The servers of the parent also serve {zone}, so the delegation at the parent cannot be seen. The zone publishes {servers}.',
      fix: {
        vi: 'Đơn vị quản trị DNS đối chiếu danh sách NS đã đăng ký với {servers}; nên dùng máy chủ khác với vùng cha.',
        en: 'The DNS operator compares the registered NS list with {servers}; servers other than those of the parent are preferable.',
      },
    },
    'disjoint-sets': {
      status: 'fail',
      vi: 'Vùng cha ủy quyền {zone} cho {parentServers}, nhưng chính vùng này công bố {servers}: không có máy chủ nào chung.',
      en: 'The parent delegates {zone} to {parentServers}, but the zone itself publishes {servers}: no name server is in both.',
      fix: {
        vi: 'Đơn vị quản trị DNS xác định danh sách đúng, sửa bản ghi NS trong vùng và yêu cầu nhà đăng ký cập nhật vùng cha.',
        en: 'The DNS operator decides which list is right, corrects the NS records and has the registrar update the parent.',
      },
    },
    'lame-everywhere': {
      status: 'fail',
      vi: 'Không máy chủ tên miền nào trả lời có thẩm quyền cho {zone}: {addresses}.',
      en: 'No name server answers with authority for {zone}: {addresses}.',
      fix: {
        vi: 'Đơn vị quản trị DNS nạp vùng {zone} trên các máy chủ được ủy quyền, hoặc nhà đăng ký trỏ ủy quyền đến máy chủ đúng.',
        en: 'The DNS operator loads {zone} on the delegated servers, or the registrar points the delegation to the right ones.',
      },
    },
    'domain-not-found': {
      status: 'inconclusive',
      vi: 'Tên miền {zone} không tồn tại theo vùng cha. Có thể danh sách ghi sai?',
      en: 'The parent says that {zone} does not exist. Is the list wrong?',
      fix: {
        vi: 'Người lập danh sách kiểm tra lại tên miền; nếu tên đúng, cơ quan kiểm tra tình trạng đăng ký tên miền.',
        en: 'Whoever keeps the list checks the name; if it is right, the agency checks the registration of the domain.',
      },
    },
    'no-answer': {
      status: 'inconclusive',
      vi: 'Không biết được {zone} có được ủy quyền đúng không: không máy chủ tên miền nào cho câu trả lời dùng được ({addresses}).',
      en: 'Whether {zone} is delegated properly could not be known: no name server gave a usable answer ({addresses}).',
      fix: {
        vi: 'Đơn vị quản trị DNS kiểm tra các máy chủ và tường lửa; người đo chạy lại từ nơi khác.',
        en: 'The DNS operator checks the servers and firewalls; measure again from another vantage.',
      },
    },
  },
  evaluate({ delegation }) {
    const { zone } = delegation;
    if (!delegation.exists) return { message: 'domain-not-found', values: { zone }, cause: 'domain-not-found' };
    const servers = delegation.childNames;
    const health = healthOf(delegation.nameServers?.servers ?? []);
    if (health.authoritative.length === 0) {
      const addresses = [...health.lame, ...health.rest];
      const isLame = health.lame.length > 0 && !health.unmeasured;
      if (isLame) return { message: 'lame-everywhere', values: { zone, addresses }, cause: 'dns-lame' };
      return { message: 'no-answer', values: { zone, addresses }, cause: health.cause };
    }
    if (servers.length === 0) return { message: 'no-answer', values: { zone, addresses: health.authoritative }, cause: 'dns-inconsistent' };
    const difference = differenceOf(delegation);
    const parentServers = delegation.parentNames ?? [];
    if (difference.disjoint) return { message: 'disjoint-sets', values: { zone, parentServers, servers }, cause: 'dns-inconsistent' };
    if (health.lame.length > 0) return { message: 'lame-servers', values: { zone, addresses: health.lame }, cause: 'dns-lame' };
    if (difference.differ) return { message: 'sets-differ', values: { zone, ...difference.values }, cause: 'dns-inconsistent' };
    if (delegation.parentNames === null) return { message: 'parent-serves-child', values: { zone, servers } };
    return { message: 'consistent', values: { zone, servers } };
  },
});

interface Health {
  authoritative: string[];
  /** Answered over some transport, but never with authority. */
  lame: string[];
  rest: string[];
  /** Something was not measurable from here: 'everywhere' cannot be said. */
  unmeasured: boolean;
  cause: Cause;
}

/** Every address by what it does for the zone; an address is shown as 'name [address]: what was seen'. */
function healthOf(servers: readonly NameServerFact[]): Health {
  const health: Health = { authoritative: [], lame: [], rest: [], unmeasured: false, cause: 'dns-timeout' };
  for (const server of servers) {
    if (server.addresses.length === 0 && !(server.ipv4.known && server.ipv6.known)) health.unmeasured = true;
    for (const { address, family, published, udp, tcp } of server.addresses) {
      // Stale glue beside good data is for glue-ipv6 to judge; without authoritative data glue is all there is.
      if (!published && (family === 6 ? server.ipv6 : server.ipv4).known) continue;
      const shown = `${server.name} [${address}]`;
      const both = [udp, tcp];
      const bad = both.find(({ state }) => state === 'lame' || state === 'error');
      const ours = both.find(({ state }) => state === 'ours');
      if (both.some(({ state }) => state === 'good' || state === 'unstable')) health.authoritative.push(shown);
      else if (bad !== undefined) health.lame.push(`${shown}: ${bad.detail}`);
      else {
        health.rest.push(`${shown}: ${ours === undefined ? udp.detail : (ours.cause ?? '')}`);
        if (ours !== undefined) health.unmeasured = true;
        if (ours?.cause) health.cause = ours.cause;
      }
    }
  }
  return health;
}

function differenceOf({ parentNames, childSets, childNames }: Delegation): {
  disjoint: boolean;
  differ: boolean;
  values: { onlyParent: string[]; onlyChild: string[] };
} {
  // Without the parent's view the zone's own servers are still compared with each other.
  const reference = parentNames ?? childSets[0]?.names ?? [];
  const values = {
    onlyParent: parentNames === null ? [] : reference.filter((name) => childSets.some(({ names }) => !names.includes(name))),
    onlyChild: childNames.filter(
      (name) => !reference.includes(name) || (parentNames === null && childSets.some(({ names }) => !names.includes(name))),
    ),
  };
  const disjoint = parentNames !== null && parentNames.length > 0 && !childNames.some((name) => parentNames.includes(name));
  return { disjoint, differ: values.onlyParent.length + values.onlyChild.length > 0, values };
}
