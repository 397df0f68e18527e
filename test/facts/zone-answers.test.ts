import { describe, expect, it } from 'vitest';
import { aaaaHandlingOf } from '../../src/facts/aaaa-handling.ts';
import { aaaaSetsOf } from '../../src/facts/aaaa-sets.ts';
import { known } from '../../src/facts/fact.ts';
import { familyDifferencesOf } from '../../src/facts/family-differences.ts';
import { zoneAnswersOf } from '../../src/facts/zone-answers.ts';
import {
  address,
  addressSetFact,
  type DnsObservation,
  type DnsSaid,
  dns,
  dnsContext,
  mx,
  ns,
  ns1v4,
  ns1v6,
  ns2v6,
  soa,
  zone,
  zoneCut,
} from '../support/dns-context.ts';

const ns1 = 'ns1.provider.vn';
const ns2 = 'ns2.provider.vn';
const www = `www.${zone}`;
const web = '2001:dc8:2::80';

/** ns1 has IPv6 and IPv4, ns2 IPv6 alone. What is not given is answered properly by each of them. */
function context(special: DnsObservation[]) {
  const ids = new Set(special.map(({ id }) => id));
  const plain = [ns1v6, ns1v4, ns2v6].flatMap((server) => [
    dns(server, `${zone} SOA`, { answers: [soa()] }),
    dns(server, `${zone} SOA`, { answers: [soa()], transport: 'tcp' }),
    dns(server, `${zone} NS`, { answers: [ns(ns1), ns(ns2)] }),
    dns(server, `${zone} MX`, { answers: [mx('mail.elsewhere.vn')] }),
    ...[zone, www].flatMap((name) => [
      dns(server, `${name} AAAA`, { answers: [address(name, web)] }),
      dns(server, `${name} A`, { answers: [address(name, '9.9.9.80')] }),
    ]),
  ]);
  const cut = zoneCut(zone, 'gov.vn', { [ns1]: [], [ns2]: [] });
  return dnsContext({
    observations: [...special, ...plain.filter(({ id }) => !ids.has(id))],
    places: { [zone]: known({ zone, cut, parentChain: [] }) },
    addresses: {
      [`${ns1} 6`]: addressSetFact(6, [ns1v6]),
      [`${ns1} 4`]: addressSetFact(4, [ns1v4]),
      [`${ns2} 6`]: addressSetFact(6, [ns2v6]),
      [`${ns2} 4`]: addressSetFact(4, []),
    },
  });
}

function valueIn<Value>(fact: { known: true; value: Value } | { known: false; cause: string }): Value {
  if (!fact.known) throw new Error(fact.cause);
  return fact.value;
}

const both = (server: string, question: string, said: DnsSaid, later: DnsSaid = said): DnsObservation[] => [
  dns(server, question, said),
  dns(server, question, { ...later, round: '2' }),
];

describe('the matrix', () => {
  it('asks about apex and www, and names each address once', () => {
    const answers = valueIn(zoneAnswersOf(context([]), zone));
    expect(answers.names).toEqual([zone, www]);
    expect(answers.servers.map(({ address: where, servers, alive }) => [where, servers, alive])).toEqual([
      [ns1v6, [ns1], true],
      [ns1v4, [ns1], true],
      [ns2v6, [ns2], true],
    ]);
    expect(answers.servers[0]?.cells[`${zone} MX`]).toMatchObject([{ round: '1', kind: 'answer', data: ['10 mail.elsewhere.vn'] }]);
  });

  it('D4 TC over UDP and the whole answer over TCP are one answer', () => {
    const special = [
      dns(ns1v6, `${zone} MX`, { truncated: true }),
      dns(ns1v6, `${zone} MX`, { answers: [mx('mail.elsewhere.vn')], transport: 'tcp' }),
    ];
    expect(valueIn(zoneAnswersOf(context(special), zone)).servers[0]?.cells[`${zone} MX`]).toMatchObject([{ kind: 'answer' }]);
  });

  it('mail exchangers inside the zone are names of it', () => {
    const inside = [ns1v6, ns1v4, ns2v6].map((server) => dns(server, `${zone} MX`, { answers: [mx(`mail.${zone}`)] }));
    expect(valueIn(zoneAnswersOf(context(inside), zone)).names).toEqual([zone, www, `mail.${zone}`]);
  });
});

