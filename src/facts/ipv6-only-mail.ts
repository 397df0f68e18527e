import { addressScope } from '../model/address-registry.ts';
import type { Cause } from '../model/cause.ts';
import type { Subject } from '../model/subject.ts';
import { type AgencyContext, cached } from './context.ts';
import { isDnsPathDirect } from './delegation.ts';
import { type Fact, known, unknown } from './fact.ts';
import { ipv6OnlyNamesOf, type NameUnderIpv6Only } from './ipv6-only-names.ts';
import { resolveUnder } from './lookup.ts';
import { type SmtpAddress, smtpConnections } from './mail-connections.ts';
import { type ExchangerFact, mailExchangers } from './mail-exchangers.ts';

/** One exchanger if IPv4 stopped now. */
export interface Ipv6OnlyExchanger {
  exchanger: string;
  preference: number;
  /** 'name-broken': does not resolve with IPv6 alone. 'no-address': resolves, without a usable AAAA. 'not-a-host': never dialled. */
  state: 'answers' | 'name-broken' | 'no-address' | 'silent' | 'not-a-host' | 'unknown';
  cause: Cause | null;
  addresses: string[];
}

export interface Ipv6OnlyMail {
  hasMail: boolean;
  domain: string;
  /** The MX records themselves, with IPv6 alone. */
  mx: { state: 'resolves' | 'broken' | 'unknown'; cause: Cause | null; brokenCut: string | null; operators: string[] };
  exchangers: Ipv6OnlyExchanger[];
}

/** Would mail for the domain still find a server that answers SMTP, with IPv6 alone for DNS and for SMTP? The subject is a mail service. */
export function ipv6OnlyMail(context: AgencyContext, subject: Subject): Fact<Ipv6OnlyMail> {
  const { name: domain } = subject;
  return cached(context, `ipv6OnlyMail ${domain}`, () => {
    const mail = mailExchangers(context, domain);
    if (!mail.known) return mail;
    if (!mail.value.hasMail) {
      const mx: Ipv6OnlyMail['mx'] = { state: 'unknown', cause: null, brokenCut: null, operators: [] };
      return known({ hasMail: false, domain, mx, exchangers: [] }, mail.observations);
    }
    if (!isDnsPathDirect(context)) return unknown('vantage-dns-intercepted', mail.observations);
    const names = ipv6OnlyNamesOf(context, subject);
    const smtp = smtpConnections(context, domain);
    if (!names.known) return names;
    if (!smtp.known) return smtp;
    const exchangers = mail.value.exchangers.map((exchanger) =>
      judge(context, { exchanger, names: names.value.names, smtp: smtp.value.addresses, doubt: mail.value.implicitDoubt }),
    );
    const mx = mxOf(names.value.names.find(({ role }) => role === 'mail-domain'));
    return known({ hasMail: true, domain, mx, exchangers }, [...new Set([...names.observations, ...smtp.observations])]);
  });
}

function mxOf(name: NameUnderIpv6Only | undefined): Ipv6OnlyMail['mx'] {
  if (name === undefined) return { state: 'unknown', cause: 'budget-exhausted', brokenCut: null, operators: [] };
  const { state, cause, brokenCut, operators } = name;
  if (state === 'resolves') return { state: 'resolves', cause: null, brokenCut: null, operators: [] };
  if (state === 'broken') return { state: 'broken', cause, brokenCut, operators };
  return { state: 'unknown', cause: cause ?? 'dns-inconsistent', brokenCut: null, operators: [] };
}

interface Judged {
  exchanger: ExchangerFact;
  names: readonly NameUnderIpv6Only[];
  smtp: readonly SmtpAddress[];
  doubt: Cause | null;
}

function judge(context: AgencyContext, { exchanger, names, smtp, doubt }: Judged): Ipv6OnlyExchanger {
  const { name, preference, refused, aliases } = exchanger;
  const say = (state: Ipv6OnlyExchanger['state'], cause: Cause | null = null, addresses: string[] = []): Ipv6OnlyExchanger => ({
    exchanger: name,
    preference,
    state,
    cause,
    addresses,
  });
  if (refused !== null || aliases.length > 0) return say('not-a-host');
  const seen = names.find((entry) => entry.name === name);
  if (seen?.state === 'broken') return say('name-broken', seen.cause);
  if (seen === undefined || seen.state === 'unknown' || seen.state === 'broken-everywhere')
    return say('unknown', seen?.cause ?? 'budget-exhausted');
  const only = resolveUnder(context, name, 'AAAA', 'ipv6-only');
  // The domain as its own exchanger was judged by its MX question; its AAAA must resolve as well.
  if (only.outcome === 'broken') return say('unknown', only.cause ?? 'not-attempted');
  const published = only.records.flatMap((record) => (record.type === 'AAAA' ? [record.address] : []));
  const addresses = published.filter((address) => addressScope(address, context.manifest.addressPolicy).usable);
  if (addresses.length === 0) return doubt === null ? say('no-address') : say('unknown', doubt);
  return byGreeting(
    smtp.filter(({ exchanger: of, address }) => of === name && addresses.includes(address)),
    say,
  );
}

function byGreeting(
  sessions: readonly SmtpAddress[],
  say: (state: Ipv6OnlyExchanger['state'], cause?: Cause | null, addresses?: string[]) => Ipv6OnlyExchanger,
): Ipv6OnlyExchanger {
  const answering = sessions.filter(({ verdict }) => verdict === 'answers' || verdict === 'unstable');
  if (answering.length > 0)
    return say(
      'answers',
      null,
      answering.map(({ address }) => address),
    );
  const open = sessions.find(({ verdict }) => verdict === 'unknown');
  if (open !== undefined || sessions.length === 0)
    return say(
      'unknown',
      open?.cause ?? 'not-attempted',
      sessions.map(({ address }) => address),
    );
  return say(
    'silent',
    sessions[0]?.cause ?? 'timeout',
    sessions.map(({ address }) => address),
  );
}
