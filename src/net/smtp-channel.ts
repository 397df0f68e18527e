import type { Socket } from 'node:net';
import type { Failure } from '../model/failure.ts';
import type { ExchangeClock } from './exchange-clock.ts';
import { failureOf } from './failure-of.ts';
import { createReplyReader, type ReplyLimits, type ReplyState, type SmtpReply } from './smtp-replies.ts';

/** A reply, or why none came; `partial` is what had been read of it. */
export type ReplyOutcome = { reply: SmtpReply; failure: null } | { reply: null; failure: Failure; partial: SmtpReply | null };

export interface SmtpChannel {
  /** Waits for the next reply, until the clock ends. */
  next(): Promise<ReplyOutcome>;
  send(command: string): void;
  /** Bytes that came beyond the last reply: there should be none before TLS begins (faults M4). */
  earlyBytes(): number;
  /** Takes the listeners off, so that TLS can take the socket over. */
  detach(): void;
}

/** Speaks SMTP lines over a socket, plain or TLS. Reads only while a reply is waited for, so nothing piles up. */
export function openSmtpChannel(socket: Socket, limits: ReplyLimits, clock: ExchangeClock): SmtpChannel {
  const reader = createReplyReader(limits);
  let settle: ((outcome: ReplyOutcome) => void) | null = null;

  const finish = (outcome: ReplyOutcome): void => {
    socket.pause();
    settle?.(outcome);
    settle = null;
  };
  const fail = (failure: Failure, partial: SmtpReply | null = null): void => finish({ reply: null, failure, partial });
  const take = (state: ReplyState): void => {
    if (state.kind === 'reply') finish({ reply: state.reply, failure: null });
    if (state.kind === 'problem') fail({ code: state.code, step: clock.step, synchronous: false, detail: state.detail }, state.partial);
  };
  const onData = (bytes: Buffer): void => take(reader.push(bytes));
  const onError = (error: Error): void => fail(failureOf(error, { step: clock.step, synchronous: false }));
  const onEnd = (): void => fail({ code: 'reset', step: clock.step, synchronous: false, detail: 'closed' });
  socket.on('data', onData);
  socket.on('error', onError);
  socket.on('end', onEnd);
  socket.on('close', onEnd);
  socket.pause();
  void clock.whenEnded.then((failure) => fail(failure));

  return {
    next: () =>
      new Promise((resolve) => {
        settle = resolve;
        if (clock.ended !== null) return fail(clock.ended);
        if (socket.errored !== null) return onError(socket.errored);
        if (socket.destroyed || socket.readableEnded) return onEnd();
        if (reader.leftOver > 0) take(reader.push(new Uint8Array()));
        if (settle !== null) socket.resume();
      }),
    send(command) {
      if (socket.writable) socket.write(`${command}\r\n`);
    },
    earlyBytes: () => reader.leftOver + socket.readableLength,
    detach() {
      socket.removeListener('data', onData);
      socket.removeListener('error', onError);
      socket.removeListener('end', onEnd);
      socket.removeListener('close', onEnd);
    },
  };
}
