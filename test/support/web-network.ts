import type { Agency } from '../../src/model/agency.ts';
import type { Failure } from '../../src/model/failure.ts';
import type { Family, HttpRequestRequest, ObservationOf, Operation } from '../../src/model/observation.ts';
import { defaultSettings } from '../../src/model/settings.ts';
import { type Network, observationId, operationKey } from '../../src/net/network.ts';
import type { ProbeContext } from '../../src/probes/context.ts';
import type { ResolveHost } from '../../src/probes/http-ask.ts';
import { bodyOf } from './body-evidence.ts';

/** What a URL answers over one family: a page, a redirect, a style sheet, or a failure at a step. */
export interface Answer {
  status?: number;
  location?: string;
  html?: string;
  css?: string;
  headers?: [string, string][];
  fails?: Failure['step'];
  /** The answer never comes before this is settled. */
  after?: Promise<unknown>;
}

export interface WebWorld {
  /** By '6 https://host/path'; an address may be put before: '6 2001:db8::1 https://host/'. */
  answers: Record<string, Answer>;
  /** Addresses of hosts. */
  hosts: Record<string, { 4?: string[]; 6?: string[] }>;
}

const failureAt = (step: Failure['step']): Failure => ({ code: 'timeout', step, synchronous: false, detail: '' });

function urlOf({ scheme, host, port, path }: HttpRequestRequest): string {
  return `${scheme}://${host}${port === (scheme === 'https' ? 443 : 80) ? '' : `:${port}`}${path}`;
}

function observe(operation: Operation, response: unknown, failure: Failure | null): never {
  const startedAt = '2026-08-03T00:00:00.000Z';
  const common = {
    id: observationId(operation),
    startedAt,
    elapsedMs: 1,
    peer: null,
    tries: [{ startedAt, elapsedMs: 1, failure, loopDelayMs: 0 }],
  };
  return { ...common, ...operation, response, failure } as never;
}

function httpResponse(answer: Answer): NonNullable<ObservationOf<'http-request'>['response']> {
  const isCss = answer.css !== undefined;
  const text = answer.css ?? answer.html ?? '';
  return {
    status: answer.status ?? (answer.location === undefined ? 200 : 302),
    headers: [...(answer.location === undefined ? [] : [['location', answer.location] as [string, string]]), ...(answer.headers ?? [])],
    tls: null,
    body: bodyOf(text, { contentType: isCss ? 'text/css' : 'text/html' }),
    timing: { connectMs: 1, tlsMs: 1, firstByteMs: 1 },
  };
}

/** A network of a table, with a memo as the real one has; `asked` lists each operation once as 'family address url round [shape]'. */
export function webNetwork(world: WebWorld): { network: Network; asked: string[]; resolveHost: ResolveHost; resolved: string[] } {
  const asked: string[] = [];
  const resolved: string[] = [];
  const memo = new Map<string, Promise<never>>();
  const answer = async (operation: Operation): Promise<never> => {
    if (operation.op === 'tcp-connect') {
      asked.push(`${operation.request.family} ${operation.request.address} connect:${operation.request.port} ${operation.request.round}`);
      return observe(operation, { connectMs: 1 }, null);
    }
    if (operation.op !== 'http-request') throw new Error(`unexpected ${operation.op}`);
    const { family, address, round, shape } = operation.request;
    const url = urlOf(operation.request);
    asked.push(`${family} ${address} ${url} ${round}${shape === 'page' ? '' : ` ${shape}`}`);
    const found = world.answers[`${family} ${address} ${url}`] ?? world.answers[`${family} ${url}`] ?? { fails: 'connect' };
    await found.after;
    return found.fails === undefined ? observe(operation, httpResponse(found), null) : observe(operation, null, failureAt(found.fails));
  };
  const network: Network = {
    perform: (operation) => {
      const key = operationKey(operation);
      const known = memo.get(key) ?? answer(operation);
      memo.set(key, known);
      return known;
    },
  };
  const resolveHost: ResolveHost = async (host) => {
    resolved.push(host);
    return { 4: world.hosts[host]?.[4] ?? [], 6: world.hosts[host]?.[6] ?? [] };
  };
  return { network, asked, resolveHost, resolved };
}

export const testAgency: Agency = {
  id: 'a',
  name: { vi: 'A', en: 'A' },
  category: 'ministry',
  domain: 'a.gov.vn',
  servicesDomain: null,
  servicesStatus: 'active',
  mailDomain: null,
  hosts: [],
  input: { file: 'x', line: 1 },
  extra: {},
};

export function webContext(network: Network, overrides: Partial<ProbeContext> = {}): ProbeContext {
  return {
    network,
    agency: testAgency,
    runId: 'run-1',
    resolution: { mode: 'resolver', resolvers: [] },
    settings: defaultSettings,
    isUsable: (address) => !address.startsWith('fe80') && !address.startsWith('127.'),
    servicesOverride: 'listed',
    ...overrides,
  };
}

/** The family of each asked operation that matches, in order. */
export function familiesOf(asked: readonly string[], matches: (line: string) => boolean): Family[] {
  return asked.filter(matches).map((line) => (line.startsWith('6') ? 6 : 4));
}
