import { describe, expect, it } from 'vitest';
import { check as delegationCheck } from '../../../src/checks/dns/delegation.ts';
import { check as glueCheck } from '../../../src/checks/dns/glue-ipv6.ts';
import { unknown } from '../../../src/facts/fact.ts';
import type { GlueOfName } from '../../../src/facts/glue-match.ts';
import type { DelegationView, NameServerFact } from '../../../src/facts/name-servers.ts';
import { type good, ns1v4, ns1v6, ns2v6, outcome, serverFact, zone, zoneSubject } from '../../support/dns-context.ts';

const a = 'ns1.x.vn';
const b = 'ns2.x.vn';

function view(
  parts: Partial<DelegationView> = {},
  servers: NameServerFact[] = [serverFact(a, [ns1v6]), serverFact(b, [ns2v6])],
): DelegationView {
  const childNames = parts.childNames ?? [a, b];
  return {
    zone,
    exists: true,
    parent: 'gov.vn',
    parentNames: [a, b],
    childNames,
    childSets: childNames.length > 0 ? [{ names: childNames, addresses: [ns1v6] }] : [],
    glue: [],
    referrals: { udp: 1, tcp: 1 },
    nameServers: { zone, parentVisible: true, childVisible: true, servers },
    ...parts,
  };
}

const refused = outcome('error', 'dns-refused', 'REFUSED');
const lame = outcome('lame', 'dns-lame', 'no AA');
const silent = outcome('silent', 'timeout', 'timeout');
const ours = outcome('ours', 'vantage-no-ipv6');
const all = (state: typeof good) => [
  serverFact(a, [ns1v6], { udp: state, tcp: state }),
  serverFact(b, [ns2v6], { udp: state, tcp: state }),
];

/** An address that only the parent's glue has, without authority. */
const unpublished = (address: string, parts: Partial<NameServerFact> = {}): NameServerFact => {
  const server = serverFact(a, [address], { udp: lame, tcp: lame, ...parts });
  return { ...server, addresses: server.addresses.map((each) => ({ ...each, published: false })) };
};

