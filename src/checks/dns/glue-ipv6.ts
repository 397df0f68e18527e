import type { GlueOfName } from '../../facts/glue-match.ts';
import { defineCheck } from '../define-check.ts';

/** AAAA glue in the parent's referral against the zone's own AAAA, for name servers inside the zone and beside it. */
export const check = defineCheck({
  id: 'glue-ipv6',
  area: 'dns',
  subject: 'zone',
  level: 'required',
  title: { vi: 'Glue IPv6 ở vùng cha', en: 'IPv6 glue at the parent' },
  why: {
    vi: 'Khi tên máy chủ nằm ngay trong vùng, chỉ vùng cha mới cho biết được địa chỉ của nó. Thiếu glue AAAA thì máy phân giải chỉ có IPv6 không tìm được vùng.',
    en: 'When a name server lies inside the zone, only the parent can tell its address. Without AAAA glue a resolver with IPv6 only cannot find the zone.',
  },
  references: [
    { label: 'RFC 9471', url: 'https://www.rfc-editor.org/rfc/rfc9471' },
    { label: 'RFC 10001 (BCP 91)', url: 'https://www.rfc-editor.org/rfc/rfc10001' },
  ],
  needs: ['glueMatch'],
  messages: {
    'glue-equal': {
      status: 'pass',
      vi: 'Glue AAAA ở vùng cha của {zone} khớp với dữ liệu có thẩm quyền: {names}.',
      en: 'The AAAA glue of {zone} at the parent equals the authoritative data: {names}.',
    },
    'glue-child-has-more': {
      status: 'warn',
      vi: 'Vùng {zone} công bố nhiều địa chỉ AAAA hơn glue ở vùng cha: {names}.',
      en: '{zone} publishes more AAAA addresses than the glue at the parent has: {names}.',
      fix: {
        vi: 'Đơn vị quản trị DNS nhờ nhà đăng ký tên miền bổ sung các địa chỉ còn thiếu vào glue ở vùng cha.',
        en: 'The DNS operator has the registrar add the missing addresses to the glue at the parent.',
      },
    },
    'glue-sibling-missing': {
      status: 'warn',
      vi: 'Máy chủ tên miền của {zone} nằm ở vùng anh em có AAAA nhưng vùng cha không gửi glue: {names}.',
      en: 'Name servers of {zone} in a sibling zone have AAAA, but the parent sends no glue for them: {names}.',
      fix: {
        vi: 'Đơn vị quản trị DNS nhờ nhà đăng ký bổ sung glue AAAA cho các tên này.',
        en: 'The DNS operator has the registrar add AAAA glue for these names.',
      },
    },
    'glue-stale': {
      status: 'warn',
      vi: 'Bên cạnh glue tốt, vùng cha của {zone} còn glue AAAA cũ không phục vụ vùng này: {names}.',
      en: 'Beside good glue the parent of {zone} still has stale AAAA glue that does not serve the zone: {names}.',
      fix: {
        vi: 'Đơn vị quản trị DNS nhờ nhà đăng ký xóa địa chỉ cũ khỏi glue.',
        en: 'The DNS operator has the registrar remove the stale addresses from the glue.',
      },
    },
    'glue-differs': {
      status: 'warn',
      vi: 'Glue AAAA ở vùng cha của {zone} khác dữ liệu có thẩm quyền, tuy địa chỉ đó vẫn phục vụ vùng: {names}.',
      en: 'The AAAA glue of {zone} at the parent differs from the authoritative data, although the address serves the zone: {names}.',
      fix: {
        vi: 'Đơn vị quản trị DNS làm cho glue và bản ghi AAAA giống nhau, qua nhà đăng ký hoặc trong vùng.',
        en: 'The DNS operator makes glue and AAAA records the same, through the registrar or in the zone.',
      },
    },
    'glue-missing': {
      status: 'fail',
      vi: 'Máy chủ tên miền nằm trong {zone} có AAAA nhưng vùng cha không gửi glue AAAA, cả qua UDP lẫn TCP: {names}.',
      en: 'Name servers inside {zone} have AAAA, but the parent sends no AAAA glue for them over UDP or TCP: {names}.',
      fix: {
        vi: 'Đơn vị quản trị DNS đăng ký địa chỉ IPv6 của các máy chủ này (host object) với nhà đăng ký tên miền.',
        en: 'The DNS operator registers the IPv6 addresses of these servers (host objects) with the registrar.',
      },
    },
    'glue-dead': {
      status: 'fail',
      vi: 'Mọi glue AAAA của máy chủ tên miền nằm trong {zone} đều không trả lời hoặc không có thẩm quyền: {names}.',
      en: 'All AAAA glue of a name server inside {zone} is dead or not authoritative: {names}.',
      fix: {
        vi: 'Đơn vị quản trị DNS nhờ nhà đăng ký thay glue bằng địa chỉ IPv6 đang phục vụ vùng.',
        en: 'The DNS operator has the registrar replace the glue by IPv6 addresses that serve the zone.',
      },
    },
    'parent-serves-child': {
      status: 'not-applicable',
      vi: 'Vùng cha cũng phục vụ {zone} nên không gửi glue: không có gì để so sánh.',
      en: 'The parent serves {zone} too: there is no referral, hence no glue to compare.',
    },
    'no-glue-needed': {
      status: 'not-applicable',
      vi: 'Không máy chủ tên miền nào của {zone} cần glue AAAA (không nằm trong vùng hoặc không có AAAA).',
      en: 'No name server of {zone} needs AAAA glue (none inside the zone, or none with AAAA).',
    },
    'glue-not-judged': {
      status: 'inconclusive',
      vi: 'Chưa so sánh được glue AAAA của {zone} cho: {names}.',
      en: 'The AAAA glue of {zone} could not be compared for: {names}.',
      fix: {
        vi: 'Người đo chạy lại từ nơi có IPv6 ổn định.',
        en: 'Measure again from a vantage with sound IPv6.',
      },
    },
  },
  evaluate({ glueMatch }) {
    const { zone, names } = glueMatch;
    if (glueMatch.parentServesChild) return { message: 'parent-serves-child', values: { zone } };
    const inDomain = names.filter(({ relation }) => relation === 'in-domain');
    const sibling = names.filter(({ relation }) => relation === 'sibling');
    const dead = inDomain.filter(({ state }) => state === 'dead');
    const missing = inDomain.filter(({ state }) => state === 'missing');
    if (missing.length > 0) return { message: 'glue-missing', values: { zone, names: missing.map(shown) } };
    if (dead.length > 0) return { message: 'glue-dead', values: { zone, names: dead.map(shown) }, ...causeOf(dead) };
    const open = names.filter(({ state }) => state === 'unknown');
    if (open.length > 0)
      return { message: 'glue-not-judged', values: { zone, names: open.map(shown) }, cause: open[0]?.cause ?? 'not-attempted' };
    const stale = [
      ...inDomain.filter(({ state }) => state === 'stale'),
      ...sibling.filter(({ state }) => state === 'stale' || state === 'dead'),
    ];
    if (stale.length > 0) return { message: 'glue-stale', values: { zone, names: stale.map(shown) }, ...causeOf(stale) };
    for (const [message, state] of warnings) {
      const found = names.filter((name) => name.state === state);
      if (found.length > 0) return { message, values: { zone, names: found.map(shown) } };
    }
    const equal = names.filter(({ state }) => state === 'equal');
    if (equal.length === 0) return { message: 'no-glue-needed', values: { zone } };
    return { message: 'glue-equal', values: { zone, names: equal.map(shown) } };
  },
});

/** What is left once fails are out: 'missing' can only be sibling glue. */
const warnings = [
  ['glue-differs', 'differs'],
  ['glue-sibling-missing', 'missing'],
  ['glue-child-has-more', 'child-has-more'],
] as const;

function shown({ name, glue, authoritative }: GlueOfName): string {
  return `${name} (glue: ${glue.join(' ') || '-'}; AAAA: ${authoritative.join(' ') || '-'})`;
}

function causeOf([first]: readonly GlueOfName[]) {
  return first?.cause ? { cause: first.cause } : {};
}
