import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import * as x509 from '@peculiar/x509';
import { defaultZone, otherKeyKinds } from '../../src/testbed/certificates.ts';
import { infrastructureZones } from '../../src/testbed/infrastructure.ts';
import type { CertificateKind, Scenario } from '../../src/testbed/scenario.ts';

const folder = new URL('../../fixtures/certificates/', import.meta.url);
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const from = new Date('2020-01-01T00:00:00Z');
const until = new Date('2120-01-01T00:00:00Z');

/** Kinds that need a certificate of their own; the others reuse 'good'. */
const issuedKinds = ['good', 'expired', 'self-signed', 'other-key', 'organisation', 'other-organisation', 'names-services'] as const;
type Issued = Extract<CertificateKind, (typeof issuedKinds)[number]>;

/** Which certificates the scenarios need: zone → kinds. */
export function neededCertificates(scenarios: readonly Scenario[]): Map<string, Set<Issued>> {
  const needed = new Map<string, Set<Issued>>([[defaultZone, new Set(['good'])]]);
  for (const { zone, records } of infrastructureZones)
    if (records.some((line) => line.startsWith('www '))) needed.set(zone, new Set(['good']));
  for (const { agency, changes } of scenarios) {
    for (const zone of [agency.domain, ...Object.keys(changes.zones)]) {
      const own = changes.certificates.map((rule) => rule.use).filter((use): use is Issued => issuedKinds.some((kind) => kind === use));
      needed.set(zone, new Set(['good', ...own]));
    }
  }
  return needed;
}

const pem = (certificate: x509.X509Certificate): string => `${certificate.toString('pem')}\n`;

async function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
}

async function keyPem(keys: webcrypto.CryptoKeyPair): Promise<string> {
  const bytes = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const lines = bytes.match(/.{1,64}/g) ?? [];
  return `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`;
}

interface Authority {
  keys: webcrypto.CryptoKeyPair;
  certificate: x509.X509Certificate;
}

async function authority(name: string, issuer: Authority | null): Promise<Authority> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${name}, O=ipv6gov testbed`,
    issuer: issuer?.certificate.subject ?? `CN=${name}, O=ipv6gov testbed`,
    signingKey: (issuer?.keys ?? keys).privateKey,
    publicKey: keys.publicKey,
    signingAlgorithm: algorithm,
    notBefore: from,
    notAfter: until,
    extensions: [
      new x509.BasicConstraintsExtension(true, issuer === null ? 1 : 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { keys, certificate };
}

/** The root under the name and key that it has, signed by an older one that nobody here trusts: what servers send for old clients. */
async function crossSigned(root: Authority): Promise<x509.X509Certificate> {
  const old = await newKeys();
  return x509.X509CertificateGenerator.create({
    subject: root.certificate.subject,
    issuer: 'CN=Test Old Root, O=ipv6gov testbed',
    signingKey: old.privateKey,
    publicKey: root.keys.publicKey,
    signingAlgorithm: algorithm,
    notBefore: from,
    notAfter: until,
    extensions: [new x509.BasicConstraintsExtension(true, 1, true), new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true)],
  });
}

async function leaf(zone: string, kind: Issued, context: { issuer: Authority; keys: webcrypto.CryptoKeyPair }): Promise<string> {
  const alone = kind === 'self-signed';
  const organisation = { organisation: ', O=Agency of the Testbed', 'other-organisation': ', O=Hosting Company' }[String(kind)] ?? '';
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${zone}${organisation}`,
    issuer: alone ? `CN=${zone}` : context.issuer.certificate.subject,
    signingKey: alone ? context.keys.privateKey : context.issuer.keys.privateKey,
    publicKey: context.keys.publicKey,
    signingAlgorithm: algorithm,
    notBefore: from,
    notAfter: kind === 'expired' ? new Date('2024-01-01T00:00:00Z') : until,
    extensions: [
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: zone },
        { type: 'dns', value: `*.${zone}` },
      ]),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      ...(kind === 'names-services'
        ? [
            new x509.AuthorityInfoAccessExtension({ ocsp: `http://ocsp.${zone}/` }),
            new x509.CRLDistributionPointsExtension([`http://crl.${zone}/thu-hoi.crl`]),
          ]
        : []),
    ],
  });
  return pem(certificate);
}

/** Makes all of fixtures/certificates anew. The keys of the authorities are thrown away: nothing more can be issued under them. */
export async function makeCertificates(scenarios: readonly Scenario[]): Promise<void> {
  x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[1]);
  const root = await authority('Test Root', null);
  const issuer = await authority('Test Intermediate', root);
  const [keys, otherKeys] = await Promise.all([newKeys(), newKeys()]);
  const leaves: Record<string, Partial<Record<Issued, string>>> = {};
  for (const [zone, kinds] of [...neededCertificates(scenarios)].sort(([a], [b]) => a.localeCompare(b))) {
    const made: Partial<Record<Issued, string>> = {};
    for (const kind of kinds) made[kind] = await leaf(zone, kind, { issuer, keys: otherKeyKinds.has(kind) ? otherKeys : keys });
    leaves[zone] = made;
  }
  await mkdir(folder, { recursive: true });
  const files: Record<string, string> = {
    'root.pem': pem(root.certificate),
    'intermediate.pem': pem(issuer.certificate),
    'cross.pem': pem(await crossSigned(root)),
    'leaf.key': await keyPem(keys),
    'other.key': await keyPem(otherKeys),
    'leaves.json': `${JSON.stringify(leaves, null, 1)}\n`,
  };
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(new URL(name, folder), text)));
}
