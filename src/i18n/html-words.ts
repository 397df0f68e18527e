import type { Bilingual } from '../model/report.ts';

const text = (vi: string, en: string): Bilingual => ({ vi, en });

/** Words of the HTML report that no other report needs. `{n}`, `{of}`… are filled by `fillWords`. */
export const htmlWords = {
  title: text('Cơ quan nhà nước qua IPv6', 'Government agencies over IPv6'),
  skip: text('Đến bảng cơ quan', 'Skip to the table of agencies'),
  language: text('Ngôn ngữ', 'Language'),
  subtitle: text('{n} cơ quan, đo lúc {when}.', '{n:agency|agencies}, measured {when}.'),
  first: text('Nên sửa gì trước', 'What to repair first'),
  firstLever: text('Riêng việc sửa ở {name} giúp được {n} cơ quan.', 'Repairing {name} alone helps {n:agency|agencies}.'),
  measured: text('Đã đo gì', 'What was measured'),
  measuredAgencies: text('{n} cơ quan, {hosts} dịch vụ', '{n:agency|agencies}, {hosts:service|services}'),
  measuredList: text('danh sách {list}', 'list {list}'),
  criteria: text('bộ tiêu chí {criteria}', 'criteria {criteria}'),
  from: text('Đo từ đâu', 'From where'),
  fromIpv6: text('IPv6 của nơi đo: {state}', 'IPv6 of the vantage: {state}'),
  fromProofs: text('DNS {dns}, web {web}, thư {smtp}', 'DNS {dns}, web {web}, mail {smtp}'),
  fromNowhere: text('không rõ nơi đo', 'vantage not known'),
  when: text('Đo khi nào', 'When'),
  whenUntil: text('đến {end}', 'until {end}'),
  coverage: text('Đo được bao nhiêu', 'Coverage'),
  coverageScored: text('{n}/{of} cơ quan được đo đủ để tính điểm', '{n} of {of:agency|agencies} measured well enough for a score'),
  coverageMean: text('trung bình đo được {share}', 'on average {share} measured'),
  shares: text('Bao nhiêu cơ quan đạt', 'How many agencies conform'),
  shareOf: text('{n} trên {of} cơ quan trong danh sách này đạt', '{n} of {of:agency|agencies} in this list {n|conforms|conform}'),
  byCategory: text('Theo loại cơ quan', 'By category'),
  ofCount: text('{n}/{of} đạt', '{n} of {of}'),
  ladder: text('Các bậc sẵn sàng chỉ dùng IPv6', 'Readiness ladder for IPv6-only'),
  ladderNote: text(
    'Mỗi cơ quan đứng ở bậc cao nhất mà mọi dịch vụ của nó đạt tới. Vẫn còn IPv4 không phải là lỗi.',
    'Each agency stands on the highest rung that all its services reach. Having IPv4 as well is no fault.',
  ),
  agenciesCount: text('{n} cơ quan', '{n:agency|agencies}'),
  rung: text('Bậc {n}', 'Level {n}'),
  rungUnknown: text('Chưa rõ bậc', 'Level not known'),
  map: text('34 tỉnh và thành phố', 'The 34 provinces and cities'),
  mapNote: text(
    'Mỗi ô một tỉnh hoặc thành phố, xếp gần đúng vị trí; nơi không có trong danh sách thì không hiện. Chọn một ô để xem chi tiết.',
    'One tile a province or city, roughly in place; those not in the list are not shown. Choose a tile for its details.',
  ),
  ministries: text('Bộ và cơ quan ngang bộ', 'Ministries and ministerial-level agencies'),
  legend: text('Chú giải', 'Legend'),
  causes: text('Nguyên nhân hay gặp nhất', 'Top causes'),
  causesNone: text('Không có phép kiểm tra nào không đạt.', 'No check failed.'),
  causesNote: text(
    'Số cơ quan có ít nhất một máy chủ như vậy. Chọn một dòng để lọc bảng.',
    'Agencies with at least one such host. Choose a line to filter the table.',
  ),
  leverage: text('Sửa một nơi, lợi nhiều cơ quan', 'Fix one place, help many agencies'),
  leverageNone: text(
    'Không có nhà cung cấp nào mà riêng việc sửa ở đó giúp được nhiều cơ quan.',
    'There is no provider whose repair alone would help several agencies.',
  ),
  'lever-name-server-operator': text('đơn vị vận hành máy chủ tên miền', 'name server operator'),
  'lever-web-host': text('nơi đặt web', 'web host'),
  'lever-mail-host': text('nơi đặt thư', 'mail host'),
  'lever-dependency-host': text('máy chủ mà trang phụ thuộc', 'host that pages depend on'),
  table: text('Bảng cơ quan', 'Table of agencies'),
  search: text('Tìm tên hoặc tên miền', 'Search name or domain'),
  category: text('Loại cơ quan', 'Category'),
  result: text('Kết quả', 'Result'),
  cause: text('Nguyên nhân', 'Cause'),
  all: text('Tất cả', 'All'),
  failedIn: text('Không đạt ở', 'Fails in'),
  unmeasuredFor: text('Chưa đo được vì', 'Not measured because'),
  clear: text('Bỏ lọc', 'Clear filters'),
  shown: text('Hiện {n} trên {of} cơ quan', '{n} of {of} agencies shown'),
  none: text('Không có cơ quan nào phù hợp. Hãy bỏ bớt điều kiện lọc.', 'No agency fits. Loosen the filters.'),
  more: text('Hiện thêm', 'Show more'),
  agency: text('Cơ quan', 'Agency'),
  conformity: text('Tuân thủ', 'Conformity'),
  score: text('Điểm', 'Score'),
  readiness: text('Sẵn sàng', 'Readiness'),
  covered: text('Đo được', 'Measured'),
  mainCause: text('Nguyên nhân chính', 'Main cause'),
  details: text('Chi tiết từng cơ quan', 'Agencies in detail'),
  openAll: text('Mở tất cả', 'Open all'),
  closeAll: text('Đóng tất cả', 'Close all'),
  chooseAgency: text(
    'Chọn một cơ quan trong bảng để xem kết quả, bằng chứng và việc cần làm.',
    'Choose an agency in the table to see its results, evidence and what to do.',
  ),
  needsScript: text(
    'Danh sách này dài nên chi tiết từng cơ quan chỉ hiện khi trình duyệt cho chạy mã kịch bản trong tệp. Không có nó, bảng trên là toàn bộ; chi tiết nằm trong báo cáo JSON.',
    'This list is long, so the details of an agency need the script in this file. Without it the table above is all there is; details are in the JSON report.',
  ),
  close: text('Đóng', 'Close'),
  back: text('Về bảng', 'Back to the table'),
  inputLine: text('{file}, dòng {line}', '{file}, line {line}'),
  readinessTitle: text('Sẵn sàng chỉ dùng IPv6 2026-2030', 'Readiness for IPv6-only 2026-2030'),
  scoreOf: text('{n}/100 điểm', 'score {n} of 100'),
  noScore: text('không có điểm', 'no score'),
  measuredShare: text('đo được {share}', '{share} measured'),
  howScored: text('Điểm từ đâu ra', 'How the score came about'),
  part: text('Phần', 'Part'),
  weight: text('Tỷ trọng', 'Weight'),
  limit: text('Giới hạn', 'Limit'),
  decidedBy: text('do “{check}” quyết định', 'decided by “{check}”'),
  undecided: text('để ngỏ vì chính nội dung trang: {checks}', 'left open by the content itself: {checks}'),
  notDecided: text('chưa đo được', 'not measured'),
  levelOf: text('bậc {n}/5', 'level {n} of 5'),
  atLeast: text('chưa rõ bậc, ít nhất {n}/5', 'level not known, at least {n} of 5'),
  services: text('Dịch vụ qua IPv6', 'Services over IPv6'),
  byVantage: text('Khác nhau theo nơi đo', 'Seen differently by place'),
  what: text('Kiểm tra', 'Check'),
  service: text('Dịch vụ', 'Service'),
  host: text('Máy chủ', 'Host'),
  state: text('Tình trạng', 'State'),
  findings: text('Cần sửa, nặng nhất trước ({n})', 'To repair, worst first ({n})'),
  findingsNone: text('Không có gì cần sửa trong những phần đã đo.', 'Nothing to repair in what was measured.'),
  unmeasured: text('Chưa đo được, và vì sao ({n})', 'Not measured, and why ({n})'),
  others: text('Kết quả khác ({n})', 'Other results ({n})'),
  because: text('Nguyên nhân: {cause}.', 'Cause: {cause}.'),
  confidence: text('độ tin cậy {share}', 'confidence {share}'),
  ignoredFor: text('được bỏ qua đến {until}: {reason}', 'ignored until {until}: {reason}'),
  fix: text('Cần làm', 'To do'),
  copy: text('Chép', 'Copy'),
  copied: text('Đã chép', 'Copied'),
  evidence: text('Bằng chứng ({n})', 'Evidence ({n})'),
  evidenceCut: text(
    'Chỉ hiện một phần bằng chứng; đầy đủ trong báo cáo JSON.',
    'Only part of the evidence is shown; all of it is in the JSON report.',
  ),
  evidenceLeftOut: text(
    'Để tệp gọn, bằng chứng và kết quả đạt của danh sách dài này được rút gọn; đầy đủ trong báo cáo JSON.',
    'To keep this file small, evidence and passing results of this long list are shortened; all of it is in the JSON report.',
  ),
  operation: text('Phép đo', 'Operation'),
  target: text('Hỏi gì', 'Asked'),
  address: text('Địa chỉ', 'Address'),
  outcome: text('Kết cục', 'Outcome'),
  step: text('Ở bước', 'Step'),
  time: text('Thời gian', 'Time'),
  references: text('Tài liệu', 'References'),
  notObservable: text('Không quan sát được từ bên ngoài: {things}.', 'Not observable from outside: {things}.'),
  madeBy: text('Lập bởi ipv6gov {version}, lần đo {run}.', 'Made by ipv6gov {version}, run {run}.'),
  selfContained: text(
    'Tệp này tự đủ: không tải gì từ bên ngoài khi mở.',
    'This file is self-contained: opening it loads nothing from elsewhere.',
  ),
  local: text('giờ Việt Nam', 'UTC+7'),
} as const satisfies Record<string, Bilingual>;

export type HtmlWord = keyof typeof htmlWords;

/**
 * A sentence with its `{name}` filled, each value given once for both languages or apart. Unknown names stay as they are;
 * `{name:agency|agencies}` is a count with the noun that fits it, `{name|conforms|conform}` a word that fits the count.
 */
export function fillWords(word: HtmlWord, values: Record<string, string | number | Bilingual>): Bilingual {
  const { vi, en } = htmlWords[word];
  return { vi: fill(vi, 'vi', values), en: fill(en, 'en', values) };
}

const counted = /\{([a-z]{1,20})(?:([:|])([a-z ]{1,40})\|([a-z ]{1,40}))?\}/g;

function fill(sentence: string, language: 'vi' | 'en', values: Record<string, string | number | Bilingual>): string {
  return sentence.replace(counted, (whole, name: string, kind?: string, one?: string, many?: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return whole;
    const said = typeof value === 'object' ? value[language] : String(value);
    const noun = (value === 1 ? one : many) ?? '';
    if (kind === '|') return noun;
    return kind === ':' ? `${said} ${noun}` : said;
  });
}
