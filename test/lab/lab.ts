import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseRootHints } from '../../src/parsers/root-hints.ts';
import { agencies } from './agencies.ts';
import { type LabCertificates, makeCertificates } from './certificates.ts';
import { attempt, labPath, startIn } from './commands.ts';
import { raiseFirewall } from './firewall.ts';
import { type Footprint, labProcesses, leftovers, machineDevices } from './leftovers.ts';
import { configureMailServer, mailAddresses, otherMailServers } from './mail-server.ts';
import { type Command, configureNameServer } from './name-servers.ts';
import { type AddressPlan, makeNamespaces, namespaceOf, namespacePrefix, type Place, resolvers } from './namespaces.ts';
import { demandRequirements } from './requirements.ts';
import { configureResolvers, configureTranslator } from './resolvers.ts';
import { createSigner } from './signing.ts';
import { configureSlowLink } from './slow-link.ts';
import { growTree, realPort, type Tree } from './tree.ts';
import { unconfined } from './unconfined.ts';
import { configureWebServer, isBehind1280, oddListeners, webListeners } from './web-servers.ts';
import type { Host } from './zones.ts';

/** After this everything in the lab is ended, whatever the suite is doing. */
const hardLimitSeconds = 60 * 60;
const startLimitMs = 90_000;

export interface Lab {
  /** Working folder of this run; removed by `down`. */
  folder: string;
  /** File of the CA certificate. */
  authority: string;
  /** File with the DS of the lab's root. */
  anchor: string;
  /** A translator stands between `nat64` and IPv4. */
  translates: boolean;
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
  const footprint: Footprint = { folder, devices: await machineDevices() };
  const down = () => release(guard, footprint);
  try {
    await chmod(folder, 0o755); // the daemons drop to users of their own
    const [tree, certificates] = await Promise.all([growTree(await rootHosts(), await createSigner(folder)), makeCertificates(folder)]);
    await makeNamespaces(addressPlan(tree));
    await raiseFirewall();
    const anchor = join(folder, 'root.ds');
    await writeFile(anchor, tree.anchor);
    const [translator, slowLink] = [await configureTranslator(folder), await configureSlowLink()];
    await startServers(folder, { tree, certificates, anchor, translator, slowLink });
    return { folder, authority: certificates.authority, anchor, translates: translator !== null, down };
  } catch (error) {
    await down();
    throw error;
  }
}

/** Who holds which address: the web servers behind the narrow link are elsewhere. */
function addressPlan({ servers, odd }: Tree): AddressPlan {
  const behind = (kind: 'healthy' | 'black-hole'): string[] =>
    agencies.filter(({ web }) => web?.behind1280 === kind).flatMap(({ address: { w4, w6 } }) => [w4, w6]);
  const [far, mute] = [behind('healthy'), behind('black-hole')];
  const ofAgencies = agencies.flatMap((agency) => {
    const { w4, w6, y4, y6, m4, m6 } = agency.address;
    const others = (agency.web?.more ?? []).flatMap((text) => [...text.matchAll(/2405:4800:\{n\}::[0-9a-f]+/g)].map(([found]) => found));
    return [w4, w6, y4, y6, m4, m6, ...others.map((address) => address.replace('{n}', String(agency.number)))];
  });
  const all = new Set([...servers.flatMap(({ addresses }) => addresses), ...odd.map(({ address }) => address), ...ofAgencies]);
  return { servers: [...all].filter((address) => !far.includes(address) && !mute.includes(address)), far, mute };
}

interface Parts {
  tree: Tree;
  certificates: LabCertificates;
  anchor: string;
  translator: Command | null;
  slowLink: Command | null;
}

