import type { Cause } from '../model/cause.ts';
import type { FailureStep } from '../model/failure.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known, unknown } from './fact.ts';
import { ipv4DoubtOf } from './ipv4-doubt.ts';
import { lastTryWindow } from './observed.ts';
import { compareFamilies, unprovenCause } from './outcome.ts';
import { registrableDomain } from './registrable-domain.ts';
import { type Presence, type WebAddresses, webAddresses } from './web-addresses.ts';
import { chainFrom } from './web-chain.ts';
import { connectionVerdict, webConnections } from './web-connections.ts';
import { completed, type HttpObservation, idsOf, responded, stallCount, tcpReached, urlOf } from './web-requests.ts';

/** From this size on a transfer surely needs full-sized packets in both directions (checks.md, `web-transfer`). */
export const largeBytes = 8_192;
const stallsNeeded = 3;

export interface WebTransfer {
  host: string;
  presence: Presence;
  /**
   * 'stalls': at every address that took connections, each of at least three tries fell silent while IPv4 completed the same.
   * 'breaks': proven failure in the body other than silence; 'no-answer': before it, and judged by `web-tls` or `web-response`. 'upload-…': only the request with large headers fell silent.
   */
  state:
    | 'completed'
    | 'sometimes-stalls'
    | 'some-addresses-stall'
    | 'stalls'
    | 'stalls-without-ipv4'
    | 'breaks'
    | 'upload-stalls'
    | 'upload-unproven'
    | 'nothing-large'
    | 'no-answer'
    | 'not-connected'
    | 'unknown';
  cause: Cause | null;
  step: FailureStep | null;
  /** Bytes on the wire of the largest response that arrived whole over IPv6. */
  bytes: number;
  stalls: number;
  tries: number;
  /** Addresses that stall. */
  addresses: string[];
  /** For 'not-connected': is it proven that the host takes no connection over IPv6 ('fails', 'not-offered')? */
  connection: 'reached' | 'fails' | 'not-offered' | 'unknown';
}

type Verdict = Pick<WebTransfer, 'state'> & Partial<Pick<WebTransfer, 'cause' | 'step' | 'addresses'>>;

/** One address and what became of the downloads from it. */
interface AddressTransfer {
  address: string;
  /** Requests for one URL, each try of which fell silent; null where there is no such URL. */
  silent: HttpObservation[] | null;
  wholeResponses: number;
  stalls: number;
}

export function webTransfer(context: AgencyContext, host: string): Fact<WebTransfer> {
  return cached(context, `webTransfer ${host}`, () => {
    const addresses = webAddresses(context, host);
    if (!addresses.known) return unknown(addresses.cause, addresses.observations);
    const connections = webConnections(context, host);
    if (!connections.known) return unknown(connections.cause, connections.observations);
    const { presence } = addresses.value;
    const connection = connectionVerdict(connections.value);
    const ipv6 = context.evidence.httpRequests(host, 6);
    const downloads = ipv6.filter(({ request }) => request.shape === 'page');
    const bytes = Math.max(0, ...downloads.filter(completed).map(({ response }) => response?.body?.wireBytes ?? 0));
    const verdict: Verdict = presence === 'published' ? judge(context, addresses.value, { downloads, bytes }) : { state: 'not-connected' };
    return known(
      {
        host,
        presence,
        cause: verdict.state === 'not-connected' ? connection.cause : null,
        step: null,
        addresses: [],
        connection: connection.verdict,
        ...verdict,
        bytes,
        ...stallCount(downloads),
      },
      [...addresses.observations, ...idsOf(ipv6), ...idsOf(context.evidence.httpRequests(host, 4))],
    );
  });
}

/** The step at which a suspected path-MTU black hole shows, where `web-transfer` fails for it; the checks it pre-empts say so. */
export function pathMtuSuspected(context: AgencyContext, host: string): { step: FailureStep | null } | null {
  const transfer = webTransfer(context, host);
  return transfer.known && transfer.value.state === 'stalls' ? { step: transfer.value.step } : null;
}

function judge(
  context: AgencyContext,
  addresses: WebAddresses,
  { downloads, bytes }: { downloads: HttpObservation[]; bytes: number },
): Verdict {
  const connected = downloads.filter(tcpReached);
  if (connected.length === 0) return { state: 'not-connected' };
  const transfers = groupBy(connected, ({ request }) => request.address).map(([address, list]) => transferOf(address, list));
  const silent = transfers.flatMap(({ address, silent }) => (silent === null ? [] : [{ address, silent }]));
  if (silent.length > 0) return judgeSilence(context, addresses, { silent, all: transfers.length });
  if (transfers.some(({ stalls }) => stalls > 0)) {
    return transfers.some(({ wholeResponses }) => wholeResponses > 0)
      ? { state: 'sometimes-stalls', cause: 'unstable' }
      : { state: 'unknown', cause: 'timeout' };
  }
  const broken = brokenPage(context, addresses.host, connected) ?? (connected.some(completed) ? null : connected);
  if (broken !== null) return judgeBroken(context, addresses, broken);
  return judgeUpload(context, addresses.host) ?? { state: bytes >= largeBytes ? 'completed' : 'nothing-large' };
}

