import { describe, expect, it } from 'vitest';
import { check as mailRole } from '../../../src/checks/mail/mail-role.ts';
import { check as mxAddresses } from '../../../src/checks/mail/mx-addresses.ts';
import { check as mxReverse } from '../../../src/checks/mail/mx-reverse.ts';
import { check as smtpConnect } from '../../../src/checks/mail/smtp-connect.ts';
import { check as smtpStartTls } from '../../../src/checks/mail/smtp-starttls.ts';
import { check as spfIpv6 } from '../../../src/checks/mail/spf-ipv6.ts';
import { reverseName } from '../../../src/parsers/reverse-name.ts';
import {
  backup4,
  backup6,
  domain,
  healthy,
  type MailParts,
  mail4,
  mail6,
  mailWorld,
  reverseZone,
  withBackup,
  without,
} from '../../support/mail-world.ts';

interface Row {
  title: string;
  check: object;
  parts: MailParts;
  status: string;
  message: string;
  cause?: string;
  values?: Record<string, unknown>;
}

const ns = { 'ns1.x.gov.vn': ['2001:db8:a::1', '192.0.2.1'] };
const serverAddresses = ['2001:db8:a::1', '192.0.2.1'];
const mxFault = (how: 'servfail' | 'timeout') =>
  Object.fromEntries(
    serverAddresses.map((address) => [
      address,
      (request: { type: string }, honest: object) =>
        (request.type === 'MX'
          ? how === 'timeout'
            ? 'timeout'
            : { ...honest, rcode: 'SERVFAIL', answers: [], authoritative: false }
          : null) as never,
    ]),
  );
const noRoute = { fail: 'no-route', step: 'connect' } as const;
const port25Over6: MailParts['vantage'] = { smtp: { '4': 'unproven', '6': 'proven' } };
const timeout = { fail: 'timeout', step: 'connect' } as const;
const silent = { fail: 'timeout', step: 'banner' } as const;
const refused = { fail: 'refused', step: 'connect' } as const;
const onlyMail = without(healthy, '@ TXT');
const spf = (text: string): string[] => [...onlyMail, `@ TXT ${text}`];
const reverse = (target: string) => ({
  [reverseZone]: { servers: { 'ns1.x.gov.vn': ns['ns1.x.gov.vn'] }, records: [`${reverseName(mail6)}. PTR ${target}`] },
});

