import { expect, it } from 'vitest';
import { probeAgency } from '../../src/probes/plan.ts';
import { country, ministry } from '../support/fake-country.ts';
import { fakeInternet, fakeProbeContext } from '../support/fake-dns.ts';

it('P11 a probe that throws ends alone: what the others find stays', async () => {
  // Its network knows DNS alone, and throws at a web request.
  const internet = fakeInternet(country({ 'x.gov.vn': ministry }));
  const crashes = await probeAgency(fakeProbeContext(internet));
  expect(crashes).toEqual([{ probe: 'web', detail: 'the fake internet has no http-request' }]);
  expect(internet.asked.filter((line) => line.startsWith('SOA x.gov.vn @')).length).toBeGreaterThan(3);
});
