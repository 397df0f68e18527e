import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import type { Country } from './world.ts';

/** Certificates of hosts that share one, as at a hoster: ten agencies each, P-256, with an intermediate. */
export interface SharedCertificate {
  names: string[];
  /** PEM with the intermediate. */
  certificate: string;
}

export interface Certificates {
  /** File of the root, for --ca. */
  authority: string;
  /** One key for all. */
  key: string;
  shared: SharedCertificate[];
}

const agenciesPerCertificate = 10;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** Names by certificate: the agencies' hosts, then those of the operators. */
export function namesByCertificate({ agencies, operators }: Country): string[][] {
  const groups: string[][] = [];
  for (let start = 0; start < agencies.length; start += agenciesPerCertificate) {
    const group = agencies.slice(start, start + agenciesPerCertificate);
    groups.push(group.flatMap(({ domain }) => [domain, `www.${domain}`, `mail.${domain}`]));
  }
  return [...groups, operators.flatMap(({ domain }) => [domain, `cdn.${domain}`, `mail.${domain}`])];
}

export async function makeCertificates(folder: string, country: Country): Promise<Certificates> {
  x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[1]);
  const home = join(folder, 'certificates');
  await mkdir(home);
  const root = await authority('Bench Root', null);
  const issuer = await authority('Bench Intermediate', root);
  const keys = await newKeys();
  const files = { authority: join(home, 'root.pem'), key: join(home, 'leaf.key') };
  await writeFile(files.authority, pem(root.certificate));
  await writeFile(files.key, await keyPem(keys), { mode: 0o644 });
  const shared: SharedCertificate[] = [];
  for (const [index, names] of namesByCertificate(country).entries()) {
    const certificate = join(home, `${index}.pem`);
    await writeFile(certificate, pem(await leaf(names, issuer, keys)) + pem(issuer.certificate));
    shared.push({ names, certificate });
  }
  return { ...files, shared };
}

interface Authority {
  keys: webcrypto.CryptoKeyPair;
  certificate: x509.X509Certificate;
}

async function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
}

const pem = (certificate: x509.X509Certificate): string => `${certificate.toString('pem')}\n`;
const dayMs = 86_400_000;
const validity = () => ({ notBefore: new Date(Date.now() - dayMs), notAfter: new Date(Date.now() + 30 * dayMs) });

async function keyPem({ privateKey }: webcrypto.CryptoKeyPair): Promise<string> {
  const bytes = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', privateKey)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${(bytes.match(/.{1,64}/g) ?? []).join('\n')}\n-----END PRIVATE KEY-----\n`;
}

async function authority(name: string, issuer: Authority | null): Promise<Authority> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${name}`,
    issuer: issuer?.certificate.subject ?? `CN=${name}`,
    signingKey: (issuer?.keys ?? keys).privateKey,
    publicKey: keys.publicKey,
    signingAlgorithm: algorithm,
    ...validity(),
    extensions: [
      new x509.BasicConstraintsExtension(true, issuer === null ? 1 : 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  });
  return { keys, certificate };
}

function leaf(names: readonly string[], issuer: Authority, { publicKey }: webcrypto.CryptoKeyPair): Promise<x509.X509Certificate> {
  return x509.X509CertificateGenerator.create({
    subject: `CN=${names[0]}`,
    issuer: issuer.certificate.subject,
    signingKey: issuer.keys.privateKey,
    publicKey,
    signingAlgorithm: algorithm,
    ...validity(),
    extensions: [
      new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns' as const, value }))),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    ],
  });
}
