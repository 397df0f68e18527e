import { mkdir, writeFile } from 'node:fs/promises';
import type { Finding, Status } from '../../src/model/finding.ts';
import type { Report, ReportAgency, ReportFinding, Verdict } from '../../src/model/report.ts';
import type { RunManifest } from '../../src/model/run.ts';
import { defaultSettings } from '../../src/model/settings.ts';
import { type RunFolder, runFolder } from '../../src/runner/run-folder.ts';
import { writeRunSummary } from '../../src/runner/run-summary.ts';
import { createSummary } from '../../src/scoring/counted.ts';

/** What is known of a web service on one night. */
export type NightState = 'pass' | 'fail' | 'unstable' | 'unmeasured';

const found: Record<NightState, Pick<Finding, 'status' | 'message' | 'cause'>> = {
  pass: { status: 'pass', message: 'all-reached', cause: null },
  fail: { status: 'fail', message: 'none-reached', cause: 'refused' },
  unstable: { status: 'warn', message: 'unstable', cause: 'unstable' },
  unmeasured: { status: 'inconclusive', message: 'not-measured', cause: 'vantage-no-ipv6' },
};

export function finding(check: string, host: string, part: Partial<ReportFinding> & { status: Status }): ReportFinding {
  const text = { vi: `${host}: ${part.message ?? part.status}`, en: `${host}: ${part.message ?? part.status}` };
  return {
    check,
    area: check.startsWith('mx') ? 'mail' : 'web',
    level: 'required',
    service: 'portal',
    host,
    subject: 'host',
    message: part.status,
    cause: null,
    confidence: 1,
    values: {},
    observations: [],
    seenFrom: [],
    ignored: null,
    text,
    fix: { vi: '', en: '' },
    ...part,
  };
}

export interface AgencyNight {
  id: string;
  domain?: string;
  web: NightState;
  level?: number | null;
  findings?: ReportFinding[];
  counted?: ReportAgency['counted'];
  category?: ReportAgency['category'];
}

const verdictOf: Record<NightState, Verdict> = { pass: 'pass', fail: 'fail', unstable: 'pass', unmeasured: 'inconclusive' };

export function agencyNight({ id, domain = `${id}.gov.vn`, web, level, findings = [], ...part }: AgencyNight): ReportAgency {
  const { counted = 'present51', category = 'ministry' } = part;
  const known = level === undefined ? (web === 'unmeasured' ? null : web === 'fail' ? 1 : 3) : level;
  const verdict = counted === 'not-counted' ? 'not-counted' : verdictOf[web];
  return {
    id,
    name: { vi: `Cơ quan ${id}`, en: `Agency ${id}` },
    category,
    domain,
    input: { file: 'list.csv', line: 1 },
    counted,
    conformity: {
      verdict,
      score: verdict === 'pass' ? 100 : verdict === 'fail' ? 20 : null,
      coverage: verdict === 'inconclusive' ? 0 : 1,
      breakdown: [],
      services: { portal: { verdict, cause: found[web].cause, check: verdict === 'fail' ? 'web-connect' : null, undecided: [] } },
    },
    readiness: {
      level: known,
      atLeast: known ?? 0,
      verdict: known === null ? 'inconclusive' : 'equal',
      score: null,
      coverage: 0,
      breakdown: [],
    },
    services: [{ role: 'portal', host: domain, state: 'active', triple: { dns: 'none', web: 'none', mail: 'absent' } }],
    findings: [
      finding('web-addresses', domain, { status: web === 'unmeasured' ? 'inconclusive' : 'pass', message: 'published' }),
      finding('web-connect', domain, found[web]),
      ...findings,
    ],
    observations: [],
    notObservable: ['plan', 'wan', 'data-centre'],
  };
}

export interface Night {
  /** Day of November 2026. */
  day: number;
  agencies: AgencyNight[];
  criteria?: string;
  vantage?: string;
  ipv6?: 'ok' | 'absent' | 'inconclusive';
  complete?: boolean;
}

