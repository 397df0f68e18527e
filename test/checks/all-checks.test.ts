import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadChecks } from '../../src/checks/index.ts';
import { factResolvers } from '../../src/facts/index.ts';
import { ipv6ForGov1 } from '../../src/scoring/rubrics/ipv6-for-gov-1.ts';

const checks = await loadChecks();
const files = (await readdir(import.meta.dirname, { recursive: true })).filter((file) => file.endsWith('.test.ts'));
/** Text of every test of a check: a test belongs to the checks it imports. */
const sources = await Promise.all(files.map((file) => readFile(join(import.meta.dirname, file), 'utf8')));
const placeholders = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{([a-zA-Z0-9]+)\}/g)].map(([, name = '']) => name))].sort();

describe('the catalogue', () => {
  it('has every check of level R and the recommended ones of this release', () => {
    expect(checks.map(({ id }) => id).sort()).toEqual(
      [
        ...[
          'delegation',
          'ns-ipv6-count',
          'ns-dual-stack',
          'ns-udp-ipv6',
          'ns-tcp-ipv6',
          'glue-ipv6',
          'transport-consistency',
          'aaaa-handling',
          'aaaa-consistency',
        ],
        ...[
          'large-answer-ipv6',
          'ns-diversity-ipv6',
          'ns-name-alias',
          'https-record',
          'dnssec-aaaa',
          'address-set',
          'route-origin',
          'route-prefix',
        ],
        ...['address-scope', 'web-addresses', 'web-connect', 'web-tls', 'web-response', 'web-redirects', 'web-content', 'web-transfer'],
        ...['web-symmetry', 'web-literals', 'web-dependencies'],
        ...['web-address-agreement', 'web-certificate-parity', 'web-header-parity', 'web-latency', 'web-protocols'],
        ...['mail-policy-hosts', 'nat64-outcome', 'certificate-hosts'],
        ...['mail-role', 'mx-addresses', 'smtp-connect', 'smtp-starttls', 'mx-reverse', 'spf-ipv6'],
        ...['ipv6-only-names', 'ipv6-only-page', 'ipv6-only-dependencies', 'ipv6-only-mail', 'dns64-safe'],
      ].sort(),
    );
  });

  it('the criteria name existing checks only', () => {
    const known = new Set(checks.map(({ id }) => id));
    const { conformity, readiness } = ipv6ForGov1;
    const named = [
      ...conformity.deciding,
      ...conformity.mustWork,
      ...conformity.components.flatMap(({ checks: own, worksOverIpv6, conditional }) => [...own, ...worksOverIpv6, ...conditional]),
      ...Object.keys(readiness.checkWeights),
      ...readiness.ladder.flatMap(({ mustWork, mustNotFail }) => [...mustWork, ...mustNotFail]),
    ];
    expect(named.filter((id) => !known.has(id))).toEqual([]);
  });
});

describe.each(checks.map((check) => [check.id, check] as const))('%s', (id, check) => {
  const messages = Object.entries(check.messages);

  it('says what it is, why, and where that is written', () => {
    for (const text of [check.title, check.why]) {
      expect(text.vi).not.toBe('');
      expect(text.en).not.toBe('');
      expect(text.vi).not.toBe(text.en);
    }
    expect(check.references.length).toBeGreaterThan(0);
    for (const { url } of check.references) expect(url).toMatch(/^https:\/\//);
    for (const need of check.needs) expect(factResolvers).toHaveProperty(need);
  });

  it.each(messages)('V11 message %s: both languages show the same values, and what is wrong has a fix', (_, message) => {
    expect(placeholders(message.vi)).toEqual(placeholders(message.en));
    expect(placeholders(message.fix?.vi ?? '')).toEqual(placeholders(message.fix?.en ?? ''));
    const needsFix = ['warn', 'fail', 'inconclusive'].includes(message.status);
    if (needsFix) {
      expect(message.fix?.vi ?? '').not.toBe('');
      expect(message.fix?.en ?? '').not.toBe('');
    }
  });

  it('can pass, and an informative check never fails', () => {
    const statuses = messages.map(([, { status }]) => status);
    expect(statuses).toContain('pass');
    if (check.level === 'informative') expect(statuses).not.toContain('fail');
    else expect(statuses).toContain(id === 'mail-role' || id === 'ns-dual-stack' ? 'warn' : 'fail');
  });

  it('has a test row for each of its messages', () => {
    const tests = sources.filter((text) => text.includes(`/${id}.ts'`));
    const untested = messages.map(([message]) => message).filter((message) => !tests.some((text) => text.includes(`'${message}'`)));
    expect(untested).toEqual([]);
  });
});
