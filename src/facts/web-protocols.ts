import type { Cause } from '../model/cause.ts';
import { ourFailures } from '../model/failure.ts';
import { type Family, families, type Observation, type ObservationOf } from '../model/observation.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known, unknown } from './fact.ts';
import { type Presence, webAddresses } from './web-addresses.ts';
import { connectionVerdict, webConnections } from './web-connections.ts';
import { ipv4UnmeasuredCause } from './web-ipv4-control.ts';
import { hasNoTls } from './web-leaves.ts';
import { idsOf } from './web-requests.ts';

/** What one family offers beyond HTTP/1.1. */
export interface ProtocolSide {
  /** Chosen of h2 and http/1.1; '' when the server chose none; null: the handshake was not made or did not end. */
  alpn: string | null;
  cause: Cause | null;
  /** Alt-Svc announces h3: in every answer over https, in none, or now and then. Null: no answer. */
  http3: 'always' | 'never' | 'sometimes' | null;
}

export interface WebProtocols {
  host: string;
  presence: Presence;
  ipv4Published: boolean;
  /** Of port 443. */
  connection: 'reached' | 'fails' | 'not-offered' | 'unknown';
  connectionCause: Cause | null;
  /** No handshake over IPv6 ends, proven or for a stalled path: `web-tls` and `web-transfer` judge that. */
  noTls: boolean;
  ipv6: ProtocolSide;
  ipv4: ProtocolSide;
}

/** ALPN by a handshake that offers h2, and Alt-Svc of the answers that came anyway (RFC 7838, RFC 9114 §3.1.1), by family. */
export function webProtocols(context: AgencyContext, host: string): Fact<WebProtocols> {
  return cached(context, `webProtocols ${host}`, () => {
    const [addresses, connections] = [webAddresses(context, host), webConnections(context, host)];
    if (!addresses.known) return unknown(addresses.cause, addresses.observations);
    if (!connections.known) return unknown(connections.cause, connections.observations);
    const { presence, ipv4Published } = addresses.value;
    const connection = presence === 'published' ? connectionVerdict(connections.value, 443) : { verdict: 'unknown' as const, cause: null };
    const handshakes = families.flatMap((family) => offersOf(context, host, family));
    return known(
      {
        host,
        presence,
        ipv4Published,
        connection: connection.verdict,
        connectionCause: connection.cause,
        noTls: hasNoTls(context, host),
        ipv6: sideOf(context, host, 6),
        ipv4: sideOf(context, host, 4),
      },
      [...connections.observations, ...idsOf(handshakes)],
    );
  });
}

function offersOf(context: AgencyContext, host: string, family: Family): ObservationOf<'tls-handshake'>[] {
  const addresses = new Set(context.evidence.httpRequests(host, family).map(({ request }) => request.address));
  return [...addresses]
    .flatMap((address) => context.evidence.dialled(address, 443))
    .filter(
      (observation): observation is ObservationOf<'tls-handshake'> =>
        observation.op === 'tls-handshake' && observation.request.serverName === host && observation.request.alpn.includes('h2'),
    );
}

function sideOf(context: AgencyContext, host: string, family: Family): ProtocolSide {
  const handshakes = offersOf(context, host, family);
  const made = handshakes.find(({ response }) => response !== null)?.response ?? null;
  return {
    alpn: made === null ? null : (made.alpn ?? ''),
    cause: made === null ? causeOf(context, handshakes.at(-1) ?? lastFailure(context, host, family), { host, family }) : null,
    http3: http3Of(context, host, family),
  };
}

/** Where no page came over TLS the handshake is not made: what became of the page says why. */
function lastFailure(context: AgencyContext, host: string, family: Family): Observation | undefined {
  return context.evidence
    .httpRequests(host, family)
    .findLast(({ request, response }) => request.scheme === 'https' && request.port === 443 && response === null);
}

function causeOf(context: AgencyContext, observation: Observation | undefined, { host, family }: { host: string; family: Family }): Cause {
  const failure = observation?.failure ?? null;
  if (failure !== null && !ourFailures.has(failure.code)) return failure.code;
  const lookedUp = family === 6 ? null : ipv4UnmeasuredCause(context, host);
  if (lookedUp !== null && (failure !== null || lookedUp !== 'vantage-no-ipv4')) return lookedUp;
  return context.budgetExhausted ? 'budget-exhausted' : 'not-attempted';
}

function http3Of(context: AgencyContext, host: string, family: Family): ProtocolSide['http3'] {
  const answers = context.evidence
    .httpRequests(host, family)
    .filter(({ request }) => request.scheme === 'https' && request.port === 443)
    .flatMap(({ response }) => (response !== null && response.status < 400 ? [response] : []));
  if (answers.length === 0) return null;
  const announcing = answers.filter(({ headers }) => headers.some(([name, value]) => name === 'alt-svc' && announcesHttp3(value)));
  if (announcing.length === 0) return 'never';
  return announcing.length === answers.length ? 'always' : 'sometimes';
}

/** One of the alternatives is h3 (final) or a draft of it, `h3-29`. */
function announcesHttp3(value: string): boolean {
  return value.split(',', 50).some((part) => /^\s{0,8}h3(-[0-9]{1,2})?=/.test(part));
}
