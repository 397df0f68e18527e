import type { LargeAnswerAt } from '../../facts/large-answers.ts';
import { defineCheck } from '../define-check.ts';

/** Do answers that fit no single small datagram arrive over IPv6? Fragments get lost there more than over IPv4 (faults D6). */
export const check = defineCheck({
  id: 'large-answer-ipv6',
  area: 'dns',
  subject: 'zone',
  level: 'recommended',
  title: { vi: 'Câu trả lời DNS lớn đến được qua IPv6', en: 'Large DNS answers arrive over IPv6' },
  why: {
    vi: 'Câu trả lời lớn (khóa DNSSEC, TXT dài) bị phân mảnh qua UDP; nhiều mạng IPv6 bỏ các mảnh, nên phải rút về 1232 byte rồi dùng TCP.',
    en: 'Large answers (DNSSEC keys, long TXT) are fragmented over UDP; many IPv6 networks drop fragments, so 1232 bytes and then TCP must work.',
  },
  references: [
    { label: 'RFC 9715', url: 'https://www.rfc-editor.org/rfc/rfc9715' },
    { label: 'RFC 7766', url: 'https://www.rfc-editor.org/rfc/rfc7766' },
  ],
  needs: ['largeAnswers'],
  messages: {
    arrives: {
      status: 'pass',
      vi: 'Câu trả lời {type} của {zone} ({bytes} byte) đến được qua IPv6 từ: {good}.',
      en: 'The {type} answer of {zone} ({bytes} bytes) arrives over IPv6 from: {good}.',
    },
    'datagrams-lost': {
      status: 'warn',
      vi: 'Nhìn từ nơi đo này, gói UDP lớn qua IPv6 bị mất với câu trả lời {type} của {zone} ({bytes} byte), nhưng cỡ nhỏ hoặc TCP thì đến: {lost}.',
      en: 'Seen from here, large datagrams over IPv6 are lost for the {type} answer of {zone} ({bytes} bytes), but a smaller size or TCP brings it: {lost}.',
      fix: {
        vi: 'Đơn vị quản trị DNS đặt giới hạn UDP 1232 byte trên máy chủ (BIND `max-udp-size 1232`); đơn vị quản trị mạng kiểm tra ICMPv6 loại 2 và mảnh IPv6 trên tường lửa.',
        en: 'The DNS operator limits UDP answers to 1232 bytes (BIND `max-udp-size 1232`); the network operator checks ICMPv6 type 2 and IPv6 fragments in the firewall.',
      },
    },
    'lost-at-some': {
      status: 'warn',
      vi: 'Câu trả lời {type} của {zone} ({bytes} byte) không đến được qua IPv6 từ một số máy chủ, kể cả TCP: {lost}. Đến được từ: {good}.',
      en: 'The {type} answer of {zone} ({bytes} bytes) does not arrive over IPv6 from some servers, not even over TCP: {lost}. It arrives from: {good}.',
      fix: {
        vi: 'Đơn vị quản trị DNS mở cổng 53 TCP qua IPv6 và kiểm tra MTU trên đường của các máy chủ này.',
        en: 'The DNS operator opens port 53 TCP over IPv6 and checks the MTU on the path of these servers.',
      },
    },
    lost: {
      status: 'fail',
      vi: 'Câu trả lời {type} của {zone} ({bytes} byte) không đến được qua IPv6 từ máy chủ nào, cả UDP 4096, UDP 1232 lẫn TCP: {lost}.',
      en: 'The {type} answer of {zone} ({bytes} bytes) arrives over IPv6 from no server, neither over UDP with 4096 or 1232 bytes nor over TCP: {lost}.',
      fix: {
        vi: 'Đơn vị quản trị DNS mở cổng 53 TCP qua IPv6, đặt `max-udp-size 1232`, và cho ICMPv6 loại 2 (Packet Too Big) qua tường lửa.',
        en: 'The DNS operator opens port 53 TCP over IPv6, sets `max-udp-size 1232`, and lets ICMPv6 type 2 (Packet Too Big) through the firewall.',
      },
    },
    'no-large-answer': {
      status: 'not-applicable',
      vi: 'Câu trả lời lớn nhất của {zone} ({type}) chỉ có {bytes} byte, vừa một gói.',
      en: 'The largest answer of {zone} ({type}) has only {bytes} bytes and fits one datagram.',
    },
    'no-ipv6-address': {
      status: 'not-applicable',
      vi: 'Không máy chủ tên miền nào của {zone} có địa chỉ IPv6 dùng được.',
      en: 'No name server of {zone} has a usable IPv6 address.',
    },
    'not-judged': {
      status: 'inconclusive',
      vi: 'Chưa đo được câu trả lời {type} của {zone} ({bytes} byte) qua IPv6: {open}.',
      en: 'The {type} answer of {zone} ({bytes} bytes) could not be measured over IPv6: {open}.',
      fix: {
        vi: 'Người đo chạy lại từ nơi có IPv6 ổn định; nếu máy chủ không trả lời UDP qua IPv6 thì sửa việc đó trước.',
        en: 'Measure again from a vantage with sound IPv6; if the servers do not answer UDP over IPv6, that comes first.',
      },
    },
  },
  evaluate({ largeAnswers: { zone, type, bytes, isLarge, hasIpv6, servers } }) {
    const inState = (state: LargeAnswerAt['state']): LargeAnswerAt[] => servers.filter((server) => server.state === state);
    const shown = (list: readonly LargeAnswerAt[]): string[] => list.map((server) => server.shown);
    const [lost, udpLost, open] = [inState('lost'), inState('udp-lost'), inState('unmeasured')];
    const base = { zone, type, bytes };
    const good = [...shown(inState('arrives')), ...shown(udpLost)];
    if (!isLarge) return { message: 'no-large-answer', values: base };
    if (!hasIpv6) return { message: 'no-ipv6-address', values: base };
    if (lost.length > 0 && good.length > 0)
      return { message: 'lost-at-some', values: { ...base, lost: shown(lost), good }, cause: lost[0]?.cause ?? 'timeout' };
    if (open.length > 0 || servers.length === 0)
      return { message: 'not-judged', values: { ...base, open: shown(open) }, cause: open[0]?.cause ?? 'dns-timeout' };
    if (lost.length > 0) return { message: 'lost', values: { ...base, lost: shown(lost) }, cause: lost[0]?.cause ?? 'timeout' };
    if (udpLost.length > 0)
      return { message: 'datagrams-lost', values: { ...base, lost: shown(udpLost) }, cause: 'path-mtu-suspected', confidence: 0.5 };
    return { message: 'arrives', values: { ...base, good } };
  },
});
