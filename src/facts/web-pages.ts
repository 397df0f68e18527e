import type { Cause } from '../model/cause.ts';
import type { FailureStep } from '../model/failure.ts';
import type { BodyEvidence, HttpResponse } from '../model/observation.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known, unknown } from './fact.ts';
import { ipv4ChainDoubt } from './ipv4-doubt.ts';
import { comparePages, isChallenge, isDefaultPage, type Likeness } from './page-likeness.ts';
import type { Presence } from './web-addresses.ts';
import { type Chain, landing } from './web-chain.ts';
import { connectionVerdict, webConnections } from './web-connections.ts';
import { ipv4UnmeasuredCause } from './web-ipv4-control.ts';
import { type WebRedirects, webRedirects } from './web-redirects.ts';
import { completed, type HttpObservation, idsOf, requestsFor, urlOf, webUrl } from './web-requests.ts';
import { pathMtuSuspected } from './web-transfer.ts';

/** What one family was shown at the end of its redirects, over all rounds. */
export interface PageSide {
  url: string;
  /** Status of every answer, oldest round first. */
  statuses: number[];
  /** The page was asked for again at the end of the run. */
  retested: boolean;
  /** 429 among the answers. */
  rateLimited: boolean;
  /** A challenge page, or 403/503 that says when to come back. */
  challenged: boolean;
  /** Every page that came whole is a server's default or parking page. */
  defaultPage: boolean;
  /** Whole pages with 2xx that are no challenge, from one address. */
  bodies: BodyEvidence[];
  title: string;
}

export interface WebPages {
  host: string;
  presence: Presence;
  ipv4Published: boolean;
  /**
   * 'page': an answer at the end of the redirects over IPv6. 'no-connection': proven, and judged by `web-connect` or `web-tls`.
   * 'silent': connected, proven without an answer. 'redirect-broken': proven, judged by `web-redirects`.
   */
  reach: 'page' | 'no-connection' | 'not-offered' | 'silent' | 'redirect-broken' | 'unknown';
  cause: Cause | null;
  step: FailureStep | null;
  ipv6: PageSide;
  ipv4: PageSide;
  ipv4State: 'page' | 'not-published' | 'not-measured' | 'failing';
  /** Why IPv4 is 'not-measured', where it is. */
  ipv4Cause: Cause;
  /** Null where a side has no page to compare. */
  likeness: Likeness | null;
  /** The transfer stalls on every address (`web-transfer`), which this page cannot be told apart from. */
  stalled: boolean;
}

export function webPages(context: AgencyContext, host: string): Fact<WebPages> {
  return cached(context, `webPages ${host}`, () => {
    const redirects = webRedirects(context, host);
    const connections = webConnections(context, host);
    if (!redirects.known) return unknown(redirects.cause, redirects.observations);
    if (!connections.known) return unknown(connections.cause, connections.observations);
    const { presence, ipv4Published } = redirects.value;
    const [own, twin] = [pageAnswers(context, redirects.value.ipv6), pageAnswers(context, redirects.value.ipv4)];
    const [ipv6, ipv4] = [sideOf(own), sideOf(twin)];
    const stalled = pathMtuSuspected(context, host);
    const reach =
      presence === 'published'
        ? reachOf(redirects.value, connectionVerdict(connections.value))
        : { reach: 'unknown' as const, cause: null, step: null };
    return known(
      {
        host,
        presence,
        ipv4Published,
        ...reach,
        ...(stalled === null ? {} : { step: stalled.step }),
        ipv6,
        ipv4,
        ipv4State: ipv4StateOf(context, redirects.value),
        ipv4Cause: ipv4UnmeasuredCause(context, host),
        likeness: ipv6.bodies.length > 0 && ipv4.bodies.length > 0 ? comparePages({ ipv6: ipv6.bodies, ipv4: ipv4.bodies }) : null,
        stalled: stalled !== null,
      },
      [...redirects.observations, ...idsOf([...own, ...twin])],
    );
  });
}

