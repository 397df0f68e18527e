import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadChecks } from '../checks/index.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import type { Agency } from '../model/agency.ts';
import type { Report } from '../model/report.ts';
import type { RunManifest } from '../model/run.ts';
import { testbedSettings } from '../model/settings.ts';
import { renderCard } from '../reports/card.ts';
import type { TableStyle } from '../reports/formats.ts';
import { createPaint } from '../reports/paint.ts';
import { createRunFolder, newRunId, writeManifest } from '../runner/run-folder.ts';
import type { Testbed } from '../testbed/testbed.ts';
import { checksOff } from './choose-checks.ts';
import type { Io } from './io.ts';
import { openExtras } from './judging-extras.ts';
import { defaultLive } from './live-options.ts';
import { manifestOf } from './manifest.ts';
import { createNotes } from './notes.ts';
import type { DemoOptions } from './options.ts';
import { type PreparedRun, performRun } from './perform-run.ts';
import { spoolName } from './spool.ts';
import { checkOutputs, tableStyle } from './write-outputs.ts';

const demoVantage = 'demo';
/** Name under which the demo greets its own mail servers. */
const demoHelo = 'ipv6gov.demo.vn';

/** `ipv6gov demo`: the same as an audit, on servers in this process, so that everything can be tried without a network. */
export async function demoCommand(options: DemoOptions, catalogue: Catalogue, io: Io): Promise<number> {
  const notes = createNotes(io, catalogue, options);
  const checks = await loadChecks();
  const skipped = checksOff(checks, options);
  await checkOutputs(options.outputs);
  const extras = await openExtras({ options, checks, catalogue, notes, vantage: demoVantage, manifest: null });
  const { loadScenarios } = await import('../testbed/scenario.ts');
  const { startTestbed } = await import('../testbed/testbed.ts');
  const testbed = await startTestbed({ scenarios: (await loadScenarios()).filter(({ demo }) => demo) });
  try {
    notes.note(catalogue.cli.demoIntro(testbed.agencies.length));
    for (const note of testbed.notes) notes.note(catalogue.cli.demoNote(note));
    const place = await prepare(testbed, options.runDir, extras.rubric);
    const live = {
      ...defaultLive({ contact: null, helo: demoHelo }),
      endpoints: testbed.endpoints,
      extraCertificates: testbed.extraCertificates,
    };
    const onReport = async (report: Report): Promise<void> => {
      if (options.format === 'table')
        await io.out(oneCard(report, tableStyle(io, options, { troubles: [], coverageFloor: 0, checks }), catalogue));
    };
    // The testbed is gone after an interruption, so there is nothing to resume.
    return await performRun(
      { ...place, live, checks, skipped, extras, options, catalogue, notes, resumeCommand: 'ipv6gov demo', onReport },
      io,
    );
  } finally {
    await testbed.stop();
  }
}

async function prepare(
  testbed: Testbed,
  runDir: string,
  criteria: RunManifest['criteria'],
): Promise<Pick<PreparedRun, 'folder' | 'manifest' | 'agencies'>> {
  const startedAt = new Date();
  const manifest = manifestOf({
    id: newRunId(startedAt, Math.random),
    startedAt,
    vantage: demoVantage,
    criteria,
    trustAnchors: null,
    resolution: { mode: 'iterative', rootServers: testbed.rootServers },
    settings: testbedSettings(),
    controls: testbed.controls,
    addressPolicy: 'documentation-is-global',
    servicesOverride: 'listed',
    list: { fingerprint: '', agencies: testbed.agencies.length, duplicates: 0 },
  });
  const folder = await createRunFolder({ dir: runDir, id: manifest.id });
  await writeFile(join(folder.path, spoolName), testbed.agencies.map((agency) => `${JSON.stringify(agency)}\n`).join(''));
  await writeManifest(folder, manifest);
  return { folder, manifest, agencies: streamed(testbed.agencies) };
}

async function* streamed(agencies: readonly Agency[]): AsyncGenerator<Agency> {
  yield* agencies;
}

/** After the league table, one agency in full: the failed one with the highest score, where one thing makes the difference. */
function oneCard({ agencies, criteria }: Report, style: TableStyle, { words }: Catalogue): string {
  const failed = agencies.filter(({ conformity }) => conformity.verdict === 'fail');
  const [chosen] = failed.toSorted((a, b) => (b.conformity.score ?? 0) - (a.conformity.score ?? 0));
  if (chosen === undefined) return '';
  return `\n${renderCard(chosen, { style, criteria, paint: createPaint(words, style.colourLevel) }).join('\n')}\n`;
}