describe('IPv6 against IPv4 of one server', () => {
  const differences = (special: DnsObservation[]) => valueIn(familyDifferencesOf(context(special), zone));

  it('equal: only the dual-stack server is compared', () => {
    expect(differences([])).toEqual({ zone, dualStack: [ns1], compared: [ns1], cause: null, differences: [], oneFamilyOnly: [] });
  });

  it.each([
    ['serial', both(ns1v6, `${zone} SOA`, { answers: [soa(zone, 2)] }), 'serial', 'persistent', 'SOA'],
    ['NS', both(ns1v6, `${zone} NS`, { answers: [ns(ns1)] }), 'data', 'persistent', 'NS'],
    ['MX gone over IPv6', both(ns1v6, `${zone} MX`, {}), 'existence', 'persistent', 'MX'],
    ['www only over IPv4', both(ns1v6, `${www} A`, { rcode: 'NXDOMAIN' }), 'existence', 'persistent', 'A'],
    ['other addresses', both(ns1v6, `${www} AAAA`, { answers: [address(www, ns2v6)] }), 'addresses', 'persistent', 'AAAA'],
    ['MX lag', both(ns1v6, `${zone} MX`, {}, { answers: [mx('mail.elsewhere.vn')] }), 'existence', 'lag', 'MX'],
    ['no second look', [dns(ns1v6, `${zone} MX`, {})], 'existence', 'unconfirmed', 'MX'],
  ] as const)('%s', (_title, special, kind, persistence, type) => {
    const question = `${type === 'A' || type === 'AAAA' ? www : zone} ${type}`;
    const secondLook = special.length > 1 ? [dns(ns1v4, question, { answers: answersOf(type), round: '2' })] : [];
    const found = differences([...special, ...secondLook]).differences;
    expect(found).toMatchObject([{ server: ns1, type, kind, persistence }]);
  });

  function answersOf(type: string) {
    if (type === 'SOA') return [soa()];
    if (type === 'NS') return [ns(ns1), ns(ns2)];
    if (type === 'MX') return [mx('mail.elsewhere.vn')];
    return [address(www, type === 'A' ? '9.9.9.80' : web)];
  }

  it('NODATA against NXDOMAIN is no difference in existence', () => {
    expect(differences([dns(ns1v6, `${www} A`, {}), dns(ns1v4, `${www} A`, { rcode: 'NXDOMAIN' })]).differences).toEqual([]);
  });

  it('a server that refuses the zone over IPv6 serves it over one family only; a second look confirms it', () => {
    const refused = (['udp', 'tcp'] as const).map((transport) => dns(ns1v6, `${zone} SOA`, { rcode: 'REFUSED', transport }));
    expect(differences(refused)).toMatchObject({ compared: [], oneFamilyOnly: [{ server: ns1, servedOver: 4, unconfirmed: true }] });
    const again = dns(ns1v6, `${zone} SOA`, { rcode: 'REFUSED', round: '2' });
    expect(differences([...refused, again]).oneFamilyOnly).toEqual([{ server: ns1, servedOver: 4, unconfirmed: false }]);
  });

  it('D15 a server that is silent over IPv6 is not compared, and not blamed here', () => {
    const silent = (['udp', 'tcp'] as const).map((transport) => dns(ns1v6, `${zone} SOA`, { failure: 'timeout', transport }));
    expect(differences(silent)).toMatchObject({ dualStack: [ns1], compared: [], oneFamilyOnly: [] });
  });
});

describe('D22 why nothing could be judged', () => {
  const everywhere = (said: DnsSaid) =>
    [ns1v6, ns1v4, ns2v6].flatMap((server) =>
      (['udp', 'tcp'] as const).map((transport) => dns(server, `${zone} SOA`, { ...said, transport })),
    );
  const noRoute = (['udp', 'tcp'] as const).flatMap((transport) =>
    [ns1v6, ns2v6].map((server) => dns(server, `${zone} SOA`, { failure: 'no-route', transport })),
  );

  it('servers that refuse the zone are named as the cause, not silence', () => {
    const dead = context(everywhere({ rcode: 'REFUSED' }));
    expect(valueIn(aaaaSetsOf(dead, zone))).toMatchObject({ cause: 'dns-refused' });
    expect(valueIn(aaaaHandlingOf(dead, zone))).toMatchObject({ judged: [], cause: 'dns-refused' });
    expect(valueIn(aaaaSetsOf(context(everywhere({ answers: [soa('gov.vn')] })), zone))).toMatchObject({ cause: 'dns-lame' });
  });

  it('a vantage without IPv6 is named where the families cannot be compared', () => {
    expect(valueIn(familyDifferencesOf(context(noRoute), zone))).toMatchObject({ compared: [], cause: 'local-no-route' });
    expect(valueIn(aaaaHandlingOf(context(noRoute), zone))).toMatchObject({ cause: null });
  });
});

