import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { loadScenarios } from '../../src/testbed/scenario.ts';
import { makeCertificates, neededCertificates } from '../support/make-certificates.ts';

const folder = new URL('../../fixtures/certificates/', import.meta.url);

it('every zone of the scenarios has its certificates, signed by the test authorities', async () => {
  const scenarios = await loadScenarios();
  if (process.env.UPDATE_CERTIFICATES === '1') await makeCertificates(scenarios);
  const leaves = JSON.parse(await readFile(new URL('leaves.json', folder), 'utf8')) as Record<string, Record<string, string>>;
  const issuer = new X509Certificate(await readFile(new URL('intermediate.pem', folder)));
  const root = new X509Certificate(await readFile(new URL('root.pem', folder)));
  expect(issuer.checkIssued(root)).toBe(true);
  for (const [zone, kinds] of neededCertificates(scenarios)) {
    for (const kind of kinds) {
      const certificate = new X509Certificate(leaves[zone]?.[kind] ?? '');
      expect(certificate.checkHost(`www.${zone}`, { subject: 'never' }), `${kind} of ${zone}`).toBeDefined();
      expect(certificate.checkIssued(issuer), `${kind} of ${zone}`).toBe(kind !== 'self-signed');
      expect(Date.parse(certificate.validTo) < Date.now(), `${kind} of ${zone}`).toBe(kind === 'expired');
    }
  }
});
