import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseRootHints } from '../src/parsers/root-hints.ts';
import { attempt, labPath, startIn } from '../test/lab/commands.ts';
import { type Command, configureNameServer, type NameServer } from '../test/lab/name-servers.ts';
import { namespacePrefix } from '../test/lab/namespaces.ts';
import { createSigner } from '../test/lab/signing.ts';
import { arpaServers, govServers, type Host, vnServers } from '../test/lab/zones.ts';
import { type Certificates, makeCertificates } from './certificates.ts';
import { makePlaces, places } from './namespaces.ts';
import { configureWebServer } from './web-server.ts';
import type { Country } from './world.ts';
import { zonesOf } from './zones.ts';

const hardLimitSeconds = 90 * 60;
const startLimitMs = 120_000;

export interface Servers {
  folder: string;
  /** Files for --ca and --trust-anchor. */
  authority: string;
  anchor: string;
  down(): Promise<void>;
}

/** Programs of this project, compiled, relative to this file. */
const programPath = (name: string): string => new URL(`programs/${name}.js`, import.meta.url).pathname;
const guardScript = 'test/lab/guard.sh';

/** Brings up the country's real servers in a namespace. Whatever happens, a guard process takes all of it down in the end. */
export async function startServers(country: Country): Promise<Servers> {
  const folder = await mkdtemp(join(tmpdir(), `ipv6gov-lab-${process.pid}-bench-`));
  const guard = spawn(guardScript, [String(hardLimitSeconds), namespacePrefix, folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
    env: { ...process.env, PATH: labPath },
  });
  const down = () => release(guard);
  try {
    await chmod(folder, 0o755);
    const rootServers = await rootHosts();
    const infrastructure = [...rootServers, ...vnServers, ...govServers, ...arpaServers];
    await makePlaces([...new Set(addressesOf(infrastructure))]);
    const [names, certificates] = await Promise.all([nameServers(folder, country, rootServers), makeCertificates(folder, country)]);
    const anchor = join(folder, 'root.ds');
    await writeFile(anchor, names.anchor);
    const sites = [
      ...country.agencies.map(({ domain }) => domain),
      ...country.operators.flatMap(({ domain }) => [domain, `cdn.${domain}`]),
    ];
    const commands = [...names.commands, await configureWebServer(folder, certificates, sites), await mailServer(folder, certificates)];
    await startAll(commands, country);
    return { folder, authority: certificates.authority, anchor, down };
  } catch (error) {
    await down();
    throw error;
  }
}

async function nameServers(
  folder: string,
  country: Country,
  rootServers: readonly Host[],
): Promise<{ commands: Command[]; anchor: string }> {
  const signer = await createSigner(folder);
  const zones = zonesOf(country, rootServers);
  const gov = await signer.sign(zones.gov);
  const vn = await signer.sign(zones.vn, [gov]);
  const root = await signer.sign(zones.root, [vn]);
  const leafAddresses = country.operators.flatMap(({ servers }) => servers.flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6]));
  const servers: NameServer[] = [
    { id: 'root', program: 'nsd', addresses: addressesOf(rootServers), zones: [root] },
    { id: 'arpa', program: 'nsd', addresses: addressesOf(arpaServers), zones: zones.arpa },
    { id: 'vn', program: 'nsd', addresses: addressesOf(vnServers), zones: [vn] },
    { id: 'gov', program: 'nsd', addresses: addressesOf(govServers), zones: [gov] },
    { id: 'leaves', program: 'nsd', addresses: leafAddresses, zones: zones.leaves },
  ];
  return { commands: await Promise.all(servers.map((server) => configureNameServer(folder, server))), anchor: signer.ds('.') };
}

async function mailServer(folder: string, { key, shared }: Certificates): Promise<Command> {
  const file = join(folder, 'mail.json');
  await writeFile(file, JSON.stringify({ key, shared }));
  return { name: 'mail server', program: process.execPath, args: [programPath('smtp-server'), file] };
}

async function startAll(commands: readonly Command[], country: Country): Promise<void> {
  const started = commands.map(({ name, program, args }) => ({ name, ...startIn(places.servers, program, args) }));
  const deadline = Date.now() + startLimitMs;
  for (;;) {
    const dead = started.find(({ child }) => child.exitCode !== null);
    if (dead !== undefined) throw new Error(`${dead.name} ended with ${dead.child.exitCode}: ${dead.written()}`);
    const missing = await notReady(country);
    if (missing === null) return;
    if (Date.now() > deadline) throw new Error(`not up, waiting for ${missing}: ${started.map(({ written }) => written()).join('\n')}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function notReady({ agencies }: Country): Promise<string | null> {
  const last = agencies.at(-1);
  const server = last?.operator.servers[0].ipv4;
  if (last === undefined || server === undefined) return null;
  const { stdout } = await attempt('ip', [
    'netns',
    'exec',
    places.client,
    'dig',
    '+tries=1',
    '+time=1',
    '+norec',
    `@${server}`,
    last.domain,
  ]);
  if (!stdout.includes('ANSWER: 1')) return 'the name server of the agencies';
  const page = [
    '-sk',
    '-o',
    '/dev/null',
    '-w',
    '%{http_code}',
    '--resolve',
    `${last.domain}:443:${last.web.ipv4}`,
    `https://${last.domain}/`,
  ];
  const fetched = await attempt('ip', ['netns', 'exec', places.client, 'curl', ...page]);
  if (fetched.stdout !== '200') return `the page of ${last.domain} (${fetched.stdout})`;
  const sockets = await attempt('ip', ['netns', 'exec', places.servers, 'ss', '-Hltn']);
  return ['0.0.0.0:443', '[::]:443', '0.0.0.0:25', '[::]:25'].find((name) => !sockets.stdout.includes(`${name} `)) ?? null;
}

async function rootHosts(): Promise<Host[]> {
  return parseRootHints(await readFile('fixtures/root.hints', 'utf8')).map(({ name, addresses }) => ({
    name: name.replace(/\.$/, ''),
    ipv4: addresses.find((address) => !address.includes(':')) ?? '',
    ipv6: addresses.find((address) => address.includes(':')) ?? null,
  }));
}

function addressesOf(hosts: readonly Host[]): string[] {
  return hosts.flatMap(({ ipv4, ipv6 }) => (ipv6 === null ? [ipv4] : [ipv4, ipv6]));
}

/** The guard takes everything down when its input ends. */
async function release(guard: ChildProcess): Promise<void> {
  if (guard.exitCode !== null) return;
  const ended = once(guard, 'exit');
  guard.stdin?.end();
  await ended;
}
