import type { Cause } from '../model/cause.ts';
import type { HttpResponse } from '../model/observation.ts';
import { frameOptions, readSecurityHeaders, referrerPolicies, type SecurityHeaders } from '../parsers/security-headers.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known, unknown } from './fact.ts';
import { isChallenge } from './page-likeness.ts';
import type { Presence } from './web-addresses.ts';
import { type Chain, landing } from './web-chain.ts';
import { type WebPages, webPages } from './web-pages.ts';
import { webRedirects } from './web-redirects.ts';
import { idsOf, requestsFor, webUrl } from './web-requests.ts';

export type SecurityHeader = 'Strict-Transport-Security' | 'Content-Security-Policy' | 'X-Frame-Options' | 'Referrer-Policy' | 'Set-Cookie';

export interface WebHeaderParity {
  host: string;
  presence: Presence;
  reach: WebPages['reach'];
  cause: Cause | null;
  ipv4State: WebPages['ipv4State'];
  ipv4Cause: Cause;
  url: string;
  /** Answers with 2xx that were compared, by family. */
  answers: { 6: number; 4: number };
  /** The chains end at other hosts or schemes: their headers are not comparable. */
  otherPlace: boolean;
  guarded: 'rate-limited' | 'waf-challenge' | null;
  /** In every answer over IPv4 and in none over IPv6. */
  missing: SecurityHeader[];
  /** Weaker in every answer over IPv6 than in every one over IPv4; with what was seen. */
  weaker: { header: SecurityHeader; detail: string }[];
}

/** As many headers as evidence keeps: what is missing may have been cut. */
const headersKept = 100;

/** Security headers of the page at the end of the redirects, by family. */
export function webHeaderParity(context: AgencyContext, host: string): Fact<WebHeaderParity> {
  return cached(context, `webHeaderParity ${host}`, () => {
    const [pages, redirects] = [webPages(context, host), webRedirects(context, host)];
    if (!pages.known) return unknown(pages.cause, pages.observations);
    if (!redirects.known) return unknown(redirects.cause, redirects.observations);
    const [six, four] = [answersAt(context, redirects.value.ipv6), answersAt(context, redirects.value.ipv4)];
    const { presence, reach, cause, ipv4State, ipv4Cause, ipv6, ipv4 } = pages.value;
    const [own, twin] = [
      six.responses.map(({ headers }) => readSecurityHeaders(headers)),
      four.responses.map(({ headers }) => readSecurityHeaders(headers)),
    ];
    const guarded = ipv6.rateLimited || ipv4.rateLimited ? 'rate-limited' : ipv6.challenged || ipv4.challenged ? 'waf-challenge' : null;
    const comparable = own.length > 0 && twin.length > 0 && six.place === four.place;
    return known(
      {
        host,
        presence,
        reach,
        cause,
        ipv4State,
        ipv4Cause,
        url: ipv6.url,
        answers: { 6: own.length, 4: twin.length },
        otherPlace: own.length > 0 && twin.length > 0 && six.place !== four.place,
        guarded,
        missing: comparable ? missingIn(own, twin, six.place.startsWith('https:')) : [],
        weaker: comparable ? weakerIn(own, twin, six.place.startsWith('https:')) : [],
      },
      [...new Set([...pages.observations, ...six.observations, ...four.observations])],
    );
  });
}

function answersAt(context: AgencyContext, chain: Chain): { place: string; responses: HttpResponse[]; observations: string[] } {
  const url = webUrl(landing(chain)?.url ?? '');
  if (url === null) return { place: '', responses: [], observations: [] };
  const asked = requestsFor(context, url, chain.family);
  const responses = asked.flatMap(({ response }) => (response !== null && isWholePage(response) ? [response] : []));
  return { place: `${url.scheme}://${url.host}:${url.port}`, responses, observations: idsOf(asked) };
}

function isWholePage(response: HttpResponse): boolean {
  return response.status >= 200 && response.status < 300 && response.headers.length < headersKept && !isChallenge(response);
}

type Sides = [own: readonly SecurityHeaders[], twin: readonly SecurityHeaders[], isSecure: boolean];

