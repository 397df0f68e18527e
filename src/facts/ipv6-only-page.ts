import { siblingOf } from '../model/agency-services.ts';
import type { Cause } from '../model/cause.ts';
import type { FailureStep } from '../model/failure.ts';
import type { Subject } from '../model/subject.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known, unknown } from './fact.ts';
import { ipv6OnlyNamesOf, type NameUnderIpv6Only } from './ipv6-only-names.ts';
import { webAddresses } from './web-addresses.ts';
import { webCertificates } from './web-certificates.ts';
import { connectionVerdict, webConnections } from './web-connections.ts';
import { isOk, type WebPages, webPages } from './web-pages.ts';
import { type WebRedirects, webRedirects } from './web-redirects.ts';
import { type WebTransfer, webTransfer } from './web-transfer.ts';

/** What a client without IPv4 meets on its way to a service's page; each part judged where its own check judges it. */
export interface Ipv6OnlyPage {
  /** The host with the page: the listed one, or its twin where the listed one has no address. */
  host: string;
  presence: 'published' | 'aaaa-missing' | 'no-address';
  /** Names on the way that do not resolve with IPv6 only, proven. */
  brokenNames: NameUnderIpv6Only[];
  /** Names of which it could not be known; and why. */
  unknownNames: string[];
  nameCause: Cause | null;
  connection: 'reached' | 'fails' | 'not-offered' | 'unknown';
  connectionCause: Cause | null;
  /** Some addresses of the host are dead: clients wait. */
  deadAddresses: string[];
  redirect: WebRedirects['primary'];
  reach: WebPages['reach'];
  reachCause: Cause | null;
  reachStep: FailureStep | null;
  statuses: number[];
  ipv4Statuses: number[];
  /** An answer with 2xx or 3xx came over IPv6. */
  ok: boolean;
  limited: boolean;
  defaultPage: boolean;
  /** A page with 2xx came whole over IPv6. */
  whole: boolean;
  transfer: WebTransfer['state'];
  transferCause: Cause | null;
  transferStep: FailureStep | null;
  certificateFault: string | null;
  url: string;
}

/** The host whose page stands for a service: the listed one, or the twin where the listed has neither A nor AAAA (design §6). */
export function servedHost(context: AgencyContext, subject: Subject): string {
  const listed = webAddresses(context, subject.name);
  if (!listed.known || listed.value.presence !== 'no-address') return subject.name;
  return listed.value.siblingAnswers ? siblingOf(subject.name) : subject.name;
}

/** Null for a mail service, which has no page. */
export function ipv6OnlyPageOf(context: AgencyContext, subject: Subject): Fact<Ipv6OnlyPage | null> {
  if (subject.service === 'mail') return known(null);
  return cached(context, `ipv6OnlyPage ${subject.service} ${subject.name}`, () => {
    const host = servedHost(context, subject);
    const [addresses, connections, redirects, pages] = [
      webAddresses(context, host),
      webConnections(context, host),
      webRedirects(context, host),
      webPages(context, host),
    ];
    const [certificates, transfer] = [webCertificates(context, host), webTransfer(context, host)];
    const facts = [addresses, connections, redirects, pages, certificates, transfer];
    const observations = [...new Set(facts.flatMap((fact) => fact.observations))];
    if (!addresses.known) return unknown(addresses.cause, observations);
    if (!connections.known || !redirects.known || !pages.known || !certificates.known || !transfer.known) {
      const open = facts.find((fact) => !fact.known);
      return unknown(open?.known === false ? open.cause : 'unknown', observations);
    }
    const names = namesOnTheWay(context, [host, ...redirects.value.ipv6.hops.map((hop) => hop.host)]);
    const connection = connectionVerdict(connections.value);
    const page = pages.value;
    const value: Ipv6OnlyPage = {
      host,
      presence: addresses.value.presence,
      ...names.value,
      connection: connection.verdict,
      connectionCause: connection.cause,
      deadAddresses: connections.value.ports.flatMap(({ state, failing }) => (state === 'some-fail' ? failing : [])),
      redirect: redirects.value.primary,
      reach: page.reach,
      reachCause: page.cause,
      reachStep: page.step,
      statuses: page.ipv6.statuses,
      ipv4Statuses: page.ipv4.statuses,
      ok: page.ipv6.statuses.some(isOk),
      limited: page.ipv6.challenged || page.ipv6.rateLimited,
      defaultPage: page.ipv6.defaultPage && !page.ipv4.defaultPage,
      whole: page.ipv6.bodies.length > 0,
      transfer: transfer.value.state,
      transferCause: transfer.value.cause,
      transferStep: transfer.value.step,
      certificateFault: certificates.value.ipv6.find(({ state }) => state === 'faulty')?.fault ?? null,
      url: page.ipv6.url,
    };
    return known(value, [...observations, ...names.observations]);
  });
}

type Names = Pick<Ipv6OnlyPage, 'brokenNames' | 'unknownNames' | 'nameCause'>;

/** Strict IPv6-only resolution of every host on the way; the same judgement as that of `ipv6-only-names`. */
function namesOnTheWay(context: AgencyContext, hosts: string[]): { value: Names; observations: string[] } {
  const brokenNames: NameUnderIpv6Only[] = [];
  const unknownNames: string[] = [];
  const observations: string[] = [];
  let nameCause: Cause | null = null;
  for (const host of new Set(hosts)) {
    const name = nameWithIpv6Only(context, host);
    observations.push(...name.observations);
    if (!name.known || name.value.state === 'unknown' || name.value.state === 'broken-everywhere') {
      unknownNames.push(host);
      nameCause ??= (name.known ? name.value.cause : name.cause) ?? 'unknown';
    } else if (name.value.state === 'broken') brokenNames.push(name.value);
  }
  return { value: { brokenNames, unknownNames, nameCause }, observations };
}

/** One host by itself, whatever service it belongs to. */
export function nameWithIpv6Only(context: AgencyContext, host: string): Fact<NameUnderIpv6Only> {
  const names = ipv6OnlyNamesOf(context, {
    kind: 'service',
    name: host,
    service: 'other',
    deciding: false,
    sibling: null,
    preference: null,
  });
  if (!names.known) return names;
  const own = names.value.names.find(({ name }) => name === host);
  return own === undefined ? unknown('not-attempted', names.observations) : known(own, names.observations);
}
