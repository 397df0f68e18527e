import { describe, expect, it } from 'vitest';
import { check } from '../../../src/checks/ipv6-only/ipv6-only-mail.ts';
import { backup6, domain, healthy, type MailParts, mail4, mail6, mailWorld, withBackup, without } from '../../support/mail-world.ts';

interface Row {
  title: string;
  parts: MailParts;
  status: string;
  message: string;
  cause?: string;
  values?: Record<string, unknown>;
  service?: 'portal';
}

const refused = { fail: 'refused', step: 'connect' } as const;
const ipv4Servers = { 'ns1.x.gov.vn': ['192.0.2.1'] };
const provider = (addresses: string[]) => ({
  'mail.vn': { servers: { 'ns.mail.vn': addresses }, records: [`mx AAAA ${mail6}`, `mx A ${mail4}`] },
});

const rows: Row[] = [
  {
    title: 'the best MX answers',
    parts: { records: [...withBackup] },
    status: 'pass',
    message: 'best-answers',
    values: { domain, answering: [`mail.x.gov.vn [${mail6}]`, `backup.x.gov.vn [${backup6}]`] },
  },
  {
    title: 'a backup that is dead does not matter',
    parts: { records: [...withBackup], smtp: { [backup6]: refused } },
    status: 'pass',
    message: 'best-answers',
  },
  {
    title: 'only the backup has IPv6',
    parts: { records: without(withBackup, 'mail AAAA') },
    status: 'warn',
    message: 'only-backup',
    values: { failing: ['mail.x.gov.vn (no-address)'] },
  },
  {
    title: 'only the backup answers',
    parts: { records: [...withBackup], smtp: { [mail6]: refused } },
    status: 'warn',
    message: 'only-backup',
    cause: 'refused',
  },
  { title: 'none has IPv6', parts: { records: without(healthy, 'mail AAAA') }, status: 'fail', message: 'none' },
  {
    title: 'none answers',
    parts: { records: [...healthy], smtp: { [mail6]: refused } },
    status: 'fail',
    message: 'none',
    cause: 'refused',
  },
  {
    title: 'name servers of the domain without IPv6',
    parts: { records: [...healthy], servers: ipv4Servers },
    status: 'fail',
    message: 'mx-not-resolved',
    values: { brokenCut: domain },
  },
  {
    title: 'name servers of the mail provider without IPv6',
    parts: { records: ['@ MX 10 mx.mail.vn.'], zones: provider(['192.0.2.50']) },
    status: 'fail',
    message: 'none',
  },
  {
    title: 'name servers of the mail provider with IPv6',
    parts: { records: ['@ MX 10 mx.mail.vn.'], zones: provider(['192.0.2.50', '2001:db8:b::50']) },
    status: 'pass',
    message: 'best-answers',
  },
  {
    title: 'M6 a policy refusal',
    parts: { records: [...healthy], smtp: { [mail6]: { banner: 554 } } },
    status: 'inconclusive',
    message: 'undecided',
    cause: 'policy-refused',
  },
  {
    title: 'the best refuses by policy while a backup answers',
    parts: { records: [...withBackup], smtp: { [mail6]: { banner: 554 } } },
    status: 'inconclusive',
    message: 'undecided',
    cause: 'policy-refused',
  },
  {
    title: 'the best is dead and a backup is open',
    parts: { records: [...withBackup], smtp: { [mail6]: refused, [backup6]: { banner: 554 } } },
    status: 'inconclusive',
    message: 'undecided',
    cause: 'policy-refused',
  },
  {
    title: 'M8 port 25 is blocked at the vantage',
    parts: { records: [...healthy], smtp: { [mail6]: refused, [mail4]: refused }, run: { provenAround: ({ class: of }) => of !== 'smtp' } },
    status: 'inconclusive',
    message: 'undecided',
    cause: 'vantage-port25-blocked',
  },
  {
    title: 'an implicit MX that nobody saw working',
    parts: { records: [`@ A ${mail4}`], smtp: { [mail4]: { fail: 'timeout', step: 'connect' } } },
    status: 'inconclusive',
    message: 'undecided',
    cause: 'both-families-down',
  },
  {
    title: 'an implicit MX that answers',
    parts: { records: [`@ A ${mail4}`, `@ AAAA ${mail6}`] },
    status: 'pass',
    message: 'best-answers',
  },
  {
    title: 'V4 intercepted DNS',
    parts: { records: [...healthy], vantage: { dnsPath: 'intercepted' } },
    status: 'inconclusive',
    message: 'not-measured',
    cause: 'vantage-dns-intercepted',
  },
  {
    title: 'M13 an MX that is an alias',
    parts: { records: ['@ MX 10 mail', 'mail CNAME real', `real AAAA ${mail6}`] },
    status: 'not-applicable',
    message: 'no-host',
    values: { failing: ['mail.x.gov.vn (not-a-host)'] },
  },
  { title: 'M9 null MX', parts: { records: ['@ MX 0 .'] }, status: 'not-applicable', message: 'no-mail' },
];

describe('ipv6-only-mail', () => {
  it.each(rows)('$title', async ({ parts, status, message, cause, values }) => {
    const finding = (await mailWorld(parts)).judge(check, { kind: 'service', service: 'mail' });
    expect({ status: finding.status, message: finding.message, cause: finding.cause }).toEqual({
      status,
      message,
      cause: cause ?? finding.cause,
    });
    if (status === 'inconclusive') expect(finding.cause).not.toBeNull();
    expect(finding.values).toMatchObject(values ?? {});
  });

  it('every message is shown by a row', () => {
    const shown = new Set(rows.map(({ message }) => message));
    expect(Object.keys(check.messages).filter((message) => !shown.has(message))).toEqual([]);
  });
});
