import { describe, expect, it } from 'vitest';
import type { HttpResponse } from '../../src/model/observation.ts';
import { redirectTarget, sameSite } from '../../src/parsers/redirect.ts';
import { bodyOf } from '../support/body-evidence.ts';

const url = 'https://a.gov.vn/x/y?z';
function response(status: number, location?: string, html?: string): HttpResponse {
  return {
    status,
    headers: location === undefined ? [] : [['location', location]],
    tls: null,
    body: html === undefined ? null : bodyOf(html),
    timing: { connectMs: null, tlsMs: null, firstByteMs: null },
  };
}
const go = (status: number, location?: string, html?: string) => redirectTarget({ url, response: response(status, location, html) });

describe('redirectTarget', () => {
  it.each([
    ['https://b.gov.vn/', { kind: 'http', url: 'https://b.gov.vn/', userinfo: false }],
    ['/vi', { kind: 'http', url: 'https://a.gov.vn/vi', userinfo: false }],
    ['w', { kind: 'http', url: 'https://a.gov.vn/x/w', userinfo: false }],
    ['//B.gov.vn./q#f', { kind: 'http', url: 'https://b.gov.vn/q', userinfo: false }],
    ['http://a.gov.vn:80/', { kind: 'http', url: 'http://a.gov.vn/', userinfo: false }],
    ['https://a.gov.vn:8443/', { kind: 'http', url: 'https://a.gov.vn:8443/', userinfo: false }],
    ['https://a.gov.vn@evil.vn/', { kind: 'http', url: 'https://evil.vn/', userinfo: true }],
    ['http://2130706433/', { kind: 'literal', via: 'http', url: 'http://127.0.0.1/', family: 4, address: '127.0.0.1', userinfo: false }],
    ['//[::1]', { kind: 'literal', via: 'http', url: 'https://[::1]/', family: 6, address: '::1', userinfo: false }],
    ['http://192.0.2.1/x', { kind: 'literal', via: 'http', url: 'http://192.0.2.1/x', family: 4, address: '192.0.2.1', userinfo: false }],
    ['javascript:alert(1)', { kind: 'bad', reason: 'scheme', location: 'javascript:alert(1)' }],
    ['ftp://b.vn/', { kind: 'bad', reason: 'scheme', location: 'ftp://b.vn/' }],
    ['http://', { kind: 'bad', reason: 'invalid-url', location: 'http://' }],
    ['http://a.vn:0/', { kind: 'bad', reason: 'invalid-url', location: 'http://a.vn:0/' }],
    [' ', { kind: 'bad', reason: 'no-location', location: null }],
  ])('W6 resolves Location %j', (location, expected) => {
    expect(go(302, location)).toEqual(expected);
  });

  it.each([200, 201, 300, 304, 305, 400])('does not follow %d', (status) => {
    expect(go(status, '/vi')).toBeNull();
  });
  it.each([301, 302, 303, 307, 308])('follows %d', (status) => {
    expect(go(status, '/vi')).toMatchObject({ kind: 'http' });
    expect(go(status)).toEqual({ kind: 'bad', reason: 'no-location', location: null });
  });

  const refresh = (seconds: number, to: string) => `<meta http-equiv=refresh content="${seconds};url=${to}">`;
  it('takes a meta refresh of at most 10 s on a good page as a hop', () => {
    expect(go(200, undefined, refresh(10, '/vi'))).toEqual({ kind: 'meta', url: 'https://a.gov.vn/vi', userinfo: false });
    expect(go(200, undefined, refresh(10.5, '/vi'))).toBeNull();
    expect(go(403, undefined, refresh(0, '/vi'))).toBeNull();
    expect(go(200, undefined, refresh(0, 'http://192.0.2.1/'))).toMatchObject({ kind: 'literal', via: 'meta' });
    expect(go(200, undefined, refresh(0, url))).toBeNull();
  });
  it('a 3xx to itself stays a redirect, for the caller to see the loop', () => {
    expect(go(302, url)).toEqual({ kind: 'http', url, userinfo: false });
  });
});

it.each([
  ['www.moha.gov.vn', 'moha.gov.vn', true],
  ['a.moha.gov.vn', 'b.moha.gov.vn', true],
  ['moha.gov.vn', 'mof.gov.vn', false],
  ['gov.vn', 'gov.vn', true],
  ['gov.vn', 'com.vn', false],
  ['a.github.io', 'b.github.io', false],
])('sameSite(%s, %s) is %s', (a, b, expected) => {
  expect(sameSite(a, b)).toBe(expected);
});
