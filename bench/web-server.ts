import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Command } from '../test/lab/name-servers.ts';
import type { Certificates } from './certificates.ts';

const paragraphs = 60;
const pictures = 12;

/** A front page of about 30 KB that needs a style sheet and a script of its own and one from a provider. */
export function page(domain: string): string {
  const words = 'Cổng thông tin điện tử của cơ quan nhà nước, tin tức, văn bản, thủ tục hành chính và dịch vụ công trực tuyến';
  const text = Array.from(
    { length: paragraphs },
    (_, index) => `<h2>Mục ${index + 1} của ${domain}</h2><p>${`${words}, số ${index * 7}. `.repeat(3)}</p>`,
  );
  const images = Array.from({ length: pictures }, (_, index) => `<img src="/anh/${index}.png" alt="">`);
  const head = [
    `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Cổng thông tin điện tử ${domain}</title>`,
    '<link rel="stylesheet" href="/style.css"><script src="/app.js" defer></script>',
    '<script src="https://cdn.nha-cung-cap-1.vn/app.js" defer></script></head><body>',
  ];
  return [...head, ...text, ...images, '</body></html>', ''].join('\n');
}

/** Writes nginx's configuration, one server for each certificate, every site with a page of its own; returns how to run it in the foreground. */
export async function configureWebServer(folder: string, { key, shared }: Certificates, sites: readonly string[]): Promise<Command> {
  const home = join(folder, 'nginx');
  const root = join(home, 'site');
  await mkdir(root, { recursive: true });
  for (const host of sites) {
    await mkdir(join(root, host), { recursive: true });
    const files = { 'index.html': page(host), 'style.css': 'body { font-family: sans-serif; margin: 2rem; }\n', 'app.js': 'void 0;\n' };
    for (const [name, text] of Object.entries(files)) await writeFile(join(root, host, `${name}.gz`), gzipSync(text));
  }
  const config = join(home, 'nginx.conf');
  await writeFile(config, configText({ home, root, key, shared }));
  return { name: 'nginx', program: 'nginx', args: ['-e', join(home, 'error.log'), '-p', home, '-c', config] };
}

function configText({ home, root, key, shared }: { home: string; root: string } & Pick<Certificates, 'key' | 'shared'>): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${join(home, kind)};`);
  const listen = 'listen 0.0.0.0:443 ssl; listen [::]:443 ssl;';
  return [
    'daemon off; worker_processes 1; worker_rlimit_nofile 16384;',
    `pid ${join(home, 'nginx.pid')}; error_log ${join(home, 'error.log')};`,
    'events { worker_connections 8192; }',
    'http {',
    'types { text/html html; text/css css; text/javascript js; } charset utf-8;',
    'access_log off; server_tokens off; server_names_hash_bucket_size 128; server_names_hash_max_size 262144;',
    `gzip_static always; ssl_protocols TLSv1.2 TLSv1.3; ssl_session_tickets off; root ${root}/$site;`,
    'map $host $site { default $host; ~^www\\.(?<rest>.*)$ $rest; }',
    'add_header Strict-Transport-Security "max-age=31536000";',
    ...temporary,
    'server { listen 0.0.0.0:80 default_server; listen [::]:80 default_server; return 301 https://$host$request_uri; }',
    // Only the compressed files are there, which the search for an index would not find.
    ...shared.map(
      ({ names, certificate }) =>
        `server { ${listen} rewrite ^/$ /index.html; server_name ${names.join(' ')}; ssl_certificate ${certificate}; ssl_certificate_key ${key}; }`,
    ),
    '}',
    '',
  ].join('\n');
}
