import type { CheckDefinition } from '../../src/checks/define-check.ts';
import { evaluateCheck } from '../../src/checks/evaluate.ts';
import type { AddressSet } from '../../src/facts/address-set.ts';
import type { AgencyContext, RunFacts } from '../../src/facts/context.ts';
import { indexEvidence } from '../../src/facts/evidence-index.ts';
import { type Fact, known, unknown } from '../../src/facts/fact.ts';
import type { NameUnderIpv6Only } from '../../src/facts/ipv6-only-names.ts';
import type { Agency } from '../../src/model/agency.ts';
import type { Cause } from '../../src/model/cause.ts';
import type { Failure, FailureCode, FailureStep } from '../../src/model/failure.ts';
import type { Finding } from '../../src/model/finding.ts';
import type {
  BodyEvidence,
  Family,
  HttpResponse,
  Observation,
  ObservationOf,
  Operation,
  Round,
  TlsEvidence,
} from '../../src/model/observation.ts';
import type { Subject } from '../../src/model/subject.ts';
import { observationId } from '../../src/net/network.ts';
import { httpTarget } from '../../src/parsers/http-target.ts';
import { bodyOf, portalPage } from './body-evidence.ts';
import { dnsContext } from './dns-context.ts';

/** Portal host of the test agency, its twin, and an address of each family. */
export const apex = 'bo.gov.vn';
export const www = 'www.bo.gov.vn';
export const v6 = '2001:ee0::1';
export const v6b = '2001:ee0::2';
export const v4 = '203.162.0.1';

export interface HttpSaid {
  status?: number;
  location?: string;
  headers?: [string, string][];
  /** Page text; default: a portal page of about 15 KB. Null: no body. */
  html?: string | null;
  css?: string;
  wireBytes?: number;
  tls?: Partial<TlsEvidence> | null;
  fails?: FailureCode;
  step?: FailureStep;
  /** With `fails`: a status line had come before. */
  partial?: boolean;
  /** With `fails`: a handshake had ended before. */
  handshake?: Partial<TlsEvidence>;
  /** Tries, all with the same failure; default 3 for a timeout, 2 for other failures, 1 for a success. */
  tries?: number;
  round?: Round;
  shape?: 'page' | 'large-headers';
}

export const goodTls: TlsEvidence = {
  protocol: 'TLSv1.3',
  cipher: 'TLS_AES_128_GCM_SHA256',
  alpn: 'http/1.1',
  chain: [],
  chainTrusted: true,
  chainError: null,
  nameMatches: true,
  datesValid: true,
};

const startedAt = '2026-01-01T00:00:00.000Z';
const roundTime: Record<Round, string> = {
  1: startedAt,
  2: '2026-01-01T00:00:30.000Z',
  3: startedAt,
  retest: '2026-01-01T00:10:00.000Z',
  remeasure: startedAt,
};
const familyOf = (address: string): Family => (address.includes(':') ? 6 : 4);

function observation<Asked extends Operation>(
  operation: Asked,
  response: unknown,
  said: Pick<HttpSaid, 'fails' | 'step' | 'tries'>,
): ObservationOf<Asked['op']> {
  const failure: Failure | null =
    said.fails === undefined
      ? null
      : { code: said.fails, step: said.step ?? 'connect', synchronous: said.fails === 'no-route', detail: '' };
  const count = said.tries ?? (failure === null ? 1 : failure.code === 'timeout' ? 3 : 2);
  const at = roundTime[operation.request.round];
  return {
    id: observationId(operation),
    startedAt: at,
    elapsedMs: 10,
    peer: failure === null ? { address: operation.request.address, port: operation.request.port } : null,
    tries: Array.from({ length: count }, () => ({ startedAt: at, elapsedMs: 10, failure, loopDelayMs: 0 })),
    failure,
    ...operation,
    response,
  } as unknown as ObservationOf<Asked['op']>;
}

/** One GET of a URL at an address. */
export function http(url: string, address: string, said: HttpSaid = {}): ObservationOf<'http-request'> {
  const target = httpTarget(url);
  if (target === null) throw new Error(`not a URL: ${url}`);
  const request = {
    ...target,
    family: familyOf(address),
    address,
    round: said.round ?? ('1' as const),
    shape: said.shape ?? ('page' as const),
  };
  const silent = said.fails !== undefined && said.partial !== true;
  const seen = observation({ op: 'http-request', request }, silent ? null : responseOf(target.scheme, said), said);
  return said.handshake === undefined ? seen : { ...seen, handshake: { ...goodTls, ...said.handshake } };
}

function responseOf(scheme: string, said: HttpSaid): HttpResponse {
  const tls = scheme === 'https' && said.tls !== null ? { ...goodTls, ...said.tls } : null;
  const status = said.status ?? (said.location === undefined ? 200 : 301);
  const headers: [string, string][] = [
    ...(said.location === undefined ? [] : [['location', said.location] as [string, string]]),
    ...(said.headers ?? []),
  ];
  return { status, headers, tls, body: bodyEvidence(said), timing: { connectMs: 5, tlsMs: 5, firstByteMs: 5 } };
}

