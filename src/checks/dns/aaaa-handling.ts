import type { AaaaFault } from '../../facts/aaaa-handling.ts';
import { defineCheck } from '../define-check.ts';

const faultTexts = {
  dropped: 'no answer',
  nxdomain: 'NXDOMAIN',
  error: 'RCODE',
  'wrong-data': 'wrong data',
} as const satisfies Record<AaaaFault['fault'], string>;

/** A server that knows A of a name must answer AAAA of it: with records or with NODATA (RFC 4074). */
export const check = defineCheck({
  id: 'aaaa-handling',
  area: 'dns',
  subject: 'zone',
  level: 'required',
  title: { vi: 'Xử lý truy vấn AAAA', en: 'AAAA queries handled properly' },
  why: {
    vi: 'Máy chủ bỏ qua hoặc trả lời sai truy vấn AAAA làm trình duyệt phải chờ, hoặc làm cả tên miền biến mất với người dùng.',
    en: 'A server that drops or mishandles AAAA queries makes browsers wait, or makes the whole name vanish for users.',
  },
  references: [
    { label: 'RFC 4074', url: 'https://www.rfc-editor.org/rfc/rfc4074' },
    { label: 'RFC 2308', url: 'https://www.rfc-editor.org/rfc/rfc2308' },
  ],
  needs: ['aaaaHandling'],
  messages: {
    'handled-properly': {
      status: 'pass',
      vi: 'Mọi máy chủ tên miền của {zone} trả lời truy vấn AAAA đúng cách: {servers}.',
      en: 'All name servers of {zone} handle AAAA queries properly: {servers}.',
    },
    'aaaa-dropped': {
      status: 'fail',
      vi: 'Máy chủ tên miền của {zone} trả lời truy vấn A nhưng bỏ qua truy vấn AAAA: {faults}.',
      en: 'Name servers of {zone} answer A queries but drop AAAA queries: {faults}.',
      fix: {
        vi: 'Đơn vị quản trị DNS gỡ luật tường lửa hoặc thiết bị cân bằng tải đang chặn truy vấn AAAA, hoặc nâng cấp phần mềm DNS.',
        en: 'The DNS operator removes the firewall or load balancer rule that drops AAAA queries, or upgrades the DNS software.',
      },
    },
    'aaaa-nxdomain': {
      status: 'fail',
      vi: 'Máy chủ tên miền của {zone} trả lời NXDOMAIN cho AAAA dù bản ghi A của tên đó tồn tại: {faults}.',
      en: 'Name servers of {zone} answer NXDOMAIN to AAAA although the name has A records: {faults}.',
      fix: {
        vi: 'Đơn vị quản trị DNS sửa phần mềm hoặc thiết bị cân bằng tải để trả về NOERROR không có bản ghi (NODATA).',
        en: 'The DNS operator fixes the software or load balancer so that it answers NOERROR without records (NODATA).',
      },
    },
    'aaaa-error': {
      status: 'fail',
      vi: 'Máy chủ tên miền của {zone} trả lời truy vấn A nhưng báo lỗi với AAAA: {faults}.',
      en: 'Name servers of {zone} answer A queries but report an error for AAAA: {faults}.',
      fix: {
        vi: 'Đơn vị quản trị DNS nâng cấp hoặc cấu hình lại máy chủ để trả lời AAAA bằng bản ghi hoặc NODATA.',
        en: 'The DNS operator upgrades or reconfigures the server so that it answers AAAA with records or NODATA.',
      },
    },
    'aaaa-wrong-data': {
      status: 'fail',
      vi: 'Máy chủ tên miền của {zone} trả dữ liệu sai cho AAAA: {faults}.',
      en: 'Name servers of {zone} answer AAAA with wrong data: {faults}.',
      fix: {
        vi: 'Đơn vị quản trị DNS sửa phần mềm DNS: AAAA phải là 16 byte hoặc NODATA.',
        en: 'The DNS operator fixes the DNS software: AAAA must be 16 bytes, or NODATA.',
      },
    },
    'a-fails-too': {
      status: 'inconclusive',
      vi: 'Chưa biết máy chủ tên miền của {zone} xử lý AAAA thế nào: {undecided}.',
      en: 'How the name servers of {zone} handle AAAA could not be known: {undecided}.',
      fix: {
        vi: 'Đơn vị quản trị DNS kiểm tra vì sao các tên này không trả lời cả A; người đo chạy lại với tốc độ thấp hơn.',
        en: 'The DNS operator checks why these names do not answer A either; measure again at a lower rate.',
      },
    },
    'aaaa-unsettled': {
      status: 'inconclusive',
      vi: 'Máy chủ tên miền của {zone} trả lời truy vấn A nhưng chưa trả lời được AAAA; chưa rõ do lỗi tạm thời, mất gói hay bị chặn: {undecided}.',
      en: 'Name servers of {zone} answered A but not AAAA; whether by a passing fault, by loss or because AAAA is dropped is not known: {undecided}.',
      fix: {
        vi: 'Người đo kiểm tra lại tên miền này với tốc độ thấp hơn; đơn vị quản trị DNS thử hỏi AAAA các tên này trên từng máy chủ.',
        en: 'Measure this domain again at a lower rate; the DNS operator asks each server for AAAA of these names.',
      },
    },
    'no-answering-server': {
      status: 'inconclusive',
      vi: 'Không máy chủ tên miền nào của {zone} trả lời đúng cho vùng này từ nơi đo này nên chưa đánh giá được AAAA.',
      en: 'No name server of {zone} gave a good answer for the zone at this vantage, so AAAA was not judged.',
      fix: {
        vi: 'Người đo chạy lại từ nơi khác; xem kết quả ủy quyền của vùng.',
        en: 'Measure again from another vantage; see the delegation of the zone.',
      },
    },
  },
  evaluate({ aaaaHandling }) {
    const { zone, judged, faults, undecided } = aaaaHandling;
    const first = (['dropped', 'nxdomain', 'error', 'wrong-data'] as const).find((kind) => faults.some(({ fault }) => fault === kind));
    if (first !== undefined) return { message: `aaaa-${first}`, values: { zone, faults: faults.map(shown) } };
    for (const answersA of [false, true]) {
      const open = undecided.filter((each) => each.answersA === answersA);
      if (open.length === 0) continue;
      return {
        message: answersA ? 'aaaa-unsettled' : 'a-fails-too',
        values: { zone, undecided: open.map(({ server, name, cause }) => `${server} ${name}: ${cause}`) },
        cause: open[0]?.cause ?? 'dns-timeout',
      };
    }
    if (judged.length === 0) return { message: 'no-answering-server', values: { zone }, cause: aaaaHandling.cause ?? 'dns-timeout' };
    return { message: 'handled-properly', values: { zone, servers: judged } };
  },
});

function shown({ server, name, fault, detail }: AaaaFault): string {
  return `${server} ${name} AAAA: ${fault === 'error' || fault === 'wrong-data' ? `${faultTexts[fault]} ${detail}` : faultTexts[fault]}`;
}