describe('D26 AAAA beside A', () => {
  const handling = (special: DnsObservation[]) => valueIn(aaaaHandlingOf(context(special), zone));
  const shown = `${ns1} [${ns1v6}]`;
  const tries: 'timeout'[] = ['timeout', 'timeout', 'timeout'];
  /** As the probe asks: AAAA and A, again AAAA and then A, and AAAA at the end of the run. */
  const drop = (parts: { again?: DnsSaid; retest?: DnsSaid | null; a?: DnsSaid; aAgain?: DnsSaid | null } = {}): DnsObservation[] => {
    const { again = { tries }, retest = { tries }, a = {}, aAgain = {} } = parts;
    const has = { answers: [address(www, '9.9.9.80')] };
    return [
      dns(ns1v6, `${www} AAAA`, { tries }),
      dns(ns1v6, `${www} A`, { ...has, ...a }),
      dns(ns1v6, `${www} AAAA`, { ...again, round: '2' }),
      ...(aAgain === null ? [] : [dns(ns1v6, `${www} A`, { ...has, ...aAgain, round: '2', second: 1 })]),
      ...(retest === null ? [] : [dns(ns1v6, `${www} AAAA`, { ...retest, round: 'retest' })]),
    ];
  };

  it('proper answers: records, NODATA, alias', () => {
    expect(
      handling([
        dns(ns1v6, `${www} AAAA`, {}),
        dns(ns1v4, `${www} AAAA`, { answers: [{ type: 'CNAME', name: www, ttl: 1, target: 'x.cdn.vn' }] }),
      ]),
    ).toMatchObject({
      faults: [],
      undecided: [],
      judged: [shown, `${ns1} [${ns1v4}]`, `${ns2} [${ns2v6}]`],
    });
  });

  it.each([
    ['D26 dropped: silent in every try and at the end, three tries between two answered A', drop(), { name: www, fault: 'dropped' }],
    [
      'D26 NXDOMAIN while A exists',
      [dns(ns1v6, `${www} AAAA`, { rcode: 'NXDOMAIN' })],
      { name: www, fault: 'nxdomain', detail: 'NXDOMAIN' },
    ],
    ['D26 NOTIMP', [dns(ns1v6, `${www} AAAA`, { rcode: 'NOTIMP' })], { name: www, fault: 'error', detail: 'NOTIMP' }],
    ['D26 REFUSED', [dns(ns1v6, `${www} AAAA`, { rcode: 'REFUSED' })], { name: www, fault: 'error', detail: 'REFUSED' }],
    ['D26 SERVFAIL in both rounds', both(ns1v6, `${www} AAAA`, { rcode: 'SERVFAIL' }), { name: www, fault: 'error', detail: 'SERVFAIL' }],
    [
      'D26 an A record instead',
      [dns(ns1v6, `${www} AAAA`, { answers: [address(www, '9.9.9.80')] })],
      { name: www, fault: 'wrong-data', detail: 'A' },
    ],
    [
      'D26 4-byte data',
      [dns(ns1v6, `${www} AAAA`, { malformed: [{ section: 'answer', name: www, rrType: 'AAAA', reason: 'RDLENGTH 4', hex: '' }] })],
      { name: www, fault: 'wrong-data', detail: 'RDLENGTH 4' },
    ],
  ] as const)('%s', (_title, special, fault) => {
    expect(handling([...special]).faults[0]).toMatchObject({ server: shown, ...fault });
  });

  it.each([
    ['D13 one AAAA lost while another is answered', [dns(ns1v6, `${www} AAAA`, { tries })], 'rate-limited'],
    [
      'D13 one AAAA lost while another was answered at the third try',
      [dns(ns1v6, `${www} AAAA`, { tries }), dns(ns1v6, `${zone} AAAA`, { tries: ['timeout', 'timeout', null] })],
      'rate-limited',
    ],
    ['D26 silent, but not asked at the end of the run', drop({ retest: null }), 'rate-limited'],
    ['D26 silent, but A was not asked after it', drop({ aAgain: null }), 'rate-limited'],
    ['D26 silent, but in too few tries', drop({ again: { tries: ['timeout', 'timeout'] } }), 'rate-limited'],
    ['D13 silent, but A lost packets too', drop({ a: { tries: ['timeout', 'timeout', 'timeout', null] } }), 'rate-limited'],
    ['D7 SERVFAIL once', [dns(ns1v6, `${www} AAAA`, { rcode: 'SERVFAIL' })], 'dns-servfail'],
    ['A fails too', [dns(ns1v6, `${www} AAAA`, { rcode: 'SERVFAIL' }), dns(ns1v6, `${www} A`, { rcode: 'SERVFAIL' })], 'dns-servfail'],
  ] as const)('%s is not decided', (_title, special, cause) => {
    const result = handling([...special]);
    expect(result.faults).toEqual([]);
    expect(result.undecided[0]).toMatchObject({ server: shown, cause });
  });

  it('D13 AAAA answered in any round is not dropped', () => {
    for (const parts of [{ again: {} }, { retest: {} }]) expect(handling(drop(parts))).toMatchObject({ faults: [], undecided: [] });
  });

  it('whether A was answered is told apart', () => {
    expect(handling(drop({ retest: null })).undecided).toMatchObject([{ answersA: true }]);
    const fails = ['A', 'AAAA'].map((type) => dns(ns1v6, `${www} ${type}`, { tries }));
    expect(handling(fails).undecided).toMatchObject([{ cause: 'dns-timeout', answersA: false }]);
  });

  it('D7 SERVFAIL and then an answer is proper', () => {
    expect(handling(both(ns1v6, `${www} AAAA`, { rcode: 'SERVFAIL' }, {}))).toMatchObject({ faults: [], undecided: [] });
  });

  it('NXDOMAIN for A and AAAA is proper', () => {
    expect(handling(['A', 'AAAA'].map((type) => dns(ns1v6, `${www} ${type}`, { rcode: 'NXDOMAIN' })))).toMatchObject({
      faults: [],
      undecided: [],
    });
  });

  it('the unknown type is a control and never a fault', () => {
    expect(handling([dns(ns1v6, `${zone} TYPE65280`, { tries })])).toMatchObject({
      faults: [],
      undecided: [],
      control: [{ server: shown, answered: false }],
    });
  });
});

