import { type Cause, ourCauses } from '../model/cause.ts';
import { type Failure, ourFailures } from '../model/failure.ts';
import type { TlsEvidence } from '../model/observation.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known } from './fact.ts';
import { type SmtpAddress, type SmtpObservation, smtpConnections, speaksSmtp } from './mail-connections.ts';
import { mailExchangers, usableOf } from './mail-exchangers.ts';

/** STARTTLS as one session, or the best of several, showed it. */
export interface TlsOffer {
  /** 'no-shared-cipher': the server found none among ours, which lack finite-field DHE (`net/trust-store`); others may reach it. */
  state: 'secured' | 'no-shared-cipher' | 'handshake-failed' | 'refused' | 'not-offered' | 'unknown';
  /** Behind 'no-shared-cipher', 'handshake-failed' and 'unknown'. */
  cause: Cause | null;
  replyCode: number | null;
  tls: TlsEvidence | null;
  earlyData: boolean;
}

export interface StartTlsAddress {
  exchanger: string;
  address: string;
  ipv6: TlsOffer;
  /** Null: no session over IPv4 got far enough. */
  ipv4: TlsOffer | null;
  ipv4Published: boolean;
}

export interface SmtpStartTls {
  domain: string;
  hasMail: boolean;
  addresses: StartTlsAddress[];
  /** AAAA where no SMTP was spoken for a reason that is not the server's IPv6; those that fail are `smtp-connect`'s. */
  unknowns: { exchanger: string; address: string; cause: Cause }[];
}

/** STARTTLS at every AAAA that answers SMTP, against the best session with the same exchanger over IPv4. */
export function smtpStartTls(context: AgencyContext, domain: string): Fact<SmtpStartTls> {
  return cached(context, `smtpStartTls ${domain}`, () => {
    const connections = smtpConnections(context, domain);
    if (!connections.known) return connections;
    const mail = mailExchangers(context, domain);
    if (!mail.known) return mail;
    const { hasMail, addresses, unresolved } = connections.value;
    const answering = addresses.filter(({ verdict }) => verdict === 'answers' || verdict === 'unstable');
    const open = addresses.flatMap(({ exchanger, address, verdict, cause }) =>
      verdict === 'unknown' ? [{ exchanger, address, cause: cause ?? 'not-attempted' }] : [],
    );
    const value: SmtpStartTls = {
      domain,
      hasMail,
      addresses: answering.map((entry) => {
        const exchanger = mail.value.exchangers.find(({ name }) => name === entry.exchanger);
        return offersAt(context, entry, exchanger === undefined ? [] : usableOf(exchanger.ipv4));
      }),
      unknowns: [...open, ...unresolved.map(({ exchanger, cause }) => ({ exchanger, address: '', cause }))],
    };
    return known(value, connections.observations);
  });
}

function offersAt(context: AgencyContext, { exchanger, address, ipv4Published }: SmtpAddress, twins: readonly string[]): StartTlsAddress {
  const sessions = (of: string): SmtpObservation[] =>
    context.evidence.smtpSessions(of).filter((session) => session.request.host === exchanger && speaksSmtp(session));
  const ipv4 = twins.flatMap(sessions).map(offerOf);
  return { exchanger, address, ipv6: best(sessions(address).map(offerOf)) ?? unseen('not-attempted'), ipv4: best(ipv4), ipv4Published };
}

const order: readonly TlsOffer['state'][] = ['secured', 'no-shared-cipher', 'handshake-failed', 'refused', 'not-offered', 'unknown'];

/** The session that came farthest: one success shows what the server can do. */
function best(offers: readonly TlsOffer[]): TlsOffer | null {
  return offers.reduce<TlsOffer | null>(
    (found, next) => (found === null || order.indexOf(next.state) < order.indexOf(found.state) ? next : found),
    null,
  );
}

function unseen(cause: Cause): TlsOffer {
  return { state: 'unknown', cause, replyCode: null, tls: null, earlyData: false };
}

function offerOf({ response, failure }: SmtpObservation): TlsOffer {
  const startTls = response?.startTls ?? null;
  if (startTls === null) {
    const code = response?.lastReply?.code ?? 0;
    return unseen(failure?.code ?? (code >= 400 && code < 500 ? 'greylisted' : 'policy-refused'));
  }
  const { offered, replyCode, tls, earlyData, failure: fault } = startTls;
  const seen = { replyCode, tls, earlyData };
  if (tls !== null) return { state: 'secured', cause: null, ...seen };
  if (!offered) return { state: 'not-offered', cause: null, ...seen };
  if (replyCode !== null && replyCode !== 220) return { state: 'refused', cause: null, ...seen };
  const cause = fault?.code ?? failure?.code ?? 'unknown';
  if (sharesNoCipher(fault)) return { state: 'no-shared-cipher', cause, ...seen };
  return { state: isOfTheServer(fault ?? failure) ? 'handshake-failed' : 'unknown', cause, ...seen };
}

/** The alerts handshake_failure and insufficient_security (RFC 8446 §6.2), as `net/failure-of` writes them. */
function sharesNoCipher(failure: Failure | null): boolean {
  return failure?.code === 'tls-alert' && /^alert (40|71)\b/.test(failure.detail);
}

/** Silence and loss in one handshake show nothing yet; an alert or a protocol fault does. */
function isOfTheServer(failure: Failure | null): boolean {
  if (failure === null || ourFailures.has(failure.code) || ourCauses.has(failure.code)) return false;
  return failure.code !== 'timeout' && failure.code !== 'reset' && failure.code !== 'unknown';
}
