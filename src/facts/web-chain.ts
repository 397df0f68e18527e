import type { Cause } from '../model/cause.ts';
import type { Family } from '../model/observation.ts';
import { redirectTarget } from '../parsers/redirect.ts';
import { isIpv4Literal } from '../parsers/url-literals.ts';
import { type AgencyContext, cached } from './context.ts';
import { addressSet } from './lookup.ts';
import { type HttpObservation, idsOf, requestsFor, responded, webUrl } from './web-requests.ts';

export interface Hop {
  url: string;
  host: string;
  /** Every request for this URL over the chain's family. */
  asked: HttpObservation[];
  /** The first that brought a status line, or null. */
  answer: HttpObservation | null;
}

/** A chain of redirects as one family sees it; `hops` ends with the hop that answers with a page or at which it breaks. */
export interface Chain {
  family: Family;
  start: string;
  hops: Hop[];
  /** 'no-address': the last hop's host has no usable address in this family, by evidence. 'literal': it is an IPv4 literal. */
  end: 'page' | 'no-address' | 'literal' | 'failed' | 'unknown' | 'loop' | 'too-long' | 'bad-target';
  /** For 'unknown': why. */
  cause: Cause | null;
  /** For 'bad-target': what is wrong with the Location. */
  reason: string | null;
  observations: string[];
}

/** Follows redirects and short meta refreshes in the stored evidence, one family only; at most `http.maxRedirects` hops (faults W6, W7). */
export function chainFrom(context: AgencyContext, start: string, family: Family): Chain {
  return cached(context, `chain ${family} ${start}`, () => {
    const hops: Hop[] = [];
    const finish = (end: Chain['end'], detail: { cause?: Cause; reason?: string } = {}): Chain => ({
      family,
      start,
      hops,
      end,
      cause: detail.cause ?? null,
      reason: detail.reason ?? null,
      observations: hops.flatMap(({ asked }) => idsOf(asked)),
    });
    const seen = new Set<string>();
    let next = start;
    while (hops.length <= context.manifest.settings.http.maxRedirects) {
      const url = webUrl(next);
      if (url === null) return finish('bad-target', { reason: 'not an http address' });
      if (seen.has(url.href)) return finish('loop');
      seen.add(url.href);
      const asked = requestsFor(context, url, family);
      const answer = asked.find(responded) ?? null;
      hops.push({ url: url.href, host: url.host, asked, answer });
      if (answer === null) return unanswered(context, { host: url.host, asked: asked.length, family }, finish);
      const target = answer.response === null ? null : redirectTarget({ url: url.href, response: answer.response });
      if (target === null) return finish('page');
      if (target.kind === 'bad') return finish('bad-target', { reason: target.reason });
      next = target.url;
    }
    return finish('too-long');
  });
}

function unanswered(
  context: AgencyContext,
  { host, asked, family }: { host: string; asked: number; family: Family },
  finish: (end: Chain['end'], detail?: { cause?: Cause }) => Chain,
): Chain {
  if (asked > 0) return finish('failed');
  if (isIpv4Literal(host)) return family === 6 ? finish('literal') : finish('unknown', { cause: 'not-attempted' });
  const addresses = host.startsWith('[') ? null : addressSet(context, host, family);
  if (addresses?.known === true && addresses.value.usable.length === 0) return finish('no-address');
  const missing: Cause = context.budgetExhausted ? 'budget-exhausted' : 'not-attempted';
  return finish('unknown', { cause: addresses?.known === false ? addresses.cause : missing });
}

/** The hop at which a chain ended in a page, or null. */
export function landing(chain: Chain): Hop | null {
  return chain.end === 'page' ? (chain.hops.at(-1) ?? null) : null;
}
