import { z } from 'zod';

export const categories = [
  'ministry',
  'ministerial-level',
  'province',
  'city',
  'agency',
  'state-body',
  'party',
  'national',
  'subordinate',
  'former-ministry',
  'former-ministerial-level',
  'former-agency',
  'former-province',
  'other',
] as const;
export const categorySchema = z.enum(categories);
export type Category = z.infer<typeof categorySchema>;

/** One agency of the input list. Names are lower-case A-labels; `name` is for people. */
export const agencySchema = z.strictObject({
  /** Unique in a run; the list's id, else the domain. */
  id: z.string(),
  name: z.strictObject({ vi: z.string(), en: z.string() }),
  category: categorySchema,
  domain: z.string(),
  servicesDomain: z.string().nullable(),
  servicesStatus: z.enum(['active', 'retired']),
  /** Null: no mail domain listed, mail is not audited. */
  mailDomain: z.string().nullable(),
  /** More hosts of the agency (role `other`). */
  hosts: z.array(z.string()),
  input: z.strictObject({ file: z.string(), line: z.int() }),
  /** Other columns of the list, kept as they are. */
  extra: z.record(z.string(), z.string()),
});
export type Agency = z.infer<typeof agencySchema>;
