import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Agency, agencies, fill } from './agencies.ts';
import type { Certificate, LabCertificates } from './certificates.ts';
import type { CertificateKind, OddListener, Site } from './model.ts';
import type { Command } from './name-servers.ts';
import { oldPage, pageOf, tinyPage } from './pages.ts';

/** Debian's own page of a web server that nobody set up, from the package's files. */
const defaultPageFolder = '/usr/share/nginx/html';
const standardHeaders = 'add_header Strict-Transport-Security "max-age=31536000"; add_header X-Frame-Options "SAMEORIGIN";';

/** Writes the sites and nginx's configuration for those agencies; returns how to run it in the foreground. */
export async function configureWebServer(folder: string, certificates: LabCertificates, sites: readonly Agency[]): Promise<Command> {
  const name = `nginx-${sites[0]?.web?.behind1280 ?? 'servers'}`;
  const home = join(folder, name);
  await mkdir(home, { recursive: true });
  const blocks: string[] = [];
  for (const agency of sites) {
    const root = join(home, agency.domain);
    await writeSite(agency, root);
    blocks.push(...serverBlocks(agency, { root, certificateOf: (kind) => certificateFor(certificates, agency, kind) }));
  }
  const config = join(home, 'nginx.conf');
  await writeFile(config, configText(home, blocks));
  return { name, program: 'nginx', args: ['-e', join(home, 'error.log'), '-p', home, '-c', config] };
}

export const isBehind1280 = ({ web }: Agency): boolean => web?.behind1280 !== undefined;

/** Listeners of the odd web server, with their addresses. */
export function oddListeners(): OddListener[] {
  return agencies.flatMap((agency) =>
    (agency.web?.odd ?? []).map(({ target, ...listener }) => ({
      ...listener,
      address: fill(agency, listener.address),
      ...(target === undefined ? {} : { target: fill(agency, target) }),
      ...(listener.habit === 'endless' ? { page: pageOf(agency) } : {}),
    })),
  );
}

/** Address and port of everything of nginx that has to listen before the lab is up. */
export function webListeners(agency: Agency): { address: string; port: number }[] {
  const { address } = agency;
  return [
    { host: address.w4, site: siteOf(agency, 'ipv4') },
    { host: address.w6, site: siteOf(agency, 'ipv6') },
  ].flatMap(({ host, site }) => [
    ...(site.plain === null ? [] : [{ address: host, port: 80 }]),
    ...(site.secure === null ? [] : [{ address: host, port: 443 }]),
  ]);
}

async function writeSite(agency: Agency, root: string): Promise<void> {
  for (const part of ['', 'old', 'tiny']) await mkdir(join(root, part), { recursive: true });
  await writeFile(join(root, 'index.html'), pageOf(agency));
  await writeFile(join(root, 'style.css'), 'body { font-family: sans-serif; margin: 2rem; }\n');
  await writeFile(join(root, 'old', 'index.html'), oldPage());
  await writeFile(join(root, 'tiny', 'index.html'), tinyPage(agency));
}

function certificateFor({ web, kinds }: LabCertificates, { domain }: Agency, kind: CertificateKind): Certificate {
  const found = kind === 'own' ? web.get(domain) : kinds.get(`${domain} ${kind}`);
  if (found === undefined) throw new Error(`no certificate ${kind} for ${domain}`);
  return found;
}

function siteOf({ web }: Agency, family: 'ipv4' | 'ipv6'): Site {
  return { ...web?.both, ...web?.[family] };
}

interface Material {
  root: string;
  certificateOf: (kind: CertificateKind) => Certificate;
}

function serverBlocks(agency: Agency, material: Material): string[] {
  const { w4, w6 } = agency.address;
  const own = (text: string) => expand(agency, text, { ...material, site: {} });
  return [
    ...familyBlocks(agency, { ...material, address: w4, site: siteOf(agency, 'ipv4') }),
    ...familyBlocks(agency, { ...material, address: `[${w6}]`, site: siteOf(agency, 'ipv6') }),
    ...(agency.web?.more ?? []).map(own),
  ];
}

function familyBlocks(agency: Agency, family: Material & { address: string; site: Site }): string[] {
  const { address, site } = family;
  const names = `server_name ${agency.domain} *.${agency.domain};`;
  const plain = site.plain === undefined ? 'return 301 https://$host$request_uri;' : site.plain;
  const secure = site.secure === undefined ? '' : site.secure;
  const http2 = site.http2 === true ? ' http2' : '';
  return [
    ...(plain === null ? [] : [expand(agency, `server { listen ${address}:80; ${names} ${plain} }`, family)]),
    ...(secure === null ? [] : [expand(agency, `server { listen ${address}:443 ssl${http2}; ${names} %own% ${secure} }`, family)]),
  ];
}

/** Fills in what stands between per cent signs and braces. */
function expand(agency: Agency, text: string, { root, certificateOf, site }: Material & { site: Site }): string {
  const { key, certificate } = certificateOf(site.certificate ?? 'own');
  const folder = { own: root, default: defaultPageFolder, old: join(root, 'old'), tiny: join(root, 'tiny') }[site.root ?? 'own'];
  const tls = `ssl_certificate ${certificate}; ssl_certificate_key ${key};`;
  const page = `root ${folder}; ${site.headers ?? standardHeaders}`;
  return fill(
    agency,
    text.replaceAll('%own%', `${tls} ${page}`).replaceAll('%tls%', tls).replaceAll('%page%', page).replaceAll('%root%', folder),
  );
}

function configText(home: string, blocks: readonly string[]): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${join(home, kind)};`);
  return [
    'daemon off;',
    'worker_processes 1;',
    'worker_rlimit_nofile 8192;',
    `pid ${join(home, 'nginx.pid')};`,
    `error_log ${join(home, 'error.log')};`,
    'events { worker_connections 4096; }',
    'http {',
    'types { text/html html; text/css css; }',
    'charset utf-8; charset_types text/css;',
    'access_log off; server_tokens off; server_names_hash_bucket_size 128; server_names_hash_max_size 4096;',
    ...temporary,
    ...blocks,
    '}',
    '',
  ].join('\n');
}
