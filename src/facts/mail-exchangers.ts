import type { Cause } from '../model/cause.ts';
import type { MailExchanger } from '../parsers/mail-exchangers.ts';
import type { AddressSet } from './address-set.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known, unknown } from './fact.ts';
import { ipv4DoubtOf } from './ipv4-doubt.ts';
import { addressSet } from './lookup.ts';
import { type MailRole, mailRole } from './mail-role.ts';
import { answeredAnything } from './observed.ts';
import { unprovenCause } from './outcome.ts';

/** A mail exchanger with its addresses. */
export interface ExchangerFact extends MailExchanger {
  /** CNAME targets; an MX host must have none (RFC 2181 §10.3). Always empty for the domain as its own implicit MX. */
  aliases: string[];
  /** Unknown also for names that can be no host. */
  ipv6: Fact<AddressSet>;
  ipv4: Fact<AddressSet>;
}

export interface MailExchangers {
  domain: string;
  role: MailRole['role'];
  hasMail: boolean;
  exchangers: ExchangerFact[];
  cut: number;
  /** Why it is doubtful that the domain is its own exchanger (no MX, and nothing on port 25 in either family); null: no doubt. */
  implicitDoubt: Cause | null;
}

/** Every exchanger of the domain, best preference first, each with what DNS says of its addresses. */
export function mailExchangers(context: AgencyContext, domain: string): Fact<MailExchangers> {
  return cached(context, `mailExchangers ${domain}`, () => {
    const mail = mailRole(context, domain);
    if (!mail.known) return mail;
    const isImplicit = mail.value.role === 'implicit-mx';
    const exchangers = mail.value.exchangers.map((exchanger) => withAddresses(context, exchanger, isImplicit));
    const observations = [...mail.observations, ...exchangers.flatMap(({ ipv6, ipv4 }) => [...ipv6.observations, ...ipv4.observations])];
    const implicitDoubt = isImplicit ? implicitDoubtOf(context, exchangers) : null;
    return known({ ...mail.value, exchangers, implicitDoubt }, [...new Set(observations)]);
  });
}

function withAddresses(context: AgencyContext, exchanger: MailExchanger, isImplicit: boolean): ExchangerFact {
  if (exchanger.refused !== null) return { ...exchanger, aliases: [], ipv6: unknown('not-attempted'), ipv4: unknown('not-attempted') };
  const [ipv6, ipv4] = [addressSet(context, exchanger.name, 6), addressSet(context, exchanger.name, 4)];
  const met = [ipv6, ipv4].flatMap((set) => (set.known ? set.value.aliases : []));
  return { ...exchanger, aliases: isImplicit ? [] : [...new Set(met)], ipv6, ipv4 };
}

function implicitDoubtOf(context: AgencyContext, exchangers: readonly ExchangerFact[]): Cause | null {
  const addresses = exchangers.flatMap(({ ipv6, ipv4 }) => [...usableOf(ipv6), ...usableOf(ipv4)]);
  const sessions = addresses.flatMap((address) => context.evidence.smtpSessions(address));
  if (sessions.some(answeredAnything)) return null;
  if (sessions.length === 0) return context.budgetExhausted ? 'budget-exhausted' : 'not-attempted';
  const { smtp } = context.run.vantage;
  if (smtp['4'] !== 'proven' && smtp['6'] !== 'proven') return 'vantage-port25-blocked';
  const [over6, over4] = ([6, 4] as const).map((family) => sessions.filter(({ request }) => request.family === family));
  if (over6 !== undefined && over6.length > 0 && smtp['6'] !== 'proven') return unprovenCause(context, 'smtp');
  return (over4 !== undefined && over4.length > 0 ? ipv4DoubtOf(context, 'smtp', over4) : null) ?? 'both-families-down';
}

/** Exchangers that may be dialled: among the best, under a name that is a host of its own (faults M13). */
export function dialledExchangers(exchangers: readonly ExchangerFact[]): ExchangerFact[] {
  return exchangers.filter(({ contacted, refused, aliases }) => contacted && refused === null && aliases.length === 0);
}

export function usableOf(set: Fact<AddressSet>): string[] {
  return set.known ? set.value.usable : [];
}
