import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtTool } from './built-tool.ts';
import type { NamespaceAnswer, NamespaceRequest } from './namespace-driver.ts';
import { type Ended, start } from './run-process.ts';

/**
 * A way out that leads nowhere: one end of a pair carries every route, so that whatever is sent reaches the output hook and is counted
 * there. Nothing but TCP and UDP counts, because the kernel itself says hello on a new link.
 */
const wayOut = `
ip link set lo up
sysctl -q -w net.ipv6.conf.default.accept_dad=0 net.ipv6.conf.all.accept_dad=0
ip link add out type veth peer name nowhere
ip address add 203.162.7.2/24 dev out
ip address add 2405:4800:7::2/64 dev out nodad
ip link set nowhere up
ip link set out up
ip route add default dev out
ip -6 route add default dev out
nft add table inet count
nft add counter inet count left
nft add counter inet count special
nft add chain inet count output '{ type filter hook output priority 0; }'
nft add rule inet count output oifname != lo meta l4proto '{ tcp, udp }' counter name left
nft add rule inet count output oifname lo tcp dport '{ 25, 53, 80, 443 }' counter name special
nft add rule inet count output oifname lo udp dport 53 counter name special
`;

export interface Counted extends Ended {
  /** TCP and UDP packets that would have left this machine. */
  left: number;
  /** Packets to the ports of services over loopback, where no server of the testbed listens: ::1 and mapped addresses as they were published. */
  special: number;
  /** Packets that a counter of the rules saw; NaN where there is none of that name. */
  packets(counter: string): number;
}

/** Runs a program in a network namespace of its own and counts what it sends; `rules` are more lines for the shell before it. */
export async function inNamespace(program: string, args: readonly string[], rules = ''): Promise<Counted> {
  const dir = await mkdtemp(join(tmpdir(), 'ipv6gov-namespace-'));
  try {
    const counters = join(dir, 'counters.json');
    const script = `set -e\n${wayOut}\n${rules}\nset +e\n"$@"\ncode=$?\nnft -j list counters > ${counters}\nexit $code`;
    const ended = await start('unshare', ['--net', 'bash', '-c', script, 'namespace', program, ...args]).ended;
    const text = await readFile(counters, 'utf8').catch(() => {
      throw new Error(`no namespace: ${ended.err}`);
    });
    const { nftables } = JSON.parse(text) as { nftables: { counter?: { name: string; packets: number } }[] };
    const packets = (name: string): number => nftables.find(({ counter }) => counter?.name === name)?.counter?.packets ?? Number.NaN;
    return { ...ended, left: packets('left'), special: packets('special'), packets };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** The driver in a namespace: its answer, and the packets. */
export async function driveInNamespace(request: NamespaceRequest, rules = ''): Promise<NamespaceAnswer & Counted> {
  const dir = await mkdtemp(join(tmpdir(), 'ipv6gov-request-'));
  try {
    const file = join(dir, 'request.json');
    await writeFile(file, JSON.stringify(request));
    const counted = await inNamespace(process.execPath, [(await builtTool()).namespaceDriver, file], rules);
    if (counted.code !== 0) throw new Error(`the driver failed: ${counted.err}`);
    return { ...counted, ...(JSON.parse(counted.out) as NamespaceAnswer) };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
