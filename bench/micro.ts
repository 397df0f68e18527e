import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import dnsPacket from 'dns-packet';
import { loadChecks } from '../src/checks/index.ts';
import type { EvidenceRecord } from '../src/model/evidence.ts';
import type { Report, ReportAgency } from '../src/model/report.ts';
import type { RunManifest } from '../src/model/run.ts';
import { defaultSettings } from '../src/model/settings.ts';
import { answersQuestion, decodeMessage, encodeQuery } from '../src/net/dns-message.ts';
import { type Format, formats, render } from '../src/reports/formats.ts';
import { openJournal, readJournal } from '../src/runner/evidence-journal.ts';
import { readManifest } from '../src/runner/open-run.ts';
import { reportRun } from '../src/runner/report-run.ts';
import { journalState } from '../src/runner/run-course.ts';
import { createRunFolder, runFolder } from '../src/runner/run-folder.ts';
import { ipv6ForGov1 } from '../src/scoring/rubrics/ipv6-for-gov-1.ts';
import type { MicroFigures } from './history.ts';

const messages = 50_000;
const renderedAgencies = 5_000;
const journalRecords = 100_000;

/** The parts of the tool alone, in this process. `folder`: a finished run, whose evidence is judged and rendered. */
export async function microBenchmarks({ dir, id }: { dir: string; id: string }): Promise<MicroFigures[]> {
  const manifest = await readManifest(runFolder({ dir, id }));
  const { figures, report } = await judging(dir, id, manifest);
  return [...dnsMessages(), ...figures, ...(await rendering(report)), ...(await journal(dir, id, manifest))];
}

function dnsMessages(): MicroFigures[] {
  const query = { id: 4_711, name: 'cq1.gov.vn', type: 'AAAA', recursionDesired: false, checkingDisabled: false, dnssecOk: false };
  const asked = { ...query, udpPayloadBytes: 1_232 };
  const answer = dnsPacket.encode({
    type: 'response',
    id: query.id,
    flags: dnsPacket.AUTHORITATIVE_ANSWER,
    questions: [{ name: query.name, type: 'AAAA', class: 'IN' }],
    answers: [{ name: query.name, type: 'AAAA', ttl: 3_600, data: '2405:4800:100::80' }],
    authorities: [1, 2].map((number) => ({ name: query.name, type: 'NS' as const, ttl: 3_600, data: `ns${number}.nha-cung-cap-1.vn` })),
  });
  const decoded = decodeMessage(answer, defaultSettings.dns);
  const each = (name: string, work: () => unknown): MicroFigures => {
    for (let index = 0; index < messages / 10; index += 1) work();
    const start = performance.now();
    for (let index = 0; index < messages; index += 1) work();
    return { name, value: rounded(((performance.now() - start) * 1_000) / messages), unit: 'µs' };
  };
  return [
    each('DNS query: encode', () => encodeQuery(asked)),
    each('DNS answer: decode', () => decodeMessage(answer, defaultSettings.dns)),
    each('DNS answer: match', () => answersQuestion(decoded, query)),
  ];
}

/** Reading the evidence is a part of it. */
async function judging(dir: string, id: string, manifest: RunManifest): Promise<{ figures: MicroFigures[]; report: Report }> {
  const input = { folder: runFolder({ dir, id }), manifest, checks: await loadChecks(), rubric: ipv6ForGov1 };
  await reportRun(input);
  const start = performance.now();
  const { report } = await reportRun(input);
  const value = rounded((performance.now() - start) / report.agencies.length);
  return { figures: [{ name: 'one agency: read and judge', value, unit: 'ms' }], report };
}

async function rendering(report: Report): Promise<MicroFigures[]> {
  const large = { ...report, agencies: repeated(report.agencies, renderedAgencies) };
  const figures: MicroFigures[] = [];
  for (const format of formats) figures.push(await renderingOf(large, format));
  return figures;
}

async function renderingOf(report: Report, format: Format): Promise<MicroFigures> {
  const start = performance.now();
  const style = { language: 'vi', show: 'inconclusive', colourLevel: 0, width: 120, troubles: [], coverageFloor: 0.8 } as const;
  let length = 0;
  for await (const chunk of render(report, format, style)) length += chunk.length;
  const seconds = rounded((performance.now() - start) / 1_000);
  return { name: `${renderedAgencies} agencies: ${format}, ${rounded(length / 1e6)} million characters`, value: seconds, unit: 's' };
}

function repeated(agencies: readonly ReportAgency[], count: number): ReportAgency[] {
  return Array.from({ length: count }, (_, index) => agencies[index % agencies.length]).flatMap((agency, index) =>
    agency === undefined ? [] : [{ ...agency, id: `${agency.id}-${index}` }],
  );
}

/** Records with the first observations of real ones: whole ones would measure gzip alone. */
async function journal(dir: string, id: string, manifest: RunManifest): Promise<MicroFigures[]> {
  const place = await mkdtemp(join(tmpdir(), 'ipv6gov-bench-journal-'));
  try {
    const folder = await createRunFolder({ dir: place, id: manifest.id });
    const samples: EvidenceRecord[] = [];
    for await (const record of readJournal(runFolder({ dir, id }).journal)) {
      if (record.part === 'main' && record.agency !== null) samples.push({ ...record, observations: record.observations.slice(0, 3) });
    }
    const written = await openJournal(folder.journal);
    const start = performance.now();
    for (let index = 0; index < journalRecords; index += 1) {
      const sample = samples[index % samples.length];
      if (sample?.agency != null) await written.append({ ...sample, agency: { ...sample.agency, id: `a${index}` } });
    }
    await written.close();
    const appended = performance.now();
    const { done } = await journalState(folder);
    if (done.size !== journalRecords) throw new Error(`${done.size} records came back`);
    return [
      { name: `journal: append ${journalRecords}`, value: rounded((appended - start) / 1_000), unit: 's' },
      { name: `journal: resume from ${journalRecords}`, value: rounded((performance.now() - appended) / 1_000), unit: 's' },
    ];
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
