import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Agency } from '../../src/model/agency.ts';
import type { EvidenceRecord } from '../../src/model/evidence.ts';
import type { RunManifest } from '../../src/model/run.ts';
import { defaultSettings } from '../../src/model/settings.ts';
import { pause } from '../../src/net/pause.ts';
import type { CollectInput } from '../../src/runner/collect.ts';
import type { LiveOptions } from '../../src/runner/network-stack.ts';

/** A list and what is seen of it, made up: the same for the same agency and vantage, whoever measures. */

export const agencyCount = 300;

export function agencyAt(at: number): Agency {
  const id = `a${at}`;
  return {
    id,
    name: { vi: `Cơ quan ${at}`, en: `Agency ${at}` },
    category: 'province',
    domain: `${id}.gov.vn`,
    servicesDomain: null,
    servicesStatus: 'active',
    mailDomain: null,
    hosts: [],
    input: { file: 'list', line: at + 1 },
    extra: {},
  };
}

export async function* listOf(count: number): AsyncGenerator<Agency> {
  for (let at = 0; at < count; at += 1) yield agencyAt(at);
}

/** Asks for nothing on the network: no root server, no control host. */
export function fleetManifest(id: string, agencies = agencyCount): RunManifest {
  return {
    schema: 'ipv6gov.run/1',
    id,
    tool: { name: 'ipv6gov', version: '0.0.0' },
    startedAt: '2026-11-24T03:15:00.000Z',
    vantage: 'fleet',
    criteria: { name: 'ipv6-for-gov', version: '1' },
    resolution: { mode: 'iterative', rootServers: [] },
    settings: defaultSettings,
    controls: { web: [], smtp: [] },
    addressPolicy: 'public',
    servicesOverride: 'listed',
    input: { fingerprint: 'fleet', agencies, duplicates: 0 },
    inputFile: 'list',
  };
}

export const fleetLive: LiveOptions = {
  endpoints: { lookup: () => ({ failure: { code: 'internal-error', step: 'gate', synchronous: false, detail: 'nothing is asked' } }) },
  extraCertificates: [],
  helo: 'probe.doi-chung.vn',
  userAgent: 'ipv6gov/0 (test)',
  keepBodies: false,
  optedOut: () => false,
  optedOutName: () => false,
  labRates: 1,
  cores: 2,
};

/** Text that does not pack: as many characters of hex digests. */
function noise(seed: string, length: number): string {
  const blocks: string[] = [];
  for (let at = 0; at * 86 < length; at += 1) blocks.push(createHash('sha512').update(`${seed} ${at}`).digest('base64'));
  return blocks.join('').slice(0, length);
}

/** Of this agency there is so much evidence that it goes in parts. */
export const longAgency: Agency = { ...agencyAt(7), extra: { evidence: 'long' } };

export function evidenceOf(vantage: string, agency: Agency): EvidenceRecord {
  const digest = createHash('sha256').update(`${vantage} ${agency.id}`).digest('hex');
  const address = `2001:db8:${digest.slice(0, 4)}:${digest.slice(4, 8)}::1`;
  const [startedAt, elapsedMs] = ['2026-11-24T03:15:01.000Z', 5];
  return {
    schema: 'ipv6gov.evidence/1',
    agency,
    part: 'main',
    observations: [
      {
        id: digest.slice(0, 16),
        startedAt,
        elapsedMs,
        peer: { address, port: 443 },
        tries: [{ startedAt, elapsedMs, failure: null, loopDelayMs: 0 }],
        failure: null,
        op: 'tcp-connect',
        request: { family: 6, address, port: 443, round: '1' },
        response: { connectMs: elapsedMs },
      },
    ],
    crashes: agency.extra.evidence === 'long' ? [{ probe: 'bulk', detail: noise(digest, 1_600_000) }] : [],
    budgetExhausted: false,
  };
}

export interface Stub {
  vantage: string;
  /** ms that one agency takes. */
  costMs: number;
  /** Gets a line for each measurement. */
  log: string;
  /** Agency that ends the process which measures it. */
  poison?: string | undefined;
}

/** Stands in for measuring. */
export function stubbed({ vantage, costMs, log, poison }: Stub) {
  return async ({ agency, signal }: CollectInput): Promise<EvidenceRecord> => {
    appendFileSync(log, `${agency.id} ${process.pid}\n`);
    await pause(costMs, signal);
    if (agency.id === poison) process.kill(process.pid, 'SIGKILL');
    return evidenceOf(vantage, agency);
  };
}

/** How often each agency was measured. */
export async function measuredIn(log: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const text = await readFile(log, 'utf8').catch(() => '');
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const [id = ''] = line.split(' ');
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