describe('delegation', () => {
  it.each([
    ['equal and authoritative', view(), 'consistent', { servers: [a, b] }],
    ['D19 the parent has more', view({ parentNames: [a, b, 'ns3.x.vn'] }), 'sets-differ', { onlyParent: ['ns3.x.vn'], onlyChild: [] }],
    ['D19 the child has more', view({ parentNames: [a] }), 'sets-differ', { onlyParent: [], onlyChild: [b] }],
    ['D19 disjoint', view({ childNames: ['ns3.x.vn'] }), 'disjoint-sets', { parentServers: [a, b], servers: ['ns3.x.vn'] }],
    ['parent serves the child', view({ parentNames: null }), 'parent-serves-child', { servers: [a, b] }],
    [
      'one lame',
      view({}, [serverFact(a, [ns1v6]), serverFact(b, [ns2v6], { udp: lame, tcp: lame })]),
      'lame-servers',
      { addresses: [`${b} [${ns2v6}]: no AA`] },
    ],
    ['lame over UDP, good over TCP', view({}, [serverFact(a, [ns1v6], { udp: refused }), serverFact(b, [ns2v6])]), 'consistent', {}],
    [
      'D14 REFUSED everywhere',
      view({ childNames: [] }, all(refused)),
      'lame-everywhere',
      { addresses: [`${a} [${ns1v6}]: REFUSED`, `${b} [${ns2v6}]: REFUSED`] },
    ],
    [
      'one lame, one silent',
      view({ childNames: [] }, [serverFact(a, [ns1v6], { udp: lame, tcp: lame }), serverFact(b, [ns2v6], { udp: silent, tcp: silent })]),
      'lame-everywhere',
      { addresses: [`${a} [${ns1v6}]: no AA`, `${b} [${ns2v6}]: timeout`] },
    ],
    [
      'lame, and one without an address by evidence',
      view({ childNames: [] }, [serverFact(a, [ns1v6], { udp: lame, tcp: lame }), serverFact(b, [])]),
      'lame-everywhere',
      {},
    ],
    [
      'lame, and one whose other addresses are not known',
      view({ childNames: [] }, [serverFact(a, [ns1v6], { udp: lame, tcp: lame, ipv4: unknown('dns-timeout') })]),
      'lame-everywhere',
      {},
    ],
    ...(['ipv4', 'ipv6'] as const).map((family): [string, DelegationView, string, object] => [
      `lame, and one whose ${family} addresses are not known and that has no others`,
      view({ childNames: [] }, [serverFact(a, [ns1v6], { udp: lame, tcp: lame }), serverFact(b, [], { [family]: unknown('dns-timeout') })]),
      'no-answer',
      {},
    ]),
    [
      'lame, and one not measured from here',
      view({ childNames: [] }, [serverFact(a, [ns1v6], { udp: lame, tcp: lame }), serverFact(b, [ns2v6], { udp: ours, tcp: silent })]),
      'no-answer',
      { addresses: [`${a} [${ns1v6}]: no AA`, `${b} [${ns2v6}]: vantage-no-ipv6`] },
    ],
    ['unstable is authoritative', view({}, all(outcome('unstable'))), 'consistent', {}],
    ...[ns1v6, ns1v4].map((address): [string, DelegationView, string, object] => [
      `glue beside good data is not judged here: ${address}`,
      view({}, [serverFact(b, [ns2v6]), unpublished(address)]),
      'consistent',
      {},
    ]),
    ...(
      [
        [ns1v6, 'ipv6'],
        [ns1v4, 'ipv4'],
      ] as const
    ).map(([address, family]): [string, DelegationView, string, object] => [
      `glue is all there is: ${address}`,
      view({}, [serverFact(b, [ns2v6]), unpublished(address, { [family]: unknown('dns-timeout') })]),
      'lame-servers',
      { addresses: [`${a} [${address}]: no AA`] },
    ]),
    [
      "without the parent's view, servers that differ among themselves",
      view({
        parentNames: null,
        childNames: [a, b, 'ns3.x.vn'],
        childSets: [
          { names: [a, b], addresses: [ns1v6] },
          { names: [a, 'ns3.x.vn'], addresses: [ns2v6] },
        ],
      }),
      'sets-differ',
      { onlyParent: [], onlyChild: [b, 'ns3.x.vn'] },
    ],
    [
      'one server of the zone lacks what the parent and the other have',
      view({
        childSets: [
          { names: [a, b], addresses: [ns1v6] },
          { names: [a], addresses: [ns2v6] },
        ],
      }),
      'sets-differ',
      { onlyParent: [b], onlyChild: [] },
    ],
    ['the parent names none', view({ parentNames: [] }), 'sets-differ', { onlyParent: [], onlyChild: [a, b] }],
  ])('%s', (_title, delegation, message, values) => {
    expect(delegationCheck.evaluate({ delegation }, zoneSubject())).toMatchObject({ message, values: { zone, ...values } });
  });

  it.each([
    ['all silent', view({ childNames: [] }, all(silent)), 'no-answer', 'dns-timeout'],
    [
      'lame, but one not measurable from here',
      view({ childNames: [] }, [serverFact(a, [ns1v6], { udp: lame, tcp: lame }), serverFact(b, [ns2v6], { udp: ours, tcp: ours })]),
      'no-answer',
      'vantage-no-ipv6',
    ],
    [
      'lame, but the other has no known address',
      view({ childNames: [] }, [
        serverFact(a, [ns1v6], { udp: lame, tcp: lame }),
        serverFact(b, [], { ipv6: unknown('dns-timeout'), ipv4: unknown('dns-timeout') }),
      ]),
      'no-answer',
      'dns-timeout',
    ],
    ['alive, but no NS set told', view({ childNames: [] }), 'no-answer', 'dns-inconsistent'],
    ['does not exist', view({ exists: false, nameServers: null }), 'domain-not-found', 'domain-not-found'],
  ])('%s is inconclusive', (_title, delegation, message, cause) => {
    const result = delegationCheck.evaluate({ delegation }, zoneSubject());
    expect(result).toMatchObject({ message, cause });
    expect(delegationCheck.messages[result.message].status).toBe('inconclusive');
  });

  it('stale glue that is lame is left to glue-ipv6', () => {
    const server = serverFact(a, [ns1v6]);
    const stale = { address: ns2v6, family: 6 as const, published: false, udp: lame, tcp: lame };
    const servers = [{ ...server, addresses: [...server.addresses, stale] }, serverFact(b, [ns1v4])];
    expect(delegationCheck.evaluate({ delegation: view({}, servers) }, zoneSubject()).message).toBe('consistent');
  });
});

