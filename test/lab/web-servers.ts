import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { agencies, type LabAgency } from './agencies.ts';
import type { Certificate, LabCertificates } from './certificates.ts';

/** Debian's own page of a web server that nobody set up, from the package's files. */
const defaultPageFolder = '/usr/share/nginx/html';

/** Writes the sites and nginx's configuration; returns its arguments for running in the foreground. */
export async function configureWebServer(folder: string, certificates: LabCertificates): Promise<string[]> {
  const home = join(folder, 'nginx');
  await mkdir(home, { recursive: true });
  const blocks: string[] = [];
  for (const agency of agencies) {
    const root = join(home, agency.domain);
    await mkdir(root);
    await writeFile(join(root, 'index.html'), pageOf(agency));
    await writeFile(join(root, 'style.css'), 'body { font-family: sans-serif; margin: 2rem; }\n');
    const certificate = certificates.web.get(agency.domain);
    if (certificate === undefined) throw new Error(`no certificate for ${agency.domain}`);
    blocks.push(...serverBlocks(agency, { root, certificate, wrongName: certificates.wrongName }));
  }
  const config = join(home, 'nginx.conf');
  await writeFile(config, configText(home, blocks));
  return ['-e', join(home, 'error.log'), '-p', home, '-c', config];
}

function serverBlocks(agency: LabAgency, site: { root: string; certificate: Certificate; wrongName: Certificate }): string[] {
  const { domain, fault, web } = agency;
  const { root, certificate } = site;
  const ipv4 = servingBoth({ domain, address: web.apex.ipv4, root, certificate });
  if (web.apex.ipv6 === null) return ipv4;
  const address = `[${web.apex.ipv6}]`;
  if (fault === 'default-page-over-ipv6') return [...ipv4, defaultSite(address, certificate)];
  const over6 = fault === 'wrong-certificate-over-ipv6' ? site.wrongName : certificate;
  return [...ipv4, ...servingBoth({ domain, address, root, certificate: over6 })];
}

function servingBoth(site: { domain: string; address: string; root: string; certificate: Certificate }): string[] {
  const { domain, address, root, certificate } = site;
  return [
    `server { listen ${address}:80; server_name ${domain} www.${domain}; return 301 https://$host$request_uri; }`,
    `server { listen ${address}:443 ssl; server_name ${domain} www.${domain}; ${tls(certificate)} root ${root};
  add_header Strict-Transport-Security "max-age=31536000"; add_header X-Frame-Options "SAMEORIGIN"; }`,
  ];
}

function defaultSite(address: string, certificate: Certificate): string {
  return `server { listen ${address}:80 default_server; listen ${address}:443 ssl default_server; ${tls(certificate)} root ${defaultPageFolder}; }`;
}

function tls({ key, certificate }: Certificate): string {
  return `ssl_certificate ${certificate}; ssl_certificate_key ${key};`;
}

function configText(home: string, blocks: readonly string[]): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${join(home, kind)};`);
  return [
    'daemon off;',
    'worker_processes 1;',
    `pid ${join(home, 'nginx.pid')};`,
    `error_log ${join(home, 'error.log')};`,
    'events { worker_connections 512; }',
    'http {',
    'types { text/html html; text/css css; }',
    'charset utf-8; charset_types text/html text/css;',
    'access_log off; server_tokens off;',
    ...temporary,
    ...blocks,
    '}',
    '',
  ].join('\n');
}

/** Over 8 KiB with far more than 200 characters of text, and different from agency to agency. */
function pageOf({ domain, title }: LabAgency): string {
  const news = Array.from(
    { length: 40 },
    (_, index) =>
      `<article><h2>Tin số ${index + 1} của ${title}</h2><p>${title} thông báo kế hoạch công tác số ${index + 1}, lịch tiếp công dân và danh mục thủ tục hành chính được giải quyết trực tuyến tại ${domain}.</p></article>`,
  );
  return `<!DOCTYPE html>
<html lang="vi">
<head><meta charset="utf-8"><title>${title}</title><link rel="canonical" href="https://www.${domain}/"><link rel="stylesheet" href="/style.css"></head>
<body><header><h1>${title}</h1><nav><a href="/gioi-thieu">Giới thiệu</a> <a href="/thu-tuc">Thủ tục hành chính</a> <a href="/lien-he">Liên hệ</a></nav></header>
<main>
${news.join('\n')}
</main>
<footer><p>Cổng thông tin điện tử của ${title}. Phòng thí nghiệm, không phải cơ quan thật.</p></footer></body>
</html>
`;
}
