import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[1]);

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]), modulusLength: 2_048 };
const day = 86_400_000;

/** A key and its certificate, both PEM, and what is needed to sign others with it. */
export interface TestCertificate {
  key: string;
  cert: string;
  keys: webcrypto.CryptoKeyPair;
  certificate: x509.X509Certificate;
}

export interface TestCertificateOptions {
  /** CN of the subject. */
  subject: string;
  /** dNSName entries; none gives a CN-only certificate. */
  names?: string[];
  /** Null signs with its own key. */
  issuer?: TestCertificate | null;
  ca?: boolean;
  /** Days from now; default -1 to 30. */
  fromDay?: number;
  toDay?: number;
  /** An RSA key, which the older suites need, in place of one of P-256; it signs itself. */
  rsa?: boolean;
}

let serial = 1;

/** Makes one certificate on the fly, so that no key of a test ever expires. */
export async function makeCertificate(options: TestCertificateOptions): Promise<TestCertificate> {
  const { subject, names = [], issuer = null, ca = false, fromDay = -1, toDay = 30 } = options;
  const keys = await webcrypto.subtle.generateKey(options.rsa === true ? rsa : algorithm, true, ['sign', 'verify']);
  const extensions: x509.Extension[] = [new x509.BasicConstraintsExtension(ca, undefined, true)];
  if (names.length > 0) extensions.push(new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns' as const, value }))));
  serial += 1;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial.toString(16).padStart(4, '0'),
    subject: `CN=${subject}`,
    issuer: issuer === null ? `CN=${subject}` : issuer.certificate.subject,
    notBefore: new Date(Date.now() + fromDay * day),
    notAfter: new Date(Date.now() + toDay * day),
    publicKey: keys.publicKey,
    signingKey: issuer === null ? keys.privateKey : issuer.keys.privateKey,
    signingAlgorithm: options.rsa === true ? rsa : algorithm,
    extensions,
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const key = `-----BEGIN PRIVATE KEY-----\n${pkcs8.replace(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n`;
  return { key, cert: `${certificate.toString('pem')}\n`, keys, certificate };
}
