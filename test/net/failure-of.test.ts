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

  it('P8 addresses and ports that ran out are ours', () => {
    for (const code of ['EADDRNOTAVAIL', 'EADDRINUSE', 'EAGAIN', 'ENOBUFS'])
      expect(failureOf(error(code), { ...later, familyWorked: true }).code).toBe('local-limit');
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

  /** Written out apart from the table: what Linux, Node 20, OpenSSL 3 and undici 7 can hand to a socket client. */
  const known = [
    'EACCES EADDRINUSE EADDRNOTAVAIL EAFNOSUPPORT EAGAIN EBADF ECANCELED ECONNABORTED ECONNREFUSED ECONNRESET EDESTADDRREQ EHOSTDOWN EHOSTUNREACH',
    'EINVAL EISCONN EMFILE EMSGSIZE ENETDOWN ENETRESET ENETUNREACH ENFILE ENOBUFS ENOMEM ENONET ENOPROTOOPT ENOTCONN ENOTSOCK EPERM EPIPE EPROTO',
    'EPROTONOSUPPORT ETIMEDOUT ABORT_ERR ERR_INVALID_ARG_TYPE ERR_INVALID_CHAR ERR_SOCKET_BAD_PORT ERR_SOCKET_DGRAM_NOT_RUNNING',
    'ERR_STREAM_PREMATURE_CLOSE ERR_STREAM_DESTROYED ERR_STREAM_WRITE_AFTER_END ERR_TLS_HANDSHAKE_TIMEOUT ERR_TLS_CERT_ALTNAME_INVALID',
    'ERR_TLS_DH_PARAM_SIZE ERR_SSL_WRONG_VERSION_NUMBER ERR_SSL_NO_PROTOCOLS_AVAILABLE ERR_SSL_DH_KEY_TOO_SMALL ERR_SSL_PACKET_LENGTH_TOO_LONG',
    'CERT_HAS_EXPIRED CERT_NOT_YET_VALID DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_VERIFY_LEAF_SIGNATURE UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY CERT_SIGNATURE_FAILURE CERT_CHAIN_TOO_LONG CERT_REVOKED INVALID_CA PATH_LENGTH_EXCEEDED INVALID_PURPOSE',
    'CERT_UNTRUSTED CERT_REJECTED HOSTNAME_MISMATCH UND_ERR_CONNECT_TIMEOUT UND_ERR_HEADERS_TIMEOUT UND_ERR_BODY_TIMEOUT UND_ERR_HEADERS_OVERFLOW',
    'UND_ERR_INVALID_ARG UND_ERR_INVALID_RETURN_VALUE UND_ERR_ABORT UND_ERR_ABORTED UND_ERR_INFO UND_ERR_REQ_CONTENT_LENGTH_MISMATCH',
    'UND_ERR_RES_CONTENT_LENGTH_MISMATCH UND_ERR_DESTROYED UND_ERR_CLOSED UND_ERR_SOCKET UND_ERR_NOT_SUPPORTED UND_ERR_RES_EXCEEDED_MAX_SIZE',
    'UND_ERR_RESPONSE HPE_INVALID_CONSTANT HPE_LF_EXPECTED HPE_INVALID_STATUS HPE_INVALID_CHUNK_SIZE HPE_CLOSED_CONNECTION HPE_INVALID_EOF_STATE',
    'HPE_HEADER_OVERFLOW Z_DATA_ERROR Z_BUF_ERROR Z_NEED_DICT Z_STREAM_ERROR Z_MEM_ERROR ERR__ERROR_FORMAT_PADDING_1 ERR_ENCODING_REFUSED',
  ].flatMap((line) => line.split(' '));
  it.each(known)('%s never lands in unknown', (code) => {
    for (const step of ['connect', 'tls', 'headers', 'body', 'banner'] as const) {
      for (const synchronous of [true, false]) expect(failureOf(error(code), { step, synchronous }).code).not.toBe('unknown');
    }
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
