import { beforeAll, describe, expect, it } from 'vitest';
import type { Failure } from '../../src/model/failure.ts';
import type { Family, Operation } from '../../src/model/observation.ts';
import { driveInNamespace } from '../support/namespace.ts';

/** Some host of the Internet, as far as the namespace knows. */
const far: Record<Family, string> = { 4: '203.0.0.9', 6: '2405:4800:9::9' };

/** The other end of the way out becomes a router that treats each port in another way. */
const router = `
r=ipv6gov-router-$$
ip netns add $r
trap "ip netns delete $r" EXIT
ip link set nowhere netns $r
at() { ip netns exec $r "$@"; }
at sysctl -q -w net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.default.accept_dad=0
at sysctl -q -w net.ipv6.icmp.ratelimit=0 net.ipv4.icmp_ratelimit=0
at ip link set lo up
at ip address add 203.162.7.1/24 dev nowhere
at ip address add 2405:4800:7::1/64 dev nowhere nodad
at ip link set nowhere up
at ip link add on type veth peer name off
at ip link set on up
at ip link set off up
at ip route add default dev on
at ip -6 route add default dev on
ip route replace default via 203.162.7.1 dev out
ip -6 route replace default via 2405:4800:7::1 dev out
at nft add table inet rules
at nft add chain inet rules forward '{ type filter hook forward priority 0; }'
at nft add rule inet rules forward tcp dport 1001 drop
at nft add rule inet rules forward tcp dport 1002 reject with icmpx type admin-prohibited
at nft add rule inet rules forward tcp dport 1003 reject with icmpx type host-unreachable
at nft add rule inet rules forward tcp dport 1004 reject with icmpx type no-route
at nft add rule inet rules forward tcp dport 1005 reject with tcp reset
at nft add rule inet rules forward tcp dport 1006 reject with icmpx type host-unreachable
at nft add chain inet rules output '{ type filter hook output priority 0; }'
`;
const icmpFiltered = `at nft add rule inet rules output icmpv6 type destination-unreachable drop
at nft add rule inet rules output icmp type destination-unreachable drop`;
const withoutRoute = 'ip route del default; ip -6 route del default';

const ports = [1001, 1002, 1003, 1004, 1005] as const;
const connects = ([4, 6] as const).flatMap((family) =>
  ports.map((port): Operation => ({ op: 'tcp-connect', request: { family, address: far[family], port, round: '1' } })),
);

/** 'family port' → how it ended. */
async function dial(rules: string): Promise<Record<string, string>> {
  const { outcomes = [] } = await driveInNamespace({ kind: 'operations', policy: 'public', operations: connects }, rules);
  const said = (failure: Failure | null | undefined): string =>
    failure === null || failure === undefined ? 'connected' : `${failure.code}${failure.synchronous ? ', at once' : ''}`;
  return Object.fromEntries(connects.map(({ request }, at) => [`${request.family} ${request.port}`, said(outcomes[at])]));
}

const ofAll = (codes: readonly string[]): Record<string, string> =>
  Object.fromEntries(([4, 6] as const).flatMap((family) => ports.map((port, at) => [`${family} ${port}`, codes[at] ?? ''])));

describe('V6 what the network says and what it keeps to itself', () => {
  let heard: Record<string, string>;
  beforeAll(async () => {
    heard = await dial(router);
  });

  it('V6 dropped, prohibited, unreachable and refused are told apart, and none is our own missing route', () => {
    const said = ofAll(['timeout', 'admin-prohibited', 'host-unreachable', 'network-unreachable', 'refused']);
    // Linux gives one errno for both over IPv4.
    expect(heard).toEqual({ ...said, '4 1002': 'host-unreachable' });
  });

  it('V6 where ICMP is filtered its absence proves nothing: silence, and no more', async () => {
    expect(await dial(`${router}\n${icmpFiltered}`)).toEqual(ofAll(['timeout', 'timeout', 'timeout', 'timeout', 'refused']));
  });

  it('V1 V6 without a route of our own it is said at once, and is ours', async () => {
    expect(await dial(withoutRoute)).toEqual(ofAll(ports.map(() => 'no-route, at once')));
  });
});
