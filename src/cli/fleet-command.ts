import Table from 'cli-table3';
import type { FleetStatus } from '../fleet/status.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import { fleetWords } from '../i18n/fleet-words.ts';
import { jsonText, visible } from '../reports/escape.ts';
import { plainTable, tableLines } from '../reports/table-frame.ts';
import { CliError } from './cli-error.ts';
import { type EngineAccess, openEngine, sayingEngine } from './engine-access.ts';
import { exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';
import { createNotes } from './notes.ts';
import { choice } from './option-values.ts';
import type { GlobalOptions } from './options.ts';

export interface FleetOptions extends GlobalOptions, EngineAccess {
  action: 'status' | 'drain';
  vantages: readonly string[];
  /** As written: `table` or `json`. */
  format: string;
}

/** `ipv6gov fleet status|drain`. Status ends with 3 where no worker was heard. */
export async function fleetCommand(options: FleetOptions, catalogue: Catalogue, io: Io): Promise<number> {
  const format = choice('format-runs', options.format, ['table', 'json']);
  const words = fleetWords(options.language);
  const notes = createNotes(io, catalogue, options);
  if (options.action === 'drain' && options.vantages.length === 0)
    throw new CliError({ code: 'no-vantage', say: ({ language }) => fleetWords(language).needsVantage });
  const engine = await openEngine(options, 'ipv6gov fleet');
  try {
    const { drain, fleetStatus } = await import('../fleet/status.ts');
    if (options.action === 'drain') {
      for (const vantage of options.vantages) {
        await sayingEngine(options.engine ?? '', () => drain(engine, vantage));
        notes.note(words.drained(vantage));
      }
      return exitCodes.good;
    }
    const status = await sayingEngine(options.engine ?? '', () => fleetStatus(engine, new AbortController().signal));
    await io.out(format === 'json' ? `${jsonText(status)}\n` : statusText(status, catalogue));
    return status.workers.length === 0 ? exitCodes.ownTrouble : exitCodes.good;
  } finally {
    await engine.close();
  }
}

function statusText({ workers, queues }: FleetStatus, { language, words: general }: Catalogue): string {
  const words = fleetWords(language);
  const { columns } = words;
  const table = new Table(
    plainTable([
      columns.vantage,
      columns.worker,
      columns.state,
      columns.version,
      columns.ipv6,
      columns.clock,
      columns.running,
      columns.done,
    ]),
  );
  for (const { vantage, worker, state, version, ipv6, clockOffsetS, running, done } of workers) {
    const cells = [
      vantage,
      worker,
      words.stateWord[state],
      visible(version),
      general.vantageIpv6[ipv6],
      String(clockOffsetS),
      String(running),
      String(done),
    ];
    table.push(cells.map((cell) => cell.replace('.', /^-?\d+\.\d$/.test(cell) ? general.decimalPoint : '.')));
  }
  const lines = workers.length === 0 ? [words.nobody] : tableLines(table);
  for (const { worker, vantage, refusing } of workers)
    if (refusing !== null) lines.push(`${vantage} ${worker}: ${words.jobRefused(visible(refusing))}`);
  for (const { vantage, waiting, underWay } of queues) lines.push(`${columns.queue} ${vantage}: ${words.queued(waiting, underWay)}`);
  return `${lines.join('\n')}\n`;
}