async function startServers(folder: string, parts: Parts): Promise<void> {
  const commands = await withCopies(folder, await commandsOf(folder, parts));
  const started = commands.map(([place, { name, program, args }]) => ({ name, ...startIn(namespaceOf(place), program, args) }));
  const deadline = Date.now() + startLimitMs;
  let waitingFor: string | null = 'everything';
  while (Date.now() < deadline && waitingFor !== null) {
    const dead = started.find(({ child }) => child.exitCode !== null);
    if (dead !== undefined) throw new Error(`${dead.name} ended with ${dead.child.exitCode}: ${dead.written()}`);
    waitingFor = await notReady(parts.tree);
    if (waitingFor !== null) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  if (waitingFor === null) return;
  const written = started.map(({ name, written: text }) => `${name}: ${text()}`).join('\n');
  throw new Error(`not up after ${startLimitMs} ms, waiting for ${waitingFor}; written: ${written}`);
}

/** Programs that AppArmor may know. */
const daemons: ReadonlySet<string> = new Set(['nsd', 'knotd', 'named', 'unbound', 'nginx']);

async function withCopies(folder: string, commands: readonly [Place, Command][]): Promise<[Place, Command][]> {
  const programs = new Map<string, string>();
  for (const daemon of daemons) programs.set(daemon, await unconfined(folder, daemon));
  return commands.map(([place, command]) => [place, { ...command, program: programs.get(command.program) ?? command.program }]);
}

async function commandsOf(folder: string, { tree, certificates, anchor, translator, slowLink }: Parts): Promise<[Place, Command][]> {
  const nameServers = await Promise.all(tree.servers.map((server) => configureNameServer(folder, server)));
  const near = agencies.filter((agency) => !isBehind1280(agency));
  const atServers = [
    ...nameServers,
    program('odd-name-server.mjs', [String(realPort), JSON.stringify(tree.odd)]),
    await configureWebServer(folder, certificates, near),
    program('odd-web-server.mjs', [JSON.stringify(oddListeners())]),
    await configureMailServer(folder, certificates),
    ...otherMailServers(certificates),
  ];
  const webAt = (kind: 'healthy' | 'black-hole') =>
    configureWebServer(
      folder,
      certificates,
      agencies.filter(({ web }) => web?.behind1280 === kind),
    );
  const atTranslator = [...(await configureResolvers(folder, anchor)), ...(translator === null ? [] : [translator])];
  return [
    ...atServers.map((command): [Place, Command] => ['servers', command]),
    ['far', await webAt('healthy')],
    ['mute', await webAt('black-hole')],
    ...atTranslator.map((command): [Place, Command] => ['translator', command]),
    ...(slowLink === null ? [] : [['router', slowLink] as [Place, Command]]),
  ];
}

function program(file: string, args: string[]): Command {
  return { name: file, program: process.execPath, args: [fileURLToPath(new URL(`programs/${file}`, import.meta.url)), ...args] };
}

/** What does not serve yet: a name server's last zone, the resolvers, then every listening web and mail address. */
async function notReady({ servers }: Tree): Promise<string | null> {
  for (const { id, addresses, zones } of servers) {
    const last = zones.at(-1)?.name;
    if (last === undefined || addresses[0] === undefined) continue;
    if (!(await answers(namespaceOf('servers'), [`@${addresses[0]}`, '+norec', last, 'SOA']))) return `name server ${id}`;
  }
  for (const address of Object.values(resolvers)) {
    if (!(await answers(namespaceOf('translator'), [`@${address}`, 'tot.gov.vn', 'SOA']))) return `resolver ${address}`;
  }
  const listening = new Set([...(await listeningIn('servers')), ...(await listeningIn('far')), ...(await listeningIn('mute'))]);
  const web = agencies.flatMap(webListeners);
  const odd = oddListeners();
  const wanted = [...web, ...odd, ...mailAddresses().map((address) => ({ address, port: 25 }))];
  return wanted.map(socketName).find((name) => !listening.has(name)) ?? null;
}

async function answers(namespace: string, question: readonly string[]): Promise<boolean> {
  const { stdout } = await attempt('ip', ['netns', 'exec', namespace, 'dig', '+tries=1', '+time=1', ...question]);
  return stdout.includes('ANSWER: ') && !stdout.includes('ANSWER: 0');
}

async function listeningIn(place: Place): Promise<string[]> {
  const { stdout } = await attempt('ip', ['netns', 'exec', namespaceOf(place), 'ss', '-Hltn']);
  return stdout.split('\n').map((line) => line.split(/ +/)[3] ?? '');
}

function socketName({ address, port }: { address: string; port: number }): string {
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

/** The guard takes the lab down when its input ends; nothing of it may be left. */
async function release(guard: ChildProcess, footprint: Footprint): Promise<void> {
  if (guard.exitCode !== null) return;
  const running = await labProcesses();
  const ended = once(guard, 'exit');
  guard.stdin?.end();
  const [code] = await ended;
  const left = await leftovers(footprint, running);
  if (code !== 0 || left.length > 0) throw new Error(`the lab left something behind (guard ended with ${code}): ${left.join(', ')}`);
}