describe('AAAA over all servers', () => {
  const all = [ns1v6, ns1v4, ns2v6];
  const sets = (special: DnsObservation[]) => valueIn(aaaaSetsOf(context(special), zone)).names.find(({ name }) => name === www);
  const question = `${www} AAAA`;
  const has = (value = web): DnsSaid => ({ answers: [address(www, value)] });
  const second = (said: DnsSaid[]) => all.map((server, index) => dns(server, question, { ...said[index], round: '2' }));
  it.each([
    ['same', [], 'same', true],
    ['none', all.map((server) => dns(server, question, {})), 'none', true],
    ['one without, in both rounds', [dns(ns1v6, question, {}), ...second([{}, has(), has()])], 'partly', true],
    ['one without, then equal', [dns(ns1v6, question, {}), ...second([has(), has(), has()])], 'lag', true],
    ['other addresses in both rounds', [dns(ns1v6, question, has(ns2v6)), ...second([has(ns2v6), has(), has()])], 'differ', true],
    ['one of them not global', [dns(ns1v6, question, has('fd00::1')), ...second([has('fd00::1'), has(), has()])], 'differ', false],
    ['new addresses each time', [dns(ns1v6, question, has(ns2v6)), ...second([has('2001:dc8:3::1'), has(), has()])], 'varies', true],
    ['no second look', [dns(ns1v6, question, {})], 'unconfirmed', true],
  ] as const)('%s', (_title, special, state, allUsable) => {
    expect(sets([...special])).toMatchObject({ state, allUsable });
  });
});
