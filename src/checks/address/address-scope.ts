import { defineCheck } from '../define-check.ts';

/** Published AAAA must be global unicast: anything else is no IPv6 service (IANA registry, dated copy in the model). */
export const check = defineCheck({
  id: 'address-scope',
  area: 'address',
  subject: 'host',
  level: 'required',
  title: { vi: 'Địa chỉ IPv6 công bố dùng được trên Internet', en: 'Published IPv6 addresses are global' },
  why: {
    vi: 'Địa chỉ nội bộ, thử nghiệm hoặc chuyển đổi không đến được từ Internet; trình duyệt phải chờ hết hạn trước khi thử địa chỉ khác.',
    en: 'Private, documentation or transition addresses cannot be reached from the Internet; clients wait for a timeout before they try another.',
  },
  references: [
    { label: 'IANA IPv6 Special-Purpose Address Registry', url: 'https://www.iana.org/assignments/iana-ipv6-special-registry' },
    { label: 'RFC 6890', url: 'https://www.rfc-editor.org/rfc/rfc6890' },
  ],
  needs: ['publishedAaaa'],
  messages: {
    'all-global': {
      status: 'pass',
      vi: 'Mọi địa chỉ IPv6 của {host} đều là địa chỉ unicast toàn cầu: {addresses}.',
      en: 'All IPv6 addresses of {host} are global unicast: {addresses}.',
    },
    'some-not-global': {
      status: 'warn',
      vi: 'Bên cạnh địa chỉ tốt ({addresses}), {host} công bố địa chỉ IPv6 không dùng được: {unusable}. Người dùng phải chờ.',
      en: 'Beside good addresses ({addresses}), {host} publishes IPv6 addresses that cannot be used: {unusable}. Clients wait.',
      fix: {
        vi: 'Đơn vị quản trị DNS xóa các bản ghi AAAA không dùng được của {host}.',
        en: 'The DNS operator removes the unusable AAAA records of {host}.',
      },
    },
    'none-global': {
      status: 'fail',
      vi: 'Không địa chỉ IPv6 nào mà {host} công bố dùng được trên Internet: {unusable}.',
      en: 'None of the IPv6 addresses that {host} publishes can be used on the Internet: {unusable}.',
      fix: {
        vi: 'Đơn vị vận hành dịch vụ gán địa chỉ IPv6 toàn cầu cho {host}, rồi đơn vị quản trị DNS thay bản ghi AAAA; nếu chưa có thì xóa bản ghi.',
        en: 'The service operator gives {host} a global IPv6 address and the DNS operator replaces the AAAA record; until then it is removed.',
      },
    },
    'no-aaaa': {
      status: 'not-applicable',
      vi: '{host} không có bản ghi AAAA.',
      en: '{host} has no AAAA records.',
    },
  },
  evaluate({ publishedAaaa }, { name: host }) {
    const { usable: addresses } = publishedAaaa;
    const unusable = publishedAaaa.unusable.map(({ address, scope }) => `${address} (${scope})`);
    if (addresses.length + unusable.length === 0) return { message: 'no-aaaa', values: { host } };
    if (unusable.length === 0) return { message: 'all-global', values: { host, addresses } };
    return { message: addresses.length > 0 ? 'some-not-global' : 'none-global', values: { host, addresses, unusable } };
  },
});
