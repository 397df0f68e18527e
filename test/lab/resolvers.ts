import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './commands.ts';
import type { Command } from './name-servers.ts';
import { batch, namespaceOf, resolvers, translationPrefix, translatorPool } from './namespaces.ts';
import { hasTun } from './tun.ts';

const rootHints = fileURLToPath(new URL('../../fixtures/root.hints', import.meta.url));

/** Three resolvers: all validate, one has IPv6 as its only transport, one makes AAAA up for those behind the translator. */
export async function configureResolvers(folder: string, anchorFile: string): Promise<Command[]> {
  const commands: Command[] = [];
  for (const [kind, address] of Object.entries(resolvers)) {
    const home = join(folder, `unbound-${kind}`);
    await mkdir(home, { recursive: true });
    const config = join(home, 'unbound.conf');
    await writeFile(
      config,
      [
        'server:',
        `  interface: ${address}`,
        '  access-control: ::0/0 allow',
        '  do-daemonize: no',
        '  num-threads: 1',
        '  username: ""',
        '  chroot: ""',
        `  directory: "${home}"`,
        `  pidfile: "${join(home, 'unbound.pid')}"`,
        '  use-syslog: no',
        '  logfile: ""',
        `  root-hints: "${rootHints}"`,
        `  trust-anchor-file: "${anchorFile}"`,
        `  module-config: "${kind === 'dns64' ? 'dns64 ' : ''}validator iterator"`,
        `  dns64-prefix: ${translationPrefix}`,
        `  do-ip4: ${kind === 'ipv6-transport' ? 'no' : 'yes'}`,
        // The reverse zones of the lab are as real as the rest.
        '  unblock-lan-zones: yes',
        'remote-control:',
        '  control-enable: no',
        '',
      ].join('\n'),
    );
    commands.push({ name: `unbound ${kind}`, program: 'unbound', args: ['-d', '-c', config] });
  }
  return commands;
}

/** NAT64 by tayga, where the machine has /dev/net/tun; without it the vantage has DNS64 and nobody behind it. */
export async function configureTranslator(folder: string): Promise<Command | null> {
  if (!hasTun) return null;
  const home = join(folder, 'tayga');
  await mkdir(home, { recursive: true });
  await chmod(home, 0o777);
  const config = join(home, 'tayga.conf');
  const lines = ['tun-device nat64', `ipv4-addr ${translatorPool}.1`, `prefix ${translationPrefix}`, `dynamic-pool ${translatorPool}.0/24`];
  await writeFile(config, [...lines, `data-dir ${home}`, ''].join('\n'));
  await run('ip', ['netns', 'exec', namespaceOf('translator'), 'tayga', '-c', config, '--mktun']);
  await batch('translator', [
    'link set nat64 up',
    `route add ${translatorPool}.0/24 dev nat64`,
    `route add ${translationPrefix} dev nat64`,
  ]);
  return { name: 'tayga', program: 'tayga', args: ['-d', '-c', config] };
}
