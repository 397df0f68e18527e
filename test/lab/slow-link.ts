import { fileURLToPath } from 'node:url';
import { agencies } from './agencies.ts';
import { run } from './commands.ts';
import type { Command } from './name-servers.ts';
import { batch, namespaceOf, serversFromRouter } from './namespaces.ts';
import { hasTun } from './tun.ts';

/** How much later every packet to a web server behind the slow link arrives. */
export const slowLinkMs = 400;
const device = 'slow';
const table = '401';

/** Sends what goes to those web servers over IPv6 through a small program that holds it back; null where nobody is behind it. */
export async function configureSlowLink(): Promise<Command | null> {
  const behind = agencies.flatMap(({ web, address }) => (web?.behindSlowLink === true ? [address.w6] : []));
  if (behind.length === 0 || !hasTun) return null;
  const router = namespaceOf('router');
  await run('ip', ['-n', router, 'tuntap', 'add', 'dev', device, 'mode', 'tun']);
  await batch('router', [
    `link set ${device} up`,
    ...behind.map((address) => `route add ${address} dev ${device}`),
    `route add ::/0 via ${serversFromRouter.ipv6} table ${table}`,
  ]);
  // What comes out of the device must not go into it again.
  await run('ip', ['-6', '-n', router, 'rule', 'add', 'iif', device, 'lookup', table, 'pref', '100']);
  const file = fileURLToPath(new URL('programs/slow-link.py', import.meta.url));
  return { name: 'slow link', program: 'python3', args: [file, device, String(slowLinkMs)] };
}
