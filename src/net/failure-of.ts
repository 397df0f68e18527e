import type { Failure, FailureCode, FailureStep } from '../model/failure.ts';

/** Where an error came up. `familyWorked` is only asked for EADDRNOTAVAIL: has anything in that family worked in this run? */
export interface FailureSite {
  step: FailureStep;
  /** The error event fired before the first `setImmediate` after the call (faults 2.1): our own routing table said it. */
  synchronous: boolean;
  familyWorked?: boolean;
}

const maxDetailLength = 160;

/** Codes that mean the same wherever they come up. Those that depend on the site are in `siteCode`. */
export const plainCodes: Readonly<Record<string, FailureCode>> = {
  ETIMEDOUT: 'timeout',
  ESOCKETTIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  ERR_TLS_HANDSHAKE_TIMEOUT: 'timeout',
  ECONNREFUSED: 'refused',
  ENOPROTOOPT: 'refused',
  EPIPE: 'reset',
  ECONNABORTED: 'reset',
  ENOTCONN: 'reset',
  ENETRESET: 'reset',
  ERR_STREAM_PREMATURE_CLOSE: 'reset',
  ERR_STREAM_WRITE_AFTER_END: 'reset',
  ERR_STREAM_DESTROYED: 'reset',
  HPE_INVALID_EOF_STATE: 'reset',
  // The kernel has no such family, or the interface is down: nothing left this machine.
  EAFNOSUPPORT: 'no-route',
  EPROTONOSUPPORT: 'no-route',
  ENETDOWN: 'no-route',
  EHOSTDOWN: 'host-unreachable',
  ENONET: 'host-unreachable',
  EMFILE: 'local-limit',
  ENFILE: 'local-limit',
  ENOBUFS: 'local-limit',
  ENOMEM: 'local-limit',
  EADDRINUSE: 'local-limit',
  EMSGSIZE: 'local-limit',
  EAGAIN: 'local-limit',
  ABORT_ERR: 'cancelled',
  ECANCELED: 'cancelled',
  UND_ERR_ABORT: 'cancelled',
  UND_ERR_ABORTED: 'cancelled',
  UND_ERR_DESTROYED: 'cancelled',
  UND_ERR_CLOSED: 'cancelled',
  UND_ERR_HEADERS_OVERFLOW: 'too-large',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'too-large',
  HPE_HEADER_OVERFLOW: 'too-large',
  UND_ERR_RESPONSE: 'protocol-error',
  CERT_HAS_EXPIRED: 'tls-expired',
  CERT_NOT_YET_VALID: 'tls-expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls-name-mismatch',
  HOSTNAME_MISMATCH: 'tls-name-mismatch',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls-untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls-untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'tls-untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls-untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls-untrusted',
  CERT_SIGNATURE_FAILURE: 'tls-untrusted',
  CERT_CHAIN_TOO_LONG: 'tls-untrusted',
  CERT_REVOKED: 'tls-untrusted',
  CERT_UNTRUSTED: 'tls-untrusted',
  CERT_REJECTED: 'tls-untrusted',
  INVALID_CA: 'tls-untrusted',
  INVALID_PURPOSE: 'tls-untrusted',
  PATH_LENGTH_EXCEEDED: 'tls-untrusted',
  ERR_TLS_DH_PARAM_SIZE: 'tls-handshake',
  ERR_TLS_INVALID_PROTOCOL_VERSION: 'internal-error',
  Z_DATA_ERROR: 'decode-failed',
  Z_BUF_ERROR: 'decode-failed',
  Z_NEED_DICT: 'decode-failed',
  Z_STREAM_ERROR: 'decode-failed',
  // Our own: an encoding nobody asked for, or too many stacked.
  ERR_ENCODING_REFUSED: 'decode-failed',
  Z_MEM_ERROR: 'local-limit',
  ERR_BUFFER_TOO_LARGE: 'too-large',
  // Our own call was wrong.
  EINVAL: 'internal-error',
  EBADF: 'internal-error',
  ENOTSOCK: 'internal-error',
  EISCONN: 'internal-error',
  EDESTADDRREQ: 'internal-error',
  UND_ERR_INVALID_ARG: 'internal-error',
  UND_ERR_INVALID_RETURN_VALUE: 'internal-error',
  UND_ERR_NOT_SUPPORTED: 'internal-error',
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: 'internal-error',
  UND_ERR_INFO: 'internal-error',
  ERR_INVALID_ARG_TYPE: 'internal-error',
  ERR_INVALID_ARG_VALUE: 'internal-error',
  ERR_INVALID_CHAR: 'internal-error',
  ERR_OUT_OF_RANGE: 'internal-error',
  ERR_SOCKET_BAD_PORT: 'internal-error',
  ERR_SOCKET_DGRAM_NOT_RUNNING: 'internal-error',
  ERR_SOCKET_DGRAM_IS_CONNECTED: 'internal-error',
  ERR_SOCKET_DGRAM_NOT_CONNECTED: 'internal-error',
  ERR_SOCKET_CLOSED: 'reset',
};

/**
 * The one place that knows errno, undici, zlib and TLS codes (faults 2.1). Takes anything that was thrown or emitted.
 * The detail names the code and the system call and holds no address.
 */
