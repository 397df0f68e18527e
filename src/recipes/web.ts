import { note, type Recipe } from './recipe.ts';

export const nginxListen: Recipe = {
  software: 'nginx',
  where: '/etc/nginx/conf.d/portal.conf',
  comment: '#',
  lines: [
    note(
      'cùng một khối cho cả hai họ địa chỉ; `listen 443` một mình chỉ nghe IPv4',
      'one block for both families; `listen 443` alone is IPv4 only',
    ),
    'server {',
    '    listen 80;',
    '    listen [::]:80;',
    '    listen 443 ssl;',
    '    listen [::]:443 ssl;',
    '    server_name example.gov.vn www.example.gov.vn;',
    '    ssl_certificate     /etc/ssl/example.gov.vn/fullchain.pem;',
    '    ssl_certificate_key /etc/ssl/example.gov.vn/privkey.pem;',
    '    root /srv/portal;',
    '}',
  ],
};

export const apacheListen: Recipe = {
  software: 'Apache httpd 2.4',
  where: '/etc/apache2/ports.conf, sites-enabled/portal.conf',
  comment: '#',
  lines: [
    note(
      '`Listen 0.0.0.0:443` chỉ nghe IPv4; không ghi địa chỉ thì nghe cả hai',
      '`Listen 0.0.0.0:443` is IPv4 only; without an address it is both',
    ),
    'Listen 80',
    'Listen 443',
    note('`*` khớp cả địa chỉ IPv6; một địa chỉ IPv4 ở đây thì không', '`*` matches IPv6 addresses too; an IPv4 address here does not'),
    '<VirtualHost *:443>',
    '    ServerName example.gov.vn',
    '    ServerAlias www.example.gov.vn',
    '    SSLEngine on',
    '    SSLCertificateFile    /etc/ssl/example.gov.vn/fullchain.pem',
    '    SSLCertificateKeyFile /etc/ssl/example.gov.vn/privkey.pem',
    '    DocumentRoot /srv/portal',
    '</VirtualHost>',
  ],
};

export const iisBinding: Recipe = {
  software: 'IIS',
  where: 'PowerShell',
  comment: '#',
  lines: [
    note(
      'danh sách rỗng nghĩa là nghe mọi địa chỉ; chỉ có địa chỉ IPv4 thì không nghe IPv6',
      'an empty list means every address; IPv4 addresses alone shut IPv6 out',
    ),
    'netsh http show iplisten',
    'netsh http add iplisten ipaddress=::',
    note('ràng buộc * nhận cả hai họ địa chỉ; SslFlags 1 là SNI', 'a binding to * takes both families; SslFlags 1 is SNI'),
    "New-WebBinding -Name 'Portal' -Protocol https -Port 443 -IPAddress '*' -HostHeader 'example.gov.vn' -SslFlags 1",
    'iisreset',
  ],
};

export const cloudflareWeb: Recipe = {
  software: 'Cloudflare',
  where: 'Network > IPv6 Compatibility, API v4',
  comment: '#',
  lines: [
    note(
      'bản ghi được proxy có AAAA của Cloudflare khi IPv6 Compatibility bật',
      'proxied records get AAAA of Cloudflare while IPv6 Compatibility is on',
    ),
    'curl -X PATCH "https://api.cloudflare.com/client/v4/zones/$ZONE_ID/settings/ipv6" \\',
    '  -H "Authorization: Bearer $API_TOKEN" -H "Content-Type: application/json" \\',
    '  --data \'{"value":"on"}\'',
  ],
};

export const nginxAccess: Recipe = {
  software: 'nginx',
  where: '/etc/nginx/conf.d/portal.conf',
  comment: '#',
  lines: [
    note('danh sách cho phép chỉ có IPv4 sẽ trả 403 cho mọi khách IPv6', 'an allow list with IPv4 only answers 403 to every IPv6 client'),
    'location /noi-bo/ {',
    '    allow 192.0.2.0/24;',
    '    allow 2001:db8:10::/48;',
    '    deny all;',
    '}',
  ],
};

