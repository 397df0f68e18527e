import 'reflect-metadata';
import { webcrypto, X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { certificateServiceUrls } from '../../src/net/certificate-service-urls.ts';

x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[1]);
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

async function certificateWith(extensions: x509.Extension[]): Promise<X509Certificate> {
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
  const made = await x509.X509CertificateGenerator.createSelfSigned({ name: 'CN=a.vn', keys, signingAlgorithm: algorithm, extensions });
  return new X509Certificate(Buffer.from(made.rawData));
}
const access = (ocsp: string[], caIssuers: string[]): x509.Extension => new x509.AuthorityInfoAccessExtension({ ocsp, caIssuers });
const crl = (urls: string[], critical = false): x509.Extension => new x509.CRLDistributionPointsExtension(urls, critical);

describe('certificateServiceUrls', () => {
  let full: X509Certificate;
  beforeAll(async () => {
    full = await certificateWith([
      access(['http://ocsp.ca.vn'], ['http://ca.vn/ca.crt']),
      crl(['http://crl.ca.vn/a.crl', 'http://crl2.ca.vn/a.crl']),
    ]);
  });

  it('reads OCSP, CA issuers and CRL distribution points', () => {
    const expected = ['http://ca.vn/ca.crt', 'http://crl.ca.vn/a.crl', 'http://crl2.ca.vn/a.crl', 'http://ocsp.ca.vn'];
    expect(certificateServiceUrls(full).sort()).toEqual(expected);
  });

  it.each<[string, () => x509.Extension[], string[]]>([
    ['no such extension', () => [], []],
    ['a critical CRL extension', () => [crl(['http://crl.ca.vn/'], true)], ['http://crl.ca.vn/']],
    ['other schemes', () => [access(['ldap://ocsp.ca.vn'], []), crl(['ldap://crl.ca.vn/', 'file:///etc/passwd'])], []],
    [
      'over-long URLs',
      () => [crl([`http://crl.ca.vn/${'x'.repeat(484)}`, `http://crl.ca.vn/${'x'.repeat(483)}`])],
      [`http://crl.ca.vn/${'x'.repeat(483)}`],
    ],
  ])('%s', async (_, extensions, expected) => {
    expect(certificateServiceUrls(await certificateWith(extensions()))).toEqual(expected);
  });

  it('at most eight', async () => {
    const many = Array.from({ length: 40 }, (_, index) => `http://c${index}.vn/`);
    expect(certificateServiceUrls(await certificateWith([crl(many)])).length).toBe(8);
  });

  it('a damaged certificate gives no error and no more than eight URLs', () => {
    const { raw } = full;
    const at = raw.indexOf(Buffer.from([0x06, 0x03, 0x55, 0x1d, 0x1f]));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(raw.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 }), fc.nat(120), (changes, cut) => {
        const damaged = Buffer.from(raw);
        for (const [where, byte] of changes) damaged[where] = byte;
        for (const end of [damaged.length, at + cut]) {
          expect(certificateServiceUrls({ infoAccess: undefined, raw: damaged.subarray(0, end) }).length).toBeLessThanOrEqual(8);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('nesting without end is not followed', () => {
    const deep = Buffer.concat([Buffer.from([0x06, 0x03, 0x55, 0x1d, 0x1f, 0x04, 0x82, 0x7f, 0xff]), Buffer.alloc(32_767, 0x30)]);
    expect(certificateServiceUrls({ infoAccess: undefined, raw: deep })).toEqual([]);
  });
});
