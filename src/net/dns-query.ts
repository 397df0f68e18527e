import { randomInt } from 'node:crypto';
import { isIP } from 'node:net';
import type { DnsResponse } from '../model/dns.ts';
import type { Failure } from '../model/failure.ts';
import type { DnsQueryRequest, ObservationOf, OperationOf } from '../model/observation.ts';
import { dnsSockets, type Exchange, failed, type Judgement } from './dns-exchange.ts';
import { answersQuestion, decodeMessage, encodeQuery } from './dns-message.ts';
import { DnsMessageError } from './dns-message-error.ts';
import { exchangeOverTcp } from './dns-tcp.ts';
import { exchangeOverUdp } from './dns-udp.ts';
import { familyWorked, noteFamilyWorked } from './family-memory.ts';
import type { LiveContext } from './live-context.ts';
import { observe, type TryResult } from './observe.ts';

/**
 * One try of one query to one server over one transport and family. An answer with TC is a response with
 * `truncated`, never repeated here; a DNS error code is a response too. Failures: no usable message `malformed`, only
 * messages of others `answer-mismatch`, silence `timeout`, and what `failureOf` reads from the sockets.
 * A name, type or address that cannot be asked is a fault of ours and becomes `internal-error`.
 */
export function dnsQuery(operation: OperationOf<'dns-query'>, context: LiveContext): Promise<ObservationOf<'dns-query'>> {
  return observe(operation, context, () => tryOnce(operation.request, context));
}

async function tryOnce(request: DnsQueryRequest, context: LiveContext): Promise<TryResult<DnsResponse>> {
  const id = randomInt(0x1_0000);
  const query = encodeQuery({ ...request, id });
  const dialled = dial(request, context);
  if ('failure' in dialled) return { response: null, failure: dialled.failure, peer: null };
  const sockets = dnsSockets(context);
  const start = performance.now();
  const release = await sockets.permits.acquire();
  const waitedMs = performance.now() - start;
  try {
    if (context.signal.aborted) return { response: null, failure: failed('cancelled', 'connect', 'shutdown'), peer: null, waitedMs };
    const { dns } = context.settings;
    const exchange: Exchange = {
      ...dialled,
      familyWorked: familyWorked(context, request.family),
      query,
      timeoutMs: request.transport === 'udp' ? dns.tryTimeoutMs : dns.tcpExchangeTimeoutMs,
      maxMessageBytes: dns.maxMessageBytes,
      judge: (message) => judge(message, { id, request, context }),
      onCancel(cancel) {
        sockets.cancels.add(cancel);
        return () => sockets.cancels.delete(cancel);
      },
    };
    const result = await (request.transport === 'udp' ? exchangeOverUdp(exchange) : exchangeOverTcp(exchange));
    if (result.heard) noteFamilyWorked(context, request.family);
    const peer = result.heard ? { address: request.address, port: request.port } : null;
    return { response: result.response, failure: result.failure, peer, waitedMs };
  } finally {
    release();
  }
}

type Dialled = Pick<Exchange, 'address' | 'port' | 'family'>;

/** Where the socket goes: the address asked for, or what the endpoint map says. Only literals: no resolver is ever asked. */
function dial(request: DnsQueryRequest, context: LiveContext): Dialled | { failure: Failure } {
  const { transport, address, port, family } = request;
  if (isIP(address) !== family) throw new TypeError('the address is no literal of the family asked for');
  const found = context.endpoints === null ? { address, port } : context.endpoints.lookup({ transport, address, port });
  if ('failure' in found) return found;
  return { address: found.address, port: found.port, family: isIP(found.address) === 6 ? 6 : 4 };
}

/**
 * Id first, because a forger's flood is to cost next to nothing. What has the id and cannot be read as a message is
 * the server's fault and ends the exchange; what can be read must answer exactly this question.
 */
function judge(message: Buffer, asked: { id: number; request: DnsQueryRequest; context: LiveContext }): Judgement {
  const { id, request, context } = asked;
  if (message.length < 2 || message.readUInt16BE(0) !== id) return { kind: 'mismatch' };
  // Our own query, sent back.
  if (message.length > 2 && message.readUInt8(2) < 0x80) return { kind: 'mismatch' };
  const { dns } = context.settings;
  if (message.length > dns.maxMessageBytes)
    return { kind: 'failure', failure: failed('too-large', 'answer', `message of ${message.length} bytes`) };
  try {
    const decoded = decodeMessage(message, dns);
    return answersQuestion(decoded, { id, name: request.name, type: request.type })
      ? { kind: 'answer', response: decoded.response }
      : { kind: 'mismatch' };
  } catch (error) {
    // Nobody could catch a throw here: it runs in a socket's event. A fault of our own is told as one.
    const code = error instanceof DnsMessageError ? 'malformed' : 'internal-error';
    return { kind: 'failure', failure: failed(code, 'answer', error instanceof Error ? error.message : String(error)) };
  }
}
