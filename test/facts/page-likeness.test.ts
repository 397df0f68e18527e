import { describe, expect, it } from 'vitest';
import { comparePages, isChallenge, isChallengeBody, isDefaultPage, judgeDistances, pageDistance } from '../../src/facts/page-likeness.ts';
import type { HttpResponse } from '../../src/model/observation.ts';
import { bodyOf, portalPage, words } from '../support/body-evidence.ts';

const nginx =
  '<!DOCTYPE html><html><head><title>Welcome to nginx!</title></head><body><h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed and working. Further configuration is required.</p></body></html>';
const cloudflare =
  '<html><head><title>Just a moment...</title></head><body><noscript>x</noscript><script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1?ray=1"></script></body></html>';

/** Compares pages given as HTML, each in as many rounds as it is listed. */
function compare(ipv6: string[], ipv4: string[]) {
  return comparePages({ ipv6: ipv6.map((html) => bodyOf(html)), ipv4: ipv4.map((html) => bodyOf(html)) });
}

/** Page of the same site with everything that changes between two requests. */
function volatile(request: number): string {
  const token = Array.from(
    { length: 4_096 },
    (_, at) => 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456789+/'[(at * 7 + request * 31 + ((at * request) % 13)) % 48],
  ).join('');
  return portalPage({
    head: `<meta name="csrf-token" content="${token.slice(0, 40)}"><script nonce="${token.slice(5, 25)}">var t=${request * 1_000_003};</script>`,
    extra: `<form action="/tim"><input type="hidden" name="__VIEWSTATE" value="${token}"><p>${token}</p></form>
      <p>Thứ Hai, 03/08/2026 10:4${request % 10}:3${request % 10}</p><p>Lượt truy cập: 1.234.${560 + request}</p><p>Mã phiên d41d8cd98f00b204e98009${request}8ecf8427e</p>`,
  });
}

describe('comparePages', () => {
  it('W15 nonces, CSRF tokens, clock, view state and a random 4 KB token leave a page the same', () => {
    const likeness = compare([volatile(1), volatile(2)], [volatile(3), volatile(4)]);
    expect(likeness).toMatchObject({ verdict: 'same', titleEqual: true, canonicalEqual: true });
    expect(likeness.signal).toBeLessThan(0.05);
  });

  it('W15 a rotating page does not fail', () => {
    const rotating = [1, 2, 3, 4].map((seed) => portalPage({ seed, title: `Trang ${'abcd'[seed - 1]}` }));
    expect(compare(rotating.slice(0, 2), rotating.slice(2)).verdict).toBe('unstable');
    const [one = '', two = ''] = rotating;
    expect(compare([one, two], [two, one]).verdict).toBe('unstable');
    expect(compare([one, one], [one, two]).verdict).toBe('unstable');
  });

  it('W15 a page with a few other news is the same or nearly so', () => {
    const extra = `<div class="tin"><h3>${words(8, 999)}</h3></div>`;
    expect(compare([portalPage({ extra }), portalPage({ extra })], [portalPage(), portalPage()]).verdict).toBe('same');
    const items = compare([portalPage({ items: 16 }), portalPage({ items: 16 })], [portalPage(), portalPage()]);
    expect(items.verdict).toBe('differs-slightly');
  });

  it('W16 a default page over IPv6 only is found, whatever the distances', () => {
    expect(compare([nginx, nginx], [portalPage(), portalPage()]).verdict).toBe('default-page');
    expect(compare([nginx, nginx], [nginx, nginx]).verdict).toBe('too-small');
    expect(compare([nginx, portalPage()], [portalPage(), portalPage()]).verdict).not.toBe('default-page');
  });

  it('W16 another site of the same platform is different', () => {
    const other = portalPage({ seed: 7, title: 'Máy chủ thử nghiệm' });
    const likeness = compare([other, other], [portalPage(), portalPage()]);
    expect(likeness).toMatchObject({ verdict: 'different', noise: 0, titleEqual: false });
    expect(likeness.signal).toBeGreaterThan(0.4);
  });

  it('W16 reversed lines differ', () => {
    const page = portalPage();
    const reversed = page.split('\n').reverse().join('\n');
    expect(pageDistance(bodyOf(page), bodyOf(reversed))).toBeGreaterThan(0.05);
    expect(compare([reversed, reversed], [page, page]).verdict).not.toBe('same');
  });

  it('W16 size alone decides nothing', () => {
    const padded = portalPage({ extra: `<!--${'x'.repeat(100_000)}--><script>${'y'.repeat(100_000)}</script>` });
    expect(compare([padded, padded], [portalPage(), portalPage()]).verdict).toBe('same');
  });

  it('W13 a challenge page in either family is no difference', () => {
    expect(compare([cloudflare, cloudflare], [portalPage(), portalPage()]).verdict).toBe('challenge');
    expect(compare([portalPage(), portalPage()], [portalPage(), cloudflare]).verdict).toBe('challenge');
  });

  const sized = (length: number, title: string) => `<title>${title}</title><p>${'ab '.repeat(length).slice(0, length - 1)}x`;
  it.each([
    ['199 on both', sized(199, 'A'), sized(199, 'B'), 'too-small'],
    ['199 over IPv6 only, other title', sized(199, 'A'), portalPage({ title: 'B' }), 'empty-over-ipv6'],
    ['199 over IPv6 only, same title', sized(199, 'A'), portalPage({ title: 'A' }), 'differs-but-same-title'],
    ['200 over IPv6, other title', sized(200, 'A'), portalPage({ title: 'B' }), 'different'],
    ['199 over IPv4 only, other title', portalPage({ title: 'B' }), sized(199, 'A'), 'different'],
  ])('%s', (_name, ipv6, ipv4, verdict) => {
    expect(compare([ipv6, ipv6], [ipv4, ipv4]).verdict).toBe(verdict);
  });

  it('one round a family never fails on distance alone', () => {
    expect(compare([portalPage({ seed: 9, title: 'X' })], [portalPage()]).verdict).toBe('unstable');
    expect(compare([portalPage({ seed: 9, title: 'X' })], [portalPage(), portalPage()]).verdict).toBe('different');
    expect(compare([portalPage()], [portalPage()]).verdict).toBe('same');
  });

  it('canonical counts without scheme and final slash', () => {
    const page = (href: string) => portalPage({ head: `<link rel=canonical href="${href}">` });
    expect(compare([page('http://a.gov.vn/')], [page('https://A.gov.vn')]).canonicalEqual).toBe(true);
    expect(compare([page('https://b.gov.vn/')], [page('https://a.gov.vn/')]).canonicalEqual).toBe(false);
    expect(compare([portalPage()], [page('https://a.gov.vn/')]).canonicalEqual).toBe(false);
  });
});

