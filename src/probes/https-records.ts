import { probeAddresses, probeRecords } from './addresses.ts';
import type { ProbeContext } from './context.ts';

const maxTargets = 4;

/** HTTPS records (RFC 9460) of the listed hosts, and the addresses of the names they lead to. */
export async function probeHttpsRecords(context: ProbeContext, hosts: readonly string[]): Promise<void> {
  await Promise.all(
    hosts.map(async (host) => {
      const { records } = await probeRecords(context, host, 'HTTPS');
      const targets = records.flatMap((record) => (record.type === 'HTTPS' && record.target !== '' ? [record.target] : []));
      const others = [...new Set(targets)].filter((target) => target !== host).sort();
      await Promise.all(others.slice(0, maxTargets).map((target) => probeAddresses(context, target)));
    }),
  );
}
