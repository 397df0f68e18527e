import { ourFailures } from '../model/failure.ts';
import type { Family, HttpRequestRequest, Observation, ObservationOf, Round, TlsEvidence } from '../model/observation.ts';
import { type HttpTarget, httpTarget, plainUrl } from '../parsers/http-target.ts';
import type { AgencyContext } from './context.ts';
import { answeredAnything } from './observed.ts';

export type HttpObservation = ObservationOf<'http-request'>;

/** A URL as a request states it, and its one spelling. */
export interface WebUrl extends HttpTarget {
  href: string;
}

/** Null for anything that is not an http or https URL. IPv6 literals keep their brackets in `host`. */
export function webUrl(text: string): WebUrl | null {
  const target = httpTarget(text);
  return target === null ? null : { ...target, href: plainUrl(target) };
}

/** URL that a request asked for. */
export function urlOf({ scheme, host, port, path }: HttpRequestRequest): string {
  return plainUrl({ scheme, host, port, path });
}

const roundOrder: readonly Round[] = ['1', '2', '3', 'retest', 'remeasure'];

/** Ordinary GETs of a URL over one family, at every address and in every round, earlier rounds first. */
export function requestsFor(context: AgencyContext, url: WebUrl, family: Family): HttpObservation[] {
  return context.evidence
    .httpRequests(url.host, family)
    .filter(
      ({ request }) => request.shape === 'page' && request.scheme === url.scheme && request.port === url.port && request.path === url.path,
    )
    .sort((left, right) => roundOrder.indexOf(left.request.round) - roundOrder.indexOf(right.request.round));
}

/** The connection itself came about, whatever happened on it later. */
export const tcpReached = answeredAnything;

/** The TLS handshake ended; trust is judged apart (faults W8). */
export function tlsReached(observation: Observation): boolean {
  if (observation.op === 'tls-handshake') return observation.response !== null || isTrustFailure(observation);
  if (observation.op !== 'http-request' || observation.request.scheme !== 'https') return false;
  if (observation.response !== null || observation.failure === null || isTrustFailure(observation)) return true;
  return ['request', 'headers', 'body'].includes(observation.failure.step) && !ourFailures.has(observation.failure.code);
}

function isTrustFailure({ failure }: Observation): boolean {
  return failure !== null && ['tls-name-mismatch', 'tls-untrusted', 'tls-expired'].includes(failure.code);
}

export function tlsEvidenceOf(observation: Observation): TlsEvidence | null {
  if (observation.op === 'tls-handshake') return observation.response;
  return observation.op === 'http-request' ? (observation.response?.tls ?? observation.handshake ?? null) : null;
}

/** A status line and headers arrived, whole body or not. */
export function responded(observation: Observation): boolean {
  return observation.op === 'http-request' && observation.response !== null;
}

/** The whole exchange ended; a body that one of our own caps cut counts as arrived. */
export function completed(observation: Observation): boolean {
  if (observation.op !== 'http-request' || observation.response === null) return false;
  return observation.failure === null || observation.failure.code === 'too-large' || observation.failure.code === 'decode-failed';
}

const stallSteps: readonly string[] = ['tls', 'request', 'headers', 'body'];

/** Tries that connected and then heard nothing more (faults W19), and all tries that say something about the target. */
export function stallCount(observations: readonly Observation[]): { stalls: number; tries: number } {
  let stalls = 0;
  let tries = 0;
  for (const { failure } of observations.flatMap((observation) => observation.tries)) {
    if (failure !== null && ourFailures.has(failure.code)) continue;
    tries += 1;
    if (failure !== null && failure.code === 'timeout' && stallSteps.includes(failure.step)) stalls += 1;
  }
  return { stalls, tries };
}

export function idsOf(observations: readonly Observation[]): string[] {
  return observations.map(({ id }) => id);
}
