import type { FailureCode } from '../model/failure.ts';
import { again, type CauseText, text, useDual } from './cause-text.ts';

/** What one operation saw. */
export const failureCauses: Record<FailureCode, CauseText> = {
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
};
