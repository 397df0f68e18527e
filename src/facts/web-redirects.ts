import type { Cause } from '../model/cause.ts';
import type { FailureStep } from '../model/failure.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known, unknown } from './fact.ts';
import { ipv4ChainDoubt } from './ipv4-doubt.ts';
import { addressSet } from './lookup.ts';
import { compareFamilies } from './outcome.ts';
import { registrableDomain } from './registrable-domain.ts';
import { type Presence, webAddresses } from './web-addresses.ts';
import { type Chain, chainFrom, type Hop, landing } from './web-chain.ts';
import { responded, stallCount, tcpReached } from './web-requests.ts';

/** Fewer characters of text than this and a page says nothing by itself (checks.md, `web-content`). */
export const shellTextLimit = 200;

/** What the chain over IPv6 means against the one over IPv4. */
export interface ChainJudgement {
  start: string;
  /** 'first-hop': the host itself did not answer, no redirect was seen. 'fails' is proven against IPv4. */
  verdict: 'complete' | 'fails' | 'unknown' | 'first-hop';
  /** What is wrong at the last hop; null for 'complete'. */
  kind: 'ipv4-only' | 'literal' | 'dead' | 'loop' | 'too-long' | 'bad-target' | null;
  /** The break is a fault of the IPv6 side beyond doubt; for 'first-hop' it tells a dead host from an unmeasured one. */
  proven: boolean;
  /** URL of the last hop. */
  url: string;
  host: string;
  cause: Cause | null;
  step: FailureStep | null;
  /** URLs passed over IPv6, in order. */
  hops: string[];
  observations: string[];
}

export interface WebRedirects {
  host: string;
  presence: Presence;
  ipv4Published: boolean;
  scheme: 'https' | 'http';
  /** From https:// where it is offered in any family, else from http://. */
  primary: ChainJudgement;
  /** From http://, where https:// is the primary one; null otherwise. */
  plain: ChainJudgement | null;
  /** The page at the end has no text and nothing but inline scripts: where those lead cannot be seen. */
  endsInScript: boolean;
  ipv6: Chain;
  ipv4: Chain;
}

export function webRedirects(context: AgencyContext, host: string): Fact<WebRedirects> {
  return cached(context, `webRedirects ${host}`, () => {
    const addresses = webAddresses(context, host);
    if (!addresses.known) return unknown(addresses.cause, addresses.observations);
    const scheme = primaryScheme(context, host);
    const ipv6 = chainFrom(context, `${scheme}://${host}/`, 6);
    const ipv4 = chainFrom(context, `${scheme}://${host}/`, 4);
    const primary = judgeChain(context, ipv6, ipv4);
    const plain =
      scheme === 'https' ? judgeChain(context, chainFrom(context, `http://${host}/`, 6), chainFrom(context, `http://${host}/`, 4)) : null;
    const { presence, ipv4Published } = addresses.value;
    return known({ host, presence, ipv4Published, scheme, primary, plain, endsInScript: endsInScript(ipv6), ipv6, ipv4 }, [
      ...addresses.observations,
      ...primary.observations,
      ...(plain?.observations ?? []),
    ]);
  });
}

/** https wherever port 443 took a connection in either family, or where no plain http answered. */
function primaryScheme(context: AgencyContext, host: string): 'https' | 'http' {
  const requests = ([6, 4] as const).flatMap((family) => context.evidence.httpRequests(host, family));
  if (requests.some((observation) => observation.request.scheme === 'https' && tcpReached(observation))) return 'https';
  return requests.some((observation) => observation.request.scheme === 'http' && responded(observation)) ? 'http' : 'https';
}

