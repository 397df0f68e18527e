import { describe, expect, it } from 'vitest';
import { servedHost } from '../../src/facts/ipv6-only-page.ts';
import { webAddresses } from '../../src/facts/web-addresses.ts';
import { pageToRead, webPages } from '../../src/facts/web-pages.ts';
import { apex, http, serviceSubject, v4, v6, v6b, type WebParts, webContext, www } from '../support/web-evidence.ts';

const url = `https://${apex}/`;
const hosts = { [apex]: { 6: [v6, v6b], 4: [v4] } };
const otherPage = `<title>Shop</title>${Array.from({ length: 300 }, (_, at) => `<p>ware${(at * 7919) % 997}</p>`).join('')}`;
const pages = (parts: WebParts) => {
  const fact = webPages(webContext(parts), apex);
  if (!fact.known) throw new Error(fact.cause);
  return fact.value;
};

describe('webPages', () => {
  it('W23 keeps all statuses but compares the bodies of one address', () => {
    const value = pages({
      hosts,
      observations: [http(url, v6b, { status: 500 }), http(url, v6), http(url, v6, { round: '2' }), http(url, v4)],
    });
    expect(value.ipv6.statuses).toEqual([500, 200, 200]);
    expect(value.ipv6.bodies).toHaveLength(2);
    expect(value.likeness?.verdict).toBe('same');
  });

  it('W23 another page at another address is not taken for noise of the first', () => {
    const value = pages({
      hosts,
      observations: [http(url, v6b, { html: otherPage }), http(url, v6), http(url, v6, { round: '2' }), http(url, v4)],
    });
    expect(value.ipv6.bodies).toHaveLength(2);
    expect(value.likeness).toMatchObject({ verdict: 'same', noise: 0 });
  });

  it('leaves challenge pages, errors and broken bodies out of the bodies', () => {
    const broken = http(url, v6, { fails: 'reset', step: 'body', partial: true });
    const value = pages({
      hosts,
      observations: [broken, http(url, v6, { round: '2', status: 503, headers: [['retry-after', '9']] }), http(url, v4)],
    });
    expect(value.ipv6).toMatchObject({ bodies: [], challenged: true, statuses: [200, 503], retested: false });
    expect(value.likeness).toBeNull();
  });

  it.each([
    { title: 'not published', parts: { hosts: { [apex]: { 6: [v6] } }, observations: [http(url, v6)] }, state: 'not-published' },
    {
      title: 'no route of our own',
      parts: { hosts, observations: [http(url, v6), http(url, v4, { fails: 'no-route' as const })] },
      state: 'not-measured',
    },
    { title: 'refused', parts: { hosts, observations: [http(url, v6), http(url, v4, { fails: 'refused' as const })] }, state: 'failing' },
  ])('IPv4 $title: $state', ({ parts, state }) => {
    expect(pages(parts).ipv4State).toBe(state);
  });
});

describe('pageToRead', () => {
  it('prefers IPv6 and falls back to IPv4', () => {
    const both = pageToRead(webContext({ hosts, observations: [http(url, v4), http(url, v6)] }), apex);
    expect(both.known && both.value.answer.request.family).toBe(6);
    const only4 = pageToRead(webContext({ hosts, observations: [http(url, v4), http(url, v6, { fails: 'refused' })] }), apex);
    expect(only4.known && only4.value.answer.request.family).toBe(4);
  });
});

describe('servedHost', () => {
  it('W18 is www where the apex has no address and www answers', () => {
    const observations = [http(`https://${www}/`, v6)];
    expect(servedHost(webContext({ hosts: { [www]: { 6: [v6] } }, observations }), serviceSubject())).toBe(www);
    expect(servedHost(webContext({ hosts: { [www]: { 6: [v6] } } }), serviceSubject())).toBe(apex);
    expect(servedHost(webContext({ hosts: { [apex]: { 4: [v4] }, [www]: { 6: [v6] } }, observations }), serviceSubject())).toBe(apex);
  });
});

describe('webAddresses', () => {
  it('takes the A records as published when they could not be looked up', () => {
    const fact = webAddresses(webContext({ hosts: { [apex]: { 6: [v6], unknown4: 'dns-timeout' } } }), apex);
    expect(fact).toMatchObject({ known: true, value: { presence: 'published', ipv4: null, ipv4Published: true } });
  });
});
