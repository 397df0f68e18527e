import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NameServerLevel } from './zones.ts';

/** Writes the zones and the configuration of one nsd; returns its arguments for running in the foreground. */
export async function configureNameServer(folder: string, level: NameServerLevel): Promise<string[]> {
  const home = join(folder, `nsd-${level.id}`);
  await mkdir(home, { recursive: true });
  const zones = level.zones.map(({ name, text }, index) => ({ name, text, file: join(home, `${index}.zone`) }));
  for (const { file, text } of zones) await writeFile(file, text);
  const config = join(home, 'nsd.conf');
  await writeFile(
    config,
    [
      'server:',
      ...level.addresses.map((address) => `  ip-address: ${address}`),
      '  server-count: 1',
      '  username: ""',
      '  database: ""',
      `  zonesdir: "${home}"`,
      `  pidfile: "${join(home, 'nsd.pid')}"`,
      `  zonelistfile: "${join(home, 'zone.list')}"`,
      `  xfrdfile: "${join(home, 'xfrd.state')}"`,
      `  xfrdir: "${home}"`,
      '  hide-version: yes',
      // An audit of the whole lab comes from one address; response rate limiting would be a fault of its own.
      '  rrl-ratelimit: 0',
      '  rrl-whitelist-ratelimit: 0',
      'remote-control:',
      '  control-enable: no',
      ...zones.flatMap(({ name, file }) => ['zone:', `  name: "${name}"`, `  zonefile: "${file}"`]),
      '',
    ].join('\n'),
  );
  return ['-d', '-c', config];
}
