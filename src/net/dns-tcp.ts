import { connect, type Socket } from 'node:net';
import { type Exchange, type ExchangeResult, failed } from './dns-exchange.ts';
import { failureOf } from './failure-of.ts';

const PREFIX_BYTES = 2;
const HEADER_BYTES = 12;

/**
 * One query over a fresh TCP connection, with the two length bytes before each message (RFC 7766 §8). One absolute
 * deadline covers everything from the connect to the last byte. The first message ends the exchange, belonging or not:
 * nobody off the path can put one into a connection.
 */
export function exchangeOverTcp(exchange: Exchange): Promise<ExchangeResult> {
  return new Promise((resolve) => {
    const socket = connect({ host: exchange.address, port: exchange.port, family: exchange.family, autoSelectFamily: false });
    let connected = false;
    let synchronous = true;
    let done = false;
    const step = (): 'answer' | 'connect' => (connected ? 'answer' : 'connect');
    const finish = (result: Omit<ExchangeResult, 'heard'>): void => {
      if (done) return;
      done = true;
      clearTimeout(timer);
      takeBack();
      socket.destroy();
      resolve({ ...result, heard: connected });
    };
    const fail = (failure: ExchangeResult['failure']): void => finish({ response: null, failure });
    const inbox = createInbox(exchange.maxMessageBytes);
    const timer = setTimeout(() => fail(failed('timeout', step(), `${inbox.state()} after ${exchange.timeoutMs} ms`)), exchange.timeoutMs);
    const takeBack = exchange.onCancel(() => fail(failed('cancelled', step(), 'shutdown')));
    // Only our own missing route answers before the loop turns (faults 2.1).
    setImmediate(() => {
      synchronous = false;
    });
    socket.on('error', (error) =>
      fail(failureOf(error, { step: step(), synchronous: synchronous && !connected, familyWorked: exchange.familyWorked })),
    );
    socket.on('connect', () => {
      connected = true;
      send(socket, exchange.query);
    });
    socket.on('data', (chunk: Buffer) => {
      const progress = inbox.add(chunk);
      if (progress === 'too-large') fail(failed('too-large', 'answer', inbox.state()));
      else if (progress === 'too-small') fail(failed('malformed', 'answer', inbox.state()));
      else if (progress !== 'more') finish(judged(exchange, progress));
    });
    socket.on('end', () => fail(failed('reset', 'answer', `connection ended, ${inbox.state()}`)));
  });
}

function send(socket: Socket, query: Buffer): void {
  const framed = Buffer.alloc(PREFIX_BYTES + query.length);
  framed.writeUInt16BE(query.length, 0);
  query.copy(framed, PREFIX_BYTES);
  // One segment: some servers drop a connection whose length bytes come alone (RFC 7766 §8).
  socket.setNoDelay(true);
  socket.write(framed);
}

function judged(exchange: Exchange, message: Buffer): Omit<ExchangeResult, 'heard'> {
  const judgement = exchange.judge(message);
  if (judgement.kind === 'answer') return { response: judgement.response, failure: null };
  if (judgement.kind === 'failure') return { response: null, failure: judgement.failure };
  return { response: null, failure: failed('answer-mismatch', 'answer', 'the message does not belong to the query') };
}

interface Inbox {
  /** The whole message once it is there; bytes behind it are left alone. */
  add(chunk: Buffer): Buffer | 'more' | 'too-large' | 'too-small';
  /** For the evidence: how much came of how much. */
  state(): string;
}

/** Puts one length-prefixed message together. Room is taken once, when its length is known and within the cap. */
function createInbox(maxMessageBytes: number): Inbox {
  const prefix = Buffer.alloc(PREFIX_BYTES);
  let received = 0;
  let message: Buffer | null = null;
  return {
    add(chunk) {
      const ofPrefix = received < PREFIX_BYTES ? chunk.copy(prefix, received) : 0;
      received += ofPrefix;
      if (received < PREFIX_BYTES) return 'more';
      const length = prefix.readUInt16BE(0);
      if (length > maxMessageBytes) return 'too-large';
      if (length < HEADER_BYTES) return 'too-small';
      message ??= Buffer.alloc(length);
      received += chunk.copy(message, received - PREFIX_BYTES, ofPrefix);
      return received === PREFIX_BYTES + length ? message : 'more';
    },
    state: () =>
      received < PREFIX_BYTES ? `${received} of 2 length bytes` : `${received - PREFIX_BYTES} of ${prefix.readUInt16BE(0)} bytes`,
  };
}
