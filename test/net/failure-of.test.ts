import { describe, expect, it } from 'vitest';
import type { FailureCode, FailureStep } from '../../src/model/failure.ts';
import { failureOf, plainCodes, withoutAddresses } from '../../src/net/failure-of.ts';

const error = (code: string, more: Record<string, unknown> = {}) => Object.assign(new Error('boom'), { code, ...more });
const later = { step: 'connect', synchronous: false } as const;

describe('failureOf', () => {
  it.each(Object.entries(plainCodes))('%s is %s', (code, expected) => {
    expect(failureOf(error(code), later).code).toBe(expected);
    expect(failureOf(error(code), { step: 'tls', synchronous: true }).code).toBe(expected);
  });

  const sited: [string, { step: FailureStep; synchronous: boolean; familyWorked?: boolean }, Record<string, unknown>, FailureCode][] = [
    ['ENETUNREACH', { step: 'connect', synchronous: true }, {}, 'no-route'],
    ['ENETUNREACH', later, {}, 'network-unreachable'],
    ['EHOSTUNREACH', { step: 'connect', synchronous: true }, {}, 'no-route'],
    ['EHOSTUNREACH', later, {}, 'host-unreachable'],
    ['EACCES', { step: 'connect', synchronous: true }, {}, 'no-route'],
    ['EACCES', later, {}, 'admin-prohibited'],
    ['EPERM', { step: 'connect', synchronous: true }, {}, 'no-route'],
    ['EPERM', later, {}, 'admin-prohibited'],
    ['EADDRNOTAVAIL', later, {}, 'local-limit'],
    ['EADDRNOTAVAIL', { ...later, familyWorked: true }, {}, 'local-limit'],
    ['EADDRNOTAVAIL', { ...later, familyWorked: false }, {}, 'no-route'],
    ['ECONNRESET', later, { syscall: 'read' }, 'reset'],
    ['ECONNRESET', { step: 'tls', synchronous: false }, { syscall: 'read' }, 'reset'],
    ['ECONNRESET', { step: 'tls', synchronous: false }, {}, 'tls-handshake'],
    ['EPROTO', { step: 'tls', synchronous: false }, {}, 'tls-handshake'],
    ['EPROTO', later, {}, 'protocol-error'],
    ['UND_ERR_SOCKET', { step: 'headers', synchronous: false }, { message: 'other side closed' }, 'reset'],
    ['UND_ERR_SOCKET', { step: 'headers', synchronous: false }, { message: 'bad response' }, 'protocol-error'],
    ['HPE_INVALID_HEADER_TOKEN', { step: 'headers', synchronous: false }, {}, 'protocol-error'],
    ['HPE_CR_EXPECTED', { step: 'headers', synchronous: false }, {}, 'protocol-error'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', { step: 'tls', synchronous: false }, {}, 'tls-handshake'],
    ['ERR_SSL_UNSUPPORTED_PROTOCOL', { step: 'tls', synchronous: false }, {}, 'tls-handshake'],
    ['ERR__ERROR_FORMAT_RESERVED', { step: 'body', synchronous: false }, {}, 'decode-failed'],
    ['ERR_BROTLI_COMPRESSION_FAILED', { step: 'body', synchronous: false }, {}, 'decode-failed'],
    ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', { step: 'headers', synchronous: false }, {}, 'protocol-error'],
    ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', { step: 'body', synchronous: false }, {}, 'reset'],
    ['ESOMETHINGNEW', later, {}, 'unknown'],
  ];
  it.each(sited)('%s at %o with %o is %s', (code, site, more, expected) => {
    expect(failureOf(error(code, more), site)).toMatchObject({ code: expected, step: site.step, synchronous: site.synchronous });
  });

  it('names the alert', () => {
    const alert = error('ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', {
      message: '00E0:error:0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:../ssl/record.c:1605:SSL alert number 40\n',
    });
    expect(failureOf(alert, { step: 'tls', synchronous: false })).toMatchObject({
      code: 'tls-alert',
      detail: 'alert 40 ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
    });
  });

  it('reads a parser error that lost its code', () => {
    const parser = (text: string) =>
      Object.assign(new Error(`Response does not match the HTTP/1.1 protocol (${text})`), { name: 'HTTPParserError', code: undefined });
    const at = { step: 'headers', synchronous: false } as const;
    expect(failureOf(parser('Invalid header token'), at)).toMatchObject({
      code: 'protocol-error',
      detail: expect.stringContaining('Invalid header token'),
    });
    expect(failureOf(parser('Invalid EOF state'), at).code).toBe('reset');
  });

  it('reads an abort, a cause and things that are no errors', () => {
    expect(failureOf(new DOMException('x', 'AbortError'), later).code).toBe('cancelled');
    expect(failureOf(new TypeError('fetch failed', { cause: error('ECONNREFUSED') }), later).code).toBe('refused');
    expect(failureOf('text', later)).toMatchObject({ code: 'unknown', detail: 'text' });
    expect(failureOf(undefined, later).code).toBe('unknown');
  });

  it('keeps addresses out of the detail', () => {
    const refused = error('ECONNREFUSED', { syscall: 'connect', message: 'connect ECONNREFUSED 2001:db8::1:443', address: '2001:db8::1' });
    expect(failureOf(refused, later).detail).toBe('ECONNREFUSED connect');
    const odd = error('EODD', { message: 'connect EODD 2001:db8::1:443 - Local (192.0.2.7:51000)' });
    expect(failureOf(odd, later).detail).toBe('EODD connect EODD <address> - Local (<address>)');
    expect(withoutAddresses('at 12:30, version 1.2.3')).toBe('at 12:30, version 1.2.3');
  });
});
