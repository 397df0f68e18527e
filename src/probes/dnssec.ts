import { orderedBy } from '../iteration/order.ts';
import type { ZoneCut } from '../iteration/types.ts';
import type { ObservationOf } from '../model/observation.ts';
import { askServer } from './ask.ts';
import type { ProbeContext } from './context.ts';

/** Servers of a zone whose answer is kept: what one alone says bogus may be one server that lags. */
const answersPerZone = 2;
const triesPerZone = 5;
const maxNames = 8;

type DnsObservation = ObservationOf<'dns-query'>;

/**
 * Asks, with DO set, what a validation of the zone's AAAA needs: DNSKEY of the root, DS and DNSKEY of every zone on the way, AAAA of the
 * names. Ends where no DS is found (the denial comes with that answer), so an unsigned zone costs two questions. The zones above
 * are shared by all agencies of the run.
 */
export async function probeDnssec(context: ProbeContext, cuts: readonly ZoneCut[], names: readonly string[]): Promise<void> {
  const [root, ...below] = cuts;
  if (root === undefined || !(await holds(askZone(context, root, { name: root.zone, type: 'DNSKEY' }), 'DNSKEY'))) return;
  let parent = root;
  for (const cut of below) {
    if (!(await holds(askZone(context, parent, { name: cut.zone, type: 'DS' }), 'DS'))) return;
    await askZone(context, cut, { name: cut.zone, type: 'DNSKEY' });
    parent = cut;
  }
  for (const name of names.slice(0, maxNames)) await askZone(context, parent, { name, type: 'AAAA' });
}

/**
 * Where a resolver answers for us: does it validate (AD on the root's SOA), and what does it say of the names with and without
 * checking (RFC 4035 §3.2.2)? Without checking is how every name is resolved in this mode.
 */
export async function probeResolverValidation(context: ProbeContext, names: readonly string[]): Promise<void> {
  if (context.resolution.mode !== 'resolver') return;
  const { settings } = context;
  const [address] = context.resolution.resolvers;
  if (address === undefined) return;
  const server = { address, family: address.includes(':') ? (6 as const) : (4 as const), settings, recursionDesired: true, dnssecOk: true };
  await askServer(context.network, { ...server, name: '', type: 'SOA' });
  for (const name of names.slice(0, maxNames)) await askServer(context.network, { ...server, name, type: 'AAAA' });
}

async function askZone(context: ProbeContext, cut: ZoneCut, question: { name: string; type: string }): Promise<DnsObservation[]> {
  const answered: DnsObservation[] = [];
  for (const { address, family } of serversOf(context, cut).slice(0, triesPerZone)) {
    const { settled } = await askServer(context.network, { address, family, ...question, settings: context.settings, dnssecOk: true });
    const rcode = settled.response?.rcode;
    if (settled.failure === null && (rcode === 'NOERROR' || rcode === 'NXDOMAIN')) answered.push(settled);
    if (answered.length >= answersPerZone) break;
  }
  return answered;
}

/** Families in turn: a vantage without one of them still finds an answer soon. */
function serversOf(context: ProbeContext, cut: ZoneCut): ZoneCut['servers'][number]['addresses'] {
  const all = new Map(cut.servers.flatMap(({ addresses }) => addresses.map((server) => [server.address, server] as const)));
  const ordered = orderedBy(`${context.runId}|${cut.zone}|dnssec`, [...all.values()], ({ address }) => address);
  const [six, four] = ([6, 4] as const).map((family) => ordered.filter((server) => server.family === family));
  return ordered.flatMap((_, index) => [six?.[index], four?.[index]].flatMap((server) => (server === undefined ? [] : [server])));
}

async function holds(asked: Promise<DnsObservation[]>, type: 'DNSKEY' | 'DS'): Promise<boolean> {
  return (await asked).some(({ response }) => response?.answers.some((record) => record.type === type) === true);
}
