/**
 * Why a file cannot be used, as readers of files say it in English, in Vietnamese. They know no language: their reasons also stand in
 * logs. Matched are their own words, and those of the libraries for YAML (by code), JSON and schemas.
 */
const phrases: readonly (readonly [said: string | RegExp, vi: string])[] = [
  // Lists of root servers.
  ['NS record of another zone than the root', 'bản ghi NS của vùng khác vùng gốc'],
  ['address of a name that no NS record of the root names', 'địa chỉ của một tên mà không bản ghi NS nào của vùng gốc nêu'],
  ['root server without an address', 'máy chủ gốc không có địa chỉ'],
  ['no root server in the file', 'tệp không có máy chủ gốc nào'],
  ['record without a name', 'bản ghi không có tên'],
  ['expected NAME [TTL] [IN] TYPE VALUE', 'cần TÊN [TTL] [IN] LOẠI GIÁ_TRỊ'],
  ['record type other than NS, A and AAAA', 'loại bản ghi khác NS, A và AAAA'],
  ['name without the final dot', 'tên thiếu dấu chấm cuối'],
  ['not a host name', 'không phải tên máy chủ'],
  ['not an IPv4 address', 'không phải địa chỉ IPv4'],
  ['not an IPv6 address', 'không phải địa chỉ IPv6'],
  // Trust anchors.
  ['too many trust anchors', 'quá nhiều neo tin cậy'],
  ['no DS record in the file', 'tệp không có bản ghi DS nào'],
  ['not a record of the root (.)', 'không phải bản ghi của vùng gốc (.)'],
  ['not a DS record', 'không phải bản ghi DS'],
  ['key tag, algorithm or digest type is no number', 'thẻ khóa, thuật toán hoặc loại mã băm không phải số'],
  ['digest type is neither 2 (SHA-256) nor 4 (SHA-384)', 'loại mã băm không phải 2 (SHA-256) hay 4 (SHA-384)'],
  ['digest has the wrong length or is no hex', 'mã băm sai độ dài hoặc không phải số hệ 16'],
  // Routing data.
  ['not readable as JSON', 'không đọc được dưới dạng JSON'],
  ["no list 'roas' in the JSON", "JSON không có danh sách 'roas'"],
  ['the heading names no columns ASN and IP Prefix', 'dòng tiêu đề không có cột ASN và IP Prefix'],
  [
    'no line "prefix,asn" and no range of addresses with its AS in the file',
    'tệp không có dòng "tiền tố,asn" nào, cũng không có dải địa chỉ nào kèm AS',
  ],
  ['nothing in the file', 'tệp trống'],
  ['no VRP (asn, prefix, maxLength)', 'không phải VRP (asn, prefix, maxLength)'],
  ['neither "prefix,asn" nor a range of addresses with its AS', 'không phải "tiền tố,asn", cũng không phải dải địa chỉ kèm AS'],
  // Criteria.
  [/\bunknown checks: /, 'không có các phép kiểm tra này: '],
  [/\bneither a file nor one of /, 'không phải tệp, cũng không phải một trong '],
  ['nested too deeply', 'lồng nhau quá sâu'],
  // Folders of runs, reports and evidence.
  [/ is no run id: lower-case letters, digits and hyphens only/, ' không phải mã lần đo: chỉ gồm chữ thường, chữ số và dấu gạch nối'],
  [/ exists already/, ' đã có rồi'],
  ['no record of this tool starts here', 'ở đây không có bản ghi nào của công cụ này'],
  ['the record is cut off', 'bản ghi bị cắt'],
  [/\bthe record cannot be decompressed \([^\n]*\)/, 'không giải nén được bản ghi'],
  ['the journal is closed', 'nhật ký đã đóng'],
  ['the record is not JSON', 'bản ghi không phải JSON'],
  ['is not JSON', 'không phải JSON'],
  [/\bthe record has schema (.{1,80}); this version reads (\S{1,60}) only/, 'bản ghi có lược đồ $1; phiên bản này chỉ đọc $2'],
  [/\bhas schema (.{1,80}); this version reads (\S{1,60}) only/, 'có lược đồ $1; phiên bản này chỉ đọc $2'],
  [/\bschema (.{1,80}), this version reads (\S{1,60})/, 'lược đồ $1, phiên bản này đọc $2'],
  [/\bthe record does not fit (\S{1,60}):/, 'bản ghi không đúng lược đồ $1:'],
  [/\bdoes not fit (\S{1,60}):/, 'không đúng lược đồ $1:'],
  ['is too large to be a manifest', 'quá lớn nên không thể là tệp mô tả lần đo'],
  ['is not there: this is no run folder', 'không có ở đó: đây không phải thư mục của một lần đo'],
  [/^too large$/, 'quá lớn'],
  [/^no file$/, 'không phải tệp'],
  ['no whole JSON', 'JSON không trọn vẹn'],
  // The testbed on this machine.
  [
    'this machine has no ::1: IPv6 addresses of the testbed are mapped to other ports of 127.0.0.1',
    'máy này không có ::1: các địa chỉ IPv6 của mạng thử được ánh xạ sang cổng khác của 127.0.0.1',
  ],
  [
    'this kernel answers connections that nobody accepts: dropped TCP endpoints are silent servers here',
    'nhân hệ điều hành này trả lời cả kết nối không ai nhận: điểm TCP bị bỏ gói ở đây là máy chủ im lặng',
  ],
  // Schemas.
  [/\bInvalid input: expected (\S{1,60}), received (\S{1,60})/, 'sai kiểu: cần $1, nhận được $2'],
  [/\bInvalid (?:input|option): expected one of /, 'phải là một trong '],
  [/\bInvalid input: expected /, 'phải là '],
  [/\bToo (?:big|small): expected \w{1,20} to (?:have|be) ([<>]=?-?[\d.]{1,20})(?: \w{1,20})?/, 'ngoài giới hạn: cần $1'],
  [/\bInvalid string: must (?:match pattern|start with|end with|include) /, 'không khớp mẫu '],
  [/\bUnrecognized keys?: /, 'khóa lạ: '],
  [
    /\bInvalid (?:input|key in \w{1,20}|element in \w{1,20}|value|number: must be a multiple of \S{1,20}|[\w ]{1,40})/,
    'giá trị không hợp lệ',
  ],
  // YAML, by the code before its words.
  [/\bDUPLICATE_KEY: [^\n]*/, 'khóa bị lặp (DUPLICATE_KEY)'],
  [/\bTAB_AS_INDENT: [^\n]*/, 'thụt dòng bằng dấu tab (TAB_AS_INDENT)'],
  [/\b(BAD_INDENT|MISSING_CHAR|UNEXPECTED_TOKEN|BLOCK_[A-Z_]{1,40}|BAD_[A-Z_]{1,40}|MULTI[A-Z_]{1,40}): [^\n]*/, 'sai cú pháp ($1)'],
  [/\b([A-Z][A-Z0-9]{1,30}(?:_[A-Z0-9]{1,30}){1,4}): [A-Z][^\n]*/, 'không dùng được ($1)'],
  [/\b(?:Excessive|Unresolved) alias[^\n]*/, 'có bí danh (alias)'],
  // Where.
  [/\bline (\d{1,12}): /, 'dòng $1: '],
  [/\bbyte (\d{1,16}): /, 'byte $1: '],
];

/** The reason in Vietnamese. What no phrase fits (names, paths, codes) stays. */
export function detailVi(detail: string): string {
  return phrases.reduce((text, [said, vi]) => text.replace(said, vi), detail);
}