function glue(name: string, state: GlueOfName['state'], parts: Partial<GlueOfName> = {}): GlueOfName {
  return { name, relation: 'in-domain', state, cause: null, glue: [ns1v6], authoritative: [ns1v6], ...parts };
}

const own = `ns1.${zone}`;
const other = `ns2.${zone}`;
const sibling = { relation: 'sibling' } as const;
const text = (name: string): string => `${name} (glue: ${ns1v6}; AAAA: ${ns1v6})`;

describe('glue-ipv6', () => {
  it.each([
    ['equal', [glue(own, 'equal'), glue(other, 'none')], 'glue-equal', [text(own)]],
    ['child has more', [glue(own, 'child-has-more'), glue(other, 'equal')], 'glue-child-has-more', [text(own)]],
    [
      'sibling missing',
      [glue('ns.so.vn', 'missing', { ...sibling, glue: [] })],
      'glue-sibling-missing',
      [`ns.so.vn (glue: -; AAAA: ${ns1v6})`],
    ],
    ['stale beside good', [glue(own, 'stale')], 'glue-stale', [text(own)]],
    ['stale, beside a sibling that is', [glue(own, 'equal'), glue('ns.so.vn', 'stale', sibling)], 'glue-stale', [text('ns.so.vn')]],
    ['no AAAA left', [glue(own, 'stale', { authoritative: [] })], 'glue-stale', [text(own).replace(/AAAA: [^)]*/, 'AAAA: -')]],
    ['sibling dead', [glue('ns.so.vn', 'dead', sibling)], 'glue-stale', [text('ns.so.vn')]],
    ['D19 differs but answers', [glue(own, 'differs'), glue(other, 'equal')], 'glue-differs', [text(own)]],
    [
      'in-domain missing',
      [glue(own, 'missing', { glue: [] }), glue(other, 'unknown')],
      'glue-missing',
      [`${own} (glue: -; AAAA: ${ns1v6})`],
    ],
    ['in-domain dead', [glue(own, 'dead', { cause: 'dns-lame' }), glue(other, 'equal')], 'glue-dead', [text(own)]],
    ['one not judged', [glue(own, 'unknown', { cause: 'vantage-no-ipv6' }), glue(other, 'stale')], 'glue-not-judged', [text(own)]],
  ])('%s', (_title, names, message, shown) => {
    expect(glueCheck.evaluate({ glueMatch: { zone, parentServesChild: false, names } }, zoneSubject())).toMatchObject({
      message,
      values: { zone, names: shown },
    });
  });

  it('not applicable without names that need glue, or without a referral', () => {
    expect(glueCheck.evaluate({ glueMatch: { zone, parentServesChild: false, names: [glue(own, 'none')] } }, zoneSubject())).toEqual({
      message: 'no-glue-needed',
      values: { zone },
    });
    expect(glueCheck.evaluate({ glueMatch: { zone, parentServesChild: true, names: [] } }, zoneSubject())).toEqual({
      message: 'parent-serves-child',
      values: { zone },
    });
  });

  it('causes go along', () => {
    const evaluate = (name: GlueOfName) =>
      glueCheck.evaluate({ glueMatch: { zone, parentServesChild: false, names: [name] } }, zoneSubject()).cause;
    expect(evaluate(glue(own, 'dead', { cause: 'dns-lame' }))).toBe('dns-lame');
    expect(evaluate(glue(own, 'unknown', { cause: 'vantage-no-ipv6' }))).toBe('vantage-no-ipv6');
    expect(evaluate(glue(own, 'unknown'))).toBe('not-attempted');
    expect(
      glueCheck.evaluate({ glueMatch: { zone, parentServesChild: false, names: [glue(own, 'stale')] } }, zoneSubject()),
    ).not.toHaveProperty('cause');
  });
});
