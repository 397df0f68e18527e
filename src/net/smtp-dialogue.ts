import type { Socket } from 'node:net';
import type { SmtpResponse, SmtpSessionRequest } from '../model/observation.ts';
import type { ExchangeClock } from './exchange-clock.ts';
import type { LiveContext } from './live-context.ts';
import type { SmtpReply } from './smtp-replies.ts';

/** What the steps of one session share. `response` fills up as the dialogue goes on. */
export interface SmtpDialogue {
  request: SmtpSessionRequest;
  context: LiveContext;
  clock: ExchangeClock;
  /** The socket to destroy at the end: the plain one, after STARTTLS the TLS one around it. */
  socket: Socket;
  response: SmtpResponse;
}

/** One text, cut at the length of a line: the evidence needs no 100 KB of greeting. */
export function asText(reply: SmtpReply, context: LiveContext): { code: number; text: string } {
  return { code: reply.code, text: reply.lines.join('\n').slice(0, context.settings.smtp.maxLineBytes) };
}
