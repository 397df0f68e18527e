import type { Cause } from '../model/cause.ts';
import type { FailureStep } from '../model/failure.ts';
import type { Observation, ObservationOf } from '../model/observation.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known } from './fact.ts';
import { ipv4DoubtOf } from './ipv4-doubt.ts';
import { dialledExchangers, type ExchangerFact, mailExchangers, usableOf } from './mail-exchangers.ts';
import { compareFamilies, type FamilyComparison } from './outcome.ts';
import { registrableDomain } from './registrable-domain.ts';

export type SmtpObservation = ObservationOf<'smtp-session'>;

/** One AAAA of an exchanger, port 25. */
export interface SmtpAddress {
  exchanger: string;
  preference: number;
  address: string;
  verdict: 'answers' | 'unstable' | 'fails' | 'unknown';
  cause: Cause | null;
  step: FailureStep | null;
  tries: number;
  answered: number;
  /** First line's code of the last greeting over IPv6; null: none came. */
  greeting: number | null;
  ipv4Published: boolean;
}

export interface SmtpConnections {
  domain: string;
  hasMail: boolean;
  /** Exchangers dialled, and all that the domain names. */
  contacted: string[];
  total: number;
  addresses: SmtpAddress[];
  /** Exchangers dialled whose AAAA could not be looked up. */
  unresolved: { exchanger: string; cause: Cause }[];
}

/** SMTP at every usable AAAA of the exchangers dialled, against the same exchanger over IPv4. */
export function smtpConnections(context: AgencyContext, domain: string): Fact<SmtpConnections> {
  return cached(context, `smtpConnections ${domain}`, () => {
    const mail = mailExchangers(context, domain);
    if (!mail.known) return mail;
    const { hasMail, exchangers, cut } = mail.value;
    const dialled = dialledExchangers(exchangers);
    const observations = [...mail.observations];
    const addresses = dialled.flatMap((exchanger) =>
      usableOf(exchanger.ipv6).map((address) => judgeAddress(context, { exchanger, address, observations })),
    );
    const unresolved = dialled.flatMap(({ name, ipv6 }) => (ipv6.known ? [] : [{ exchanger: name, cause: ipv6.cause }]));
    const value = { domain, hasMail, contacted: dialled.map(({ name }) => name), total: exchangers.length + cut, addresses, unresolved };
    return known(value, [...new Set(observations)]);
  });
}

/** The server greeted and answered EHLO, or said 4xx instead: it speaks SMTP to us (faults M6). */
export function speaksSmtp(observation: Observation): boolean {
  if (observation.op !== 'smtp-session' || observation.response === null || isPolicyRefusal(observation)) return false;
  const { banner, ehlo, lastReply } = observation.response;
  return banner !== null && (ehlo !== null || lastReply !== null);
}

/** 5xx as greeting, or 55x to EHLO: the path works, the server does not want us. Never a fault of IPv6. */
export function isPolicyRefusal(observation: Observation): boolean {
  if (observation.op !== 'smtp-session' || observation.response === null) return false;
  const { banner, ehlo } = observation.response;
  return (banner !== null && banner.code >= 500) || (ehlo !== null && ehlo.code >= 550);
}

function judgeAddress(
  context: AgencyContext,
  { exchanger, address, observations }: { exchanger: ExchangerFact; address: string; observations: string[] },
): SmtpAddress {
  const ipv6 = context.evidence.smtpSessions(address);
  const ipv4 = usableOf(exchanger.ipv4).flatMap((other) => context.evidence.smtpSessions(other));
  const ipv4Published = !exchanger.ipv4.known || exchanger.ipv4.value.outcome === 'answer';
  const subject = registrableDomain(exchanger.name);
  const comparison = compareFamilies(context, { proofClass: 'smtp', ipv6, ipv4, ipv4Published, reached: speaksSmtp, subject });
  observations.push(...comparison.observations);
  const { verdict, cause } = settle(context, comparison, { ipv6, ipv4 });
  return {
    ...{ exchanger: exchanger.name, preference: exchanger.preference, address, verdict, cause, ipv4Published },
    step: comparison.step,
    tries: comparison.tries,
    answered: comparison.answered,
    greeting: ipv6.findLast(({ response }) => response?.banner)?.response?.banner?.code ?? null,
  };
}

/** What SMTP adds to the table of checks.md: policy refusals, and greetings that come in neither family. */
function settle(
  context: AgencyContext,
  { verdict, cause }: FamilyComparison,
  { ipv6, ipv4 }: { ipv6: readonly SmtpObservation[]; ipv4: readonly SmtpObservation[] },
): Pick<SmtpAddress, 'verdict' | 'cause'> {
  if (verdict === 'works') return { verdict: 'answers', cause: null };
  if (verdict === 'unstable') return { verdict, cause };
  if (ipv6.some(isPolicyRefusal)) return { verdict: 'unknown', cause: 'policy-refused' };
  if (ipv6.length > 0 && ipv4.length > 0 && [...ipv6, ...ipv4].every(isSilent)) return { verdict: 'unknown', cause: 'slow-greeting' };
  if (verdict === 'fails') return { verdict, cause };
  const isIpv4Refused = !ipv4.some(speaksSmtp) && ipv4.some(isPolicyRefusal);
  if (isIpv4Refused && cause === 'vantage-no-ipv4') return { verdict: 'unknown', cause: 'policy-refused' };
  // Without a retest (there is none when IPv4 is silent too) the comparison cannot say more than that nobody asked again.
  const bothSilent = cause === 'not-attempted' && !context.budgetExhausted && ipv6.length > 0 && ipv4.length > 0 && !ipv4.some(speaksSmtp);
  return { verdict: 'unknown', cause: bothSilent ? (ipv4DoubtOf(context, 'smtp', ipv4) ?? 'both-families-down') : cause };
}

/** TCP connected and no greeting came while we waited. */
function isSilent({ failure }: SmtpObservation): boolean {
  return failure?.code === 'timeout' && failure.step === 'banner';
}
