import { describe, expect, it } from 'vitest';
import { loadChecks } from '../../src/checks/index.ts';
import { loadScenarios } from '../../src/testbed/scenario.ts';

interface Exemption {
  check: string;
  message: string;
  reason: string;
}

const exempted = (check: string, messages: readonly string[], reason: string): Exemption[] =>
  messages.map((message) => ({ check, message, reason }));

/** Messages that no testbed can show, why, and where their rows are. */
const exempt: readonly Exemption[] = [
  ...['dns64-safe', 'ipv6-only-dependencies', 'ipv6-only-page', 'nat64-outcome', 'certificate-hosts'].flatMap((check) =>
    exempted(
      check,
      ['no-web-service'],
      'the check names its services, and mail is none of them: the message guards against a later change',
    ),
  ),
  ...exempted(
    'web-latency',
    [
      'as-fast',
      'somewhat-slower',
      'much-slower',
      'no-connection',
      'ipv4-not-published',
      'no-ipv6-address',
      'no-address',
      'undecided',
      'too-few-samples',
    ],
    'skipped here: servers and tool share an event loop, so times are ours; rows in checks/web/web-latency.test.ts',
  ),
  ...exempted(
    'dnssec-aaaa',
    ['valid', 'unsigned', 'no-aaaa', 'bogus', 'broken-above', 'too-much-work', 'not-validated'],
    'the testbed has a root of its own that is not signed; signed worlds in facts/dnssec.test.ts, rows in checks/dns/signature-checks.test.ts',
  ),
];

const key = ({ check, message }: { check: string; message?: string | undefined }): string => `${check} ${message ?? ''}`;

/**
 * The scenario tests show that every expectation here is met by a finding, so a message that is expected or shown somewhere does
 * occur. Asserting on the declared ones keeps it visible which scenario shows what, and needs no second audit.
 */
describe('scenarios cover every message of every check', async () => {
  const scenarios = await loadScenarios();
  const declared = new Map(scenarios.flatMap(({ expect, shows }) => [...expect, ...shows].map((entry) => [key(entry), entry.status])));
  const exemptions = new Set(exempt.map(key));
  for (const { id, messages } of await loadChecks()) {
    it(id, () => {
      const all = Object.entries(messages).map(([message, { status }]) => ({ check: id, message, status }));
      expect(all.filter((entry) => !declared.has(key(entry)) && !exemptions.has(key(entry)))).toEqual([]);
      expect(all.filter((entry) => declared.has(key(entry)) && declared.get(key(entry)) !== entry.status)).toEqual([]);
    });
  }

  it('with no exemption that is not needed, and no expectation of a message that no check has', async () => {
    const known = new Set(
      (await loadChecks()).flatMap(({ id, messages }) => Object.keys(messages).map((message) => key({ check: id, message }))),
    );
    expect(exempt.filter((entry) => declared.has(key(entry)) || !known.has(key(entry)))).toEqual([]);
    const named = [...declared.keys()].filter((entry) => !entry.endsWith(' ') && !entry.endsWith(' not-measured'));
    expect(named.filter((entry) => !known.has(entry))).toEqual([]);
  });
});
