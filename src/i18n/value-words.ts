import type { FailureStep } from '../model/failure.ts';
import type { Bilingual } from '../model/report.ts';
import { causeTexts } from './causes.ts';

const text = (vi: string, en: string): Bilingual => ({ vi, en });

/** Steps of a conversation, as they follow the word "step". */
export const stepWords: Record<FailureStep, Bilingual> = {
  gate: text('xét địa chỉ', 'address check'),
  connect: text('kết nối', 'connect'),
  answer: text('chờ trả lời', 'answer'),
  tls: text('bắt tay TLS', 'TLS handshake'),
  request: text('gửi yêu cầu', 'request'),
  headers: text('nhận tiêu đề', 'headers'),
  body: text('nhận nội dung', 'body'),
  banner: text('chờ lời chào', 'greeting'),
  ehlo: text('EHLO', 'EHLO'),
  starttls: text('STARTTLS', 'STARTTLS'),
  quit: text('QUIT', 'QUIT'),
};

const announced: Readonly<Record<string, Bilingual>> = {
  always: text('có', 'yes'),
  never: text('không', 'no'),
  sometimes: text('lúc có lúc không', 'now and then'),
  '-': text('chưa biết', 'not known'),
};

/** What facts call things, in words of a sentence: by the value that holds it. */
const scalarWords: Readonly<Record<string, Readonly<Record<string, Bilingual>>>> = {
  step: stepWords,
  view: { parent: text('vùng cha', 'the parent'), child: text('chính vùng này', 'the zone itself') },
  fault: {
    'wrong-name': text('sai tên', 'it is for another name'),
    untrusted: text('chuỗi không được tin cậy', 'its chain is not trusted'),
    expired: text('hết hạn hoặc chưa có hiệu lực', 'it is outside its dates'),
  },
  kind: {
    'ipv4-only': text('chỉ có IPv4', 'IPv4-only'),
    literal: text('địa chỉ IPv4 viết thẳng', 'a literal IPv4 address'),
    dead: text('không trả lời', 'no answer'),
    loop: text('chuyển hướng vòng tròn', 'a circle of redirects'),
    'too-long': text('quá nhiều bước', 'too many steps'),
    'bad-target': text('đích không dùng được', 'an unusable target'),
  },
  reason: {
    'no-location': text('không nói đến đâu', 'no target is given'),
    'invalid-url': text('URL không hợp lệ', 'the URL is invalid'),
    scheme: text('không phải http hay https', 'neither http nor https'),
    'not an http address': text('không phải địa chỉ http', 'not an http address'),
  },
  allUsable: { true: text('có', 'yes'), false: text('không', 'no') },
  cut: { true: text('có', 'yes') },
  http3: announced,
  http3Ipv4: announced,
};

/** Notes in brackets or after a colon at the end of a list's item. */
const noteWords: Readonly<Record<string, Bilingual>> = {
  script: text('kịch bản', 'script'),
  style: text('kiểu trình bày', 'style'),
  image: text('ảnh', 'image'),
  frame: text('khung', 'frame'),
  media: text('âm thanh, hình ảnh động', 'media'),
  font: text('phông chữ', 'font'),
  form: text('biểu mẫu', 'form'),
  'link-header': text('tiêu đề Link', 'Link header'),
  preload: text('tải trước', 'preload'),
  other: text('khác', 'other'),
  'same-site': text('cùng trang', 'same site'),
  organisation: text('của chính cơ quan', 'the agency’s own'),
  'third-party': text('bên thứ ba', 'third party'),
  missing: text('không có IPv6', 'no IPv6'),
  unreachable: text('không tới được', 'not reached'),
  unresolvable: text('không phân giải được', 'does not resolve'),
  absent: text('không tồn tại', 'does not exist'),
  'name-broken': text('tên không phân giải được', 'its name does not resolve'),
  'no-address': text('không có địa chỉ IPv6', 'no IPv6 address'),
  silent: text('không trả lời', 'no answer'),
  'not-a-host': text('không phải tên máy chủ', 'not a host name'),
};

/** One value of a finding in words, where it is a term of ours; else as it is. */
export function scalarWord(name: string, value: string, language: 'vi' | 'en'): string {
  const words = Object.hasOwn(scalarWords, name) ? scalarWords[name] : undefined;
  return words !== undefined && Object.hasOwn(words, value) ? (words[value]?.[language] ?? value) : value;
}

/** An item `host (note; note)` or `host: note` with our terms in words. What is no term of ours stays. */
export function itemWords(item: string, language: 'vi' | 'en'): string {
  const bracket = /^(.{1,600}) \(([a-z0-9;, -]{1,200})\)$/.exec(item);
  if (bracket !== null) {
    const notes = (bracket[2] ?? '').split(/([;,] )/).map((part) => noteWord(part, language));
    return `${bracket[1]} (${notes.join('')})`;
  }
  const colon = /^(.{1,600}: )([a-z0-9-]{1,40})$/.exec(item);
  return colon === null ? item : `${colon[1]}${noteWord(colon[2] ?? '', language)}`;
}

function noteWord(note: string, language: 'vi' | 'en'): string {
  if (Object.hasOwn(noteWords, note)) return noteWords[note]?.[language] ?? note;
  return Object.hasOwn(causeTexts, note) ? causeTexts[note as keyof typeof causeTexts][language] : note;
}