export const apacheAccess: Recipe = {
  software: 'Apache httpd 2.4',
  where: 'sites-enabled/portal.conf',
  comment: '#',
  lines: ['<Location "/noi-bo/">', '    Require ip 192.0.2.0/24 2001:db8:10::/48', '</Location>'],
};

export const nginxRedirect: Recipe = {
  software: 'nginx',
  where: '/etc/nginx/conf.d/portal.conf',
  comment: '#',
  lines: [
    note('chuyển hướng tới tên (không phải địa chỉ) có bản ghi AAAA', 'redirect to a name (no address) that has an AAAA record'),
    'server {',
    '    listen 80;',
    '    listen [::]:80;',
    '    server_name example.gov.vn;',
    '    return 301 https://www.example.gov.vn$request_uri;',
    '}',
  ],
};

export const apacheRedirect: Recipe = {
  software: 'Apache httpd 2.4',
  where: 'sites-enabled/portal.conf',
  comment: '#',
  lines: [
    '<VirtualHost *:80>',
    '    ServerName example.gov.vn',
    '    Redirect permanent "/" "https://www.example.gov.vn/"',
    '</VirtualHost>',
  ],
};

export const nginxLiterals: Recipe = {
  software: 'nginx',
  where: '/etc/nginx/conf.d/portal.conf',
  comment: '#',
  lines: [
    note(
      'tạm thời, trong lúc sửa trang: thay địa chỉ bằng đường dẫn tương đối',
      'for the time until the pages are corrected: relative paths in place of the address',
    ),
    "sub_filter 'http://192.0.2.80/' '/';",
    'sub_filter_once off;',
    'sub_filter_types text/css;',
    note('máy chủ phía sau không được nén thì mới thay được', 'the backend must not compress, or nothing is replaced'),
    'proxy_set_header Accept-Encoding "";',
  ],
};

export const nginxTls: Recipe = {
  software: 'nginx',
  where: '/etc/nginx/conf.d/portal.conf',
  comment: '#',
  lines: [
    note(
      'fullchain.pem gồm chứng thư của trang rồi đến các chứng thư trung gian',
      'fullchain.pem: the certificate of the site, then the intermediate ones',
    ),
    'listen 443 ssl;',
    'listen [::]:443 ssl;',
    'ssl_certificate     /etc/ssl/example.gov.vn/fullchain.pem;',
    'ssl_certificate_key /etc/ssl/example.gov.vn/privkey.pem;',
    'ssl_protocols TLSv1.2 TLSv1.3;',
    note('xem chứng thư mà IPv6 nhận được', 'look at the certificate that IPv6 gets'),
    note(
      'openssl s_client -6 -connect example.gov.vn:443 -servername example.gov.vn </dev/null',
      'openssl s_client -6 -connect example.gov.vn:443 -servername example.gov.vn </dev/null',
    ),
  ],
};

const headers = (set: string, end: string): string[] => [
  `${set} Strict-Transport-Security "max-age=31536000"${end}`,
  `${set} Content-Security-Policy "default-src 'self'"${end}`,
  `${set} X-Frame-Options "SAMEORIGIN"${end}`,
  `${set} Referrer-Policy "strict-origin-when-cross-origin"${end}`,
];

export const nginxHeaders: Recipe = {
  software: 'nginx',
  where: '/etc/nginx/conf.d/portal.conf',
  comment: '#',
  lines: [
    note('trong khối server chung của hai họ địa chỉ', 'in the one server block of both families'),
    ...headers('add_header', ' always;'),
  ],
};

export const apacheHeaders: Recipe = {
  software: 'Apache httpd 2.4',
  where: 'sites-enabled/portal.conf',
  comment: '#',
  lines: headers('Header always set', ''),
};

export const nginxProtocols: Recipe = {
  software: 'nginx 1.25.1',
  where: '/etc/nginx/conf.d/portal.conf',
  comment: '#',
  lines: ['listen 443 ssl;', 'listen [::]:443 ssl;', 'http2 on;'],
};

export const apacheProtocols: Recipe = {
  software: 'Apache httpd 2.4',
  where: 'sites-enabled/portal.conf',
  comment: '#',
  lines: ['Protocols h2 http/1.1'],
};
