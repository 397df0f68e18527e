import { expect, it } from 'vitest';
import { reverseName } from '../../src/parsers/reverse-name.ts';
import { healthy, mail4, mail6, mailWorld, reverseZone } from '../support/mail-world.ts';

const reverse = {
  [reverseZone]: { servers: { 'ns1.x.gov.vn': ['2001:db8:a::1', '192.0.2.1'] }, records: [`${reverseName(mail6)}. PTR ptr.x.gov.vn.`] },
};

it('asks MX, SPF, the addresses of exchangers, and the reverse name and where it leads', async () => {
  const { asked, dialled } = await mailWorld({ records: [...healthy], zones: reverse });
  const questions = new Set(asked.map((line) => line.split(' @')[0]));
  expect([...questions]).toEqual(
    expect.arrayContaining([
      'MX x.gov.vn',
      'TXT x.gov.vn',
      'AAAA mail.x.gov.vn',
      'A mail.x.gov.vn',
      `PTR ${reverseName(mail6)}`,
      'AAAA ptr.x.gov.vn',
    ]),
  );
  expect(dialled.sort()).toEqual([mail4, mail6].sort());
});

it('greets every AAAA and at most four A of an exchanger', async () => {
  const ipv4 = Array.from({ length: 6 }, (_, index) => `mail A 192.0.2.${100 + index}`);
  const ipv6 = Array.from({ length: 6 }, (_, index) => `mail AAAA 2001:db8:a::${100 + index}`);
  const { dialled } = await mailWorld({ records: ['@ MX 10 mail', ...ipv4, ...ipv6] });
  expect(dialled.filter((address) => address.includes(':'))).toHaveLength(6);
  expect(dialled.filter((address) => !address.includes(':'))).toHaveLength(4);
});

it('a domain without MX is its own exchanger, dialled at its addresses', async () => {
  const { dialled } = await mailWorld({ records: [`@ A ${mail4}`, `@ AAAA ${mail6}`] });
  expect(dialled.sort()).toEqual([mail4, mail6].sort());
});

it('M10 a failed MX look-up makes nothing an exchanger', async () => {
  const servfail = (request: { type: string }, honest: object) =>
    (request.type === 'MX' ? { ...honest, rcode: 'SERVFAIL', answers: [], authoritative: false } : null) as never;
  const faults = Object.fromEntries(['2001:db8:a::1', '2001:db8:a::2', '192.0.2.1', '192.0.2.2'].map((address) => [address, servfail]));
  expect((await mailWorld({ records: [`@ A ${mail4}`], faults })).dialled).toEqual([]);
});
