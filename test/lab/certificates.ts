import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Agency, agencies } from './agencies.ts';
import { run } from './commands.ts';
import type { CertificateKind } from './model.ts';

export interface Certificate {
  key: string;
  certificate: string;
}

export interface LabCertificates {
  /** File of the CA certificate, for `--ca`. */
  authority: string;
  /** By domain: apex and every name below it. */
  web: Map<string, Certificate>;
  /** Those that an agency's case asks for besides, by domain and kind. */
  kinds: Map<string, Certificate>;
  /** Of the same authority, for another name: what a forgotten virtual host shows. */
  wrongName: Certificate;
  /** For every exchanger. */
  mail: Certificate;
}

interface Order {
  id: string;
  names: readonly string[];
  signer?: Certificate;
  authority?: boolean;
  /** URL of an OCSP responder that the certificate names. */
  services?: string;
}

/** A CA and the servers' certificates, made anew for every run in `folder`; nothing of it is trusted by the machine. */
export async function makeCertificates(folder: string): Promise<LabCertificates> {
  const home = join(folder, 'certificates');
  await mkdir(home);
  await writeFile(join(home, 'openssl.cnf'), openssl(home));
  const order = (wanted: Order) => issue(home, wanted);
  const authority = await order({ id: 'authority', names: [], authority: true });
  const intermediate = await order({ id: 'intermediate', names: [], authority: true, signer: authority });
  const wrongName = await order({ id: 'wrong-name', names: ['may-chu-cu.gov.vn'], signer: authority });
  const pairs = await Promise.all(agencies.map(async ({ domain }) => [domain, await order(ownOf(domain, authority))] as const));
  const kinds = new Map<string, Certificate>();
  const made = { home, authority, intermediate, wrongName };
  for (const agency of agencies)
    for (const kind of kindsOf(agency)) kinds.set(`${agency.domain} ${kind}`, await special(made, agency, kind));
  const mail = await order({ id: 'mail', names: agencies.flatMap(({ domain }) => [domain, `*.${domain}`]), signer: authority });
  return { authority: authority.certificate, web: new Map(pairs), kinds, wrongName, mail };
}

function ownOf(domain: string, signer: Certificate): Order {
  return { id: domain, names: [domain, `*.${domain}`], signer };
}

function kindsOf({ web }: Agency): CertificateKind[] {
  const kinds = [web?.both, web?.ipv4, web?.ipv6].flatMap((site) => (site?.certificate === undefined ? [] : [site.certificate]));
  return [...new Set(kinds)].filter((kind) => kind !== 'own');
}

interface Made {
  home: string;
  authority: Certificate;
  intermediate: Certificate;
  wrongName: Certificate;
}

async function special(
  { home, authority, intermediate, wrongName }: Made,
  { domain }: Agency,
  kind: CertificateKind,
): Promise<Certificate> {
  const base = { ...ownOf(domain, authority), id: `${domain}-${kind}` };
  switch (kind) {
    case 'wrong-name':
      return wrongName;
    case 'expired':
      return expired(home, base);
    case 'self-signed':
      return issue(home, { id: base.id, names: base.names });
    case 'services-ipv6':
      return issue(home, { ...base, services: 'http://tot.ha-tang.vn/' });
    case 'services-ipv4':
      return issue(home, { ...base, services: 'http://v4.ha-tang.vn/' });
    case 'with-intermediate':
    case 'without-intermediate':
      return behindIntermediate(home, { ...base, signer: intermediate }, kind === 'with-intermediate');
    default:
      return issue(home, base);
  }
}

async function behindIntermediate(home: string, order: Order, whole: boolean): Promise<Certificate> {
  const made = await issue(home, order);
  if (whole && order.signer !== undefined) {
    await writeFile(made.certificate, (await readFile(made.certificate, 'utf8')) + (await readFile(order.signer.certificate, 'utf8')));
  }
  return made;
}

function openssl(home: string): string {
  return `[req]
distinguished_name=dn
prompt=no
[dn]
CN=lab
[ca]
default_ca=lab
[lab]
database=${home}/index.txt
serial=${home}/serial
new_certs_dir=${home}
default_md=sha256
policy=any
copy_extensions=copy
unique_subject=no
[any]
commonName=supplied
`;
}

/** `openssl req` makes none of the past; `openssl ca` does. */
async function expired(home: string, { id, names, signer }: Order): Promise<Certificate> {
  const files: Certificate = { key: join(home, `${id}.key`), certificate: join(home, `${id}.pem`) };
  const request = join(home, `${id}.csr`);
  const config = ['-config', join(home, 'openssl.cnf')];
  await writeFile(join(home, 'index.txt'), '');
  await copyFile('/dev/null', join(home, 'index.txt.attr'));
  await writeFile(join(home, 'serial'), '7000\n');
  const added = leafExtensions(names).flatMap((extension) => ['-addext', extension]);
  await run('openssl', ['req', '-new', ...config, ...keyOf(files), '-subj', `/CN=${names[0]}`, '-out', request, ...added]);
  const dates = ['-startdate', '20240101000000Z', '-enddate', '20240401000000Z'];
  const signing = ['-cert', signer?.certificate ?? '', '-keyfile', signer?.key ?? ''];
  await run('openssl', ['ca', '-batch', '-notext', ...config, ...signing, ...dates, '-in', request, '-out', files.certificate]);
  return files;
}

function leafExtensions(names: readonly string[]): string[] {
  return [
    'basicConstraints=critical,CA:FALSE',
    'keyUsage=critical,digitalSignature',
    'extendedKeyUsage=serverAuth',
    `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`,
  ];
}

function keyOf({ key }: Certificate): string[] {
  return ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key];
}

async function issue(home: string, { id, names, signer, authority, services }: Order): Promise<Certificate> {
  const files: Certificate = { key: join(home, `${id}.key`), certificate: join(home, `${id}.pem`) };
  const extensions = [
    ...(authority === true ? ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign'] : leafExtensions(names)),
    'subjectKeyIdentifier=hash',
    ...(signer === undefined ? [] : ['authorityKeyIdentifier=keyid']),
    ...(services === undefined ? [] : [`authorityInfoAccess=OCSP;URI:${services}`]),
  ];
  const signing = signer === undefined ? [] : ['-CA', signer.certificate, '-CAkey', signer.key];
  const subject = names[0] === undefined ? `/O=ipv6gov lab/CN=ipv6gov lab ${id}` : `/CN=${names[0]}`;
  const added = extensions.flatMap((extension) => ['-addext', extension]);
  const target = ['-subj', subject, '-days', '30', '-out', files.certificate];
  await run('openssl', ['req', '-x509', '-config', join(home, 'openssl.cnf'), ...keyOf(files), ...signing, ...target, ...added]);
  return files;
}
