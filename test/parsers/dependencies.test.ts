import { expect, it } from 'vitest';
import { dependencyHosts, linkHeaderResources } from '../../src/parsers/dependencies.ts';

it('groups resources by host, in the order met, without own host, literals, links and odd schemes', () => {
  expect(
    dependencyHosts('https://a.gov.vn/x/', [
      { url: '/own.js', kind: 'script' },
      { url: '//cdn.vn/a.js#f', kind: 'script' },
      { url: 'http://cdn.vn/b.css', kind: 'style' },
      { url: '//cdn.vn/c.js', kind: 'script' },
      { url: 'https://A.gov.vn./d', kind: 'image' },
      { url: 'https://192.0.2.1/e', kind: 'script' },
      { url: 'https://[2001:db8::1]/e', kind: 'script' },
      { url: 'https://link.vn/', kind: 'anchor' },
      { url: 'mailto:a@b.vn', kind: 'form' },
      { url: 'http://', kind: 'image' },
      { url: 'https://static.a.gov.vn/f.png', kind: 'image' },
    ]),
  ).toEqual([
    { host: 'cdn.vn', kinds: ['script', 'style'], firstUrl: 'https://cdn.vn/a.js' },
    { host: 'static.a.gov.vn', kinds: ['image'], firstUrl: 'https://static.a.gov.vn/f.png' },
  ]);
});

it('reads Link headers that load something', () => {
  const headers: [string, string][] = [
    ['link', '<https://a.vn/a.css>; rel="preload stylesheet"; as=style, </b>; rel=canonical, <//c.vn/d,e>; title="x, <y>"; rel=preload'],
    ['link', '<unclosed'],
    ['x', '<https://no.vn>; rel=preload'],
  ];
  expect(linkHeaderResources(headers)).toEqual([
    { url: 'https://a.vn/a.css', kind: 'link-header' },
    { url: '//c.vn/d,e', kind: 'link-header' },
  ]);
});
