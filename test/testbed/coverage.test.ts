import { describe, expect, it } from 'vitest';
import { loadChecks } from '../../src/checks/index.ts';
import { loadScenarios } from '../../src/testbed/scenario.ts';

/** Messages that no testbed can show, and why. */
const exempt: readonly { check: string; message: string; reason: string }[] = [
  'dns64-safe',
  'ipv6-only-dependencies',
  'ipv6-only-page',
].map((check) => ({
  check,
  message: 'no-web-service',
  reason: 'the check names its services, and mail is none of them: the message guards against a later change',
}));

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
