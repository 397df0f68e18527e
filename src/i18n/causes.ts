import type { Cause } from '../model/cause.ts';
import type { Bilingual } from '../model/report.ts';

/** What a cause means, to people, and what to do about it. Part of the public contract: ids stay, texts may improve. */
export interface CauseText extends Bilingual {
  fix: Bilingual;
}

const text = (vi: string, en: string, fixVi = '', fixEn = ''): CauseText => ({ vi, en, fix: { vi: fixVi, en: fixEn } });

const again = [
  'Chạy lại phép đo; không cần sửa gì ở phía cơ quan.',
  'Measure again; there is nothing to fix on the agency’s side.',
] as const;
const useDual = [
  'Đo lại từ một máy có IPv6 hoạt động (chạy `ipv6gov doctor` để kiểm tra máy đo).',
  'Measure again from a machine with working IPv6 (`ipv6gov doctor` tests the machine).',
] as const;

export const causeTexts: Record<Cause, CauseText> = {
  timeout: text(
    'không có trả lời trong thời hạn',
    'no answer in time',
    'Kiểm tra tường lửa và định tuyến IPv6 tới địa chỉ này.',
    'Check the firewall and the IPv6 routing to this address.',
  ),
  refused: text(
    'kết nối bị từ chối',
    'connection refused',
    'Bật dịch vụ lắng nghe trên địa chỉ IPv6 này.',
    'Make the service listen on this IPv6 address.',
  ),
  reset: text(
    'kết nối bị ngắt giữa chừng',
    'connection reset',
    'Kiểm tra thiết bị trung gian (tường lửa, cân bằng tải) trên đường IPv6.',
    'Check devices in between (firewall, load balancer) on the IPv6 path.',
  ),
  'no-route': text('máy đo không có đường đi tới địa chỉ này', 'this machine has no route to the address', ...useDual),
  'network-unreachable': text(
    'bộ định tuyến báo không tới được mạng',
    'a router says that the network is unreachable',
    'Kiểm tra việc quảng bá tiền tố IPv6 với nhà cung cấp.',
    'Check with the provider that the IPv6 prefix is announced.',
  ),
  'host-unreachable': text(
    'bộ định tuyến báo không tới được máy chủ',
    'a router says that the host is unreachable',
    'Kiểm tra máy chủ và mạng nội bộ IPv6 của nó.',
    'Check the host and its IPv6 network segment.',
  ),
  'admin-prohibited': text(
    'bị chặn theo chính sách trên đường đi',
    'administratively prohibited on the path',
    'Mở tường lửa IPv6 như với IPv4.',
    'Open the IPv6 firewall as the IPv4 one is.',
  ),
  'address-refused': text(
    'địa chỉ không phải địa chỉ công cộng nên không được kết nối',
    'not a public address, never connected to',
    'Công bố địa chỉ IPv6 công cộng (2000::/3).',
    'Publish a global unicast IPv6 address (2000::/3).',
  ),
  'tls-handshake': text(
    'bắt tay TLS thất bại',
    'the TLS handshake failed',
    'Kiểm tra cấu hình TLS trên địa chỉ IPv6.',
    'Check the TLS configuration on the IPv6 address.',
  ),
  'tls-alert': text(
    'máy chủ báo lỗi TLS',
    'the server sent a TLS alert',
    'Kiểm tra cấu hình TLS và SNI trên địa chỉ IPv6.',
    'Check the TLS configuration and SNI on the IPv6 address.',
  ),
  'tls-name-mismatch': text(
    'chứng thư không khớp tên miền',
    'the certificate is for another name',
    'Cài chứng thư đúng tên trên địa chỉ IPv6.',
    'Install the certificate of this name on the IPv6 address.',
  ),
  'tls-untrusted': text(
    'chuỗi chứng thư không được tin cậy',
    'the certificate chain is not trusted',
    'Cài đủ chứng thư trung gian.',
    'Install the full chain with its intermediate certificates.',
  ),
  'tls-expired': text('chứng thư hết hạn', 'the certificate has expired', 'Gia hạn chứng thư.', 'Renew the certificate.'),
  'protocol-error': text(
    'trả lời sai giao thức',
    'the answer breaks the protocol',
    'Kiểm tra phần mềm máy chủ.',
    'Check the server software.',
  ),
  malformed: text('bản tin DNS hỏng', 'a malformed DNS message', 'Kiểm tra phần mềm máy chủ tên miền.', 'Check the name server software.'),
  'answer-mismatch': text('chỉ nhận được trả lời không khớp câu hỏi', 'only answers to other questions came', ...again),
  truncated: text(
    'trả lời bị cắt và TCP không dùng được',
    'the answer was truncated and TCP gave nothing',
    'Mở cổng 53/TCP trên máy chủ tên miền.',
    'Open port 53/TCP on the name server.',
  ),
  'too-large': text('vượt quá giới hạn kích thước', 'a size limit was reached', ...again),
  'decode-failed': text(
    'nội dung nén hỏng',
    'the content encoding is broken',
    'Kiểm tra cấu hình nén của máy chủ web.',
    'Check the compression settings of the web server.',
  ),
  'early-data': text(
    'có dữ liệu lạ trước khi bắt đầu TLS',
    'data arrived before TLS started',
    'Cập nhật phần mềm máy chủ thư.',
    'Update the mail server software.',
  ),
  'local-limit': text('máy đo quá tải', 'this machine was overloaded', ...again),
  cancelled: text('phép đo bị dừng', 'the measurement was stopped', 'Chạy tiếp với --resume.', 'Continue with --resume.'),
  'not-attempted': text('chưa được hỏi', 'not asked', ...again),
  'opted-out': text('đơn vị vận hành đã từ chối được đo', 'the operator opted out of measurements'),
  'internal-error': text(
    'lỗi của chính công cụ',
    'a fault of this tool',
    'Báo lỗi cho nhóm phát triển ipv6gov kèm thư mục của lần đo.',
    'Report it to the ipv6gov developers with the run folder.',
  ),
  unknown: text('lỗi chưa rõ', 'an unknown failure', ...again),
  'vantage-no-ipv6': text('nơi đo không có IPv6 hoạt động', 'the vantage has no working IPv6', ...useDual),
  'vantage-no-ipv4': text(
    'nơi đo không có IPv4 để đối chiếu',
    'the vantage has no IPv4 to compare with',
    'Đo lại từ một máy có cả IPv4 và IPv6.',
    'Measure again from a machine with both families.',
  ),
  'vantage-web-unproven': text(
    'chưa chứng minh được nơi đo ra được web qua IPv6 vào lúc đó',
    'it is not proven that web over IPv6 worked from the vantage at that time',
    'Chạy lại cùng nhiều cơ quan hơn, hoặc thêm --web-control HOST với một trang chắc chắn có IPv6.',
    'Run again with more agencies, or add --web-control HOST with a site that surely has IPv6.',
  ),
  'vantage-port25-blocked': text(
    'nơi đo có thể bị chặn cổng 25',
    'port 25 may be blocked at the vantage',
    'Đo thư từ mạng không chặn cổng 25, hoặc thêm --smtp-control HOST.',
    'Measure mail from a network that does not block port 25, or add --smtp-control HOST.',
  ),
  'vantage-dns-intercepted': text(
    'truy vấn DNS từ nơi đo bị chặn hoặc bị trả lời thay',
    'DNS from the vantage is intercepted or goes through a resolver',
    'Đo từ mạng cho phép DNS trực tiếp.',
    'Measure from a network that lets DNS out directly.',
  ),
  'local-no-route': text('máy đo không có đường đi IPv6', 'this machine has no IPv6 route', ...useDual),
  'rate-limited': text('máy chủ giới hạn tần suất', 'the server limits the rate', ...again),
  'waf-challenge': text(
    'tường lửa ứng dụng web chặn hoặc thử thách công cụ đo',
    'a web application firewall blocked or challenged the measurement',
    'Cho phép công cụ đo (User-Agent ipv6gov) qua tường lửa ứng dụng web.',
    'Let the measurement (User-Agent ipv6gov) pass the web application firewall.',
  ),
  greylisted: text('máy chủ thư hoãn (greylisting)', 'the mail server greylists', ...again),
  'policy-refused': text(
    'máy chủ thư từ chối máy đo theo chính sách',
    'the mail server refuses this machine by policy',
    'Đường IPv6 thông; đo lại từ địa chỉ có PTR và uy tín tốt.',
    'The IPv6 path works; measure from an address with PTR and good reputation.',
  ),
  'status-worse-over-ipv6': text(
    'mã trạng thái qua IPv6 xấu hơn qua IPv4',
    'the status over IPv6 is worse than over IPv4',
    'So sánh cấu hình máy chủ ảo và tường lửa của hai họ địa chỉ.',
    'Compare virtual host and firewall settings of both families.',
  ),
  'path-mtu-suspected': text(
    'kết nối được nhưng dữ liệu lớn không tới (nghi lỗi path MTU)',
    'connects, but large data never arrives (path MTU suspected)',
    'Cho phép ICMPv6 Packet Too Big (loại 2) qua mọi tường lửa.',
    'Let ICMPv6 Packet Too Big (type 2) through every firewall.',
  ),
  'dns-timeout': text(
    'máy chủ tên miền không trả lời',
    'the name servers did not answer',
    'Kiểm tra máy chủ tên miền.',
    'Check the name servers.',
  ),
  'dns-servfail': text(
    'máy chủ tên miền báo SERVFAIL',
    'the name servers answer SERVFAIL',
    'Kiểm tra vùng DNS trên máy chủ tên miền.',
    'Check the zone on the name servers.',
  ),
  'dns-refused': text(
    'máy chủ tên miền từ chối trả lời',
    'the name servers refuse to answer',
    'Khai báo vùng trên máy chủ tên miền được ủy quyền.',
    'Configure the zone on the delegated name servers.',
  ),
  'dns-bogus': text(
    'chữ ký DNSSEC không hợp lệ',
    'DNSSEC validation fails',
    'Ký lại vùng DNS, kiểm tra DS ở vùng cha.',
    'Sign the zone again and check the DS at the parent.',
  ),
  'dns-inconsistent': text(
    'các máy chủ tên miền trả lời khác nhau',
    'the name servers disagree',
    'Đồng bộ các máy chủ tên miền.',
    'Synchronise the name servers.',
  ),
  'dns-lame': text(
    'các máy chủ được ủy quyền không phục vụ vùng này',
    'the delegated servers do not serve the zone',
    'Sửa ủy quyền hoặc khai báo vùng.',
    'Correct the delegation or configure the zone.',
  ),
  'domain-not-found': text(
    'tên miền không tồn tại (danh sách sai?)',
    'the domain does not exist (list wrong?)',
    'Kiểm tra tên miền trong danh sách.',
    'Check the name in the list.',
  ),
  'no-web-service': text(
    'không có dịch vụ web nào được công bố',
    'no web service is offered',
    'Kiểm tra tên miền trong danh sách.',
    'Check the name in the list.',
  ),
  'service-gone': text(
    'dịch vụ được liệt kê không còn',
    'the listed service is gone',
    'Cập nhật danh sách (services_status = retired).',
    'Update the list (services_status = retired).',
  ),
  'no-validator': text('không có bộ xác thực DNSSEC', 'no DNSSEC validator'),
  'content-too-small': text(
    'trang quá ít chữ để so sánh',
    'the page has too little text to compare',
    'Không cần làm gì; xem trang bằng mắt qua hai họ địa chỉ.',
    'Nothing to do; look at the page over both families.',
  ),
  'content-unstable': text(
    'trang thay đổi mỗi lần tải nên không so sánh được',
    'the page changes at every load and cannot be compared',
    ...again,
  ),
  'needs-script': text(
    'trang cần chạy mã kịch bản mới có nội dung',
    'the page needs scripts to have content',
    'Kiểm tra các tên miền phụ thuộc bằng trình duyệt trên mạng chỉ có IPv6.',
    'Check the dependencies with a browser on an IPv6-only network.',
  ),
  'geo-varies': text('trả lời thay đổi theo nơi hỏi', 'answers vary by place'),
  'slow-greeting': text('máy chủ thư chào quá chậm ở cả hai họ địa chỉ', 'the mail server greets too slowly over both families', ...again),
  'prefix-suspect': text(
    'nhiều cơ quan không liên quan cùng im lặng trong một dải mạng: nghi lỗi đường truyền',
    'several unrelated agencies are silent in one network: the path is suspected',
    'Đo lại từ nơi khác.',
    'Measure from another vantage.',
  ),
  'path-dependent': text(
    'kết quả phụ thuộc nơi đo',
    'the result depends on the vantage',
    'Đo từ nhiều nơi.',
    'Measure from several vantages.',
  ),
  unstable: text(
    'lúc trả lời lúc không',
    'answers only sometimes',
    'Tìm nguyên nhân mất gói trên đường IPv6.',
    'Look for packet loss on the IPv6 path.',
  ),
  'both-families-down': text(
    'không dùng được qua cả IPv6 lẫn IPv4',
    'works over neither IPv6 nor IPv4',
    'Kiểm tra dịch vụ; đây không phải lỗi riêng của IPv6.',
    'Check the service; this is no fault of IPv6 alone.',
  ),
  'budget-exhausted': text('hết hạn mức thời gian hoặc số truy vấn', 'the budget of time or queries was used up', ...again),
  'probe-error': text(
    'lỗi của chính công cụ khi đo',
    'this tool failed while measuring',
    'Báo lỗi cho nhóm phát triển ipv6gov kèm thư mục của lần đo.',
    'Report it to the ipv6gov developers with the run folder.',
  ),
  'check-error': text(
    'lỗi của chính công cụ khi đánh giá',
    'this tool failed while judging',
    'Báo lỗi cho nhóm phát triển ipv6gov kèm thư mục của lần đo.',
    'Report it to the ipv6gov developers with the run folder.',
  ),
  'worker-lost': text('mất liên lạc với máy đo', 'the measuring worker was lost', ...again),
};
