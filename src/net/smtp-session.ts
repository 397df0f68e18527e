import type { Failure } from '../model/failure.ts';
import type { ObservationOf, OperationOf, SmtpResponse } from '../model/observation.ts';
import { dialTcp } from './dial.ts';
import { type ExchangeClock, startExchangeClock } from './exchange-clock.ts';
import type { LiveContext } from './live-context.ts';
import { observe, type TryResult } from './observe.ts';
import { openSmtpChannel, type SmtpChannel } from './smtp-channel.ts';
import { asText, type SmtpDialogue } from './smtp-dialogue.ts';
import { startMailTls } from './smtp-start-tls.ts';

/** A server that got our QUIT owes nothing; its 221 is only waited for so that we do not cut it off. */
const quitWaitMs = 2_000;

/**
 * Waits for the greeting (never talks first), says EHLO, tries STARTTLS where it is offered, and QUIT. No MAIL, no RCPT. A 4xx or
 * 5xx reply is an answer and no failure. What goes wrong from STARTTLS on is in `startTls.failure`: mail would go on without.
 */
export function smtpSession(operation: OperationOf<'smtp-session'>, context: LiveContext): Promise<ObservationOf<'smtp-session'>> {
  const { request } = operation;
  const { address, family, port } = request;
  return observe(operation, context, async () => {
    const dialled = await dialTcp({ address, family, port, timeoutMs: context.settings.tcp.connectTimeoutMs, context });
    if (dialled.failure !== null) return { response: null, failure: dialled.failure, peer: null };
    const clock = startExchangeClock(context.settings.smtp.exchangeTimeoutMs, context.signal, 'banner');
    const response: SmtpResponse = { banner: null, bannerAfterMs: null, ehlo: null, startTls: null, lastReply: null };
    const dialogue: SmtpDialogue = { request, context, clock, socket: dialled.socket, response };
    try {
      const failure = await converse(dialogue);
      const revise: TryResult<SmtpResponse>['revise'] = (late) => {
        if (response.startTls !== null) response.startTls.failure = late(response.startTls.failure);
      };
      return { ...result(response, failure), peer: { address, port }, waitedMs: clock.waitedMs, revise };
    } finally {
      clock.stop();
      dialogue.socket.destroy();
    }
  });
}

function result(response: SmtpResponse, failure: Failure | null): Pick<TryResult<SmtpResponse>, 'response' | 'failure'> {
  return { response: response.banner === null ? null : response, failure };
}

async function converse(dialogue: SmtpDialogue): Promise<Failure | null> {
  const { socket, response, clock, context } = dialogue;
  const channel = openSmtpChannel(socket, context.settings.smtp, clock);
  const failure = (await waitForBanner(dialogue, channel)) ?? (response.lastReply === null ? await sayEhlo(dialogue, channel) : null);
  if (failure !== null) return failure;
  const greeted = response.ehlo !== null && response.lastReply === null;
  const last = greeted ? await startMailTls(dialogue, channel) : channel;
  if (last !== null) await quit(last, clock);
  return null;
}

async function waitForBanner({ response, clock, context }: SmtpDialogue, channel: SmtpChannel): Promise<Failure | null> {
  const begin = performance.now();
  const { bannerTimeoutMs } = context.settings.smtp;
  const timer = setTimeout(() => clock.end('timeout', `no greeting in ${bannerTimeoutMs} ms`), bannerTimeoutMs);
  const outcome = await channel.next();
  clearTimeout(timer);
  const reply = outcome.reply ?? outcome.partial;
  if (reply !== null) {
    response.banner = asText(reply, context);
    response.bannerAfterMs = Math.round((performance.now() - begin) * 10) / 10;
  }
  if (outcome.failure !== null) return outcome.failure;
  if (outcome.reply.code !== 220) response.lastReply = asText(outcome.reply, context);
  return null;
}

async function sayEhlo({ response, clock, context }: SmtpDialogue, channel: SmtpChannel): Promise<Failure | null> {
  clock.step = 'ehlo';
  channel.send(`EHLO ${context.helo}`);
  const outcome = await channel.next();
  const reply = outcome.reply ?? outcome.partial;
  if (reply !== null) response.ehlo = { code: reply.code, keywords: reply.code === 250 ? reply.lines.slice(1).map(keyword) : [] };
  if (outcome.failure !== null) return outcome.failure;
  if (outcome.reply.code !== 250) response.lastReply = asText(outcome.reply, context);
  return null;
}

/** Keywords are case-insensitive (RFC 5321 §2.4); upper case spares every reader that thought. */
function keyword(line: string): string {
  return line.trim().toUpperCase();
}

async function quit(channel: SmtpChannel, clock: ExchangeClock): Promise<void> {
  if (clock.ended !== null) return;
  clock.step = 'quit';
  channel.send('QUIT');
  const timer = setTimeout(() => clock.end('timeout', 'no reply to QUIT'), quitWaitMs);
  await channel.next();
  clearTimeout(timer);
}
