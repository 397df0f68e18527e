import { describe, expect, it } from 'vitest';
import { check as addressScope } from '../../../src/checks/address/address-scope.ts';
import type { MessageDefinition } from '../../../src/checks/define-check.ts';
import { check as aaaaConsistency } from '../../../src/checks/dns/aaaa-consistency.ts';
import { check as aaaaHandling } from '../../../src/checks/dns/aaaa-handling.ts';
import { check as delegation } from '../../../src/checks/dns/delegation.ts';
import { check as glue } from '../../../src/checks/dns/glue-ipv6.ts';
import { check as dualStack } from '../../../src/checks/dns/ns-dual-stack.ts';
import { check as count } from '../../../src/checks/dns/ns-ipv6-count.ts';
import { check as tcp } from '../../../src/checks/dns/ns-tcp-ipv6.ts';
import { check as udp } from '../../../src/checks/dns/ns-udp-ipv6.ts';
import { check as transport } from '../../../src/checks/dns/transport-consistency.ts';
import { check as names } from '../../../src/checks/ipv6-only/ipv6-only-names.ts';

const checks = [addressScope, aaaaConsistency, aaaaHandling, delegation, glue, dualStack, count, tcp, udp, transport, names];
const placeholders = (text: string): string[] => [...new Set(text.match(/\{[a-zA-Z0-9]+\}/g))].sort();

const rows = checks.flatMap((check) =>
  Object.entries<MessageDefinition>(check.messages).map(([id, message]) => [`${check.id} ${id}`, message] as const),
);

describe('messages', () => {
  it.each(rows)('%s says the same in both languages and what to do', (_id, message) => {
    expect(placeholders(message.vi)).toEqual(placeholders(message.en));
    const needsFix = ['warn', 'fail', 'inconclusive'].includes(message.status);
    expect(message.fix !== undefined).toBe(needsFix);
    if (message.fix !== undefined) expect(placeholders(message.fix.vi)).toEqual(placeholders(message.fix.en));
  });

  const statuses = {
    'address-scope': { 'all-global': 'pass', 'some-not-global': 'warn', 'none-global': 'fail', 'no-aaaa': 'not-applicable' },
    delegation: {
      consistent: 'pass',
      'sets-differ': 'warn',
      'lame-servers': 'warn',
      'parent-serves-child': 'warn',
      'disjoint-sets': 'fail',
      'lame-everywhere': 'fail',
      'domain-not-found': 'inconclusive',
      'no-answer': 'inconclusive',
    },
    'ns-ipv6-count': {
      'enough-ipv6-name-servers': 'pass',
      'one-ipv6-name-server': 'warn',
      'no-ipv6-name-server': 'fail',
      'lookup-failed': 'inconclusive',
    },
    'ns-dual-stack': { 'all-dual-stack': 'pass', 'some-single-family': 'warn', 'lookup-failed': 'inconclusive' },
    'ns-udp-ipv6': {
      'all-answer': 'pass',
      'some-answer': 'warn',
      unstable: 'warn',
      'none-answer': 'fail',
      'no-ipv6-address': 'not-applicable',
      'not-judged': 'inconclusive',
    },
    'ns-tcp-ipv6': {
      'all-answer': 'pass',
      'some-answer': 'warn',
      unstable: 'warn',
      'none-answer': 'fail',
      'no-ipv6-address': 'not-applicable',
      'not-judged': 'inconclusive',
    },
    'glue-ipv6': {
      'glue-equal': 'pass',
      'glue-child-has-more': 'warn',
      'glue-sibling-missing': 'warn',
      'glue-stale': 'warn',
      'glue-differs': 'warn',
      'glue-missing': 'fail',
      'glue-dead': 'fail',
      'parent-serves-child': 'not-applicable',
      'no-glue-needed': 'not-applicable',
      'glue-not-judged': 'inconclusive',
    },
    'transport-consistency': {
      'same-data': 'pass',
      'addresses-vary': 'info',
      'serial-lag': 'warn',
      lag: 'warn',
      'data-differs': 'fail',
      'one-family-only': 'fail',
      'single-family': 'not-applicable',
      'not-compared': 'inconclusive',
      unconfirmed: 'inconclusive',
    },
    'aaaa-handling': {
      'handled-properly': 'pass',
      'aaaa-dropped': 'fail',
      'aaaa-nxdomain': 'fail',
      'aaaa-error': 'fail',
      'aaaa-wrong-data': 'fail',
      'a-fails-too': 'inconclusive',
      'aaaa-unsettled': 'inconclusive',
      'no-answering-server': 'inconclusive',
    },
    'aaaa-consistency': {
      'same-aaaa': 'pass',
      'aaaa-vary': 'info',
      'aaaa-lag': 'warn',
      'aaaa-differ': 'warn',
      'aaaa-on-some-servers': 'fail',
      'no-aaaa': 'not-applicable',
      'not-compared': 'inconclusive',
    },
    'ipv6-only-names': {
      'all-resolve': 'pass',
      'one-server-at-cut': 'warn',
      'name-server-name-broken': 'warn',
      'name-broken': 'fail',
      'host-not-found': 'not-applicable',
      'not-judged': 'inconclusive',
    },
  };

  it('statuses are those of the table of checks', () => {
    const found = checks.map((check) => [
      check.id,
      Object.fromEntries(Object.entries<MessageDefinition>(check.messages).map(([id, { status }]) => [id, status])),
    ]);
    expect(Object.fromEntries(found)).toEqual(statuses);
  });
});
