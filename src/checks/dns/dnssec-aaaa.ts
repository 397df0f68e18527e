import type { ValidatedName } from '../../facts/dnssec.ts';
import { defineCheck } from '../define-check.ts';

/** Does a validating resolver get the AAAA, or does a broken signature take them away (faults D20)? */
export const check = defineCheck({
  id: 'dnssec-aaaa',
  area: 'dns',
  subject: 'zone',
  level: 'recommended',
  title: { vi: 'Bản ghi AAAA hợp lệ theo DNSSEC', en: 'AAAA records are valid under DNSSEC' },
  why: {
    vi: 'Máy phân giải kiểm tra DNSSEC bỏ các bản ghi có chữ ký hỏng: với người dùng, trang web trông như không có địa chỉ IPv6.',
    en: 'Resolvers that check DNSSEC drop records with a broken signature: to their users the site looks as if it had no IPv6 address.',
  },
  references: [
    { label: 'RFC 4035 §5', url: 'https://www.rfc-editor.org/rfc/rfc4035' },
    { label: 'RFC 6840', url: 'https://www.rfc-editor.org/rfc/rfc6840' },
  ],
  needs: ['dnssecAaaa'],
  messages: {
    valid: {
      status: 'pass',
      vi: 'Bản ghi AAAA đã ký trong {zone} hợp lệ từ gốc trở xuống: {names}.',
      en: 'The signed AAAA records in {zone} are valid from the root down: {names}.',
    },
    unsigned: {
      status: 'pass',
      vi: '{zone} không ký DNSSEC, và vùng cha chứng minh điều đó (tại {at}, {how}): không chữ ký nào có thể làm mất AAAA.',
      en: '{zone} is not signed, and its parent proves that (at {at}, {how}): no signature can take the AAAA away.',
    },
    'no-aaaa': {
      status: 'not-applicable',
      vi: '{zone} đã ký DNSSEC, nhưng các tên web trong đó không có bản ghi AAAA.',
      en: '{zone} is signed, but the web names in it have no AAAA records.',
    },
    'no-anchor': {
      status: 'not-applicable',
      vi: 'Lần đo này đi từ máy chủ gốc riêng và không có điểm tin cậy (--trust-anchor), nên không xét DNSSEC.',
      en: 'This run starts from root servers of its own and was given no trust anchor (--trust-anchor): DNSSEC is not judged.',
    },
    bogus: {
      status: 'fail',
      vi: 'Chữ ký DNSSEC của AAAA hỏng tại vùng {at}: {bogus}. Máy phân giải kiểm tra DNSSEC sẽ báo lỗi thay vì trả lời.',
      en: 'The DNSSEC signatures over AAAA are broken at {at}: {bogus}. Resolvers that check DNSSEC give an error instead of an answer.',
      fix: {
        vi: 'Đơn vị quản trị DNS của {at} ký lại vùng (khóa và thời hạn chữ ký), rồi kiểm tra bản ghi DS ở vùng cha khớp với khóa đang dùng.',
        en: 'The DNS operator of {at} signs the zone again (keys and validity of signatures), then checks that the DS at the parent fits the key in use.',
      },
    },
    'broken-above': {
      status: 'inconclusive',
      vi: 'Chuỗi tin cậy DNSSEC đứt phía trên {zone}, tại vùng {at} ({how}): không phải lỗi của cơ quan, hoặc đường đo bị can thiệp.',
      en: 'The DNSSEC chain of trust breaks above {zone}, at {at} ({how}): not a fault of the agency, or somebody interferes with our path.',
      fix: {
        vi: 'Người đo chạy lại từ nơi khác; nếu vẫn vậy, báo cho đơn vị quản lý vùng {at}.',
        en: 'Measure again from elsewhere; if it stays so, the operator of {at} is told.',
      },
    },
    'too-much-work': {
      status: 'inconclusive',
      vi: 'Dữ liệu DNSSEC tại {at} đòi hỏi quá nhiều phép kiểm tra (khóa trùng số hiệu hoặc quá nhiều chữ ký), nên dừng lại mà không kết luận.',
      en: 'The DNSSEC data at {at} ask for too many validations (keys of one tag, or very many signatures): stopped without a verdict.',
      fix: {
        vi: 'Đơn vị quản trị DNS của {at} bớt các khóa trùng số hiệu (key tag) và các chữ ký thừa.',
        en: 'The DNS operator of {at} removes keys that share a key tag and signatures that are not needed.',
      },
    },
    'not-validated': {
      status: 'inconclusive',
      vi: 'Chưa lấy được dữ liệu DNSSEC để xét {zone}: còn thiếu tại {at} ({open}).',
      en: 'The DNSSEC data of {zone} could not be had: missing at {at} ({open}).',
      fix: {
        vi: 'Người đo chạy lại; nếu vẫn vậy, đơn vị quản trị DNS kiểm tra máy chủ có trả lời câu hỏi có cờ DO hay không.',
        en: 'Measure again; if it stays so, the DNS operator checks that the servers answer questions with the DO flag.',
      },
    },
  },
  evaluate({ dnssecAaaa: { zone, state, at, how, names, cause } }) {
    const base = { zone, at: at === '' ? '.' : at, how };
    const named = (wanted: ValidatedName['state']): string[] => names.filter((name) => name.state === wanted).map(({ name }) => name);
    if (state === 'no-anchor') return { message: 'no-anchor', values: base };
    if (state === 'unsigned') return { message: 'unsigned', values: base };
    if (state === 'broken-above') return { message: 'broken-above', values: base, cause: 'dns-bogus' };
    if (state === 'limit') return { message: 'too-much-work', values: base, cause: 'budget-exhausted' };
    if (state === 'missing') return { message: 'not-validated', values: { ...base, open: [] }, cause: cause ?? 'dns-timeout' };
    const bogus = names.filter((name) => name.state === 'bogus').map(({ name, reason }) => `${name} (${reason})`);
    if (bogus.length > 0) return { message: 'bogus', values: { ...base, bogus }, cause: 'dns-bogus' };
    if (named('limit').length > 0) return { message: 'too-much-work', values: base, cause: 'budget-exhausted' };
    const open = named('unknown');
    if (open.length > 0) return { message: 'not-validated', values: { ...base, open }, cause: cause ?? 'dns-timeout' };
    const valid = named('valid');
    return valid.length > 0 ? { message: 'valid', values: { ...base, names: valid } } : { message: 'no-aaaa', values: base };
  },
});
