import { createSocket, type Socket } from 'node:dgram';
import { type Exchange, type ExchangeResult, failed } from './dns-exchange.ts';
import { failureOf } from './failure-of.ts';

/** Asked of the kernel, which may give less: room for a forger's flood, so that the true answer is not dropped behind it. */
const RECEIVE_BUFFER_BYTES = 1_048_576;

/**
 * One query over a fresh UDP socket on a port that the kernel picks (RFC 5452 §4.5). The socket is connected: the kernel
 * drops datagrams from other peers, and ICMP errors of the path come back as failures. Messages that do not belong to
 * the query are counted and the waiting goes on until the deadline.
 */
export function exchangeOverUdp(exchange: Exchange): Promise<ExchangeResult> {
  return new Promise((resolve) => {
    const socket = openSocket(exchange);
    let mismatches = 0;
    let connected = false;
    let done = false;
    const finish = (result: ExchangeResult): void => {
      if (done) return;
      done = true;
      clearTimeout(timer);
      takeBack();
      socket.close();
      resolve(result);
    };
    // Connecting and the first send only touch our own machine: whatever fails there was said by our own routing table.
    const fail = (error: unknown, synchronous: boolean): void =>
      finish({
        response: null,
        heard: false,
        failure: failureOf(error, { step: synchronous ? 'connect' : 'answer', synchronous, familyWorked: exchange.familyWorked }),
      });
    const expired = (): void => {
      const failure =
        mismatches > 0
          ? failed('answer-mismatch', 'answer', `${mismatches} messages that do not belong to the query`)
          : failed('timeout', 'answer', `no answer in ${exchange.timeoutMs} ms`);
      finish({ response: null, heard: false, failure });
    };
    const timer = setTimeout(expired, exchange.timeoutMs);
    const takeBack = exchange.onCancel(() =>
      finish({ response: null, heard: false, failure: failed('cancelled', connected ? 'answer' : 'connect', 'shutdown') }),
    );
    socket.on('error', (error) => fail(error, !connected));
    socket.on('message', (message) => {
      if (done) return;
      const judgement = exchange.judge(message);
      if (judgement.kind === 'mismatch') mismatches += 1;
      else if (judgement.kind === 'failure') finish({ response: null, heard: true, failure: judgement.failure });
      else finish({ response: { ...judgement.response, mismatches }, heard: true, failure: null });
    });
    connectAndSend(socket, exchange, { connected: () => (connected = true), failed: (error) => fail(error, true) });
  });
}

function openSocket({ family }: Exchange): Socket {
  return family === 6 ? createSocket({ type: 'udp6', ipv6Only: true }) : createSocket({ type: 'udp4' });
}

function connectAndSend(socket: Socket, exchange: Exchange, told: { connected: () => void; failed: (error: unknown) => void }): void {
  const connected = (error?: Error | null): void => {
    if (error) {
      told.failed(error);
      return;
    }
    told.connected();
    try {
      socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES);
    } catch {
      // The default of the kernel serves too.
    }
    socket.send(exchange.query, (failure) => {
      if (failure) told.failed(failure);
    });
  };
  // The type declarations leave out that the callback is handed the error (Node documentation, socket.connect).
  socket.connect(exchange.port, exchange.address, connected as () => void);
}
