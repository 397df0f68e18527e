import type { BodyEvidence } from '../model/observation.ts';
import { sketchDistance } from '../parsers/min-hash.ts';
import { normaliseText } from '../parsers/normalise-text.ts';
import { hostNameOf, parseUrl } from '../parsers/url-literals.ts';
import { isChallengeBody, isDefaultPage } from './page-signatures.ts';

export { isChallenge, isChallengeBody, isDefaultPage } from './page-signatures.ts';

export type LikenessVerdict =
  | 'same'
  | 'differs-slightly'
  | 'differs-but-same-title'
  | 'different'
  | 'default-page'
  | 'challenge'
  | 'too-small'
  | 'empty-over-ipv6'
  | 'unstable';

/** How alike a page is over both families (`web-content`). */
export interface Likeness {
  verdict: LikenessVerdict;
  /** Distance between the families, 0 to 1: the smallest over all pairs, so that a rotating page is compared with its like. */
  signal: number;
  /** Distance inside a family, 0 to 1: the largest of both families; 0 where no family was fetched twice. */
  noise: number;
  /** Titles equal after normalising, in some pair; two missing titles are equal. */
  titleEqual: boolean;
  canonicalEqual: boolean;
}

/** Text under which a page says too little (checks.md, `web-content`). */
export const MIN_TEXT = 200;
const MAX_NOISE = 0.3;
const SAME_MARGIN = 0.05;
const DIFFERENT_MARGIN = 0.3;
/** Text weighs most: sites of one platform share their structure and hosts. */
const weights = { text: 0.5, tags: 0.3, hosts: 0.2 };

function hostsOf(body: BodyEvidence): Set<string> {
  const hosts = new Set<string>();
  for (const { url, kind } of body.resources) {
    const parsed = kind === 'anchor' ? null : parseUrl(url.startsWith('//') ? `https:${url}` : url);
    const host = parsed === null ? null : hostNameOf(parsed);
    if (host !== null) hosts.add(host);
  }
  return hosts;
}

/** Jaccard distance of the resource hosts; null when neither page names one. */
function hostDistance(a: BodyEvidence, b: BodyEvidence): number | null {
  const left = hostsOf(a);
  const right = hostsOf(b);
  const union = new Set([...left, ...right]);
  if (union.size === 0) return null;
  let shared = 0;
  for (const host of left) if (right.has(host)) shared += 1;
  return 1 - shared / union.size;
}

/** A sketch missing on one side only is as far as can be; missing on both it says nothing. */
function sketched(a: string, b: string): number | null {
  return (a === '') === (b === '') ? sketchDistance(a, b) : 1;
}

/**
 * Distance of two pages, 0 to 1: weighted mean of the Jaccard distances of word shingles (0.5), tag-path shingles (0.3) and resource
 * hosts (0.2); a part that neither page has is left out. Size never counts (faults W16). Equal bytes are at 0.
 */
export function pageDistance(a: BodyEvidence, b: BodyEvidence): number {
  if (a.sha256 === b.sha256) return 0;
  const parts = [
    { distance: sketched(a.textSketch, b.textSketch), weight: weights.text },
    { distance: sketched(a.tagSketch, b.tagSketch), weight: weights.tags },
    { distance: hostDistance(a, b), weight: weights.hosts },
  ];
  let sum = 0;
  let weight = 0;
  for (const part of parts) {
    if (part.distance === null) continue;
    sum += part.distance * part.weight;
    weight += part.weight;
  }
  return weight === 0 ? 1 : sum / weight;
}

function titleOf(body: BodyEvidence): string {
  return normaliseText(body.title ?? '').toLowerCase();
}

/** A canonical URL without scheme and final slash: http or https is no other page. */
function canonicalOf(body: BodyEvidence): string {
  const written = (body.canonical ?? '').toLowerCase();
  const scheme = written.indexOf('://');
  const rest = scheme === -1 ? written : written.slice(scheme + 3);
  return rest.endsWith('/') ? rest.slice(0, -1) : rest;
}

interface Measured extends Omit<Likeness, 'verdict'> {
  /** Some family was fetched twice: the noise is known. */
  noiseKnown: boolean;
}

function measure(ipv6: readonly BodyEvidence[], ipv4: readonly BodyEvidence[]): Measured {
  let signal = 1;
  let noise = 0;
  let titleEqual = false;
  let canonicalEqual = false;
  for (const six of ipv6) {
    for (const four of ipv4) {
      signal = Math.min(signal, pageDistance(six, four));
      titleEqual ||= titleOf(six) === titleOf(four);
      canonicalEqual ||= canonicalOf(six) === canonicalOf(four);
    }
  }
  for (const rounds of [ipv6, ipv4]) {
    const [first, ...others] = rounds;
    if (first !== undefined) for (const other of others) noise = Math.max(noise, pageDistance(first, other));
  }
  return { signal, noise, titleEqual, canonicalEqual, noiseKnown: ipv6.length > 1 || ipv4.length > 1 };
}

/** The ordered rules of `web-content` for measured distances; a small tolerance keeps the borders where they are written. */
export function judgeDistances(measured: Measured): LikenessVerdict {
  const { signal, noise, titleEqual, canonicalEqual } = measured;
  const above = signal - noise - 1e-9;
  if (noise > MAX_NOISE) return 'unstable';
  if (above <= SAME_MARGIN) return 'same';
  if (above <= DIFFERENT_MARGIN) return 'differs-slightly';
  if (titleEqual && canonicalEqual) return 'differs-but-same-title';
  // Without a second fetch the noise is unknown, and distance alone must not fail anybody (faults W15).
  return measured.noiseKnown ? 'different' : 'unstable';
}

function verdictOf(input: { ipv6: readonly BodyEvidence[]; ipv4: readonly BodyEvidence[] }, measured: Measured): LikenessVerdict {
  const { ipv6, ipv4 } = input;
  if (ipv6.every(isDefaultPage) && !ipv4.some(isDefaultPage)) return 'default-page';
  if ([...ipv6, ...ipv4].some(isChallengeBody)) return 'challenge';
  const smallOver6 = ipv6.every((body) => body.textLength < MIN_TEXT);
  const smallOver4 = ipv4.every((body) => body.textLength < MIN_TEXT);
  if (smallOver6 && smallOver4) return 'too-small';
  if (smallOver6 && !(measured.titleEqual && measured.canonicalEqual)) return 'empty-over-ipv6';
  return judgeDistances(measured);
}

/**
 * Compares the rounds of a page over IPv6 with those over IPv4 by the rules of checks.md, `web-content`, in their order. Both
 * lists hold at least one body; a fail on distance needs two rounds of one family. A default page counts only when every
 * IPv6 round shows one and no IPv4 round does; a challenge page when any round does.
 */
export function comparePages(input: { ipv6: readonly BodyEvidence[]; ipv4: readonly BodyEvidence[] }): Likeness {
  const { noiseKnown, ...shown } = measure(input.ipv6, input.ipv4);
  const empty = input.ipv6.length === 0 || input.ipv4.length === 0;
  return { verdict: empty ? 'unstable' : verdictOf(input, { ...shown, noiseKnown }), ...shown };
}
