import { describe, expect, it } from 'vitest';
import { readSecurityHeaders } from '../../src/parsers/security-headers.ts';
import { cpuMs } from '../support/processor-time.ts';

const read = (...headers: [string, string][]) => readSecurityHeaders(headers);

describe('readSecurityHeaders', () => {
  it.each([
    ['max-age=1', { maxAgeSeconds: 1, includeSubDomains: false }],
    ['max-age="31536000"; includeSubDomains; preload', { maxAgeSeconds: 31_536_000, includeSubDomains: true }],
    ['max-age=0', null],
    ['includeSubDomains', null],
    ['max-age=-1', null],
  ])('HSTS %s', (value, hsts) => {
    expect(read(['strict-transport-security', value]).hsts).toEqual(hsts);
  });

  it('joins several policies and keeps what is unsafe', () => {
    const { csp } = read(
      ['content-security-policy', "Default-Src 'self'; script-src 'unsafe-inline'"],
      ['content-security-policy', "default-src *; object-src 'none'"],
    );
    expect(csp).toEqual({ directives: ['default-src', 'object-src', 'script-src'], unsafe: ["'unsafe-inline'"] });
  });

  it('reads cookie flags', () => {
    const { cookies } = read(['set-cookie', 'a=1; Path=/; secure; HTTPONLY; SameSite=Lax'], ['set-cookie', 'b=2; SameSite=None']);
    expect([...cookies]).toEqual([
      ['a', ['Secure', 'HttpOnly', 'SameSite']],
      ['b', []],
    ]);
  });

  it('S7 is linear in hostile text', () => {
    const long = ' ;,='.repeat(250_000);
    const names = ['strict-transport-security', 'content-security-policy', 'set-cookie', 'referrer-policy', 'x-frame-options'];
    expect(cpuMs(() => void read(...names.map((name): [string, string] => [name, long])))).toBeLessThan(250);
  });
});
