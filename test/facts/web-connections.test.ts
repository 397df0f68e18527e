import { describe, expect, it } from 'vitest';
import { connectionVerdict, webConnections } from '../../src/facts/web-connections.ts';
import { apex, connect, http, v4, v6, v6b, type WebParts, webContext } from '../support/web-evidence.ts';

const hosts = { [apex]: { 6: [v6, v6b], 4: [v4] } };
const facts = (parts: WebParts) => {
  const fact = webConnections(webContext(parts), apex);
  if (!fact.known) throw new Error(fact.cause);
  return fact.value;
};

describe('webConnections', () => {
  it('judges each address and names its evidence', () => {
    const observations = [http(`https://${apex}/`, v6), connect(v6b, 443, { fails: 'reset' }), connect(v4, 443)];
    const [port] = facts({ hosts, observations }).ports;
    expect(port).toMatchObject({ port: 443, state: 'some-fail', reached: [v6], failing: [v6b], cause: 'reset' });
    expect(port?.observations).toEqual(expect.arrayContaining(observations.map(({ id }) => id)));
  });

  it('one dead and one unmeasured address are unknown, not dead', () => {
    const [port] = facts({ hosts, observations: [connect(v6, 443, { fails: 'refused' }), connect(v4, 443)] }).ports;
    expect(port).toMatchObject({ state: 'unknown', cause: 'not-attempted', failing: [v6], unmeasured: [v6b] });
  });

  it('is unknown with the cause of a failed look-up, and empty without AAAA', () => {
    expect(webConnections(webContext({ hosts: { [apex]: { unknown6: 'dns-lame' } } }), apex)).toMatchObject({
      known: false,
      cause: 'dns-lame',
    });
    expect(facts({ hosts: { [apex]: { 4: [v4] } } })).toMatchObject({ presence: 'aaaa-missing', ports: [] });
  });
});

describe('connectionVerdict', () => {
  const one = { [apex]: { 6: [v6], 4: [v4] } };
  const dead443 = [connect(v6, 443, { fails: 'refused' }), connect(v4, 443)];
  it.each([
    { title: 'reached on one port', observations: [...dead443, connect(v6, 80)], verdict: 'reached', cause: null },
    { title: 'dead on one, unasked on the other', observations: dead443, verdict: 'unknown', cause: 'not-attempted' },
    {
      title: 'dead on one, down in both families on the other',
      observations: [...dead443, ...[v6, v4].flatMap((address) => [connect(address, 80, { fails: 'reset' })])],
      verdict: 'fails',
      cause: 'refused',
    },
    {
      title: 'refused everywhere',
      observations: [v6, v4].flatMap((address) => [443, 80].map((port) => connect(address, port, { fails: 'refused' }))),
      verdict: 'not-offered',
      cause: null,
    },
  ])('$title: $verdict', ({ observations, verdict, cause }) => {
    expect(connectionVerdict(facts({ hosts: one, observations }))).toEqual({ verdict, cause });
  });
});
