import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { attempt } from '../test/lab/commands.ts';
import { places } from './namespaces.ts';
import { countsOf, type Kind, kinds, type Performed } from './operations.ts';

/** One line of arguments for xargs, and the program. */
export interface ShellCommand {
  program: 'dig' | 'curl' | 'openssl';
  args: string;
}

/** How somebody with a shell would do the same. */
export function shellCommand({ kind, operation }: Performed, authority: string): ShellCommand {
  const { op, request } = operation;
  const { address, port, family } = request;
  const place = `${address.includes(':') ? `[${address}]` : address}:${port}`;
  if (op === 'dns-query') {
    const edns = request.udpPayloadBytes === null ? '+noedns' : `+bufsize=${request.udpPayloadBytes}`;
    const flags = `+tries=1 +time=3 +norec +ignore ${edns} ${request.transport === 'tcp' ? '+tcp' : '+notcp'}`;
    return { program: 'dig', args: `${flags}${request.dnssecOk ? ' +dnssec' : ''} @${address} ${request.name || '.'} ${request.type}` };
  }
  const limits = kind === 'dead' ? '--connect-timeout 0.5' : '-m 10';
  if (op === 'http-request') {
    const url = `${request.scheme}://${request.host}${request.path}`;
    const pinned = `--resolve ${request.host}:${port}:${address.includes(':') ? `[${address}]` : address}`;
    return { program: 'curl', args: `-s -o /dev/null --compressed ${limits} --cacert ${authority} -${family} ${pinned} ${url}` };
  }
  if (op === 'tcp-connect' || kind === 'dead') {
    return { program: 'curl', args: `-s -o /dev/null ${kind === 'dead' ? limits : '-m 1'} -${family} telnet://${place}` };
  }
  if (op === 'smtp-session') return { program: 'openssl', args: `s_client -starttls smtp -connect ${place} -servername ${request.host}` };
  return { program: 'openssl', args: `s_client -connect ${place} -servername ${request.serverName}` };
}

const sampleOf: Record<Kind, number> = { 'dns-udp': 300, 'dns-tcp': 100, connect: 40, http: 60, https: 100, tls: 60, smtp: 60, dead: 40 };
const processesAtOnce = 8;

export interface ShellFigures {
  /** CPU of one command of each kind, ms; null where the run had none. */
  cpuMsPerCommand: Record<Kind, number | null>;
  /** What all the run's operations would have cost, ms. */
  cpuMs: number;
}

/** Runs a sample of each kind through `xargs -P`, and multiplies by how many of that kind there were: all of them would take hours. */
export async function runShell(
  performed: readonly Performed[],
  { folder, authority }: { folder: string; authority: string },
): Promise<ShellFigures> {
  const counts = countsOf(performed);
  const cpuMsPerCommand = Object.fromEntries(kinds.map((kind) => [kind, null])) as ShellFigures['cpuMsPerCommand'];
  let cpuMs = 0;
  for (const kind of kinds) {
    const sample = sampled(
      performed.filter((one) => one.kind === kind),
      sampleOf[kind],
    ).map((one) => shellCommand(one, authority));
    const [first] = sample;
    if (first === undefined) continue;
    const file = join(folder, `shell-${kind}.txt`);
    const same = sample.filter(({ program }) => program === first.program);
    await writeFile(file, same.map(({ args }) => `${args}\n`).join(''));
    const cost = (await cpuOf(`xargs -a ${file} -P ${processesAtOnce} -L 1 ${first.program} >/dev/null 2>&1`)) / same.length;
    cpuMsPerCommand[kind] = Math.round(cost * 100) / 100;
    cpuMs += cost * counts[kind];
  }
  return { cpuMsPerCommand, cpuMs };
}

/** Spread over the whole list. */
export function sampled<Item>(items: readonly Item[], most: number): Item[] {
  const step = Math.max(1, items.length / most);
  return Array.from({ length: Math.min(most, items.length) }, (_, index) => items[Math.floor(index * step)]).filter(
    (item) => item !== undefined,
  );
}

/** User and system time of a shell line and of everything it starts, ms. */
async function cpuOf(line: string): Promise<number> {
  const { stdout } = await attempt('ip', ['netns', 'exec', places.client, 'bash', '-c', `${line}; times`], { timeoutMs: 300_000 });
  return readTimes(stdout);
}

/** The second line of bash's `times` is about the children: '0m1.234s 0m0.567s'. */
export function readTimes(text: string): number {
  const children = text.trim().split('\n').at(-1) ?? '';
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, seconds]) => Number(minutes) * 60_000 + Number(seconds) * 1_000,
  );
  return parts.reduce((sum, ms) => sum + ms, 0);
}
