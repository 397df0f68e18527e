import { expect, it } from 'vitest';
import type { Operation } from '../../src/model/observation.ts';
import type { Network } from '../../src/net/network.ts';
import { contactedName, createOptOutNetwork } from '../../src/net/opt-out-network.ts';

const target = { family: 6 as const, address: '2001:db8::1', port: 443, round: '1' as const };
const page = (host: string): Operation => ({ op: 'http-request', request: { ...target, scheme: 'https', host, path: '/', shape: 'page' } });

it.each<[string, Operation, string | null]>([
  ['a page', page('a.gov.vn'), 'a.gov.vn'],
  ['a mail session', { op: 'smtp-session', request: { ...target, port: 25, host: 'mx.a.gov.vn' } }, 'mx.a.gov.vn'],
  ['a handshake', { op: 'tls-handshake', request: { ...target, serverName: 'a.gov.vn', alpn: [] } }, 'a.gov.vn'],
  ['a bare connect', { op: 'tcp-connect', request: target }, null],
])('the name that %s contacts', (_, operation, name) => {
  expect(contactedName(operation)).toBe(name);
});

it('L2 what opted out is not asked, and says so; the rest is', async () => {
  const asked: string[] = [];
  const inner = {
    perform: async (operation: Operation) => {
      asked.push(contactedName(operation) ?? '');
      return { failure: null };
    },
  } as unknown as Network;
  const network = createOptOutNetwork(inner, (operation) => contactedName(operation) === 'out.gov.vn');
  const refused = await network.perform(page('out.gov.vn'));
  await network.perform(page('in.gov.vn'));
  expect(refused.failure).toMatchObject({ code: 'opted-out', step: 'gate' });
  expect(refused.tries).toEqual([]);
  expect(asked).toEqual(['in.gov.vn']);
});
