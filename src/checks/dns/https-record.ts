import type { HttpsRecord } from '../../facts/https-records.ts';
import { defineCheck } from '../define-check.ts';

/** HTTPS records must say of IPv6 what the AAAA say: their hints are compared, not trusted (faults D24). */
export const check = defineCheck({
  id: 'https-record',
  area: 'dns',
  subject: 'zone',
  level: 'recommended',
  title: { vi: 'Bản ghi HTTPS khớp với AAAA', en: 'HTTPS records agree with AAAA' },
  why: {
    vi: 'Trình duyệt mới có thể dùng ngay địa chỉ gợi ý trong bản ghi HTTPS; gợi ý cũ hoặc chỉ có IPv4 dẫn người dùng IPv6 đi sai chỗ.',
    en: 'New browsers may use the address hints of an HTTPS record at once; stale or IPv4-only hints lead users of IPv6 astray.',
  },
  references: [{ label: 'RFC 9460 §7.3', url: 'https://www.rfc-editor.org/rfc/rfc9460' }],
  needs: ['httpsRecords'],
  messages: {
    consistent: {
      status: 'pass',
      vi: 'Bản ghi HTTPS trong {zone} khớp với bản ghi AAAA: {records}.',
      en: 'The HTTPS records in {zone} agree with the AAAA records: {records}.',
    },
    'no-record': {
      status: 'not-applicable',
      vi: 'Các tên web trong {zone} không có bản ghi HTTPS (không bắt buộc): {hosts}.',
      en: 'The web names in {zone} have no HTTPS records (they are optional): {hosts}.',
    },
    'hint-unusable': {
      status: 'fail',
      vi: 'ipv6hint trong bản ghi HTTPS không dùng được trên Internet: {found}.',
      en: 'HTTPS records carry an ipv6hint that cannot be used on the Internet: {found}.',
      fix: {
        vi: 'Đơn vị quản trị DNS xóa các ipv6hint này hoặc thay bằng địa chỉ trong bản ghi AAAA.',
        en: 'The DNS operator removes these ipv6hint values or replaces them by the addresses of the AAAA records.',
      },
    },
    'target-ipv4-only': {
      status: 'fail',
      vi: 'Bản ghi HTTPS dẫn đến tên chỉ có IPv4: {found}.',
      en: 'HTTPS records lead to names with IPv4 only: {found}.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web bật IPv6 và đơn vị quản trị DNS thêm bản ghi AAAA cho các tên đích này.',
        en: 'The web operator enables IPv6 and the DNS operator adds AAAA records to these target names.',
      },
    },
    'hints-stale': {
      status: 'warn',
      vi: 'ipv6hint trong bản ghi HTTPS không có trong bản ghi AAAA: {found}.',
      en: 'HTTPS records carry an ipv6hint that is in no AAAA record: {found}.',
      fix: {
        vi: 'Đơn vị quản trị DNS cập nhật ipv6hint cho khớp với AAAA, hoặc bỏ hẳn các gợi ý.',
        en: 'The DNS operator brings ipv6hint into line with the AAAA records, or drops the hints.',
      },
    },
    'ipv4-hint-alone': {
      status: 'warn',
      vi: 'Bản ghi HTTPS chỉ gợi ý địa chỉ IPv4 tuy tên đích có AAAA: {found}.',
      en: 'HTTPS records hint at IPv4 addresses only, although their targets have AAAA: {found}.',
      fix: {
        vi: 'Đơn vị quản trị DNS thêm ipv6hint bằng các địa chỉ AAAA, hoặc bỏ ipv4hint.',
        en: 'The DNS operator adds an ipv6hint with the AAAA addresses, or drops the ipv4hint.',
      },
    },
    'lookup-failed': {
      status: 'inconclusive',
      vi: 'Chưa tra được bản ghi HTTPS hoặc địa chỉ của: {unknown}.',
      en: 'HTTPS records or addresses could not be looked up for: {unknown}.',
      fix: {
        vi: 'Người đo chạy lại; nếu vẫn vậy, đơn vị quản trị DNS kiểm tra xem máy chủ có trả lời câu hỏi loại HTTPS (65) hay không.',
        en: 'Measure again; if it stays so, the DNS operator checks whether the servers answer questions of type HTTPS (65).',
      },
    },
  },
  evaluate({ httpsRecords: { zone, hosts, records, unknown, cause } }) {
    const found = (test: (record: HttpsRecord) => boolean, show: (record: HttpsRecord) => string): string[] => [
      ...new Set(records.filter(test).map(show)),
    ];
    const stray = ({ host, strayHints }: HttpsRecord): string => `${host}: ${strayHints.join(' ')}`;
    const unusable = found(
      (record) => record.unusableHints.length > 0,
      (record) => `${record.host}: ${record.unusableHints.join(' ')}`,
    );
    if (unusable.length > 0) return { message: 'hint-unusable', values: { zone, found: unusable } };
    const ipv4Only = found(
      (record) => record.hasA && !record.hasAaaa,
      (record) => `${record.host} → ${record.target}`,
    );
    if (ipv4Only.length > 0) return { message: 'target-ipv4-only', values: { zone, found: ipv4Only } };
    const stale = found((record) => record.strayHints.length > 0, stray);
    if (stale.length > 0) return { message: 'hints-stale', values: { zone, found: stale }, cause: 'dns-inconsistent' };
    const alone = found(
      (record) => record.hasAaaa && record.ipv4Hints.length > 0 && record.ipv6Hints.length === 0,
      (record) => `${record.host}: ${record.ipv4Hints.join(' ')}`,
    );
    if (alone.length > 0) return { message: 'ipv4-hint-alone', values: { zone, found: alone } };
    if (unknown.length > 0) return { message: 'lookup-failed', values: { zone, unknown }, cause: cause ?? 'dns-timeout' };
    if (records.length === 0) return { message: 'no-record', values: { zone, hosts } };
    return { message: 'consistent', values: { zone, records: records.map(({ host, target }) => `${host} → ${target}`) } };
  },
});
