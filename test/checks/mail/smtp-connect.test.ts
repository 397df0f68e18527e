import { describe, expect, it } from 'vitest';
import { check } from '../../../src/checks/mail/smtp-connect.ts';
import type { SmtpAddress, SmtpConnections } from '../../../src/facts/mail-connections.ts';
import { backup6, domain, mail6, subject } from '../../support/mail-world.ts';

const at = (verdict: SmtpAddress['verdict'], more: Partial<SmtpAddress> = {}): SmtpAddress => ({
  ...{ exchanger: 'mail.x.gov.vn', preference: 10, address: mail6, verdict, cause: null, step: null, tries: 1, answered: 0 },
  ...{ greeting: null, ipv4Published: true },
  ...more,
});
const judge = (addresses: SmtpAddress[], unresolved: SmtpConnections['unresolved'] = []) =>
  check.evaluate({ smtpConnections: { domain, hasMail: true, contacted: [], total: 1, addresses, unresolved } }, subject);

describe('smtp-connect of what was seen', () => {
  it.each<[string, SmtpAddress[], string, string | undefined, object]>([
    ['reset at the connect', [at('fails', { cause: 'reset', step: 'connect' })], 'refused', 'reset', { step: 'connect' }],
    ['refused at the connect', [at('fails', { cause: 'refused', step: 'connect' })], 'refused', 'refused', {}],
    ['reset at the banner', [at('fails', { cause: 'reset', step: 'banner' })], 'fails', 'reset', { step: 'banner' }],
    ['no way in but this', [at('fails', { cause: 'reset', step: 'connect', ipv4Published: false })], 'no-other-way-in', 'reset', {}],
    ['timed out at the connect', [at('fails', { cause: 'timeout', step: 'connect' })], 'timeout', 'timeout', {}],
    ['no greeting', [at('fails', { cause: 'timeout', step: 'banner' })], 'no-greeting', 'timeout', {}],
    [
      'step and code are of the address that decides',
      [at('answers', { greeting: 220, step: 'ehlo' }), at('fails', { address: backup6, cause: 'refused', step: 'connect', greeting: 421 })],
      'some-fail',
      'refused',
      { step: 'connect', code: 421, failing: [`mail.x.gov.vn [${backup6}]`] },
    ],
    [
      'all answer: no step, no code',
      [at('answers', { greeting: 220, step: 'ehlo' })],
      'all-answer',
      undefined,
      { step: '', code: 0, cause: '' },
    ],
  ])('%s', (_title, addresses, message, cause, values) => {
    const outcome = judge(addresses);
    expect(outcome).toMatchObject({ message, values });
    expect('cause' in outcome).toBe(cause !== undefined);
    expect(outcome.cause).toBe(cause);
  });

  it('an exchanger whose AAAA could not be looked up is not one without', () => {
    expect(judge([], [{ exchanger: 'mail.x.gov.vn', cause: 'dns-servfail' }])).toMatchObject({
      cause: 'dns-servfail',
      values: { open: ['mail.x.gov.vn'] },
    });
    expect(judge([]).message).toBe('no-ipv6-address');
  });
});
