import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { agencies } from './agencies.ts';
import { run } from './commands.ts';

export interface Certificate {
  key: string;
  certificate: string;
}

export interface LabCertificates {
  /** File of the CA certificate, for `--ca`. */
  authority: string;
  /** By domain: apex and www. */
  web: Map<string, Certificate>;
  /** Of the same authority, for another name: what a forgotten virtual host shows. */
  wrongName: Certificate;
  /** For every exchanger. */
  mail: Certificate;
}

/** A CA and the servers' certificates, made anew for every run in `folder`; nothing of it is trusted by the machine. */
export async function makeCertificates(folder: string): Promise<LabCertificates> {
  const config = join(folder, 'openssl.cnf');
  await writeFile(config, '[req]\ndistinguished_name=dn\nprompt=no\n[dn]\nCN=lab\n');
  const authority = await issue({ folder, config, id: 'authority', names: [] });
  const signed = { folder, config, signer: authority };
  const web = new Map<string, Certificate>();
  for (const { domain } of agencies) web.set(domain, await issue({ ...signed, id: domain, names: [domain, `www.${domain}`] }));
  const wrongName = await issue({ ...signed, id: 'wrong-name', names: ['may-chu-cu.gov.vn'] });
  const exchangers = agencies.flatMap(({ exchanger }) => (exchanger === null ? [] : [exchanger.name]));
  return { authority: authority.certificate, web, wrongName, mail: await issue({ ...signed, id: 'mail', names: exchangers }) };
}

async function issue(order: { folder: string; config: string; id: string; names: string[]; signer?: Certificate }): Promise<Certificate> {
  const { folder, config, id, names, signer } = order;
  const files: Certificate = { key: join(folder, `${id}.key`), certificate: join(folder, `${id}.pem`) };
  const extensions =
    signer === undefined
      ? ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign', 'subjectKeyIdentifier=hash']
      : [
          'basicConstraints=critical,CA:FALSE',
          'keyUsage=critical,digitalSignature',
          'extendedKeyUsage=serverAuth',
          'subjectKeyIdentifier=hash',
          'authorityKeyIdentifier=keyid',
          `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`,
        ];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', files.key];
  const signing = signer === undefined ? [] : ['-CA', signer.certificate, '-CAkey', signer.key];
  const subject = signer === undefined ? '/O=ipv6gov lab/CN=ipv6gov lab CA' : `/CN=${names[0]}`;
  const added = extensions.flatMap((extension) => ['-addext', extension]);
  await run('openssl', [
    'req',
    '-x509',
    '-config',
    config,
    ...key,
    ...signing,
    '-subj',
    subject,
    '-days',
    '30',
    '-out',
    files.certificate,
    ...added,
  ]);
  return files;
}
