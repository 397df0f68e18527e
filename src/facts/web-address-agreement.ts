import type { Cause } from '../model/cause.ts';
import type { BodyEvidence } from '../model/observation.ts';
import { aaaaSetsOf } from './aaaa-sets.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known, unknown } from './fact.ts';
import { zoneOf } from './lookup.ts';
import { compareFamilies } from './outcome.ts';
import { comparePages, isChallenge, isDefaultPage } from './page-likeness.ts';
import { registrableDomain } from './registrable-domain.ts';
import { type Presence, type WebAddresses, webAddresses } from './web-addresses.ts';
import { connectionVerdict, webConnections } from './web-connections.ts';
import { leafDifferences, type ShownLeaf, shownLeaves } from './web-leaves.ts';
import { isOk } from './web-pages.ts';
import { completed, type HttpObservation, idsOf, requestsFor, responded, webUrl } from './web-requests.ts';

/** What one AAAA of a host shows for its front page, the same URL at each. */
export interface AddressPage {
  address: string;
  /** The best status of all rounds: one good answer is enough. */
  status: number;
  /** Somebody in front of the site answered every time: 429, or a challenge. */
  guarded: 'rate-limited' | 'waf-challenge' | null;
  leaf: ShownLeaf | null;
  title: string | null;
  bodies: BodyEvidence[];
}

export type Disagreement = 'default-page' | 'other-certificate-name' | 'other-site' | 'status' | 'certificate' | 'title';

/** An address that differs from the one it is held against, and how. */
export interface DifferingAddress {
  kind: Disagreement;
  page: AddressPage;
  reference: AddressPage;
}

export interface WebAddressAgreement {
  host: string;
  presence: Presence;
  /** Usable AAAA. */
  published: string[];
  pages: AddressPage[];
  /** Addresses that showed nothing, and those of them for which that is proven and judged by `web-connect`, `web-tls` or `web-response`. */
  silent: string[];
  provenDead: string[];
  connection: 'reached' | 'fails' | 'not-offered' | 'unknown';
  cause: Cause | null;
  differing: DifferingAddress[];
  /** The servers give other AAAA from question to question: addresses may well serve different places. */
  varies: boolean;
}

/** Front page, status and certificate at every AAAA of a host (faults W23). */
export function webAddressAgreement(context: AgencyContext, host: string): Fact<WebAddressAgreement> {
  return cached(context, `webAddressAgreement ${host}`, () => {
    const addresses = webAddresses(context, host);
    const connections = webConnections(context, host);
    if (!addresses.known) return unknown(addresses.cause, addresses.observations);
    if (!connections.known) return unknown(connections.cause, connections.observations);
    const published = addresses.value.ipv6.usable;
    const leaves = shownLeaves(context, host, 6);
    const requests = frontPages(context, host);
    const pages = published.flatMap((address) =>
      pageAt(
        address,
        requests.filter(({ request }) => request.address === address),
        leaves,
      ),
    );
    const silent = published.filter((address) => !pages.some((page) => page.address === address));
    const open = pages.filter(({ guarded }) => guarded === null);
    const silence = silenceOf(context, addresses.value, silent);
    const verdict = connectionVerdict(connections.value);
    return known(
      {
        host,
        presence: addresses.value.presence,
        published,
        pages,
        silent,
        provenDead: silence.provenDead,
        connection: verdict.verdict,
        cause: verdict.cause ?? silence.cause,
        differing: disagreements(open),
        varies: published.length > 1 && isVarying(context, host),
      },
      [...connections.observations, ...idsOf(requests)],
    );
  });
}

/** Of the addresses that showed nothing: for which is that proven, and why are the others not measured. */
function silenceOf(
  context: AgencyContext,
  { host, ipv4, ipv4Published }: WebAddresses,
  silent: readonly string[],
): { provenDead: string[]; cause: Cause | null } {
  const dialled = (address: string) => context.evidence.dialled(address, 443).filter(({ op }) => op !== 'smtp-session');
  const comparisons = silent.map((address) => ({
    address,
    ...compareFamilies(context, {
      proofClass: 'web',
      ipv6: dialled(address),
      ipv4: (ipv4?.usable ?? []).flatMap(dialled),
      ipv4Published,
      reached: responded,
      subject: registrableDomain(host),
    }),
  }));
  const isProven = (verdict: string): boolean => verdict === 'fails' || verdict === 'not-offered';
  return {
    provenDead: comparisons.filter(({ verdict }) => isProven(verdict)).map(({ address }) => address),
    cause: comparisons.find(({ verdict }) => !isProven(verdict))?.cause ?? null,
  };
}