export function failureOf(error: unknown, at: FailureSite): Failure {
  const known = read(error);
  const code = siteCode(known, at) ?? plainCodes[known.code] ?? prefixCode(known.code) ?? 'unknown';
  return { code, step: at.step, synchronous: at.synchronous, detail: detailOf(known, code) };
}

interface ReadError {
  code: string;
  syscall: string;
  message: string;
}

function read(error: unknown): ReadError {
  if (typeof error !== 'object' || error === null) return { code: '', syscall: '', message: String(error) };
  const { code, syscall, message, name, cause } = error as Record<string, unknown>;
  // A wrapper without a code of its own (fetch, AggregateError) carries what happened as its cause, one level down.
  if (typeof code !== 'string' && typeof cause === 'object' && cause !== null && 'code' in cause) return read({ ...cause, cause: null });
  return {
    code: typeof code === 'string' ? code : codeOfName(name, message),
    syscall: typeof syscall === 'string' ? syscall : '',
    message: typeof message === 'string' ? message : '',
  };
}

/** undici 7.30 loses llhttp's code on the way; its text is llhttp's own, never the server's. */
function codeOfName(name: unknown, message: unknown): string {
  if (name === 'AbortError') return 'ABORT_ERR';
  if (name !== 'HTTPParserError') return '';
  if (typeof message !== 'string') return 'HPE_UNKNOWN';
  if (message.includes('Invalid EOF state')) return 'HPE_INVALID_EOF_STATE';
  return message.includes('Header overflow') ? 'HPE_HEADER_OVERFLOW' : 'HPE_UNKNOWN';
}

/** Codes whose meaning depends on where and when they came up. */
function siteCode({ code, syscall, message }: ReadError, at: FailureSite): FailureCode | null {
  if (alertNumber(message) !== null) return 'tls-alert';
  switch (code) {
    case 'ENETUNREACH':
      return at.synchronous ? 'no-route' : 'network-unreachable';
    case 'EHOSTUNREACH':
      return at.synchronous ? 'no-route' : 'host-unreachable';
    case 'EACCES':
    case 'EPERM':
      return at.synchronous ? 'no-route' : 'admin-prohibited';
    case 'EADDRNOTAVAIL':
      return at.familyWorked === false ? 'no-route' : 'local-limit';
    case 'ECONNRESET':
      // Node's own error for an end of stream inside the handshake has no system call: cut, not reset.
      return at.step === 'tls' && syscall === '' ? 'tls-handshake' : 'reset';
    case 'EPROTO':
      // Outside TLS this is Linux's word for an ICMPv6 parameter problem.
      return at.step === 'tls' ? 'tls-handshake' : 'protocol-error';
    case 'UND_ERR_SOCKET':
      return message === 'bad response' || message === 'bad upgrade' ? 'protocol-error' : 'reset';
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      // Before the body begins undici calls any parser error so, once it has seen a length.
      return at.step === 'headers' ? 'protocol-error' : 'reset';
    default:
      return null;
  }
}

function prefixCode(code: string): FailureCode | null {
  if (code.startsWith('HPE_')) return 'protocol-error';
  if (code.startsWith('ERR_SSL_')) return 'tls-handshake';
  // Brotli's codes, as Node 20 ('ERR__ERROR_FORMAT_…') and later lines ('ERR_BROTLI_…') spell them.
  if (code.startsWith('ERR__ERROR_') || code.startsWith('ERR_BROTLI_')) return 'decode-failed';
  return null;
}

/** Number of the TLS alert that the peer sent (RFC 8446 §6), out of OpenSSL's text; null when the error is none. */
function alertNumber(message: string): number | null {
  const marker = 'SSL alert number ';
  const start = message.indexOf(marker);
  if (start < 0) return null;
  const number = Number.parseInt(message.slice(start + marker.length, start + marker.length + 3), 10);
  return Number.isInteger(number) ? number : null;
}

function detailOf({ code, syscall, message }: ReadError, failure: FailureCode): string {
  if (failure === 'tls-alert') return `alert ${alertNumber(message)} ${code}`.trim();
  if (failure === 'unknown' || failure === 'internal-error') return `${code} ${withoutAddresses(message)}`.trim().slice(0, maxDetailLength);
  if (code.startsWith('HPE_')) return `${code} ${message}`.slice(0, maxDetailLength);
  if (code === 'EPROTO' || code === 'UND_ERR_SOCKET' || code === 'ERR_ENCODING_REFUSED')
    return `${code} ${withoutAddresses(opensslReason(message))}`.trim().slice(0, maxDetailLength);
  return `${code} ${syscall}`.trim();
}

/** OpenSSL errors read 'number:error:code:library:function:reason:file:line:'; the reason is what people look up. */
function opensslReason(message: string): string {
  const parts = message.split(':', 12);
  const at = parts.indexOf('error');
  return at < 0 ? message : (parts[at + 4] ?? message);
}

/** Replaces every word that looks like an address; linear. */
export function withoutAddresses(text: string): string {
  return text
    .slice(0, 1_000)
    .split(/([^0-9A-Fa-f:.])/)
    .map((word) => (word.split(':').length > 2 || isDottedQuad(word) ? '<address>' : word))
    .join('');
}

function isDottedQuad(word: string): boolean {
  const parts = word.split('.');
  return parts.length >= 4 && parts.slice(0, 4).every((part) => part !== '' && Number.isInteger(Number.parseInt(part, 10)));
}
