import { describe, expect, it } from 'vitest';
import { check } from '../../../src/checks/mail/smtp-starttls.ts';
import type { SmtpStartTls, StartTlsAddress, TlsOffer } from '../../../src/facts/mail-starttls.ts';
import type { TlsEvidence } from '../../../src/model/observation.ts';
import { domain, mail6, subject } from '../../support/mail-world.ts';

const tls: TlsEvidence = {
  ...{ protocol: 'TLSv1.3', cipher: 'x', alpn: null, chain: [], chainTrusted: true, chainError: null, nameMatches: true, datesValid: true },
};
const offer = (state: TlsOffer['state'], more: Partial<TlsOffer> = {}): TlsOffer => ({
  ...{ state, cause: null, replyCode: null, tls: state === 'secured' ? tls : null, earlyData: false },
  ...more,
});
const secured = (more: Partial<TlsEvidence> = {}): TlsOffer => offer('secured', { tls: { ...tls, ...more } });
const at = (ipv6: TlsOffer, ipv4: TlsOffer | null, more: Partial<StartTlsAddress> = {}): StartTlsAddress => ({
  ...{ exchanger: 'mail.x.gov.vn', address: mail6, ipv6, ipv4, ipv4Published: true },
  ...more,
});
const judge = (addresses: StartTlsAddress[], unknowns: SmtpStartTls['unknowns'] = []) =>
  check.evaluate({ smtpStartTls: { domain, hasMail: true, addresses, unknowns } }, subject);

type Row = [title: string, entry: StartTlsAddress, message: string, more?: object];
const rows: Row[] = [
  ['not offered over IPv6, which is the only way in', at(offer('not-offered'), null, { ipv4Published: false }), 'not-offered'],
  ['broken over IPv6, which is the only way in', at(offer('handshake-failed'), null, { ipv4Published: false }), 'broken-in-both'],
  [
    'not offered over IPv6, IPv4 not seen',
    at(offer('not-offered'), null),
    'undecided',
    { cause: 'vantage-no-ipv4', values: { cause: 'vantage-no-ipv4' } },
  ],
  [
    'not offered over IPv6, IPv4 unknown',
    at(offer('not-offered'), offer('unknown', { cause: 'greylisted' })),
    'undecided',
    { cause: 'greylisted' },
  ],
  ['not offered over IPv6, refused over IPv4', at(offer('not-offered'), offer('refused')), 'broken-in-both'],
  ['refused over IPv6, not offered over IPv4', at(offer('refused', { replyCode: 554 }), offer('not-offered')), 'broken-in-both'],
  ['offered in neither', at(offer('not-offered'), offer('not-offered')), 'not-offered'],
  ['refused with 500 itself', at(offer('refused', { replyCode: 500 }), secured()), 'refused-over-ipv6', { values: { code: 500 } }],
  ['refused without a code', at(offer('refused'), secured()), 'refused-for-now', { values: { code: 0 } }],
  ['secured, and IPv4 not seen', at(secured(), null), 'as-over-ipv4'],
  ['secured, and not so over IPv4', at(secured({ nameMatches: false }), offer('not-offered')), 'as-over-ipv4'],
  [
    'a chain that is not trusted over IPv6 alone',
    at(secured({ chainTrusted: false, chainError: 'CERT_UNTRUSTED' }), secured()),
    'weaker',
    { values: { differences: ['certificate chain (CERT_UNTRUSTED)'] } },
  ],
  ['dates over IPv6 alone', at(secured({ datesValid: false }), secured()), 'weaker', { values: { differences: ['certificate dates'] } }],
  [
    'the same faults of the certificate over IPv4',
    at(
      secured({ nameMatches: false, chainTrusted: false, datesValid: false }),
      secured({ nameMatches: false, chainTrusted: false, datesValid: false }),
    ),
    'as-over-ipv4',
    { values: { differences: [] } },
  ],
  ['a worse certificate over IPv4', at(secured(), secured({ nameMatches: false, chainTrusted: false, datesValid: false })), 'as-over-ipv4'],
];

describe('smtp-starttls of one address', () => {
  it.each(rows)('%s', (_title, entry, message, more = {}) => {
    expect(judge([entry])).toMatchObject({ message, ...more });
  });
});

describe('smtp-starttls of several', () => {
  const open = { exchanger: 'b.x.gov.vn', address: '2001:db8:a::26', cause: 'greylisted' } as const;

  it('names the addresses of the gravest finding alone', () => {
    const bad = at(offer('not-offered'), secured(), { exchanger: 'b.x.gov.vn', address: '2001:db8:a::26' });
    expect(judge([at(secured(), secured()), bad])).toMatchObject({
      message: 'missing-over-ipv6',
      values: { addresses: ['b.x.gov.vn [2001:db8:a::26]'], cause: '' },
    });
  });

  it('has less behind it where an address was not seen, and says nothing of causes where there is none', () => {
    expect(judge([at(secured(), secured())], [open])).toMatchObject({ message: 'as-over-ipv4', confidence: 0.5 });
    expect(judge([at(secured(), secured())])).not.toHaveProperty('confidence');
    expect(judge([at(secured(), secured())])).not.toHaveProperty('cause');
    expect(judge([at(offer('not-offered'), secured())], [open])).not.toHaveProperty('confidence');
  });

  it('shows an exchanger without an address by its name', () => {
    const unresolved = { exchanger: 'c.x.gov.vn', address: '', cause: 'dns-timeout' } as const;
    expect(judge([], [open, unresolved])).toMatchObject({
      message: 'undecided',
      cause: 'greylisted',
      values: { addresses: ['b.x.gov.vn [2001:db8:a::26]', 'c.x.gov.vn'] },
    });
  });
});