function transferOf(address: string, list: HttpObservation[]): AddressTransfer {
  const urls = groupBy(list, ({ request }) => urlOf(request)).map(([, requests]) => requests);
  const silent = urls.find((requests) => {
    const { stalls, tries } = stallCount(requests);
    return stalls >= stallsNeeded && stalls === tries;
  });
  return { address, silent: silent ?? null, wholeResponses: list.filter(completed).length, stalls: stallCount(list).stalls };
}

/** 3 of 3 tries fell silent after the connect: a fail only with IPv4 as control and our own IPv6 proven around it. */
function judgeSilence(
  context: AgencyContext,
  { host, ipv4Published }: WebAddresses,
  { silent, all }: { silent: { address: string; silent: HttpObservation[] }[]; all: number },
): Verdict {
  const suspect = silent.flatMap((entry) => {
    const last = entry.silent.at(-1);
    return last === undefined ? [] : [{ ...entry, last }];
  });
  const doubts = suspect.map(({ address, last }) => {
    if (!context.run.provenAround({ class: 'web', family: 6, ...lastTryWindow(last), subject: registrableDomain(host) }))
      return unprovenCause(context, 'web');
    if (context.run.prefixSuspect(address)) return 'prefix-suspect';
    return ipv4Published ? doubtOfTwin(context, last) : null;
  });
  const addresses = suspect.filter((_, index) => doubts[index] === null).map(({ address }) => address);
  const step = suspect[0]?.last.failure?.step ?? null;
  if (addresses.length === 0) return { state: 'unknown', cause: doubts[0] ?? 'unknown', step };
  if (addresses.length < all) return { state: 'some-addresses-stall', cause: 'path-mtu-suspected', step, addresses };
  return ipv4Published
    ? { state: 'stalls', cause: 'path-mtu-suspected', step, addresses }
    : { state: 'stalls-without-ipv4', cause: 'timeout', step, addresses };
}

/** Null when IPv4 completed the same request; else why it is no control. */
function doubtOfTwin(context: AgencyContext, { request }: HttpObservation): Cause | null {
  const twins = context.evidence
    .httpRequests(request.host, 4)
    .filter((twin) => twin.request.shape === request.shape && urlOf(twin.request) === urlOf(request));
  if (twins.some(completed)) return null;
  return twins.some(tcpReached) ? 'both-families-down' : 'vantage-no-ipv4';
}

/** Downloads of the page itself, the redirect from plain http left aside, where none ever came whole; null where one did. */
function brokenPage(context: AgencyContext, host: string, connected: readonly HttpObservation[]): HttpObservation[] | null {
  for (const scheme of ['https', 'http']) {
    const last = chainFrom(context, `${scheme}://${host}/`, 6).hops.findLast((hop) => hop.host === host);
    const downloads = connected.filter(({ request }) => urlOf(request) === last?.url);
    if (downloads.length > 0) return downloads.some(completed) ? null : downloads;
  }
  return null;
}

function judgeBroken(context: AgencyContext, { host, ipv4Published }: WebAddresses, downloads: HttpObservation[]): Verdict {
  const url = downloads[0] === undefined ? '' : urlOf(downloads[0].request);
  const comparison = compareFamilies(context, {
    proofClass: 'web',
    ipv6: downloads.filter(({ request }) => urlOf(request) === url),
    ipv4: context.evidence.httpRequests(host, 4).filter(({ request }) => request.shape === 'page' && urlOf(request) === url),
    ipv4Published,
    reached: completed,
    subject: registrableDomain(host),
  });
  if (comparison.verdict === 'fails')
    return { state: comparison.step === 'body' ? 'breaks' : 'no-answer', cause: comparison.cause, step: comparison.step };
  return { state: 'unknown', cause: comparison.cause ?? 'unknown', step: comparison.step };
}

/** Null when the request with about 3 KiB of headers was answered, or not asked. Any status is an answer. */
function judgeUpload(context: AgencyContext, host: string): Verdict | null {
  const [ipv6, ipv4] = ([6, 4] as const).map((family) =>
    context.evidence.httpRequests(host, family).filter(({ request }) => request.shape === 'large-headers'),
  );
  const { stalls, tries } = stallCount(ipv6 ?? []);
  if (stalls < stallsNeeded || stalls < tries) return null;
  const step = ipv6?.at(-1)?.failure?.step ?? null;
  if (!(ipv4 ?? []).some(responded))
    return { state: 'upload-unproven', cause: ipv4DoubtOf(context, 'web', ipv4 ?? []) ?? 'both-families-down', step };
  const proven = (ipv6 ?? []).every((observation) =>
    context.run.provenAround({ class: 'web', family: 6, ...lastTryWindow(observation), subject: registrableDomain(host) }),
  );
  return proven && context.run.largeUploadPassed(host)
    ? { state: 'upload-stalls', cause: 'path-mtu-suspected', step }
    : { state: 'upload-unproven', cause: 'path-mtu-suspected', step };
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): [string, Item[]][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups];
}
