import type { DnsRecord } from '../model/dns.ts';
import { implicitExchanger, type MailExchanger, readMx } from '../parsers/mail-exchangers.ts';
import { isNoMailSpf, isSpfRecord, parseSpf } from '../parsers/spf.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known, unknown } from './fact.ts';
import { addressSet, lookup } from './lookup.ts';

/** How a domain takes mail, or says that it takes none (RFC 5321 §5.1, RFC 7505). */
export interface MailRole {
  domain: string;
  /** 'no-mail-spf': no MX, and SPF of `-all` alone. 'no-mail': neither MX nor address, or port 25 refused at every address. */
  role: 'mx' | 'null-mx' | 'null-mx-with-others' | 'implicit-mx' | 'no-mail-spf' | 'no-mail';
  /** Does the domain take mail as far as DNS says? */
  hasMail: boolean;
  /** Best preference first; empty when it takes none. */
  exchangers: MailExchanger[];
  /** MX hosts beyond those that are looked at. */
  cut: number;
}

/** Unknown when the MX look-up failed (faults M10), and when without an MX nothing else tells. */
export function mailRole(context: AgencyContext, domain: string): Fact<MailRole> {
  return cached(context, `mailRole ${domain}`, () => {
    const mx = lookup(context, domain, 'MX');
    if (!mx.known) return mx;
    if (mx.value.outcome === 'nxdomain') return unknown('domain-not-found', mx.observations);
    const { exchangers, hasNull, cut } = readMx(mx.value.records, context.manifest.settings.mail);
    if (exchangers.length === 0 && !hasNull) return withoutMx(context, domain, mx.observations);
    const role = hasNull ? (exchangers.length > 0 ? 'null-mx-with-others' : 'null-mx') : 'mx';
    return known({ domain, role, hasMail: exchangers.length > 0, exchangers, cut }, mx.observations);
  });
}

function withoutMx(context: AgencyContext, domain: string, seen: readonly string[]): Fact<MailRole> {
  const txt = lookup(context, domain, 'TXT');
  const [ipv6, ipv4] = [addressSet(context, domain, 6), addressSet(context, domain, 4)];
  const observations = [...seen, ...txt.observations, ...ipv6.observations, ...ipv4.observations];
  const none = (role: MailRole['role']): Fact<MailRole> => known({ domain, role, hasMail: false, exchangers: [], cut: 0 }, observations);
  if (txt.known && saysNoMail(txt.value.records)) return none('no-mail-spf');
  const published = [ipv6, ipv4].some((set) => set.known && set.value.outcome === 'answer');
  if (!published) {
    const failed = [ipv6, ipv4].find((set) => !set.known);
    return failed === undefined || failed.known ? none('no-mail') : unknown(failed.cause, observations);
  }
  if (!txt.known) return unknown(txt.cause, observations);
  const refusing = refusesEverywhere(
    context,
    [ipv6, ipv4].flatMap((set) => (set.known ? set.value.usable : [])),
  );
  if (refusing !== null) return known({ domain, role: 'no-mail', hasMail: false, exchangers: [], cut: 0 }, [...observations, ...refusing]);
  return known({ domain, role: 'implicit-mx', hasMail: true, exchangers: [implicitExchanger(domain)], cut: 0 }, observations);
}

/** A domain without MX whose hosts all refuse port 25 has a web site, not mail. Observations of the refusals, or null. */
function refusesEverywhere(context: AgencyContext, addresses: readonly string[]): string[] | null {
  const { smtp } = context.run.vantage;
  // A firewall on our side may refuse port 25 too.
  if (!addresses.every((address) => smtp[address.includes(':') ? '6' : '4'] === 'proven')) return null;
  const sessions = addresses.map((address) => context.evidence.smtpSessions(address));
  const areRefused =
    sessions.length > 0 && sessions.every((asked) => asked.length > 0 && asked.every(({ failure }) => failure?.code === 'refused'));
  return areRefused ? sessions.flat().map(({ id }) => id) : null;
}

function saysNoMail(records: readonly DnsRecord[]): boolean {
  const found = records.flatMap((record) => (record.type === 'TXT' && isSpfRecord(record.text) ? [parseSpf(record.text)] : []));
  const [only] = found;
  return only !== undefined && found.length === 1 && isNoMailSpf(only);
}
