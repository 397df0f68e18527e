import type { Resolution } from '../iteration/types.ts';
import { families } from '../model/observation.ts';
import { readMx } from '../parsers/mail-exchangers.ts';
import { conventionalHosts, type MailPolicyHost, mailPolicyNames, mtaStsHost, srvHosts } from '../parsers/mail-policy.ts';
import { probeRecords } from './addresses.ts';
import type { ProbeContext } from './context.ts';
import { usableAddresses } from './http-ask.ts';
import { resolve } from './resolve.ts';

/**
 * Hosts that mail policy and mail clients of a domain need (`mail-policy-hosts`): which are used, their addresses, and one TCP connect a
 * family to each. A domain that says it takes no mail (null MX) is not asked.
 */
export async function probeMailPolicyHosts(context: ProbeContext, domain: string): Promise<void> {
  const mx = readMx((await probeRecords(context, domain, 'MX')).records, context.settings.mail);
  if (mx.hasNull && mx.exchangers.length === 0) return;
  const names = mailPolicyNames(domain);
  const [policy, imaps, submissions] = await Promise.all([
    probeRecords(context, names.mtaSts, 'TXT'),
    probeRecords(context, names.imaps, 'SRV'),
    probeRecords(context, names.submissions, 'SRV'),
  ]);
  const hosts = [
    ...mtaStsHost(domain, policy.records),
    ...conventionalHosts(domain),
    ...srvHosts('imaps', imaps.records),
    ...srvHosts('submissions', submissions.records),
  ];
  await Promise.all(hosts.map((host) => connectOnce(context, host)));
}

async function connectOnce(context: ProbeContext, { host, port }: MailPolicyHost): Promise<void> {
  const sides = await Promise.all(
    families.map(async (family) => ({ family, found: await resolve(context, { name: host, type: typeOf[family], policy: 'both' }) })),
  );
  if (port === null) return;
  await Promise.all(
    sides.map(async ({ family, found }) => {
      const [address] = usableAddresses(context, addressesOf(found), 1);
      if (address !== undefined) await context.network.perform({ op: 'tcp-connect', request: { family, address, port, round: '1' } });
    }),
  );
}

const typeOf = { 6: 'AAAA', 4: 'A' } as const;

function addressesOf({ records }: Resolution): string[] {
  return records.flatMap((record) => (record.type === 'A' || record.type === 'AAAA' ? [record.address] : []));
}
