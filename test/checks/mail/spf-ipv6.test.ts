import { describe, expect, it } from 'vitest';
import { check } from '../../../src/checks/mail/spf-ipv6.ts';
import type { SpfFact } from '../../../src/facts/spf.ts';
import { domain, subject } from '../../support/mail-world.ts';

const judge = (tree: Partial<SpfFact['tree']>, more: Partial<SpfFact> = {}) =>
  check.evaluate(
    {
      spf: {
        ...{ domain, hasMail: true, deniesAll: false, ipv6Hosts: ['mail.x.gov.vn'], hostsCause: null },
        tree: {
          ...{ domain, records: ['v=spf1 -all'], ipv6Path: null, hasIpv4: true, invalidIp6: [], lookups: 1, cut: false, failed: [] },
          undecidable: [],
          ...tree,
        },
        ...more,
      },
    },
    subject,
  );

describe('spf-ipv6 where no IPv6 way was found', () => {
  it.each<[string, Partial<SpfFact['tree']>, Partial<SpfFact>, string, object]>([
    ['hosts that could send over IPv6', {}, {}, 'ipv4-only', { values: { hosts: ['mail.x.gov.vn'] } }],
    ['none that could', {}, { ipv6Hosts: [] }, 'no-ipv6-senders', {}],
    ['not known whether there are', {}, { ipv6Hosts: [], hostsCause: 'dns-timeout' }, 'undecided', { cause: 'dns-timeout' }],
    ['one is known, of others it is not', {}, { hostsCause: 'dns-timeout' }, 'ipv4-only', {}],
    [
      'a term that only a message decides',
      { undecidable: [{ domain, term: 'exists:%{i}.x.vn' }] },
      {},
      'undecided',
      { cause: 'unknown', values: { open: ['exists:%{i}.x.vn'] } },
    ],
  ])('%s', (_title, tree, more, message, rest) => {
    expect(judge(tree, more)).toMatchObject({ message, ...rest });
  });
});