/** https where any address answered it, else plain http: one URL for all. */
function frontPages(context: AgencyContext, host: string): HttpObservation[] {
  for (const scheme of ['https', 'http'] as const) {
    const url = webUrl(`${scheme}://${host}/`);
    const requests = url === null ? [] : requestsFor(context, url, 6);
    if (requests.some(responded)) return requests;
  }
  return [];
}

function pageAt(address: string, requests: readonly HttpObservation[], leaves: readonly ShownLeaf[]): AddressPage[] {
  const responses = requests.flatMap(({ response }) => (response === null ? [] : [response]));
  if (responses.length === 0) return [];
  const free = responses.filter((response) => response.status !== 429 && !isChallenge(response));
  const bodies = requests
    .filter(completed)
    .flatMap(({ response }) =>
      response === null || !isOk(response.status) || isChallenge(response) || response.body === null ? [] : [response.body],
    );
  const guarded = responses.some(({ status }) => status === 429) ? 'rate-limited' : 'waf-challenge';
  return [
    {
      address,
      status: Math.min(...(free.length > 0 ? free : responses).map(({ status }) => status)),
      guarded: free.length > 0 ? null : guarded,
      leaf: leaves.find((leaf) => leaf.address === address) ?? null,
      title: bodies[0]?.title ?? null,
      bodies,
    },
  ];
}

function disagreements(pages: readonly AddressPage[]): DifferingAddress[] {
  const reference = referenceOf(pages);
  if (reference === null) return [];
  return pages.flatMap((page) => {
    const kind = page === reference ? null : disagreement(page, reference);
    return kind === null ? [] : [{ kind, page, reference }];
  });
}

/** What most addresses show; among equals the better: a good certificate, no default page, a good status, two loads. */
function referenceOf(pages: readonly AddressPage[]): AddressPage | null {
  const ranked = pages.map((page) => ({
    page,
    rank: [
      Number(page.leaf?.valid ?? true),
      Number(!isDefault(page)),
      Number(isOk(page.status)),
      pages.filter((other) => disagreement(other, page) === null).length,
      page.bodies.length,
    ],
  }));
  ranked.sort((a, b) => {
    const at = a.rank.findIndex((value, index) => value !== b.rank[index]);
    return at === -1 ? 0 : (b.rank[at] ?? 0) - (a.rank[at] ?? 0);
  });
  return ranked[0]?.page ?? null;
}

const isDefault = ({ bodies }: AddressPage): boolean => bodies.length > 0 && bodies.every(isDefaultPage);

/** The gravest difference; null for none. Another page alone is another site only by the rules of `web-content`, never by distance alone. */
function disagreement(page: AddressPage, reference: AddressPage): Disagreement | null {
  if (isDefault(page) && !isDefault(reference) && reference.bodies.length > 0) return 'default-page';
  if (page.leaf !== null && reference.leaf !== null && !page.leaf.nameMatches && reference.leaf.nameMatches)
    return 'other-certificate-name';
  if (page.status !== reference.status) return 'status';
  const bothShown = page.bodies.length > 0 && reference.bodies.length > 0;
  if (bothShown && isOtherSite(page, reference)) return 'other-site';
  if (page.leaf !== null && reference.leaf !== null && leafDifferences(page.leaf, reference.leaf).length > 0) return 'certificate';
  return bothShown && page.title !== reference.title ? 'title' : null;
}

function isOtherSite(page: AddressPage, reference: AddressPage): boolean {
  const { verdict, titleEqual } = comparePages({ ipv6: page.bodies, ipv4: reference.bodies });
  return (verdict === 'different' || verdict === 'empty-over-ipv6') && !titleEqual;
}

function isVarying(context: AgencyContext, host: string): boolean {
  const zone = zoneOf(context, host);
  const sets = zone.known ? aaaaSetsOf(context, zone.value.zone) : null;
  return sets?.known === true && sets.value.names.some(({ name, state }) => name === host && state === 'varies');
}
