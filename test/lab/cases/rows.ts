import type { ExpectedRow } from '../model.ts';

const behindTheDoor = ['web-tls', 'web-response', 'web-redirects', 'web-content', 'web-transfer'] as const;

/** The page has no way in over IPv6: whether the checks behind the door say so themselves is theirs. */
export const behindDeadWeb: readonly ExpectedRow[] = behindTheDoor.map((check) => [check, '*', null] as const);

/** The domain has no mail: everything about exchangers does not apply. */
export const withoutMail: readonly ExpectedRow[] = [
  'mx-addresses',
  'spf-ipv6',
  'smtp-connect',
  'smtp-starttls',
  'mx-reverse',
  'ipv6-only-mail',
].map((check) => [check, '@', 'not-applicable'] as const);

/** No session over IPv6 is to be had, for want of an address. */
export const withoutMailAddress: readonly ExpectedRow[] = ['smtp-connect', 'smtp-starttls', 'mx-reverse'].map(
  (check) => [check, '@', 'not-applicable'] as const,
);
