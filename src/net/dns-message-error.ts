export type DnsMessageErrorCode =
  /** Fewer bytes than a header, or more than the TCP framing can carry. */
  | 'size'
  /** The question section cannot be read, or holds more than one question (RFC 9619). */
  | 'question'
  /** The names of the message cost more than the work budget (faults 12.1). */
  | 'work-budget'
  /** Encoding only: the name cannot be put on the wire. */
  | 'name'
  /** Encoding only: no such record type. */
  | 'type';

/** The only error the DNS codec throws. `message` holds no remote text. */
export class DnsMessageError extends Error {
  readonly code: DnsMessageErrorCode;

  constructor(code: DnsMessageErrorCode, message: string) {
    super(message);
    this.name = 'DnsMessageError';
    this.code = code;
  }
}