const rows: Row[] = [
  // mail-role
  {
    title: 'M9 an MX',
    check: mailRole,
    parts: { records: [...healthy] },
    status: 'pass',
    message: 'mx-published',
    values: { domain, exchangers: ['10 mail.x.gov.vn'] },
  },
  { title: 'M9 null MX', check: mailRole, parts: { records: ['@ MX 0 .'] }, status: 'pass', message: 'null-mx' },
  {
    title: 'M9 null MX beside others',
    check: mailRole,
    parts: { records: ['@ MX 0 .', ...healthy] },
    status: 'warn',
    message: 'null-mx-with-others',
  },
  {
    title: 'M9 no MX and SPF -all',
    check: mailRole,
    parts: { records: ['@ A 192.0.2.80', '@ TXT v=spf1 -all'] },
    status: 'warn',
    message: 'null-mx-missing-spf',
  },
  {
    title: 'M9 implicit MX of the listed domain',
    check: mailRole,
    parts: { records: [`@ A ${mail4}`, `@ AAAA ${mail6}`] },
    status: 'pass',
    message: 'implicit-mx',
  },
  {
    title: 'M9 neither MX nor address',
    check: mailRole,
    parts: { records: ['www A 192.0.2.80'] },
    status: 'warn',
    message: 'null-mx-missing',
  },
  {
    title: 'a web host without MX that refuses port 25 takes no mail',
    check: mailRole,
    parts: { records: [`@ A ${mail4}`], smtp: { [mail4]: refused } },
    status: 'warn',
    message: 'null-mx-missing',
  },
  {
    title: 'M8 a refusal by our own firewall is no sign of "no mail"',
    check: mailRole,
    parts: { records: [`@ A ${mail4}`], smtp: { [mail4]: refused }, vantage: { smtp: { '4': 'unproven', '6': 'unproven' } as never } },
    status: 'pass',
    message: 'implicit-mx',
  },
  {
    title: 'M10 SERVFAIL on MX is never "no mail"',
    check: mailRole,
    parts: { records: [...healthy], servers: ns, faults: mxFault('servfail') },
    status: 'inconclusive',
    message: 'not-measured',
    cause: 'dns-servfail',
  },
  {
    title: 'M10 silence on MX is never "no mail"',
    check: mxAddresses,
    parts: { records: [...healthy], servers: ns, faults: mxFault('timeout') },
    status: 'inconclusive',
    message: 'not-measured',
    cause: 'dns-timeout',
  },
  // mx-addresses
  {
    title: 'every MX with IPv6',
    check: mxAddresses,
    parts: { records: [...withBackup] },
    status: 'pass',
    message: 'all-have-ipv6',
    values: { with: [`mail.x.gov.vn (${mail6})`, `backup.x.gov.vn (${backup6})`] },
  },
  {
    title: 'only the backup with IPv6',
    check: mxAddresses,
    parts: { records: without(withBackup, 'mail AAAA') },
    status: 'warn',
    message: 'only-backups',
    values: { without: ['mail.x.gov.vn'] },
  },
  {
    title: 'the backup without IPv6',
    check: mxAddresses,
    parts: { records: without(withBackup, 'backup AAAA') },
    status: 'warn',
    message: 'backups-without',
    values: { without: ['backup.x.gov.vn'] },
  },
  {
    title: 'one of two best with IPv6',
    check: mxAddresses,
    parts: { records: [...without(withBackup, '@ MX 20', 'backup AAAA'), '@ MX 10 backup'] },
    status: 'warn',
    message: 'some-of-best',
  },
  {
    title: 'no MX with IPv6',
    check: mxAddresses,
    parts: { records: without(healthy, 'mail AAAA') },
    status: 'fail',
    message: 'none',
    values: { domain, with: [], without: ['mail.x.gov.vn'] },
  },
  {
    title: 'an AAAA that cannot be used does not count',
    check: mxAddresses,
    parts: { records: [...without(healthy, 'mail AAAA'), 'mail AAAA fe80::25'] },
    status: 'fail',
    message: 'none',
  },
  {
    title: 'M13 an MX that is an alias',
    check: mxAddresses,
    parts: { records: ['@ MX 10 mail', 'mail CNAME real', `real AAAA ${mail6}`, `real A ${mail4}`] },
    status: 'fail',
    message: 'mx-alias',
    values: { aliases: ['mail.x.gov.vn → real.x.gov.vn'] },
  },
  {
    title: 'M13 an MX that is localhost',
    check: mxAddresses,
    parts: { records: ['@ MX 10 localhost.'] },
    status: 'fail',
    message: 'mx-not-a-host',
    values: { names: ['localhost'] },
  },
  {
    title: 'M13 an MX that is an address',
    check: mxAddresses,
    parts: { records: ['@ MX 10 192.0.2.25.'] },
    status: 'fail',
    message: 'mx-not-a-host',
    values: { names: ['192.0.2.25'] },
  },
  {
    title: 'no mail, no addresses of mail servers',
    check: mxAddresses,
    parts: { records: ['@ MX 0 .'] },
    status: 'not-applicable',
    message: 'no-mail',
  },
  {
    title: 'the AAAA look-up of an MX fails',
    check: mxAddresses,
    parts: {
      records: ['@ MX 10 mail.nowhere.vn.'],
      zones: { 'nowhere.vn': { servers: { 'ns.nowhere.vn': ['192.0.2.99'] } } },
      faults: { '192.0.2.99': 'servfail' },
    },
    status: 'inconclusive',
    message: 'not-resolved',
    cause: 'dns-servfail',
  },
  {
    title: 'an implicit MX that nobody saw working',
    check: mxAddresses,
    parts: { records: [`@ A ${mail4}`], smtp: { [mail4]: timeout } },
    status: 'inconclusive',
    message: 'implicit-unproven',
    cause: 'both-families-down',
  },
  {
    title: 'an implicit MX that nobody saw working, no IPv4 of our own',
    check: mxAddresses,
    parts: { records: [`@ A ${mail4}`], smtp: { [mail4]: noRoute } },
    status: 'inconclusive',
    message: 'implicit-unproven',
    cause: 'vantage-no-ipv4',
  },
  {
    title: 'M8 an implicit MX that nobody saw working, port 25 proven over IPv6 only',
    check: mxAddresses,
    parts: { records: [`@ A ${mail4}`], smtp: { [mail4]: timeout }, vantage: port25Over6 },
    status: 'inconclusive',
    message: 'implicit-unproven',
    cause: 'vantage-port25-blocked',
  },
  {
    title: 'an implicit MX that works over IPv4 only',
    check: mxAddresses,
    parts: { records: [`@ A ${mail4}`] },
    status: 'fail',
    message: 'none',
  },
  // smtp-connect
  {
    title: 'every AAAA answers',
    check: smtpConnect,
    parts: { records: [...withBackup] },
    status: 'pass',
    message: 'all-answer',
    values: { answering: [`mail.x.gov.vn [${mail6}]`, `backup.x.gov.vn [${backup6}]`], contacted: 2, total: 2 },
  },
  {
    title: 'M6 a 421 greeting is an answer',
    check: smtpConnect,
    parts: { records: [...healthy], smtp: { [mail6]: { banner: 421 } } },
    status: 'pass',
    message: 'all-answer',
  },
  {
    title: 'M6 a 554 greeting is never a fail',
    check: smtpConnect,
    parts: { records: [...healthy], smtp: { [mail6]: { banner: 554 } } },
    status: 'inconclusive',
    message: 'policy-refused',
    cause: 'policy-refused',
    values: { code: 554 },
  },
  {
    title: 'M6 554 over IPv4 is no working control',
    check: smtpConnect,
    parts: { records: [...healthy], smtp: { [mail6]: timeout, [mail4]: { banner: 554 } } },
    status: 'inconclusive',
    message: 'policy-refused',
    cause: 'policy-refused',
  },
  {
    title: 'M1 silent over IPv6 only, on try and retest',
    check: smtpConnect,
    parts: { records: [...healthy], smtp: { [mail6]: silent } },
    status: 'fail',
    message: 'no-greeting',
    cause: 'timeout',
    values: { step: 'banner' },
  },
  {
    title: 'M1 silent over IPv6 without a retest',
    check: smtpConnect,
    parts: { records: [...healthy], smtp: { [mail6]: silent }, retest: false },
    status: 'inconclusive',
    message: 'undecided',
    cause: 'not-attempted',
  },
  {
    title: 'M1 silent in both families',
    check: smtpConnect,
    parts: { records: [...healthy], smtp: { [mail6]: silent, [mail4]: silent } },
    status: 'inconclusive',
    message: 'slow-greeting',
    cause: 'slow-greeting',
  },
  {
    title: 'refused over IPv6 only',
    check: smtpConnect,
    parts: { records: [...healthy], smtp: { [mail6]: refused } },
    status: 'fail',
    message: 'refused',
    cause: 'refused',
    values: { failing: [`mail.x.gov.vn [${mail6}]`] },
  },
  {
    title: 'a timeout over IPv6 only',
    check: smtpConnect,
    parts: { records: [...healthy], smtp: { [mail6]: timeout } },
    status: 'fail',
    message: 'timeout',
    cause: 'timeout',
    values: { step: 'connect' },
  },
  {
    title: 'M2 a greeting without end over IPv6 only',
    check: smtpConnect,
    parts: { records: [...healthy], smtp: { [mail6]: { fail: 'too-large', step: 'banner' } } },
    status: 'fail',
    message: 'fails',
    cause: 'too-large',
  },
  {
    title: 'dead without an IPv4 address',
    check: smtpConnect,
    parts: { records: without(healthy, 'mail A '), smtp: { [mail6]: refused } },
    status: 'fail',
    message: 'no-other-way-in',
    cause: 'refused',
  },
  {
    title: 'dead in both families',
    check: smtpConnect,
    parts: { records: [...healthy], smtp: { [mail6]: timeout, [mail4]: timeout } },
    status: 'inconclusive',
    message: 'both-families-down',
    cause: 'both-families-down',
  },
  {
    title: 'silent over IPv6, no IPv4 of our own',
    check: smtpConnect,
    parts: { records: [...healthy], smtp: { [mail6]: timeout, [mail4]: noRoute } },
    status: 'inconclusive',
    message: 'vantage-unproven',
    cause: 'vantage-no-ipv4',
  },
  {
    title: 'M8 silent in both families, port 25 proven over IPv6 only',
    check: smtpConnect,
    parts: { records: [...healthy], smtp: { [mail6]: timeout, [mail4]: timeout }, vantage: port25Over6 },
    status: 'inconclusive',
    message: 'vantage-unproven',
    cause: 'vantage-port25-blocked',
  },
  {
    title: 'M8 port 25 is blocked at the vantage',
    check: smtpConnect,
    parts: { records: [...healthy], smtp: { [mail6]: timeout, [mail4]: timeout }, run: { provenAround: () => false } },
    status: 'inconclusive',
    message: 'vantage-unproven',
    cause: 'vantage-port25-blocked',
  },
  {
    title: 'one of two addresses dead',
    check: smtpConnect,
    parts: { records: [...withBackup], smtp: { [backup6]: refused } },
    status: 'warn',
    message: 'some-fail',
    cause: 'refused',
    values: { failing: [`backup.x.gov.vn [${backup6}]`] },
  },
  {
    title: 'one of two addresses not measured',
    check: smtpConnect,
    parts: { records: [...withBackup], smtp: { [backup6]: { banner: 554 } } },
    status: 'pass',
    message: 'all-measured-answer',
    values: { open: [`backup.x.gov.vn [${backup6}]`] },
  },
  {
    title: 'no AAAA to contact',
    check: smtpConnect,
    parts: { records: without(healthy, 'mail AAAA') },
    status: 'not-applicable',
    message: 'no-ipv6-address',
  },
  { title: 'no mail to contact', check: smtpConnect, parts: { records: ['@ MX 0 .'] }, status: 'not-applicable', message: 'no-mail' },
  {
    title: 'answers one try in ten',
    check: smtpConnect,
    parts: { records: [...healthy], smtp: { [mail6]: { lost: 9 } } },
    status: 'warn',
    message: 'unstable',
    cause: 'unstable',
    values: { tries: 10, answered: 1, unsteady: [`mail.x.gov.vn [${mail6}]`] },
  },
  {
    title: 'answers one try in nine',
    check: smtpConnect,
    parts: { records: [...healthy], smtp: { [mail6]: { lost: 8 } } },
    status: 'pass',
    message: 'all-answer',
    values: { tries: 9, answered: 1 },
  },
  {
    title: 'M7 more MX hosts than are looked up',
    check: mxAddresses,
    parts: { records: Array.from({ length: 101 }, (_, index) => `@ MX 10 m${index}`) },
    status: 'inconclusive',
    message: 'too-many',
    cause: 'budget-exhausted',
    values: { cut: 1 },
  },
  // smtp-starttls
  {
    title: 'the same over both families',
    check: smtpStartTls,
    parts: { records: [...healthy] },
    status: 'pass',
    message: 'as-over-ipv4',
    values: { protocol: 'TLSv1.3' },
  },
  {
    title: 'M5 the keyword is missing over IPv6 only',
    check: smtpStartTls,
    parts: { records: [...healthy], smtp: { [mail6]: { startTls: 'none' } } },
    status: 'fail',
    message: 'missing-over-ipv6',
    values: { addresses: [`mail.x.gov.vn [${mail6}]`] },
  },
  {
    title: 'M5 454 after STARTTLS over IPv6 only',
    check: smtpStartTls,
    parts: { records: [...healthy], smtp: { [mail6]: { startTls: 454 } } },
    status: 'warn',
    message: 'refused-for-now',
    values: { code: 454 },
  },
  {
    title: 'M5 554 after STARTTLS over IPv6 only',
    check: smtpStartTls,
    parts: { records: [...healthy], smtp: { [mail6]: { startTls: 554 } } },
    status: 'fail',
    message: 'refused-over-ipv6',
    values: { code: 554 },
  },
  {
    title: 'M4 data before TLS',
    check: smtpStartTls,
    parts: { records: [...healthy], smtp: { [mail6]: { earlyData: true } } },
    status: 'warn',
    message: 'early-data',
    cause: 'early-data',
  },
  {
    title: 'a handshake that fails over IPv6 only',
    check: smtpStartTls,
    parts: { records: [...healthy], smtp: { [mail6]: { startTls: 'handshake' } } },
    status: 'fail',
    message: 'handshake-fails-over-ipv6',
    cause: 'tls-handshake',
  },
  {
    title: 'one silent handshake decides nothing',
    check: smtpStartTls,
    parts: { records: [...healthy], smtp: { [mail6]: { startTls: 'silent' } } },
    status: 'inconclusive',
    message: 'undecided',
    cause: 'timeout',
  },
  {
    title: 'another certificate name over IPv6',
    check: smtpStartTls,
    parts: { records: [...healthy], smtp: { [mail6]: { tls: { nameMatches: false, protocol: 'TLSv1.2' } } } },
    status: 'warn',
    message: 'weaker',
    values: { differences: ['certificate name', 'TLSv1.2 < TLSv1.3'] },
  },
  {
    title: 'the handshake fails in both families',
    check: smtpStartTls,
    parts: { records: [...healthy], smtp: { [mail6]: { startTls: 'handshake' }, [mail4]: { startTls: 'handshake' } } },
    status: 'info',
    message: 'broken-in-both',
  },
  {
    title: 'V9 no cipher of ours in either family: we offer no finite-field DHE',
    check: smtpStartTls,
    parts: { records: [...healthy], smtp: { [mail6]: { startTls: 'no-shared-cipher' }, [mail4]: { startTls: 'no-shared-cipher' } } },
    status: 'info',
    message: 'broken-in-both',
  },
  {
    title: 'V9 no cipher of ours over IPv6 only is a difference, no broken IPv6',
    check: smtpStartTls,
    parts: { records: [...healthy], smtp: { [mail6]: { startTls: 'no-shared-cipher' } } },
    status: 'warn',
    message: 'weaker',
    cause: 'tls-alert',
    values: { differences: ['no cipher in common'] },
  },
  {
    title: 'V9 no cipher of ours is no fault of SMTP over IPv6',
    check: smtpConnect,
    parts: { records: [...healthy], smtp: { [mail6]: { startTls: 'no-shared-cipher' } } },
    status: 'pass',
    message: 'all-answer',
  },
  {
    title: 'offered in neither family',
    check: smtpStartTls,
    parts: { records: [...healthy], smtp: { [mail6]: { startTls: 'none' }, [mail4]: { startTls: 'none' } } },
    status: 'not-applicable',
    message: 'not-offered',
  },
  {
    title: 'M6 greylisted before EHLO',
    check: smtpStartTls,
    parts: { records: [...healthy], smtp: { [mail6]: { banner: 421 }, [mail4]: { banner: 421 } } },
    status: 'inconclusive',
    message: 'undecided',
    cause: 'greylisted',
  },
  {
    title: 'M6 554 leaves STARTTLS open',
    check: smtpStartTls,
    parts: { records: [...healthy], smtp: { [mail6]: { banner: 554 }, [mail4]: { banner: 554 } } },
    status: 'inconclusive',
    message: 'undecided',
    cause: 'policy-refused',
  },
  {
    title: 'a dead server is smtp-connect alone',
    check: smtpStartTls,
    parts: { records: [...healthy], smtp: { [mail6]: refused } },
    status: 'not-applicable',
    message: 'no-session',
  },
  { title: 'no mail, no STARTTLS', check: smtpStartTls, parts: { records: ['@ MX 0 .'] }, status: 'not-applicable', message: 'no-mail' },
  // mx-reverse
  {
    title: 'PTR that leads back',
    check: mxReverse,
    parts: { records: [...healthy], zones: reverse('mail.x.gov.vn.') },
    status: 'pass',
    message: 'confirmed',
    values: { confirmed: [`mail.x.gov.vn [${mail6}] → mail.x.gov.vn`] },
  },
  {
    title: 'PTR that leads elsewhere',
    check: mxReverse,
    parts: {
      records: [...withBackup, 'other AAAA 2001:db8:a::99'].filter((line) => !line.includes('backup')),
      zones: reverse('other.x.gov.vn.'),
    },
    status: 'warn',
    message: 'unconfirmed',
  },
  {
    title: 'no PTR',
    check: mxReverse,
    parts: { records: [...healthy], zones: { [reverseZone]: { servers: ns } } },
    status: 'warn',
    message: 'missing',
    values: { missing: [`mail.x.gov.vn [${mail6}]`] },
  },
  {
    title: 'the reverse zone does not answer',
    check: mxReverse,
    parts: {
      records: [...healthy],
      zones: { [reverseZone]: { servers: { 'ns.x.gov.vn': ['192.0.2.98'] } } },
      faults: { '192.0.2.98': 'servfail' },
    },
    status: 'inconclusive',
    message: 'not-resolved',
    cause: 'dns-servfail',
  },
  {
    title: 'no AAAA to reverse',
    check: mxReverse,
    parts: { records: without(healthy, 'mail AAAA') },
    status: 'not-applicable',
    message: 'no-ipv6-address',
  },
  { title: 'no mail to reverse', check: mxReverse, parts: { records: ['@ MX 0 .'] }, status: 'not-applicable', message: 'no-mail' },
  // spf-ipv6
  {
    title: 'mx leads to an AAAA',
    check: spfIpv6,
    parts: { records: [...healthy] },
    status: 'pass',
    message: 'allows-ipv6',
    values: { term: 'mx', at: domain },
  },
  {
    title: 'ip6',
    check: spfIpv6,
    parts: { records: spf('v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 -all') },
    status: 'pass',
    message: 'allows-ipv6',
    values: { term: 'ip6:2001:db8::/32' },
  },
  {
    title: 'include leads to ip6',
    check: spfIpv6,
    parts: { records: [...spf('v=spf1 include:spf.x.gov.vn -all'), 'spf TXT v=spf1 ip6:2001:db8::1 -all'] },
    status: 'pass',
    message: 'allows-ipv6',
    values: { at: 'spf.x.gov.vn' },
  },
  {
    title: 'ip4 alone',
    check: spfIpv6,
    parts: { records: spf('v=spf1 ip4:192.0.2.25 -all') },
    status: 'warn',
    message: 'ipv4-only',
    values: { hosts: ['mail.x.gov.vn'] },
  },
  {
    title: 'ip4 alone, and nothing with IPv6',
    check: spfIpv6,
    parts: { records: without(spf('v=spf1 ip4:192.0.2.25 -all'), 'mail AAAA') },
    status: 'not-applicable',
    message: 'no-ipv6-senders',
  },
  {
    title: 'ip6 with a length of 129',
    check: spfIpv6,
    parts: { records: spf('v=spf1 ip6:2001:db8::/129 -all') },
    status: 'fail',
    message: 'ip6-invalid',
    values: { invalid: [`ip6:2001:db8::/129 (${domain})`] },
  },
  {
    title: 'two records',
    check: spfIpv6,
    parts: { records: [...spf('v=spf1 mx -all'), '@ TXT v=spf1 -all'] },
    status: 'warn',
    message: 'several-records',
    values: { count: 2 },
  },
  { title: 'no SPF', check: spfIpv6, parts: { records: [...onlyMail] }, status: 'not-applicable', message: 'no-spf' },
  {
    title: 'SPF -all beside an MX',
    check: spfIpv6,
    parts: { records: spf('v=spf1 -all') },
    status: 'not-applicable',
    message: 'denies-all',
  },
  {
    title: 'no mail, no SPF question',
    check: spfIpv6,
    parts: { records: ['@ MX 0 .', '@ TXT v=spf1 -all'] },
    status: 'not-applicable',
    message: 'no-mail',
  },
  {
    title: 'an include that cannot be looked up',
    check: spfIpv6,
    parts: {
      records: spf('v=spf1 include:spf.nowhere.vn -all'),
      zones: { 'nowhere.vn': { servers: { 'ns.nowhere.vn': ['192.0.2.99'] } } },
      faults: { '192.0.2.99': 'servfail' },
    },
    status: 'inconclusive',
    message: 'undecided',
    cause: 'dns-servfail',
  },
  {
    title: 'the eleventh look-up',
    check: spfIpv6,
    parts: { records: spf(`v=spf1 ${Array.from({ length: 11 }, (_, index) => `include:s${index}.x.gov.vn`).join(' ')} -all`) },
    status: 'inconclusive',
    message: 'undecided',
    cause: 'budget-exhausted',
  },
];