function reachOf({ primary }: WebRedirects, connection: ReturnType<typeof connectionVerdict>): Pick<WebPages, 'reach' | 'cause' | 'step'> {
  if (primary.verdict === 'complete') return { reach: 'page', cause: null, step: null };
  const seen = { cause: primary.cause, step: primary.step };
  if (connection.verdict === 'not-offered') return { reach: 'not-offered', ...seen };
  if (primary.verdict !== 'first-hop') return { reach: primary.verdict === 'fails' ? 'redirect-broken' : 'unknown', ...seen };
  if (!primary.proven) return { reach: 'unknown', ...seen, cause: connection.cause ?? primary.cause };
  return { reach: primary.step === 'connect' || primary.step === 'tls' ? 'no-connection' : 'silent', ...seen };
}

function ipv4StateOf(context: AgencyContext, { ipv4, ipv4Published }: WebRedirects): WebPages['ipv4State'] {
  if (ipv4.end === 'page') return 'page';
  if (!ipv4Published) return 'not-published';
  return ipv4ChainDoubt(context, ipv4) === null ? 'failing' : 'not-measured';
}

/** All answers for the URL at which a chain ends, in every round. */
function pageAnswers(context: AgencyContext, chain: Chain): HttpObservation[] {
  const page = landing(chain);
  const url = page === null ? null : webUrl(page.url);
  return url === null ? [] : requestsFor(context, url, chain.family).filter(({ response }) => response !== null);
}

function sideOf(answers: HttpObservation[]): PageSide {
  const responses = answers.flatMap(({ response }) => (response === null ? [] : [response]));
  const whole = oneAddress(answers.filter(completed)).flatMap(({ response }) => (response === null ? [] : [response]));
  const pages = whole.filter((response) => isOk(response.status) && !isChallenge(response));
  const bodies = pages.flatMap(({ body }) => (body === null ? [] : [body]));
  return {
    url: answers[0] === undefined ? '' : urlOf(answers[0].request),
    statuses: responses.map(({ status }) => status),
    retested: answers.some(({ request }) => request.round === 'retest' || request.round === 'remeasure'),
    rateLimited: responses.some(({ status }) => status === 429),
    challenged: responses.some((response) => isChallenge(response) || asksToComeBack(response)),
    defaultPage: bodies.length > 0 && bodies.every(isDefaultPage),
    bodies,
    title: bodies[0]?.title ?? '',
  };
}

/** Pages of different addresses may differ; noise must be that of one address. The one with most answers is taken. */
function oneAddress(answers: HttpObservation[]): HttpObservation[] {
  const counts = new Map<string, number>();
  for (const { request } of answers) counts.set(request.address, (counts.get(request.address) ?? 0) + 1);
  const [best] = [...counts].sort(([, left], [, right]) => right - left);
  return best === undefined ? [] : answers.filter(({ request }) => request.address === best[0]);
}

function asksToComeBack({ status, headers }: HttpResponse): boolean {
  return (status === 403 || status === 503) && headers.some(([name]) => name === 'retry-after' || name === 'cf-mitigated');
}

export function isOk(status: number): boolean {
  return status >= 200 && status < 400;
}

/** The page to read for what it contains: over IPv6 where there is one, else over IPv4. */
export function pageToRead(context: AgencyContext, host: string): Fact<{ url: string; answer: HttpObservation; body: BodyEvidence }> {
  const redirects = webRedirects(context, host);
  if (!redirects.known) return unknown(redirects.cause, redirects.observations);
  let limited = false;
  for (const chain of [redirects.value.ipv6, redirects.value.ipv4]) {
    for (const answer of pageAnswers(context, chain)) {
      const response = answer.response;
      if (response === null || response.body === null) continue;
      if (isChallenge(response) || asksToComeBack(response)) limited = true;
      else if (isOk(response.status) && response.body.kind === 'html')
        return known({ url: urlOf(answer.request), answer, body: response.body }, redirects.observations);
    }
  }
  const { primary, ipv4 } = redirects.value;
  const cause = primary.cause ?? ipv4.cause ?? ipv4ChainDoubt(context, ipv4) ?? 'no-web-service';
  return unknown(limited ? 'waf-challenge' : cause, redirects.observations);
}