/** Browsers take no HSTS from plain http (RFC 6797 §8.1). */
function missingIn(...[own, twin, isSecure]: Sides): SecurityHeader[] {
  const lost = (of: (headers: SecurityHeaders) => unknown): boolean =>
    own.every((headers) => of(headers) === null) && twin.every((headers) => of(headers) !== null);
  const missing: [SecurityHeader, boolean][] = [
    ['Strict-Transport-Security', isSecure && lost(({ hsts }) => hsts)],
    ['Content-Security-Policy', lost(({ csp }) => csp)],
    ['X-Frame-Options', lost((headers) => headers.frameOptions)],
    ['Referrer-Policy', lost(({ referrerPolicy }) => referrerPolicy)],
  ];
  return missing.flatMap(([header, is]) => (is ? [header] : []));
}

type Weaker = WebHeaderParity['weaker'][number];

function weakerIn(...[own, twin, isSecure]: Sides): Weaker[] {
  return [
    ...(isSecure ? weakerHsts(own, twin) : []),
    ...weakerCsp(own, twin),
    ...weakerWord([own, twin], { header: 'X-Frame-Options', words: frameOptions, of: (headers) => headers.frameOptions }),
    ...weakerWord([own, twin], { header: 'Referrer-Policy', words: referrerPolicies, of: ({ referrerPolicy }) => referrerPolicy }),
    ...weakerCookies(own, twin),
  ];
}

function weakerHsts(own: readonly SecurityHeaders[], twin: readonly SecurityHeaders[]): Weaker[] {
  const ages = (side: readonly SecurityHeaders[]): number[] => side.flatMap(({ hsts }) => (hsts === null ? [] : [hsts.maxAgeSeconds]));
  const [six, four] = [ages(own), ages(twin)];
  if (six.length < own.length || four.length < twin.length) return [];
  const [best, least] = [Math.max(...six), Math.min(...four)];
  if (best < least) return [{ header: 'Strict-Transport-Security', detail: `max-age ${best} < ${least}` }];
  const covers = ({ hsts }: SecurityHeaders): boolean => hsts?.includeSubDomains === true;
  return twin.every(covers) && !own.some(covers) ? [{ header: 'Strict-Transport-Security', detail: 'includeSubDomains' }] : [];
}

function weakerCsp(own: readonly SecurityHeaders[], twin: readonly SecurityHeaders[]): Weaker[] {
  if (own.some(({ csp }) => csp === null) || twin.some(({ csp }) => csp === null)) return [];
  const lost = (twin[0]?.csp?.directives ?? []).filter(
    (name) => twin.every(({ csp }) => csp?.directives.includes(name)) && !own.some(({ csp }) => csp?.directives.includes(name)),
  );
  const added = (own[0]?.csp?.unsafe ?? []).filter(
    (source) => own.every(({ csp }) => csp?.unsafe.includes(source)) && !twin.some(({ csp }) => csp?.unsafe.includes(source)),
  );
  const detail = [...lost.map((name) => `- ${name}`), ...added.map((source) => `+ ${source}`)].slice(0, 5).join(', ');
  return detail === '' ? [] : [{ header: 'Content-Security-Policy', detail }];
}

interface Graded {
  header: SecurityHeader;
  /** Weakest first. */
  words: readonly string[];
  of(headers: SecurityHeaders): number | null;
}

function weakerWord([own, twin]: [readonly SecurityHeaders[], readonly SecurityHeaders[]], { header, words, of }: Graded): Weaker[] {
  const [six, four] = [own.map(of), twin.map(of)];
  if (six.includes(null) || four.includes(null)) return [];
  const [best, least] = [Math.max(...six.map(Number)), Math.min(...four.map(Number))];
  return best < least ? [{ header, detail: `${words[best] ?? ''} < ${words[least] ?? ''}` }] : [];
}

function weakerCookies(own: readonly SecurityHeaders[], twin: readonly SecurityHeaders[]): Weaker[] {
  const names = new Set(twin.flatMap(({ cookies }) => [...cookies.keys()]));
  return [...names].slice(0, 20).flatMap((name): Weaker[] => {
    const flags = (side: readonly SecurityHeaders[]): string[][] =>
      side.flatMap(({ cookies }) => (cookies.has(name) ? [cookies.get(name) ?? []] : []));
    const [six, four] = [flags(own), flags(twin)];
    if (six.length === 0) return [];
    const lost = (four[0] ?? []).filter((flag) => four.every((set) => set.includes(flag)) && !six.some((set) => set.includes(flag)));
    return lost.length === 0 ? [] : [{ header: 'Set-Cookie', detail: `${name}: - ${lost.join(', ')}` }];
  });
}
