import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { certificateServiceUrls } from '../../../src/net/certificate-service-urls.ts';
import { subjectAltDnsNames } from '../../../src/net/subject-alt-names.ts';
import { certificateServices } from '../../../src/parsers/certificate-services.ts';
import { organisationOf } from '../../../src/parsers/distinguished-name.ts';
import { mutateBytes } from '../mutate.ts';
import type { Target } from '../target.ts';

const folder = new URL('../../../fixtures/certificates/', import.meta.url);
const pem = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const seeds = readdirSync(folder)
  .filter((file) => file.endsWith('.pem'))
  .flatMap((file) => readFileSync(new URL(file, folder), 'utf8').match(pem) ?? [])
  .map((text) => new X509Certificate(text).raw);

/** cRLDistributionPoints with an address that lies about its lengths. */
const crl = Buffer.concat([Buffer.from('0603551d1f042530233021a01fa01d861b', 'hex'), Buffer.from('http://crl.a.gov.vn/all.crl')]);
const texts = [
  'OCSP - URI:http://ocsp.a.vn/\nCA Issuers - URI:http://',
  'DNS:a.gov.vn, DNS:"b, DNS:c.vn", IP Address:192.0.2.1',
  'O=Bộ\\, "x"\nCN=a + OU=b',
].map((text) => Buffer.from(text));
const parts = [...seeds, crl, ...texts];

export const certificateTarget: Target = {
  name: 'certificate',
  seeds,
  mutate: (random) => mutateBytes(random.pick(parts), random, parts),
  /** What Node can read is read as Node gives it; the rest as bytes and text of the same certificate. */
  read(input) {
    const text = input.toString('latin1');
    const said = { infoAccess: text, raw: input, subject: text, subjectAltName: text };
    const known: Known = parsed(input) ?? said;
    const urls = certificateServiceUrls({ infoAccess: known.infoAccess ?? '', raw: Buffer.from(known.raw) });
    const names = subjectAltDnsNames(known.subjectAltName ?? '', 100);
    return JSON.stringify([urls, certificateServices(urls), names, organisationOf(known.subject)]).length;
  },
  isDeclared: () => false,
  maxMs: 20,
  maxResult: (bytes) => 20_000 + bytes * 8,
};

/** What our readers take of a certificate. */
type Known = { raw: Buffer } & Pick<X509Certificate, 'infoAccess' | 'subject' | 'subjectAltName'>;

function parsed(input: Buffer): Known | null {
  try {
    return new X509Certificate(input);
  } catch {
    return null;
  }
}
