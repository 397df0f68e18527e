import { describe, expect, it } from 'vitest';
import { check } from '../../../src/checks/address/address-scope.ts';
import { known } from '../../../src/facts/fact.ts';
import { addressSet } from '../../../src/facts/lookup.ts';
import type { DnsRecord } from '../../../src/model/dns.ts';
import { address, dnsContext, zone, zoneSubject } from '../../support/dns-context.ts';

const host = `www.${zone}`;
const good = '2001:dc8:2::80';

/** From published records to the message, through the facts. */
function judge(addresses: string[]) {
  const records: DnsRecord[] = addresses.map((value) => address(host, value));
  const outcome = addresses.length > 0 ? 'answer' : 'nodata';
  const resolution = {
    name: host,
    type: 'AAAA',
    policy: 'both',
    outcome,
    records,
    aliases: [],
    cuts: [],
    cause: null,
    brokenCut: null,
    perServer: [],
    hops: [],
    observations: [],
  } as const;
  const context = dnsContext({
    lookups: { [`${host} AAAA`]: known({ name: host, type: 'AAAA', outcome, records, aliases: [], zone, perServer: [] }) },
    resolutions: { [`${host} AAAA both`]: { ...resolution, aliases: [], cuts: [], records, perServer: [], hops: [], observations: [] } },
  });
  const set = addressSet(context, host, 6);
  if (!set.known) throw new Error(set.cause);
  return check.evaluate({ publishedAaaa: set.value }, { ...zoneSubject(host), kind: 'host' });
}

describe('address-scope', () => {
  it.each([
    ['A6 good only', [good], 'all-global', { addresses: [good] }],
    ['A6 good and bad', [good, 'fe80::1'], 'some-not-global', { addresses: [good], unusable: ['fe80::1 (link-local)'] }],
    [
      'A6 bad only',
      ['3fff::1', 'fe80::1'],
      'none-global',
      { addresses: [], unusable: ['3fff::1 (documentation)', 'fe80::1 (link-local)'] },
    ],
    ['no AAAA', [], 'no-aaaa', {}],
  ])('%s', (_title, addresses, message, values) => {
    expect(judge(addresses)).toMatchObject({ message, values: { host, ...values } });
  });

  // The neighbours of each transition block, on both sides, belong to other blocks or are free: only the block's own name is asserted there.
  it.each([
    ['64:ff9b::', '64:ff9b::ffff:ffff', 'nat64'],
    ['64:ff9b:1::', '64:ff9b:1:ffff:ffff:ffff:ffff:ffff', 'nat64-local'],
    ['2002::', '2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '6to4'],
    ['2001::', '2001:0:ffff:ffff:ffff:ffff:ffff:ffff', 'teredo'],
    ['3fff::', '3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff', 'documentation'],
  ])('A5 %s to %s is %s and not support', (first, last, scope) => {
    for (const value of [first, last])
      expect(judge([value])).toMatchObject({ message: 'none-global', values: { unusable: [`${value} (${scope})`] } });
  });

  it.each(['64:ff9a:ffff::1', '64:ff9b:2::1', '2003::1', '2001:200::1', '2c00::1'])(
    'A5 beside the blocks: %s is not one of them',
    (value) => {
      const { unusable = [] } = judge([value]).values ?? {};
      expect(String(unusable)).not.toMatch(/nat64|6to4|teredo/);
    },
  );
});
