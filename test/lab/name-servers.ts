import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabZone } from './zones.ts';

export type NameServerProgram = 'nsd' | 'knot' | 'bind';

/** One name server process: its program, the addresses it answers at, and its zones. */
export interface NameServer {
  id: string;
  program: NameServerProgram;
  /** `port` on 127.0.0.1 besides: for programs in the same namespace. */
  hiddenPort?: number;
  addresses: readonly string[];
  zones: readonly LabZone[];
}

export interface Command {
  name: string;
  program: string;
  args: string[];
}

/** Writes the zones and the configuration of one server; returns how to run it in the foreground. */
export async function configureNameServer(folder: string, server: NameServer): Promise<Command> {
  const home = join(folder, server.id);
  await mkdir(home, { recursive: true });
  await chmod(home, 0o777);
  const files = server.zones.map(({ name, text }, index) => ({ name, text, file: join(home, `${index}.zone`) }));
  for (const { file, text } of files) await writeFile(file, text);
  const config = join(home, 'server.conf');
  const written = { nsd: nsdText, knot: knotText, bind: bindText }[server.program](home, server, files);
  await writeFile(config, written.join('\n'));
  const name = `${server.program} ${server.id}`;
  if (server.program === 'nsd') return { name, program: 'nsd', args: ['-d', '-c', config] };
  if (server.program === 'knot') return { name, program: 'knotd', args: ['-c', config] };
  return { name, program: 'named', args: ['-g', '-n', '1', '-c', config] };
}

type ZoneFile = { name: string; file: string };

function nsdText(home: string, { addresses, hiddenPort }: NameServer, zones: readonly ZoneFile[]): string[] {
  return [
    'server:',
    ...addresses.map((address) => `  ip-address: ${address}`),
    ...(hiddenPort === undefined ? [] : [`  ip-address: 127.0.0.1@${hiddenPort}`]),
    '  server-count: 1',
    // An audit at --lab-rates has more connections open than the 100 of the default.
    '  tcp-count: 1000',
    '  username: ""',
    '  database: ""',
    `  zonesdir: "${home}"`,
    `  pidfile: "${join(home, 'nsd.pid')}"`,
    `  zonelistfile: "${join(home, 'zone.list')}"`,
    `  xfrdfile: "${join(home, 'xfrd.state')}"`,
    `  xfrdir: "${home}"`,
    '  hide-version: yes',
    // Large answers go out whole, as with many older servers; whether they arrive is the path's affair.
    '  ipv4-edns-size: 4096',
    '  ipv6-edns-size: 4096',
    // An audit of the whole lab comes from one address; response rate limiting would be a fault of its own.
    '  rrl-ratelimit: 0',
    '  rrl-whitelist-ratelimit: 0',
    'remote-control:',
    '  control-enable: no',
    ...zones.flatMap(({ name, file }) => ['zone:', `  name: "${name}"`, `  zonefile: "${file}"`]),
    '',
  ];
}

function knotText(home: string, { addresses }: NameServer, zones: readonly ZoneFile[]): string[] {
  return [
    'server:',
    `  rundir: "${home}"`,
    `  listen: [ ${addresses.map((address) => `${address}@53`).join(', ')} ]`,
    '  udp-max-payload: 4096',
    '  udp-workers: 1',
    '  tcp-workers: 1',
    '  background-workers: 1',
    'database:',
    `  storage: "${home}"`,
    'control:',
    `  listen: "${join(home, 'knot.sock')}"`,
    'log:',
    '  - target: stderr',
    '    any: warning',
    'template:',
    '  - id: default',
    `    storage: "${home}"`,
    '    zonefile-sync: -1',
    '    zonefile-load: whole',
    '    journal-content: none',
    'zone:',
    ...zones.flatMap(({ name, file }) => [`  - domain: "${name}"`, `    file: "${file}"`]),
    '',
  ];
}

function bindText(home: string, { addresses }: NameServer, zones: readonly ZoneFile[]): string[] {
  const listen = (family: 4 | 6): string => {
    const own = addresses.filter((address) => address.includes(':') === (family === 6));
    return `listen-on${family === 6 ? '-v6' : ''} { ${own.length === 0 ? 'none' : own.join('; ')}; };`;
  };
  return [
    'options {',
    `directory "${home}"; pid-file "${join(home, 'named.pid')}"; session-keyfile none; lock-file none;`,
    `${listen(4)} ${listen(6)}`,
    'recursion no; allow-query { any; }; notify no; allow-transfer { none; }; dnssec-validation no; minimal-responses no; max-udp-size 4096;',
    'check-names primary ignore; empty-zones-enable no; interface-interval 0;',
    '};',
    'controls { };',
    ...zones.map(({ name, file }) => `zone "${name}" { type primary; file "${file}"; check-integrity no; };`),
    '',
  ];
}
