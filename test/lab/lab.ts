import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseRootHints } from '../../src/parsers/root-hints.ts';
import { addressesOf, agencies, type Host } from './agencies.ts';
import { makeCertificates } from './certificates.ts';
import { attempt, labPath, startIn } from './commands.ts';
import { raiseFirewall } from './firewall.ts';
import { configureMailServer } from './mail-server.ts';
import { configureNameServer } from './name-servers.ts';
import { makeNamespaces, namespaceOf, namespacePrefix } from './namespaces.ts';
import { demandRequirements } from './requirements.ts';
import { configureWebServer } from './web-servers.ts';
import { type NameServerLevel, nameServerLevels } from './zones.ts';

/** After this everything in the lab is ended, whatever the suite is doing. */
const hardLimitSeconds = 20 * 60;
const startLimitMs = 15_000;

export interface Lab {
  /** Working folder of this run; removed by `down`. */
  folder: string;
  /** File of the CA certificate. */
  authority: string;
  down: () => Promise<void>;
}

/** Brings the small Internet up; when that fails half-way, what stands is taken down again. */
export async function up(): Promise<Lab> {
  await demandRequirements();
  const folder = await mkdtemp(join(tmpdir(), `ipv6gov-lab-${process.pid}-`));
  const guard = spawn(fileURLToPath(new URL('guard.sh', import.meta.url)), [String(hardLimitSeconds), namespacePrefix, folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
    env: { ...process.env, PATH: labPath },
  });
  const down = () => release(guard);
  try {
    await chmod(folder, 0o755); // the daemons drop to users of their own
    const rootServers = await rootHosts();
    const levels = nameServerLevels(rootServers);
    const hosts = agencies.flatMap(({ web, exchanger }) => [web.apex, exchanger]);
    await makeNamespaces([...new Set([...levels.flatMap(({ addresses }) => addresses), ...addressesOf(hosts)])]);
    await raiseFirewall();
    const authority = await startServers(folder, levels);
    return { folder, authority, down };
  } catch (error) {
    await down();
    throw error;
  }
}

async function startServers(folder: string, levels: readonly NameServerLevel[]): Promise<string> {
  const servers = namespaceOf('servers');
  const certificates = await makeCertificates(folder);
  const started = [];
  for (const level of levels)
    started.push({ name: `nsd ${level.id}`, ...startIn(servers, 'nsd', await configureNameServer(folder, level)) });
  started.push({ name: 'nginx', ...startIn(servers, 'nginx', await configureWebServer(folder, certificates)) });
  const mail = await configureMailServer(folder, certificates);
  started.push({ name: 'postfix', ...startIn(servers, mail.program, mail.args) });
  const deadline = Date.now() + startLimitMs;
  let waitingFor = 'everything';
  while (Date.now() < deadline) {
    const dead = started.find(({ child }) => child.exitCode !== null);
    if (dead !== undefined) throw new Error(`${dead.name} ended with ${dead.child.exitCode}: ${dead.written()}`);
    const missing = await notReady(levels);
    if (missing === null) return certificates.authority;
    waitingFor = missing;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(
    `not up after ${startLimitMs} ms, waiting for ${waitingFor}; written: ${started.map(({ name, written }) => `${name}: ${written()}`).join('\n')}`,
  );
}

/** What does not serve yet: an answer of every name server level, then every listening web and mail address. */
async function notReady(levels: readonly NameServerLevel[]): Promise<string | null> {
  const servers = namespaceOf('servers');
  for (const { id, addresses, zones } of levels) {
    const { stdout } = await attempt('ip', [
      'netns',
      'exec',
      servers,
      'dig',
      '+short',
      '+tries=1',
      '+time=1',
      `@${addresses[0]}`,
      zones.at(-1)?.name ?? '.',
      'SOA',
    ]);
    if (!stdout.includes('2026010101')) return `nsd ${id}`;
  }
  const { stdout } = await attempt('ip', ['netns', 'exec', servers, 'ss', '-Hltn']);
  const listening = new Set(stdout.split('\n').map((line) => line.split(/ +/)[3]));
  const wanted = agencies.flatMap(({ web, exchanger }) => [
    ...addressesOf([web.apex]).flatMap((address) => [socketName(address, 80), socketName(address, 443)]),
    ...addressesOf([exchanger]).map((address) => socketName(address, 25)),
  ]);
  return wanted.find((name) => !listening.has(name)) ?? null;
}

function socketName(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** The root servers of the shipped hints: the audit runs with these, unchanged. */
async function rootHosts(): Promise<Host[]> {
  const text = await readFile(new URL('../../fixtures/root.hints', import.meta.url), 'utf8');
  return parseRootHints(text).map(({ name, addresses }) => ({
    name: name.replace(/\.$/, ''),
    ipv4: addresses.find((address) => !address.includes(':')) ?? '',
    ipv6: addresses.find((address) => address.includes(':')) ?? null,
  }));
}

/** The guard takes the lab down when its input ends. */
async function release(guard: ChildProcess): Promise<void> {
  if (guard.exitCode !== null) return;
  const ended = once(guard, 'exit');
  guard.stdin?.end();
  const [code] = await ended;
  if (code !== 0) throw new Error(`the lab left something behind (guard ended with ${code})`);
}
