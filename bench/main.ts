import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { attempt, run } from '../test/lab/commands.ts';
import { type BenchArguments, readArguments } from './arguments.ts';
import { type AuditOutcome, auditCountry } from './audit-run.ts';
import { withFloor, withShell } from './compare.ts';
import { appendHistory, type Figures, type HistoryEntry, type MicroFigures, tableOf } from './history.ts';
import { microBenchmarks } from './micro.ts';
import { type Servers, startServers } from './servers.ts';
import { startFigures } from './start.ts';
import { watched } from './watch.ts';
import { type Country, makeCountry } from './world.ts';

/** `npm run bench`: see bench/README.md. */
async function main(args: readonly string[]): Promise<void> {
  const wanted = readArguments(args);
  // Of the build that is measured: the sources may go on changing meanwhile.
  const about = await aboutThisRun(args, wanted.note);
  const rows: Figures[] = [];
  const micro: MicroFigures[] = [];
  for (const count of wanted.counts) {
    for (const deadPercent of wanted.deadPercents) rows.push(...(await benchCountry({ wanted, micro }, count, deadPercent)));
  }
  console.log(tableOf(rows));
  for (const { name, value, unit } of micro) console.log(`${name}: ${value} ${unit}`);
  if (wanted.out !== null) await writeFile(wanted.out, `${JSON.stringify(rows, null, 2)}\n`);
  const { history } = wanted;
  if (history === null) return;
  for (const figures of rows) await appendHistory(history, { ...about, figures });
  if (micro.length > 0) await appendHistory(history, { ...about, micro });
}

/** The parts alone are measured on the evidence of the first run. */
async function benchCountry(
  { wanted, micro }: { wanted: BenchArguments; micro: MicroFigures[] },
  count: number,
  deadPercent: number,
): Promise<Figures[]> {
  const country = makeCountry(count, deadPercent);
  const servers = await startServers(country);
  const rows: Figures[] = [];
  try {
    for (const concurrency of wanted.concurrencies) {
      for (const checkout of ['.', ...(wanted.also === null ? [] : [wanted.also])]) {
        const outcome = await audited(wanted, { country, servers, concurrency, deadPercent, checkout });
        let { figures } = outcome;
        if (wanted.floor) figures = await withFloor(outcome, servers);
        if (wanted.shell) figures = await withShell(figures, outcome.performed, servers);
        console.error(JSON.stringify(figures));
        rows.push(figures);
        if (micro.length > 0) continue;
        if (wanted.start) micro.push(...(await startFigures(country, servers)));
        if (wanted.micro) micro.push(...(await microBenchmarks(outcome.run)));
      }
    }
  } finally {
    await servers.down();
  }
  return rows;
}

interface Planned {
  country: Country;
  servers: Servers;
  concurrency: number;
  deadPercent: number;
  checkout: string;
}

/** With the rates that strangers get, somebody watches whether they are kept. */
async function audited(wanted: BenchArguments, { country, servers, ...planned }: Planned): Promise<AuditOutcome> {
  const { realRates, profileDir } = wanted;
  const audit = () => auditCountry(country, servers, { ...planned, labRates: !realRates, profileDir });
  if (!realRates) return audit();
  const { result, seen } = await watched(audit);
  return { ...result, figures: { ...result.figures, seen } };
}

async function aboutThisRun(args: readonly string[], note: string): Promise<Omit<HistoryEntry, 'figures' | 'micro'>> {
  const commit = (await run('git', ['rev-parse', '--short', 'HEAD'])).trim();
  const changed = (await attempt('git', ['diff', '--quiet', 'HEAD', '--', 'src'])).exitCode !== 0;
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: changed ? `${commit} and changes` : commit,
    command: ['npm run bench --', ...args].join(' '),
    machine: `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`,
    note,
  };
}

await main(process.argv.slice(2));