function bodyEvidence(said: HttpSaid): BodyEvidence | null {
  if (said.html === null) return null;
  const text = said.css ?? said.html ?? (said.location === undefined ? portalPage() : 'Moved');
  const body = bodyOf(text, { contentType: said.css === undefined ? 'text/html' : 'text/css' });
  return said.wireBytes === undefined ? body : { ...body, wireBytes: said.wireBytes };
}

export function connect(address: string, port: number, said: Pick<HttpSaid, 'fails' | 'round' | 'tries'> = {}): Observation {
  const request = { family: familyOf(address), address, port, round: said.round ?? ('1' as const) };
  return observation({ op: 'tcp-connect', request }, said.fails === undefined ? { connectMs: 5 } : null, said);
}

/** Both rounds of https and port 80 of a healthy host at one address. */
export function healthy(host: string, address: string, said: HttpSaid = {}): Observation[] {
  return [
    http(`https://${host}/`, address, said),
    http(`https://${host}/`, address, { ...said, round: '2' }),
    http(`http://${host}/`, address, { location: `https://${host}/` }),
  ];
}

export interface HostAddresses {
  6?: string[];
  4?: string[];
  /** Unusable AAAA with their scope. */
  bad?: { address: string; scope: string }[];
  outcome6?: AddressSet['outcome'];
  outcome4?: AddressSet['outcome'];
  onAllServers?: boolean;
  /** The look-up of a family failed for this cause. */
  unknown6?: Cause;
  unknown4?: Cause;
}

export interface WebParts {
  hosts: Record<string, HostAddresses>;
  observations?: Observation[];
  run?: Partial<RunFacts>;
  agency?: Partial<Agency>;
  /** How names fare with IPv6 only; default: they resolve. */
  names?: Record<string, Partial<NameUnderIpv6Only>>;
  budgetExhausted?: boolean;
}

const otherNames = ['api.example', 'cdn.example'];

/** A context over given observations; the addresses of hosts are laid into the memo as `facts/lookup` would tell them. */
export function webContext(parts: WebParts): AgencyContext {
  const base = dnsContext({ run: parts.run ?? {}, budgetExhausted: parts.budgetExhausted ?? false });
  const hosts: Record<string, HostAddresses> = { [apex]: {}, [www]: {}, ...parts.hosts };
  for (const [host, addresses] of Object.entries(hosts)) {
    base.cache.set(`addressSet ${host} 6`, setOf(6, addresses));
    base.cache.set(`addressSet ${host} 4`, setOf(4, addresses));
  }
  for (const host of [...Object.keys(hosts), ...otherNames]) {
    const name = {
      name: host,
      role: 'host',
      state: 'resolves',
      cause: null,
      brokenCut: null,
      operators: [],
      oneServerCuts: [],
      ...parts.names?.[host],
    };
    base.cache.set(`ipv6OnlyNames other ${host}`, known({ names: [name], cut: false }, []));
  }
  return { ...base, agency: { ...base.agency, ...parts.agency }, evidence: indexEvidence(parts.observations ?? []) };
}

function setOf(family: Family, host: HostAddresses): Fact<AddressSet> {
  const failed = family === 6 ? host.unknown6 : host.unknown4;
  if (failed !== undefined) return unknown(failed, ['look-up']);
  const usable = host[family] ?? [];
  const unusable = family === 6 ? (host.bad ?? []) : [];
  const given = family === 6 ? host.outcome6 : host.outcome4;
  const outcome = given ?? (usable.length + unusable.length > 0 ? 'answer' : 'nodata');
  return known({ family, outcome, usable, unusable, aliases: [], onAllServers: host.onAllServers ?? true, zone: apex }, []);
}

export function hostSubject(name: string, parts: Partial<Subject> = {}): Subject {
  return {
    kind: 'host',
    name,
    service: 'portal',
    deciding: true,
    sibling: name.startsWith('www.') ? name.slice(4) : `www.${name}`,
    preference: null,
    ...parts,
  };
}

export function serviceSubject(name: string = apex): Subject {
  return { kind: 'service', name, service: 'portal', deciding: true, sibling: null, preference: null };
}

/** The finding of a check on a host (or service) over given evidence. Throws where a text shows a value that the finding lacks. */
export function find(check: { id: string }, parts: WebParts, subject: Subject = hostSubject(apex)): Finding {
  const definition = check as unknown as CheckDefinition;
  const finding = evaluateCheck(definition, webContext(parts), subject);
  const message = definition.messages[finding.message];
  const texts = [message?.vi, message?.en, message?.fix?.vi, message?.fix?.en].join(' ');
  for (const [, name = ''] of texts.matchAll(/\{(\w+)\}/g)) {
    if (finding.values[name] === undefined) throw new Error(`${check.id} ${finding.message} shows {${name}}, which it does not give`);
  }
  if (finding.status === 'inconclusive' && finding.cause === null)
    throw new Error(`${check.id} ${finding.message} is inconclusive without a cause`);
  return finding;
}
