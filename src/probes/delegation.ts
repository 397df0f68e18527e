import { glueFor } from '../iteration/classify.ts';
import { isWithin } from '../iteration/names.ts';
import type { NameServer, Resolution, ServerQuestion, ZoneCut } from '../iteration/types.ts';
import type { ObservationOf } from '../model/observation.ts';
import { askOverTcp, askServer } from './ask.ts';
import type { ProbeContext } from './context.ts';
import { resolve } from './resolve.ts';

/** Per family: parent's servers that are asked for the referral once more. */
const parentsPerFamily = 1;

/**
 * Finds the zone of a name and asks what its delegation checks need: NS at the apex from every server, the walks with IPv6
 * and IPv4 alone, and the parent's referral by both families, over TCP too before glue can be called missing. Returns the
 * resolution of the name's SOA; the zone is its first hop's, whose last cut has the glue of all these referrals.
 */
export async function discoverZone(context: ProbeContext, name: string): Promise<Resolution> {
  const found = await resolve(context, { name, type: 'SOA', policy: 'both' });
  if (context.resolution.mode === 'resolver') {
    await resolve(context, { name, type: 'NS', policy: 'both' });
    return found;
  }
  const hop = found.hops[0];
  if (hop === undefined || hop.zone === '') return found;
  const { zone } = hop;
  const [referrals] = await Promise.all([
    askParent(context, hop.cuts),
    resolve(context, { name: zone, type: 'NS', policy: 'both' }),
    resolve(context, { name: zone, type: 'SOA', policy: 'both' }),
    resolve(context, { name: zone, type: 'SOA', policy: 'ipv6-only' }),
    resolve(context, { name: zone, type: 'SOA', policy: 'ipv4-only' }),
  ]);
  const cuts = hop.cuts.map((cut) => (cut.zone === zone ? withGlue(context, cut, referrals) : cut));
  return { ...found, hops: found.hops.map((each, index) => (index === 0 ? { ...hop, cuts } : each)) };
}

/** Servers differ in the glue they send, and UDP has no room for all: what any referral carries is an address to be asked. */
function withGlue(context: ProbeContext, cut: ZoneCut, referrals: readonly ObservationOf<'dns-query'>[]): ZoneCut {
  const names = cut.servers.map(({ name }) => name);
  const glue = referrals.flatMap(({ response }) => (response === null ? [] : glueFor(response, names, cut.parent ?? '')));
  const servers = cut.servers.map((server): NameServer => {
    const known = new Set(server.addresses.map(({ address }) => address));
    const more = new Map(
      glue.filter(({ name, address }) => name === server.name && !known.has(address)).map((each) => [each.address, each]),
    );
    const usable = [...more.values()].filter(({ address }) => context.isUsable(address));
    return {
      ...server,
      addresses: [...server.addresses, ...usable.map(({ address, family }) => ({ address, family, source: 'glue' as const }))],
    };
  });
  return { ...cut, servers };
}

/** The referral again from the parent: one server of each family over UDP, and over TCP where it left AAAA glue out. */
async function askParent(context: ProbeContext, cuts: readonly ZoneCut[]): Promise<ObservationOf<'dns-query'>[]> {
  const cut = cuts.at(-1);
  const parent = cuts.at(-2);
  if (cut === undefined || parent === undefined || cut.parentServesChild) return [];
  const lacksGlue = cut.servers.some(
    (server) =>
      isWithin(server.name, parent.zone) && !server.addresses.some((address) => address.family === 6 && address.source === 'glue'),
  );
  const questions = parentAddresses(parent).map((address): ServerQuestion => ({ ...address, name: cut.zone, type: 'NS' }));
  return Promise.all(
    questions.flatMap((question) => {
      const asking = { ...question, settings: context.settings };
      const overUdp = askServer(context.network, asking).then(({ settled }) => settled);
      return lacksGlue ? [overUdp, askOverTcp(context.network, asking)] : [overUdp];
    }),
  );
}

function parentAddresses(parent: ZoneCut): Pick<ServerQuestion, 'address' | 'family'>[] {
  const known = parent.servers.flatMap((server) => server.addresses);
  return ([6, 4] as const).flatMap((family) =>
    known
      .filter((server) => server.family === family)
      .slice(0, parentsPerFamily)
      .map(({ address }) => ({ address, family })),
  );
}
