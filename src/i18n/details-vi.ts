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
  ['nested too deeply', 'lồng nhau quá sâu'],
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
];

/** The reason in Vietnamese. What no phrase fits (names, paths, codes) stays. */
export function detailVi(detail: string): string {
  return phrases.reduce((text, [said, vi]) => text.replace(said, vi), detail);
}
