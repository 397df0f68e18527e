import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { labPath, run } from './commands.ts';

/** Programs that the lab starts or asks, and the Debian package that holds each. */
const programs: readonly [program: string, debianPackage: string][] = [
  ['ip', 'iproute2'],
  ['nft', 'nftables'],
  ['ss', 'iproute2'],
  ['sysctl', 'procps'],
  ['nsd', 'nsd'],
  ['knotd', 'knot'],
  ['named', 'bind9'],
  ['dnssec-signzone', 'bind9-utils'],
  ['unbound', 'unbound'],
  ['tayga', 'tayga'],
  ['nginx', 'nginx-light'],
  ['python3', 'python3'],
  ['postfix', 'postfix'],
  ['aiosmtpd', 'python3-aiosmtpd'],
  ['dig', 'bind9-dnsutils'],
  ['swaks', 'swaks'],
  ['openssl', 'openssl'],
  ['curl', 'curl'],
  ['nats-server', 'nats-server'],
];

/** Throws with everything that is missing at once: a lab that is not run must be seen as not run. */
export async function demandRequirements(): Promise<void> {
  const missing: string[] = [];
  if (process.getuid?.() !== 0) missing.push('root (network namespaces, port 25, 53, 80 and 443)');
  for (const [program, debianPackage] of programs) {
    if (!onPath(program)) missing.push(`${program} (Debian package ${debianPackage})`);
  }
  if (missing.length === 0) missing.push(...(await missingFromKernel()));
  if (missing.length === 0) return;
  throw new Error(
    `The lab cannot run here. It needs:\n - ${missing.join('\n - ')}\nAll packages: apt-get install -y $(cat test/lab/packages.txt)`,
  );
}

function onPath(program: string): boolean {
  return labPath.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Inside a container the programs may be there and the rights may not: one namespace with an nft table and IPv6 tells. */
async function missingFromKernel(): Promise<string[]> {
  const name = `ipv6gov-lab-${process.pid}-try`;
  try {
    await run('ip', ['netns', 'add', name]);
    await run('ip', ['netns', 'exec', name, 'nft', 'add', 'table', 'inet', 'lab']);
    await run('ip', ['netns', 'exec', name, 'sysctl', '-q', '-w', 'net.ipv6.conf.all.disable_ipv6=0']);
    return [];
  } catch (error) {
    return [`the right to make network namespaces with IPv6 and nft tables: ${error instanceof Error ? error.message : String(error)}`];
  } finally {
    await run('ip', ['netns', 'del', name]).catch(() => undefined);
  }
}
