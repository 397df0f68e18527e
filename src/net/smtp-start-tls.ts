import type { Failure } from '../model/failure.ts';
import type { SmtpResponse } from '../model/observation.ts';
import { openSmtpChannel, type SmtpChannel } from './smtp-channel.ts';
import { asText, type SmtpDialogue } from './smtp-dialogue.ts';
import { startTls } from './start-tls.ts';

type StartTlsEvidence = NonNullable<SmtpResponse['startTls']>;

/**
 * STARTTLS (RFC 3207) where EHLO offered it. Bytes that came in clear after the 220 are dropped and reported (faults M4), the
 * handshake is made all the same for its evidence. Returns the channel on which QUIT can be said, null when there is none left.
 */
export async function startMailTls(dialogue: SmtpDialogue, plain: SmtpChannel): Promise<SmtpChannel | null> {
  const { response, clock, context } = dialogue;
  const offered = response.ehlo?.keywords.some((keyword) => keyword.split(' ', 1)[0] === 'STARTTLS') ?? false;
  const evidence: StartTlsEvidence = { offered, replyCode: null, tls: null, earlyData: false, failure: null };
  response.startTls = evidence;
  if (!offered) return plain;
  clock.step = 'starttls';
  plain.send('STARTTLS');
  const outcome = await plain.next();
  evidence.replyCode = (outcome.reply ?? outcome.partial)?.code ?? null;
  if (outcome.failure !== null) {
    evidence.failure = outcome.failure;
    return null;
  }
  if (outcome.reply.code !== 220) {
    response.lastReply = asText(outcome.reply, context);
    return plain;
  }
  return secure(dialogue, plain, evidence);
}

async function secure(dialogue: SmtpDialogue, plain: SmtpChannel, evidence: StartTlsEvidence): Promise<SmtpChannel | null> {
  const { socket, request, clock, context } = dialogue;
  const earlyBytes = plain.earlyBytes();
  if (earlyBytes > 0) {
    evidence.earlyData = true;
    evidence.failure = earlyData(earlyBytes);
  }
  plain.detach();
  // What Node has buffered in clear must not reach OpenSSL.
  while (socket.read() !== null);
  const secured = await startTls({ socket, serverName: request.host, alpn: [], clock, context });
  if (secured.failure !== null) {
    evidence.failure ??= secured.failure;
    return null;
  }
  dialogue.socket = secured.socket;
  evidence.tls = secured.evidence;
  return openSmtpChannel(secured.socket, context.settings.smtp, clock);
}

function earlyData(bytes: number): Failure {
  return { code: 'early-data', step: 'starttls', synchronous: false, detail: `${bytes} bytes before TLS` };
}