describe('judgeDistances', () => {
  const base = { noise: 0, titleEqual: false, canonicalEqual: true, noiseKnown: true };
  it.each([
    [{ ...base, signal: 0.05 }, 'same'],
    [{ ...base, signal: 0.051 }, 'differs-slightly'],
    [{ ...base, signal: 0.3 }, 'differs-slightly'],
    [{ ...base, signal: 0.301 }, 'different'],
    [{ ...base, signal: 0.301, titleEqual: true }, 'differs-but-same-title'],
    [{ ...base, signal: 0.301, titleEqual: true, canonicalEqual: false }, 'different'],
    [{ ...base, signal: 0.35, noise: 0.3 }, 'same'],
    [{ ...base, signal: 0.6, noise: 0.3 }, 'differs-slightly'],
    [{ ...base, signal: 0.61, noise: 0.3 }, 'different'],
    [{ ...base, signal: 0.3, noise: 0.301 }, 'unstable'],
    [{ ...base, signal: 0.9, noiseKnown: false }, 'unstable'],
  ])('%j is %s', (measured, verdict) => {
    expect(judgeDistances(measured)).toBe(verdict);
  });
});

describe('signatures', () => {
  it.each([
    ['nginx', nginx],
    ['Apache on Ubuntu', '<title>Apache2 Ubuntu Default Page: It works</title><p>x'],
    ['bare Apache', '<html><body><h1>It works!</h1></body></html>'],
    ['CentOS', '<title>HTTP Server Test Page powered by CentOS</title>'],
    ['IIS', '<title>IIS Windows Server</title><img src="iisstart.png">'],
    ['Tomcat', '<title>Apache Tomcat/9.0.65</title>'],
    ['cPanel', '<title>Default Web Site Page</title>'],
    ['Plesk', '<title>Domain Default page</title>'],
    ['a suspended account', '<title>Account Suspended</title>'],
    ['a listing of files', '<title>Index of /</title>'],
    ['parking', '<title>x.vn</title><h1>This domain is for sale</h1>'],
  ])('knows the default page of %s', (_name, html) => {
    expect(isDefaultPage(bodyOf(html))).toBe(true);
  });
  it.each([
    ['a portal', portalPage()],
    ['news about Apache', portalPage({ title: 'Hướng dẫn cài Apache Tomcat' })],
    ['a directory of a site', '<title>Index of /vanban</title>'],
    ['nothing', ''],
  ])('does not take %s for one', (_name, html) => {
    expect(isDefaultPage(bodyOf(html))).toBe(false);
    expect(isChallengeBody(bodyOf(html))).toBe(false);
  });
  it.each([
    ['Cloudflare', cloudflare],
    ['Cloudflare block', '<title>Attention Required! | Cloudflare</title><p>Sorry, you have been blocked'],
    ['Sucuri', '<title>Sucuri WebSite Firewall - Access Denied</title>'],
    ['Imperva frame', '<html><body><iframe src="/_Incapsula_Resource?SWUDNSAI=31">Request unsuccessful.</iframe></body></html>'],
    [
      'BIG-IP ASM',
      '<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your administrator.<br>Your support ID is: 123</body></html>',
    ],
  ])('knows the challenge of %s', (_name, html) => {
    expect(isChallengeBody(bodyOf(html))).toBe(true);
  });
  it('a portal that carries the bot script is no challenge', () => {
    expect(isChallengeBody(bodyOf(portalPage({ extra: '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>' })))).toBe(
      false,
    );
  });

  const response = (status: number, headers: [string, string][], html: string | null = null): HttpResponse => ({
    status,
    headers,
    tls: null,
    body: html === null ? null : bodyOf(html),
    timing: { connectMs: null, tlsMs: null, firstByteMs: null },
  });
  it.each([
    ['cf-mitigated', response(403, [['cf-mitigated', 'challenge']]), true],
    ['429 with Retry-After', response(429, [['retry-after', '5']]), true],
    ['503 with Retry-After', response(503, [['retry-after', '5']]), true],
    ['403 with Retry-After', response(403, [['retry-after', '5']]), true],
    ['200 with Retry-After', response(200, [['retry-after', '5']]), false],
    ['500 with Retry-After', response(500, [['retry-after', '5']]), false],
    ['bare 403', response(403, [], '<title>403 Forbidden</title><h1>Forbidden</h1>'), false],
    ['bare 503', response(503, []), false],
    ['403 with a challenge page', response(403, [], cloudflare), true],
  ])('W13 %s', (_name, asked, expected) => {
    expect(isChallenge(asked)).toBe(expected);
  });
});
