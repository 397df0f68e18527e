import { orderedBy } from '../iteration/order.ts';
import type { ObservationOf } from '../model/observation.ts';
import type { ProbeContext } from './context.ts';
import type { LiveServer } from './zone-server.ts';

/** What a resolver of yesterday asks with; answers of this size travel in fragments. */
const oldPayloadBytes = 4_096;
const maxServers = 4;
/** Servers that are asked how large the zone's answers are, before that is left unknown. */
const maxSizers = 3;
const candidates = ['DNSKEY', 'TXT'] as const;

type DnsObservation = ObservationOf<'dns-query'>;

interface Exchange {
  type: string;
  transport: 'udp' | 'tcp';
  udpPayloadBytes: number;
}

/**
 * Looks for an answer of the zone's apex that does not fit `dns.udpPayloadBytes` (DNSKEY or TXT, with DO), and asks for it over IPv6 the
 * way old and new resolvers do: 4096 bytes over UDP, 1232 bytes over UDP, TCP (faults D6). Most zones have no such answer and
 * cost two questions.
 */
export async function probeLargeAnswers(context: ProbeContext, zone: string, servers: readonly LiveServer[]): Promise<void> {
  // The servers come in the order in which they were found; a replay must ask the same ones.
  const ordered = orderedBy(`${zone}|large`, servers, ({ address }) => address);
  const type = await largestType(context, zone, ordered);
  if (type === null) return;
  const udpPayloadBytes = context.settings.dns.udpPayloadBytes;
  const targets = ordered.filter(({ family }) => family === 6).slice(0, maxServers);
  await Promise.all(
    targets.map(async (server) => {
      await perform(context, { zone, server }, { type, transport: 'udp', udpPayloadBytes: oldPayloadBytes });
      await perform(context, { zone, server }, { type, transport: 'udp', udpPayloadBytes });
      await perform(context, { zone, server }, { type, transport: 'tcp', udpPayloadBytes });
    }),
  );
}

async function largestType(context: ProbeContext, zone: string, servers: readonly LiveServer[]): Promise<string | null> {
  const sizes = await Promise.all(candidates.map(async (type) => ({ type, bytes: await sizeOf(context, { zone, servers, type }) })));
  const [largest] = sizes.sort((left, right) => right.bytes - left.bytes);
  return largest !== undefined && largest.bytes > context.settings.dns.udpPayloadBytes ? largest.type : null;
}

/** Bytes of the whole answer, by the first server that gives it; 0 when none does. */
async function sizeOf(context: ProbeContext, asked: { zone: string; servers: readonly LiveServer[]; type: string }): Promise<number> {
  const { zone, servers, type } = asked;
  const udpPayloadBytes = context.settings.dns.udpPayloadBytes;
  for (const server of servers.slice(0, maxSizers)) {
    const udp = await perform(context, { zone, server }, { type, transport: 'udp', udpPayloadBytes });
    if (udp.response !== null && !udp.response.truncated) return udp.response.messageBytes;
    const tcp = await perform(context, { zone, server }, { type, transport: 'tcp', udpPayloadBytes });
    if (tcp.response !== null) return tcp.response.messageBytes;
    if (udp.response !== null) return udpPayloadBytes + 1;
  }
  return 0;
}

/** A server that does not know EDNS is asked without it, and then without DO (RFC 6891 §7). */
function perform(
  context: ProbeContext,
  { zone, server }: { zone: string; server: LiveServer },
  { type, transport, udpPayloadBytes }: Exchange,
): Promise<DnsObservation> {
  const { address, family } = server;
  const isPlain = server.udpPayloadBytes === null;
  const edns = { dnssecOk: !isPlain, udpPayloadBytes: isPlain ? null : udpPayloadBytes };
  const flags = { recursionDesired: false, checkingDisabled: false, ...edns };
  return context.network.perform({
    op: 'dns-query',
    request: { family, address, port: 53, round: '1', transport, name: zone, type, ...flags },
  });
}
