import type { Subject } from '../model/subject.ts';
import type { AgencyContext } from './context.ts';
import type { Fact } from './fact.ts';
import { ipv6OnlyMail } from './ipv6-only-mail.ts';
import { smtpConnections } from './mail-connections.ts';
import { mailExchangers } from './mail-exchangers.ts';
import { mailPolicyHosts } from './mail-policy-hosts.ts';
import { mailReverse } from './mail-reverse.ts';
import { mailRole } from './mail-role.ts';
import { smtpStartTls } from './mail-starttls.ts';
import { spf } from './spf.ts';

/** A fact of the mail domain that the subject names. */
function ofDomain<Value>(
  fact: (context: AgencyContext, domain: string) => Fact<Value>,
): (context: AgencyContext, subject: Subject) => Fact<Value> {
  return (context, { name }) => fact(context, name);
}

/** Facts about one mail domain, by the name under which checks need them. */
export const mailFacts = {
  mailRole: ofDomain(mailRole),
  mailExchangers: ofDomain(mailExchangers),
  smtpConnections: ofDomain(smtpConnections),
  smtpStartTls: ofDomain(smtpStartTls),
  mailReverse: ofDomain(mailReverse),
  spf: ofDomain(spf),
  mailPolicyHosts: ofDomain(mailPolicyHosts),
  ipv6OnlyMail,
};
