import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../src/model/settings.ts';
import { probeWeb, probeWebHost } from '../../src/probes/web.ts';
import { familyOrder } from '../../src/probes/web-content.ts';
import { portalPage } from '../support/body-evidence.ts';
import { type Answer, familiesOf, testAgency, type WebWorld, webContext, webNetwork } from '../support/web-network.ts';

const host = 'a.gov.vn';
const six = ['2001:db8::1', '2001:db8::2'];
const four = ['192.0.2.1', '192.0.2.2'];
const page: Answer = { html: portalPage({ items: 60 }) };

/** The same answers over both families. */
function both(answers: Record<string, Answer>): Record<string, Answer> {
  return Object.fromEntries(
    Object.entries(answers).flatMap(([url, answer]) => [
      [`4 ${url}`, answer],
      [`6 ${url}`, answer],
    ]),
  );
}

async function run(world: WebWorld, overrides: Parameters<typeof webContext>[1] = {}) {
  const fake = webNetwork(world);
  const outcome = await probeWebHost(webContext(fake.network, overrides), host, {
    addresses: await fake.resolveHost(host),
    resolveHost: fake.resolveHost,
  });
  return { outcome, asked: fake.asked, resolved: fake.resolved };
}

describe('probeWebHost', () => {
  it('W23 asks every address once on 443, port 80 by page and connects, two rounds and large headers', async () => {
    const { asked } = await run({
      hosts: { [host]: { 4: ['192.0.2.2', '192.0.2.1', '127.0.0.1'], 6: ['2001:db8::2', 'fe80::1', '2001:db8::1'] } },
      answers: both({ 'https://a.gov.vn/': page, 'http://a.gov.vn/': { location: 'https://a.gov.vn/' } }),
    });
    expect([...asked].sort()).toEqual(
      [
        ...[...six, ...four].flatMap((address) => `${address.includes(':') ? 6 : 4} ${address} https://a.gov.vn/ 1`),
        '6 2001:db8::1 http://a.gov.vn/ 1',
        '6 2001:db8::2 connect:80 1',
        '4 192.0.2.1 http://a.gov.vn/ 1',
        '4 192.0.2.2 connect:80 1',
        '6 2001:db8::1 https://a.gov.vn/ 2',
        '4 192.0.2.1 https://a.gov.vn/ 2',
        '6 2001:db8::1 https://a.gov.vn/ 1 large-headers',
        '4 192.0.2.1 https://a.gov.vn/ 1 large-headers',
      ].sort(),
    );
  });

  it('caps the addresses of a host: 16 over IPv6, the setting over IPv4', async () => {
    const many = { 4: Array.from({ length: 9 }, (_, at) => `192.0.2.${at}`), 6: Array.from({ length: 20 }, (_, at) => `2001:db8::${at}`) };
    const { asked } = await run({ hosts: { [host]: many }, answers: both({ 'https://a.gov.vn/': page }) });
    const first = asked.filter((line) => line.endsWith(' https://a.gov.vn/ 1'));
    expect([familiesOf(first, (line) => line.startsWith('6')).length, familiesOf(first, (line) => line.startsWith('4')).length]).toEqual([
      16, 4,
    ]);
  });

  it.each(Array.from({ length: 6 }, (_, at) => `run-${at}`))('W14 %s: v4 v6 v4 v6 or v6 v4 v6 v4, by run and host', async (runId) => {
    const { asked } = await run(
      { hosts: { [host]: { 4: ['192.0.2.1'], 6: ['2001:db8::1'] } }, answers: both({ 'https://a.gov.vn/': page }) },
      { runId },
    );
    const order = familyOrder(runId, host);
    expect(familiesOf(asked, (line) => /https:\/\/a\.gov\.vn\/ [12]$/u.test(line))).toEqual([...order, ...order]);
  });

  it('W14 both orders occur', () => {
    const firsts = Array.from({ length: 100 }, (_, at) => familyOrder('run', `h${at}.gov.vn`)[0]);
    const six = firsts.filter((family) => family === 6).length;
    expect(six).toBeGreaterThan(30);
    expect(six).toBeLessThan(70);
  });

  it('W7 follows redirects over one family only and reports hosts met, dialled or not', async () => {
    const { asked, outcome, resolved } = await run({
      hosts: { [host]: { 4: ['192.0.2.1'], 6: ['2001:db8::1'] }, 'v4only.vn': { 4: ['198.51.100.1'] } },
      answers: { ...both({ 'https://a.gov.vn/': { location: 'https://v4only.vn/vi' } }), '4 https://v4only.vn/vi': page },
    });
    expect(asked.filter((line) => line.includes('v4only'))).toEqual([
      '4 198.51.100.1 https://v4only.vn/vi 1',
      '4 198.51.100.1 https://v4only.vn/vi 1 large-headers',
    ]);
    expect(resolved.filter((name) => name === 'v4only.vn').length).toBeGreaterThan(0);
    expect(outcome.redirectHosts).toEqual(['v4only.vn']);
    expect(outcome.pages.map(({ family, url }) => [family, url])).toEqual([[4, 'https://v4only.vn/vi']]);
  });

  it('W11 never mixes families: every address is of the family asked', async () => {
    const { asked } = await run({
      hosts: { [host]: { 4: four, 6: six }, 'b.gov.vn': { 4: ['198.51.100.1'], 6: ['2001:db8:b::1'] } },
      answers: both({ 'https://a.gov.vn/': { location: '//b.gov.vn/' }, 'https://b.gov.vn/': page, 'http://a.gov.vn/': page }),
    });
    expect(asked.every((line) => (line.split(' ')[1]?.includes(':') ?? false) === line.startsWith('6'))).toBe(true);
    expect(asked.filter((line) => line.endsWith('b.gov.vn/ 2'))).toHaveLength(2);
  });

  it('takes the next address of a hop when the connect fails, and one that connected first', async () => {
    const { asked } = await run({
      hosts: {
        [host]: { 6: ['2001:db8::1', '2001:db8::2'] },
        'b.gov.vn': { 6: ['2001:db8:b::1', '2001:db8:b::2', '2001:db8:b::3', '2001:db8:b::4'] },
      },
      answers: { '6 2001:db8::2 https://a.gov.vn/': { location: 'https://b.gov.vn/' }, '6 2001:db8:b::3 https://b.gov.vn/': page },
    });
    expect(asked.filter((line) => line.endsWith('https://b.gov.vn/ 1'))).toEqual(
      [1, 2, 3].map((last) => `6 2001:db8:b::${last} https://b.gov.vn/ 1`),
    );
    expect(asked.filter((line) => line.includes('large-headers'))).toEqual(['6 2001:db8:b::3 https://b.gov.vn/ 1 large-headers']);
  });

  it('a hop tries three addresses at most, and only after failed connects', async () => {
    const hosts = {
      [host]: { 6: ['2001:db8::1'] },
      'b.gov.vn': { 6: ['2001:db8:b::1', '2001:db8:b::2', '2001:db8:b::3', '2001:db8:b::4'] },
    };
    const start = { '6 https://a.gov.vn/': { location: 'https://b.gov.vn/' } };
    const dead = await run({ hosts, answers: start });
    expect(dead.asked.filter((line) => line.includes('b.gov.vn'))).toHaveLength(3);
    const stalls = await run({ hosts, answers: { ...start, '6 https://b.gov.vn/': { fails: 'headers' } } });
    expect(stalls.asked.filter((line) => line.includes('b.gov.vn'))).toHaveLength(1);
  });

  it.each([
    ['a loop', { 'https://a.gov.vn/': { location: '/x' }, 'https://a.gov.vn/x': { location: '/' } }, 2],
    ['a page that leads to itself', { 'https://a.gov.vn/': { location: '/' } }, 1],
    [
      'an endless chain',
      Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`https://a.gov.vn/${at === 0 ? '' : at}`, { location: `/${at + 1}` }])),
      defaultSettings.http.maxRedirects + 1,
    ],
    ['an address literal', { 'https://a.gov.vn/': { location: 'https://192.0.2.9/' } }, 1],
    ['an IPv6 literal', { 'https://a.gov.vn/': { location: 'https://[2001:db8::9]/' } }, 1],
    ['another scheme', { 'https://a.gov.vn/': { location: 'javascript:1' } }, 1],
  ] as [string, Record<string, Answer>, number][])('W6 %s ends the chain', async (_name, answers, requests) => {
    const { asked, outcome } = await run({ hosts: { [host]: { 6: ['2001:db8::1'] } }, answers: both(answers) });
    expect(asked.filter((line) => line.includes('https://'))).toHaveLength(requests);
    expect(outcome.pages).toEqual([]);
  });

  it('a meta refresh is a hop', async () => {
    const { outcome } = await run({
      hosts: { [host]: { 6: ['2001:db8::1'] } },
      answers: { '6 https://a.gov.vn/': { html: '<meta http-equiv=refresh content="0;url=/vi">' }, '6 https://a.gov.vn/vi': page },
    });
    expect(outcome.pages[0]?.url).toBe('https://a.gov.vn/vi');
  });

  it('reports at most three redirect hosts', async () => {
    const names = ['b', 'c', 'd', 'e', 'f'].map((letter) => `${letter}.gov.vn`);
    const chain = ['a.gov.vn', ...names];
    const { outcome } = await run({
      hosts: Object.fromEntries(chain.map((name) => [name, { 6: ['2001:db8::1'] }])),
      answers: both(
        Object.fromEntries(
          chain.map((name, at) => [`https://${name}/`, chain[at + 1] === undefined ? page : { location: `https://${chain[at + 1]}/` }]),
        ),
      ),
    });
    expect(outcome.redirectHosts).toEqual(names.slice(0, 3));
  });

  it('a dead IPv6 does not hold up IPv4, and leaves no second round', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const fake = webNetwork({
      hosts: { [host]: { 4: ['192.0.2.1'], 6: ['2001:db8::1'] }, 'b.gov.vn': { 4: ['198.51.100.1'] } },
      answers: {
        '4 https://a.gov.vn/': { location: 'https://b.gov.vn/' },
        '4 https://b.gov.vn/': page,
        '6 https://a.gov.vn/': { fails: 'connect', after: held },
        '6 http://a.gov.vn/': { fails: 'connect', after: held },
      },
    });
    const done = probeWebHost(webContext(fake.network), host, { addresses: await fake.resolveHost(host), resolveHost: fake.resolveHost });
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
    expect(fake.asked).toContain('4 198.51.100.1 https://b.gov.vn/ 1');
    release();
    await done;
    expect(fake.asked.some((line) => line.endsWith(' 2'))).toBe(false);
    expect(fake.asked).toContain('4 198.51.100.1 https://b.gov.vn/ 1 large-headers');
  });

  it('compares plain http where 443 is closed in both families', async () => {
    const { asked } = await run({
      hosts: { [host]: { 4: ['192.0.2.1'], 6: ['2001:db8::1'] } },
      answers: both({ 'http://a.gov.vn/': page }),
    });
    expect(asked.filter((line) => line.endsWith('http://a.gov.vn/ 2'))).toHaveLength(2);
    const mixed = await run({
      hosts: { [host]: { 4: ['192.0.2.1'], 6: ['2001:db8::1'] } },
      answers: { ...both({ 'http://a.gov.vn/': page }), '4 https://a.gov.vn/': page },
    });
    expect(mixed.asked.some((line) => line.endsWith(' 2'))).toBe(false);
  });

  const small = '<p>x</p><script src="https://cdn.vn/x.js"></script><script src="/s.js"></script><img src="/i.png"><img src="/j.png">';
  it.each([
    ['the first object is large', { '/s.js': 8_192 }, ['/s.js']],
    ['the second object is large', { '/s.js': 8_191, '/i.png': 9_000 }, ['/s.js', '/i.png']],
    ['none is large', { '/s.js': 1, '/i.png': 1 }, ['/s.js', '/i.png']],
  ] as [string, Record<string, number>, string[]][])('W19 a small page: %s', async (_name, sizes, expected) => {
    const objects = Object.fromEntries(
      Object.entries(sizes).map(([path, size]) => [`https://a.gov.vn${path}`, { html: 'x'.repeat(size) }]),
    );
    const { asked } = await run({
      hosts: { [host]: { 4: ['192.0.2.1'], 6: ['2001:db8::1'] } },
      answers: both({ 'https://a.gov.vn/': { html: small }, ...objects }),
    });
    const static6 = asked
      .filter((line) => line.startsWith('6') && /\.(js|png) 1$/u.test(line))
      .map((line) => line.split('a.gov.vn')[1]?.replace(' 1', ''));
    expect(static6).toEqual(expected);
    expect(familiesOf(asked, (line) => /\.(js|png) 1$/u.test(line)).filter((family) => family === 4)).toHaveLength(expected.length);
    expect(asked.some((line) => line.includes('cdn.vn'))).toBe(false);
  });

  it('a host without addresses costs nothing', async () => {
    const { asked, outcome } = await run({ hosts: {}, answers: {} });
    expect(asked).toEqual([]);
    expect(outcome).toEqual({ host, redirectHosts: [], pages: [] });
  });
});

describe('probeWeb', () => {
  it('probes every listed host, siblings and retired ones included', async () => {
    const fake = webNetwork({ hosts: {}, answers: {} });
    const agency = { ...testAgency, servicesDomain: 'dichvucong.a.gov.vn', servicesStatus: 'retired' as const, hosts: ['x.a.gov.vn'] };
    const outcomes = await probeWeb(webContext(fake.network, { agency }), fake.resolveHost);
    expect(outcomes.map((outcome) => outcome.host)).toEqual(['a.gov.vn', 'www.a.gov.vn', 'dichvucong.a.gov.vn', 'x.a.gov.vn']);
    expect(fake.resolved).toEqual(['a.gov.vn', 'www.a.gov.vn', 'dichvucong.a.gov.vn', 'x.a.gov.vn']);
  });
});
