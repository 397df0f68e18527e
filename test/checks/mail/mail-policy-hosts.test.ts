import { describe, expect, it } from 'vitest';
import type { CheckDefinition } from '../../../src/checks/define-check.ts';
import { evaluateCheck } from '../../../src/checks/evaluate.ts';
import { check } from '../../../src/checks/mail/mail-policy-hosts.ts';
import { indexEvidence } from '../../../src/facts/evidence-index.ts';
import type { FailureCode } from '../../../src/model/failure.ts';
import type { Network } from '../../../src/net/network.ts';
import { probeMailPolicyHosts } from '../../../src/probes/mail-policy-hosts.ts';
import { retestOperations } from '../../../src/probes/retest.ts';
import { country } from '../../support/fake-country.ts';
import { type Fault, fakeAgency, fakeAgencyContext, fakeInternet, fakeProbeContext } from '../../support/fake-dns.ts';
import { domain, subject } from '../../support/mail-world.ts';
import { connectSeen } from '../../support/observations.ts';

const six = '2001:db8:a::99';
const four = '192.0.2.99';
const servers = { 'ns1.x.gov.vn': ['2001:db8:a::1', '192.0.2.1'] };
const base = ['@ MX 10 mail', 'mail A 192.0.2.25', 'mail AAAA 2001:db8:a::25'];
const policy = ['_mta-sts TXT v=STSv1; id=20260101', `mta-sts AAAA ${six}`, `mta-sts A ${four}`];

interface Parts {
  records: string[];
  /** Connects that fail, by 'address port'. */
  fails?: Record<string, FailureCode>;
  faults?: Record<string, Fault>;
  proven?: boolean;
}

async function judge({ records, fails = {}, faults = {}, proven = true }: Parts) {
  const internet = fakeInternet(country({ [domain]: { servers, records } }), faults);
  const dialled: string[] = [];
  const network: Network = {
    perform: async (operation) => {
      if (operation.op !== 'tcp-connect') return internet.network.perform(operation);
      const { address, port, round } = operation.request;
      if (round === '1') dialled.push(`${address} ${port}`);
      const fail = fails[`${address} ${port}`];
      const observation = connectSeen(address, port, { round, ...(fail === undefined ? {} : { fail }) });
      internet.observations.push(observation);
      return observation as never;
    },
  };
  await probeMailPolicyHosts({ ...fakeProbeContext(internet), network }, domain);
  for (const operation of retestOperations(internet.observations)) await network.perform(operation);
  const plain = fakeAgencyContext(internet, { agency: { ...fakeAgency, mailDomain: domain } });
  const context = { ...plain, evidence: indexEvidence(internet.observations), run: { ...plain.run, provenAround: () => proven } };
  return { dialled, asked: internet.asked, finding: evaluateCheck(check as unknown as CheckDefinition, context, subject) };
}

const txtFault: Fault = (request, honest) =>
  request.type === 'TXT' ? { ...honest, rcode: 'SERVFAIL', answers: [], authoritative: false } : null;
const broken = { '2001:db8:a::1': txtFault, '192.0.2.1': txtFault };
const hostFault: Fault = (request, honest) =>
  request.name.startsWith('autoconfig') ? { ...honest, rcode: 'SERVFAIL', answers: [], authoritative: false } : null;

const rows: [title: string, parts: Parts, status: string, message: string, cause: string | null, values?: object][] = [
  ['MTA-STS over IPv6', { records: [...base, ...policy] }, 'pass', 'reachable', null, { hosts: [`mta-sts mta-sts.${domain}:443`] }],
  ['a policy host without announcement is not used', { records: [...base, ...policy.slice(1)] }, 'not-applicable', 'not-used', null],
  [
    'no address over IPv6',
    { records: [...base, ...policy.filter((line) => !line.includes('AAAA'))] },
    'warn',
    'ipv4-only',
    null,
    { missing: [`mta-sts mta-sts.${domain}:443`] },
  ],
  ['autodiscover over IPv4 only', { records: [...base, `autodiscover A ${four}`] }, 'warn', 'ipv4-only', null],
  ['autoconfig over both', { records: [...base, `autoconfig A ${four}`, `autoconfig AAAA ${six}`] }, 'pass', 'reachable', null],
  [
    'refused over IPv6, open over IPv4',
    { records: [...base, ...policy], fails: { [`${six} 443`]: 'refused' } },
    'warn',
    'silent-over-ipv6',
    'refused',
    { silent: [`mta-sts mta-sts.${domain}:443`] },
  ],
  [
    'V1 refused, own IPv6 unproven',
    { records: [...base, ...policy], fails: { [`${six} 443`]: 'refused' }, proven: false },
    'inconclusive',
    'undecided',
    'vantage-web-unproven',
  ],
  [
    'dead in both families',
    { records: [...base, ...policy], fails: { [`${six} 443`]: 'timeout', [`${four} 443`]: 'timeout' } },
    'inconclusive',
    'undecided',
    'both-families-down',
  ],
  [
    'refused in both families',
    { records: [...base, ...policy], fails: { [`${six} 443`]: 'refused', [`${four} 443`]: 'refused' } },
    'inconclusive',
    'undecided',
    'both-families-down',
  ],
  ['nothing of it', { records: base }, 'not-applicable', 'not-used', null],
  ['null MX', { records: ['@ MX 0 .', ...policy] }, 'not-applicable', 'no-mail', null],
  [
    'M10 the look-up of the policy fails, another host works',
    { records: [...base, `autoconfig AAAA ${six}`], faults: broken },
    'pass',
    'reachable-where-measured',
    null,
    { unmeasured: [`_mta-sts.${domain} TXT`] },
  ],
  [
    'M10 the look-up of the policy fails, nothing else is used',
    { records: base, faults: broken },
    'inconclusive',
    'undecided',
    'dns-servfail',
  ],
  [
    'a conventional name that cannot be looked up may be used',
    { records: base, faults: { '2001:db8:a::1': hostFault, '192.0.2.1': hostFault } },
    'inconclusive',
    'undecided',
    'dns-servfail',
    { unmeasured: [`autoconfig autoconfig.${domain}:443`] },
  ],
];

describe('mail-policy-hosts', () => {
  it.each(rows)('%s', async (_, parts, status, message, cause, values = {}) => {
    const { finding } = await judge(parts);
    expect(finding).toMatchObject({ status, message, cause });
    expect(finding.values).toMatchObject(values);
  });

  it('one connect a family to each host, and none where nothing is used', async () => {
    expect((await judge({ records: [...base, ...policy] })).dialled.sort()).toEqual([`${four} 443`, `${six} 443`]);
    expect((await judge({ records: base })).dialled).toEqual([]);
  });

  it('a domain with a null MX is asked for its MX alone', async () => {
    const { asked } = await judge({ records: ['@ MX 0 .', ...policy] });
    expect(asked.filter((line) => /_mta-sts|autoconfig|_imaps/.test(line))).toEqual([]);
  });
});