export const nightId = (day: number): string => `202611${String(day).padStart(2, '0')}-020000-${String(day).padStart(6, '0')}`;
const nightStart = (day: number): string => `2026-11-${String(day).padStart(2, '0')}T02:00:00.000Z`;

export function nightReport({ day, agencies, criteria = '1', vantage = 'hanoi', ipv6 = 'ok', complete = true }: Night): Report {
  const proof = { '4': 'proven', '6': ipv6 === 'ok' ? 'proven' : 'absent' } as const;
  const judged = agencies.map(agencyNight);
  const summary = createSummary();
  for (const agency of judged) summary.add(agency);
  return {
    schema: 'ipv6gov.report/1',
    tool: { name: 'ipv6gov', version: '0.1.0' },
    criteria: { name: 'ipv6-for-gov', version: criteria },
    run: { id: nightId(day), startedAt: nightStart(day), finishedAt: nightStart(day), complete },
    vantages: [{ name: vantage, dns: proof, web: proof, smtp: proof, dnsPath: 'direct', dns64: false, ipv6, clockOffsetMs: 0 }],
    agencies: judged,
    summary: summary.finish(),
  };
}

export function nightManifest({ day, agencies, criteria = '1', vantage = 'hanoi' }: Night): RunManifest {
  return {
    schema: 'ipv6gov.run/1',
    id: nightId(day),
    tool: { name: 'ipv6gov', version: '0.1.0' },
    startedAt: nightStart(day),
    vantage,
    criteria: { name: 'ipv6-for-gov', version: criteria },
    resolution: { mode: 'resolver', resolvers: ['2001:db8::53'] },
    settings: defaultSettings,
    controls: { web: [], smtp: [] },
    addressPolicy: 'public',
    servicesOverride: 'listed',
    input: { fingerprint: '', agencies: agencies.length, duplicates: 0 },
    inputFile: 'input.csv',
  };
}

/** Writes a night as a run folder. `parts`: which files it has; an interrupted night has its manifest only. */
export async function writeNight(dir: string, night: Night, parts: ('report' | 'summary')[] = ['report', 'summary']): Promise<RunFolder> {
  const folder = runFolder({ dir, id: nightId(night.day) });
  await mkdir(folder.path, { recursive: true });
  await writeFile(folder.manifest, JSON.stringify(nightManifest(night)));
  if (parts.includes('report')) await writeFile(folder.report, JSON.stringify(nightReport(night)));
  if (parts.includes('summary')) await writeRunSummary(folder, nightReport(night));
  return folder;
}

const dark: NightState = 'unmeasured';

/**
 * Seven nights. `bca` is repaired on night 3, `bgd` flaps by evidence (nights 2, 5), `bxd` fails and works in turn, `byt` breaks on night
 * 6, night 4 has lost its vantage, `cu` is called `moi` from night 5 on with the same domain, `sau` comes on night 6 and `truoc` goes.
 */
export function sevenNights(): Night[] {
  const states: Record<string, readonly (NightState | null)[]> = {
    mic: ['pass', 'pass', 'pass', dark, 'pass', 'pass', 'pass'],
    bca: ['fail', 'fail', 'pass', dark, 'pass', 'pass', 'pass'],
    bgd: ['pass', 'unstable', 'pass', dark, 'unstable', 'pass', 'pass'],
    bxd: ['pass', 'fail', 'pass', dark, 'fail', 'pass', 'fail'],
    byt: ['pass', 'pass', 'pass', dark, 'pass', 'fail', 'fail'],
    cu: ['pass', 'pass', 'pass', dark, 'pass', 'pass', 'pass'],
    sau: [null, null, null, null, null, 'pass', 'pass'],
    truoc: ['pass', 'pass', 'pass', dark, 'pass', null, null],
  };
  return Array.from({ length: 7 }, (_, index) => ({
    day: index + 1,
    ipv6: index === 3 ? 'absent' : 'ok',
    agencies: Object.entries(states).flatMap(([name, nights]) => {
      const web = nights[index];
      if (web === undefined || web === null) return [];
      return [name === 'cu' && index >= 4 ? { id: 'moi', domain: 'cu.gov.vn', web } : { id: name, web }];
    }),
  }));
}