describe('mail checks', () => {
  it.each(rows)('$title', async ({ check, parts, status, message, cause, values }) => {
    const finding = (await mailWorld(parts)).judge(check);
    expect({ status: finding.status, message: finding.message, cause: finding.cause }).toEqual({ status, message, cause: cause ?? null });
    expect(finding.values).toMatchObject(values ?? {});
  });

  it('every message is shown by a row', () => {
    for (const { id, messages } of [mailRole, mxAddresses, smtpConnect, smtpStartTls, mxReverse, spfIpv6]) {
      const shown = new Set(rows.filter(({ check }) => (check as { id: string }).id === id).map(({ message }) => message));
      const missing = Object.keys(messages).filter((message) => !shown.has(message));
      expect({ id, missing }).toEqual({ id, missing: [] });
    }
  });

  it('M11 never speaks of mail being accepted', () => {
    const texts = [mailRole, mxAddresses, smtpConnect, smtpStartTls].flatMap(({ messages }) => Object.values(messages).map(({ en }) => en));
    for (const text of texts) expect(text).not.toMatch(/accepts? mail/i);
    expect(smtpConnect.messages['all-answer'].en).toContain('answer SMTP over IPv6');
  });
});

describe('what is contacted', () => {
  it('M13 aliases, literals, localhost and special addresses are never connected to', async () => {
    const records = [
      '@ MX 5 alias',
      'alias CNAME real',
      `real A ${mail4}`,
      `real AAAA ${mail6}`,
      '@ MX 5 localhost.',
      '@ MX 5 192.0.2.25.',
      '@ MX 6 bad',
      'bad AAAA ::1',
      'bad A 127.0.0.1',
    ];
    expect((await mailWorld({ records })).dialled).toEqual([]);
  });

  it('M9 null MX and SPF -all without MX are not contacted', async () => {
    expect((await mailWorld({ records: ['@ MX 0 .', `@ A ${mail4}`] })).dialled).toEqual([]);
    expect((await mailWorld({ records: [`@ A ${mail4}`, '@ TXT v=spf1 -all'] })).dialled).toEqual([]);
  });

  it('the two best preferences and no third', async () => {
    const records = [...withBackup, '@ MX 30 third', 'third A 192.0.2.27'];
    expect((await mailWorld({ records })).dialled.sort()).toEqual([mail4, backup4, mail6, backup6].sort());
  });

  it('M7 of 100 MX hosts the first ten are contacted, all are looked up, and it is said', async () => {
    const records = Array.from({ length: 100 }, (_, index) => [
      `@ MX 10 m${String(index).padStart(3, '0')}`,
      `m${String(index).padStart(3, '0')} AAAA 2001:db8:a::${(index + 256).toString(16)}`,
    ]).flat();
    const world = await mailWorld({ records });
    expect(world.dialled).toHaveLength(10);
    expect(world.judge(smtpConnect).values).toMatchObject({ contacted: 10, total: 100 });
    expect(world.judge(mxAddresses).message).toBe('all-have-ipv6');
  });
});
