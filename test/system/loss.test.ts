import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { driveInNamespace } from '../support/namespace.ts';

/** `LOSS_DOMAINS=180` for the soak. */
const domains = Number(process.env.LOSS_DOMAINS ?? 12);
/** Packets of either direction pass the output hook of the one namespace once: so much is lost each way. */
const loss = { udp: 30, tcp: 20 };
const lossRules = Object.entries(loss)
  .map(([protocol, percent]) => `nft add rule inet count output meta l4proto ${protocol} numgen random mod 100 '<' ${percent} counter drop`)
  .join('\n');

const healthy = JSON.parse(await readFile(new URL('../../fixtures/scenarios/healthy.json', import.meta.url), 'utf8')) as object;

/** Agencies with nothing wrong: whatever fails is false. */
const scenarios = Array.from({ length: domains }, (_, at) => ({
  ...healthy,
  id: `a${at + 1}`,
  slot: at + 1,
  demo: false,
  shows: [],
  agency: { name: { vi: `Cơ quan ${at + 1}`, en: `Agency ${at + 1}` }, category: 'province', domain: `a${at + 1}.gov.vn` },
}));

it(
  `D8 ${domains} healthy agencies under ${loss.udp} % loss of UDP and ${loss.tcp} % of TCP each way: nobody fails`,
  async () => {
    const { findings = [], failures = {} } = await driveInNamespace(
      { kind: 'audit', scenarios, trueWaits: true, agenciesInFlight: 24 },
      lossRules,
    );
    const lost = Object.entries(failures).filter(([failure]) => failure.startsWith('timeout'));
    const count = (status: string): number => findings.filter((finding) => finding.split(' ')[3] === status).length;
    process.stdout.write(
      `loss: ${domains} domains, ${lost.reduce((sum, [, times]) => sum + times, 0)} tries timed out; ` +
        `${['pass', 'warn', 'fail', 'inconclusive'].map((status) => `${count(status)} ${status}`).join(', ')}\n`,
    );
    expect(lost.length).toBeGreaterThan(0);
    expect(findings.length).toBeGreaterThan(domains * 30);
    expect(findings.filter((finding) => finding.split(' ')[3] === 'fail')).toEqual([]);
  },
  30 * 60_000,
);
