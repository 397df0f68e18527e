import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AuditOutcome } from './audit-run.ts';
import type { Figures } from './history.ts';
import type { Performed } from './operations.ts';
import { measuredNode } from './process.ts';
import type { Servers } from './servers.ts';
import { runShell } from './shell.ts';

const floorScript = new URL('programs/floor.js', import.meta.url).pathname;
const floorLimitMs = 15 * 60_000;

/** The same operations, over the same servers, by a bare loop. */
export async function withFloor({ figures, performed }: AuditOutcome, servers: Servers): Promise<Figures> {
  const operations = join(servers.folder, 'operations.ndjson');
  await writeLines(operations, performed);
  const out = join(servers.folder, 'floor.out');
  const { figures: cost } = await measuredNode({
    args: [floorScript, operations, servers.authority],
    figuresFile: join(servers.folder, 'floor.figures'),
    outFile: out,
    errFile: join(servers.folder, 'floor.err'),
    timeoutMs: floorLimitMs,
    inClient: true,
  });
  const { failures } = JSON.parse(await readFile(out, 'utf8')) as { failures: Record<string, number> };
  for (const [what, count] of Object.entries(failures)) console.error(`floor: ${count} × ${what}`);
  const floorFailures = Object.values(failures).reduce((sum, count) => sum + count, 0);
  return { ...figures, floorCpuMsPerAgency: perAgency(cost.userMs + cost.systemMs, figures), floorFailures };
}

/** The same operations by dig, curl and openssl. */
export async function withShell(figures: Figures, performed: readonly Performed[], servers: Servers): Promise<Figures> {
  const { cpuMs, cpuMsPerCommand } = await runShell(performed, servers);
  return { ...figures, shellCpuMsPerAgency: perAgency(cpuMs, figures), shellCommandMs: cpuMsPerCommand };
}

const perAgency = (ms: number, { agencies }: Figures): number => Math.round((ms / agencies) * 100) / 100;

async function writeLines(file: string, items: Iterable<Performed>): Promise<void> {
  const lines = (function* () {
    for (const item of items) yield `${JSON.stringify(item)}\n`;
  })();
  await pipeline(Readable.from(lines), createWriteStream(file));
}