/** Judges the end of a chain over IPv6; IPv4 is the control that tells a broken service from a broken IPv6 (design R4). */
export function judgeChain(context: AgencyContext, ipv6: Chain, ipv4: Chain): ChainJudgement {
  const last = ipv6.hops.at(-1);
  const base = {
    start: ipv6.start,
    url: last?.url ?? ipv6.start,
    host: last?.host ?? '',
    hops: ipv6.hops.filter(({ answer }) => answer !== null).map(({ url }) => url),
    observations: [...ipv6.observations, ...ipv4.observations],
    step: null,
  };
  if (ipv6.end === 'page' || last === undefined) return { ...base, verdict: 'complete', kind: null, proven: false, cause: null };
  const first = ipv6.hops.length === 1 && last.answer === null;
  const end = judgeEnd(context, { ipv6, ipv4, last });
  // A later hop that refuses in both families is a broken redirect of both; the first one merely offers no web.
  if (!first && end.verdict === 'unknown' && end.cause === 'refused') end.cause = 'both-families-down';
  return { ...base, ...end, proven: end.verdict === 'fails', verdict: first ? 'first-hop' : end.verdict };
}

type EndJudgement = Pick<ChainJudgement, 'kind' | 'cause' | 'step'> & { verdict: 'fails' | 'unknown' };

function judgeEnd(context: AgencyContext, { ipv6, ipv4, last }: { ipv6: Chain; ipv4: Chain; last: Hop }): EndJudgement {
  if (ipv6.end === 'unknown') return { kind: 'dead', verdict: 'unknown', cause: ipv6.cause, step: null };
  if (ipv6.end === 'failed') return judgeDead(context, last, ipv4);
  // Nobody reaches an IPv4 literal over IPv6, whatever answers there: no control is needed.
  if (ipv6.end === 'literal') return { kind: 'literal', verdict: 'fails', cause: null, step: null };
  if (ipv6.end === 'no-address') {
    const published = addressSet(context, last.host, 4);
    if (!published.known) return { kind: 'ipv4-only', verdict: 'unknown', cause: published.cause, step: null };
    if (published.value.usable.length === 0) return { kind: 'dead', verdict: 'unknown', cause: 'both-families-down', step: null };
    return { kind: 'ipv4-only', ...against(context, ipv4, last), step: null };
  }
  const kind = ipv6.end === 'loop' || ipv6.end === 'too-long' ? ipv6.end : 'bad-target';
  return { kind, ...against(context, ipv4, null), step: null };
}

/** Faults seen over a working IPv6 need no proof of it, but IPv4 must have passed the place, or come to a page by another way. */
function against(context: AgencyContext, ipv4: Chain, place: Hop | null): { verdict: 'fails' | 'unknown'; cause: Cause | null } {
  if (ipv4.end === 'page') return { verdict: 'fails', cause: null };
  if (place !== null && ipv4.hops.some(({ url, answer }) => url === place.url && answer !== null)) return { verdict: 'fails', cause: null };
  return { verdict: 'unknown', cause: ipv4ChainDoubt(context, ipv4) ?? 'both-families-down' };
}

function judgeDead(context: AgencyContext, last: Hop, ipv4: Chain): EndJudgement {
  const { stalls, tries } = stallCount(last.asked);
  const twin = ipv4.hops.find(({ url }) => url === last.url);
  const published = addressSet(context, last.host, 4);
  const comparison = compareFamilies(context, {
    proofClass: 'web',
    ipv6: last.asked,
    ipv4: twin?.asked ?? [],
    ipv4Published: !published.known || published.value.outcome === 'answer',
    reached: responded,
    subject: registrableDomain(last.host),
  });
  const stalled = tries > 0 && stalls === tries && twin?.answer != null;
  if (stalled) return { kind: 'dead', verdict: 'unknown', cause: 'path-mtu-suspected', step: comparison.step };
  if (comparison.verdict === 'fails') return { kind: 'dead', verdict: 'fails', cause: comparison.cause, step: comparison.step };
  return { kind: 'dead', verdict: 'unknown', cause: comparison.cause ?? 'unknown', step: comparison.step };
}

/** A stub whose only content is inline script usually redirects by it, and scripts are not run. */
function endsInScript(chain: Chain): boolean {
  const body = landing(chain)?.answer?.response?.body;
  if (body === undefined || body === null || body.kind !== 'html') return false;
  const loadsNothing = !body.resources.some(({ kind }) => kind === 'script' || kind === 'style');
  return body.scriptCount > 0 && body.textLength < shellTextLimit && loadsNothing;
}
