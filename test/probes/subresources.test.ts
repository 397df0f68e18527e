import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../src/model/settings.ts';
import { probeSubresources } from '../../src/probes/subresources.ts';
import { bodyOf } from '../support/body-evidence.ts';
import { type WebWorld, webContext, webNetwork } from '../support/web-network.ts';

const url = 'https://a.gov.vn/';

async function run(html: string, world: WebWorld, options: { maxHosts?: number; headers?: [string, string][] } = {}) {
  const fake = webNetwork(world);
  const settings = { ...defaultSettings, web: { ...defaultSettings.web, maxDependencyHosts: options.maxHosts ?? 60 } };
  await probeSubresources(webContext(fake.network, { settings }), fake.resolveHost, [
    { url, body: bodyOf(html), headers: options.headers ?? [] },
  ]);
  return fake;
}

describe('probeSubresources', () => {
  it('resolves each host, and asks those with IPv6 once over IPv6 for the very resource', async () => {
    const { asked, resolved } = await run(
      '<script src="//cdn.vn/a.js?v=1#x"></script><script src="//cdn.vn/b.js"></script><img src="//v4.vn/i.png"><img src="/own.png"><a href="http://192.0.2.9/">x</a>',
      {
        hosts: { 'cdn.vn': { 4: ['192.0.2.1'], 6: ['fe80::1', '2001:db8::2', '2001:db8::1'] }, 'v4.vn': { 4: ['192.0.2.2'] } },
        answers: { '6 https://cdn.vn/a.js?v=1': {} },
      },
    );
    expect(asked).toEqual(['6 2001:db8::1 https://cdn.vn/a.js?v=1 1']);
    expect(resolved.sort()).toEqual(['cdn.vn', 'v4.vn']);
  });

  it('asks IPv4 as the control only where IPv6 failed', async () => {
    const { asked } = await run('<script src="//dead.vn/a.js"></script><script src="//good.vn/b.js"></script>', {
      hosts: { 'dead.vn': { 4: ['192.0.2.1'], 6: ['2001:db8::1'] }, 'good.vn': { 4: ['192.0.2.2'], 6: ['2001:db8::2'] } },
      answers: { '6 https://good.vn/b.js': {}, '4 https://dead.vn/a.js': {} },
    });
    expect([...asked].sort()).toEqual([
      '4 192.0.2.1 https://dead.vn/a.js 1',
      '6 2001:db8::1 https://dead.vn/a.js 1',
      '6 2001:db8::2 https://good.vn/b.js 1',
    ]);
  });

  it('reads style sheets one level deep, over the family that works', async () => {
    const { asked } = await run('<link rel=stylesheet href="/m.css"><link rel=stylesheet href="//v6.vn/n.css">', {
      hosts: {
        'a.gov.vn': { 4: ['192.0.2.1'], 6: ['2001:db8::1'] },
        'v6.vn': { 6: ['2001:db8::6'] },
        'fonts.vn': { 6: ['2001:db8::f'] },
        'deep.vn': { 6: ['2001:db8::d'] },
      },
      answers: {
        '4 https://a.gov.vn/m.css': { css: '@font-face{src:url(//fonts.vn/x.woff2)} a{x:url(/bg.png)}' },
        '6 https://v6.vn/n.css': { css: '@import "//deep.vn/p.css"; a{x:url(y.png)}' },
      },
    });
    expect([...asked].sort()).toEqual(
      [
        '6 2001:db8::1 https://a.gov.vn/m.css 1',
        '4 192.0.2.1 https://a.gov.vn/m.css 1',
        '6 2001:db8::6 https://v6.vn/n.css 1',
        '6 2001:db8::f https://fonts.vn/x.woff2 1',
        '6 2001:db8::d https://deep.vn/p.css 1',
      ].sort(),
    );
  });

  it('reads five style sheets and the permitted number of hosts', async () => {
    const styles = Array.from({ length: 9 }, (_, at) => `<link rel=stylesheet href="/${at}.css">`).join('');
    const images = Array.from({ length: 9 }, (_, at) => `<img src="//h${at}.vn/i.png">`).join('');
    const hosts = Object.fromEntries([
      ['a.gov.vn', { 6: ['2001:db8::1'] }],
      ...Array.from({ length: 9 }, (_, at) => [`h${at}.vn`, { 6: [`2001:db8::${at}`] }]),
    ]);
    const { asked } = await run(styles + images, { hosts, answers: {} }, { maxHosts: 4 });
    expect(asked.filter((line) => line.includes('.css'))).toHaveLength(5);
    expect(asked.filter((line) => line.includes('i.png')).map((line) => line.split(' ')[2])).toEqual(
      [0, 1, 2, 3].map((at) => `https://h${at}.vn/i.png`),
    );
  });

  it('W21 takes Link headers, and leaves canonical links out', async () => {
    const { resolved } = await run(
      '<link rel=canonical href="https://v4only.vn/">',
      { hosts: {}, answers: {} },
      { headers: [['link', '<https://p.vn/a.js>; rel=preload']] },
    );
    expect(resolved).toEqual(['p.vn']);
  });
});
