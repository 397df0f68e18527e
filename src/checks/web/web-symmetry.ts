import type { TwinState, WebSymmetry } from '../../facts/web-symmetry.ts';
import type { Cause } from '../../model/cause.ts';
import { defineCheck, type Outcome } from '../define-check.ts';

type MessageId =
  | 'equal'
  | 'only-listed-has-ipv6'
  | 'sibling-silent-over-ipv6'
  | 'listed-is-ipv4-only'
  | 'one-exists'
  | 'no-ipv6'
  | 'listed-does-not-serve'
  | 'judged-with-listed'
  | 'undecided';

/** Do the apex and www serve alike in both families? */
export const check = defineCheck({
  id: 'web-symmetry',
  area: 'web',
  subject: 'host',
  level: 'recommended',
  title: { vi: 'Tên có và không có www', en: 'Name with and without www' },
  why: {
    vi: 'Người dùng gõ cả hai dạng tên. Nếu chỉ một dạng có IPv6 thì người dùng IPv6 gõ dạng kia sẽ không vào được.',
    en: 'People type both forms of the name. If only one has IPv6, users of IPv6 who type the other get nothing.',
  },
  references: [{ label: 'RFC 6540', url: 'https://www.rfc-editor.org/rfc/rfc6540' }],
  needs: ['webSymmetry'],
  messages: {
    equal: {
      status: 'pass',
      vi: '{host} và {sibling} đều dùng được qua IPv6 như qua IPv4.',
      en: '{host} and {sibling} both work over IPv6 as over IPv4.',
    },
    'only-listed-has-ipv6': {
      status: 'warn',
      vi: '{host} có IPv6 nhưng {sibling} chỉ có IPv4.',
      en: '{host} has IPv6, but {sibling} is IPv4-only.',
      fix: {
        vi: 'Đơn vị quản trị DNS thêm bản ghi AAAA cho {sibling}; đơn vị quản trị máy chủ web thêm tên này vào khối `server` trên `[::]:443`.',
        en: 'The DNS operator adds an AAAA record for {sibling}; the web operator adds the name to the `server` block on `[::]:443`.',
      },
    },
    'sibling-silent-over-ipv6': {
      status: 'warn',
      vi: '{sibling} có bản ghi AAAA nhưng không trả lời qua IPv6 ({cause}), trong khi qua IPv4 thì có.',
      en: '{sibling} has AAAA records but does not answer over IPv6 ({cause}), while it does over IPv4.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web cho {sibling} lắng nghe trên IPv6 hoặc chuyển hướng sang {host}.',
        en: 'The web operator lets {sibling} listen on IPv6 or redirect to {host}.',
      },
    },
    'listed-is-ipv4-only': {
      status: 'fail',
      vi: '{host} (tên trong danh sách) chỉ có IPv4, trong khi {sibling} có IPv6.',
      en: '{host}, the listed name, is IPv4-only while {sibling} has IPv6.',
      fix: {
        vi: 'Đơn vị quản trị DNS thêm bản ghi AAAA cho {host} giống {sibling}; đơn vị quản trị máy chủ web phục vụ hoặc chuyển hướng tên này trên IPv6.',
        en: 'The DNS operator adds an AAAA record for {host} like that of {sibling}; the web operator serves or redirects the name on IPv6.',
      },
    },
    'one-exists': {
      status: 'not-applicable',
      vi: 'Chỉ một trong hai tên {host} và {sibling} có trang web.',
      en: 'Only one of {host} and {sibling} has a web site.',
    },
    'no-ipv6': { status: 'not-applicable', vi: 'Cả {host} lẫn {sibling} đều không có IPv6.', en: 'Neither {host} nor {sibling} has IPv6.' },
    'listed-does-not-serve': {
      status: 'not-applicable',
      vi: '{host} có bản ghi AAAA nhưng không phục vụ được qua IPv6 (các phép kiểm tra khác nêu lý do), nên không có gì để so với {sibling}.',
      en: '{host} has AAAA records but does not serve over IPv6 (other checks say why), so there is nothing to compare {sibling} with.',
    },
    'judged-with-listed': {
      status: 'not-applicable',
      vi: '{host} được xét cùng với tên trong danh sách.',
      en: '{host} is judged together with the listed name.',
    },
    undecided: {
      status: 'inconclusive',
      vi: 'Chưa so được {host} và {sibling}: {cause}.',
      en: '{host} and {sibling} could not be compared: {cause}.',
      fix: {
        vi: 'Người đo chạy lại khi IPv6 của nơi đo đã được chứng minh (`ipv6gov doctor`).',
        en: 'Measure again with proven IPv6 (`ipv6gov doctor`).',
      },
    },
  },
  evaluate({ webSymmetry }): Outcome<MessageId> {
    const { isListed, listed, sibling, onlyOneExists } = webSymmetry;
    const values = { host: listed.host, sibling: sibling.host };
    if (!isListed) return { message: 'judged-with-listed', values };
    if (onlyOneExists) return { message: 'one-exists', values };
    if (!listed.hasIpv6 && !sibling.hasIpv6) return { message: 'no-ipv6', values };
    // Two sites that are down say nothing of each other, whatever the DNS has of them.
    if (isDead(listed) && isDead(sibling)) return undecided(listed.cause ?? sibling.cause ?? 'both-families-down', values);
    if (!listed.hasIpv6) return { message: 'listed-is-ipv4-only', values };
    return sibling.hasIpv6 ? compare(webSymmetry, values) : { message: 'only-listed-has-ipv6', values };
  },
});

function compare({ listed, sibling }: WebSymmetry, values: { host: string; sibling: string }): Outcome<MessageId> {
  if (sibling.ipv6 === 'silent' && sibling.ipv4 === 'serves' && listed.ipv6 === 'serves') {
    return { message: 'sibling-silent-over-ipv6', values: { ...values, cause: sibling.cause ?? '' } };
  }
  if (listed.ipv6 === 'silent') return { message: 'listed-does-not-serve', values };
  const open = [listed, sibling].find(({ ipv6 }) => ipv6 !== 'serves');
  if (open === undefined) return { message: 'equal', values };
  return undecided(open.cause ?? (open.ipv4 === 'silent' ? 'both-families-down' : 'unknown'), values);
}

const isDead = ({ ipv6, ipv4 }: TwinState): boolean => ipv6 !== 'serves' && ipv4 !== 'serves';

function undecided(cause: Cause, values: { host: string; sibling: string }): Outcome<MessageId> {
  return { message: 'undecided', values: { ...values, cause }, cause };
}
