import { z } from 'zod';

const named = <Type extends string>(type: Type) => ({ type: z.literal(type), name: z.string(), ttl: z.int() });

/** SvcParams of HTTPS and SVCB (RFC 9460 §2.1). */
export const svcParamsSchema = z.strictObject({
  mandatory: z.array(z.int()),
  alpn: z.array(z.string()),
  noDefaultAlpn: z.boolean(),
  port: z.int().nullable(),
  ipv4hint: z.array(z.string()),
  ipv6hint: z.array(z.string()),
  /** Keys present that are none of the above. */
  otherKeys: z.array(z.int()),
});
export type SvcParams = z.infer<typeof svcParamsSchema>;

/**
 * Resource records as the guard hands them out. Names are lower-case presentation form without the final dot ('' is the
 * root), with decimal escapes for dots, backslashes, control and non-ASCII bytes inside labels (RFC 4343 §2.1). Addresses
 * always pass `net.isIP`. The class is always IN; records of other classes are malformed.
 */
export const dnsRecordSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...named('A'), address: z.string() }),
  z.strictObject({ ...named('AAAA'), address: z.string() }),
  z.strictObject({ ...named('NS'), target: z.string() }),
  z.strictObject({ ...named('CNAME'), target: z.string() }),
  z.strictObject({ ...named('DNAME'), target: z.string() }),
  z.strictObject({ ...named('PTR'), target: z.string() }),
  z.strictObject({ ...named('MX'), preference: z.int(), exchange: z.string() }),
  z.strictObject({ ...named('SRV'), priority: z.int(), weight: z.int(), port: z.int(), target: z.string() }),
  z.strictObject({
    ...named('SOA'),
    primary: z.string(),
    mailbox: z.string(),
    serial: z.int(),
    refresh: z.int(),
    retry: z.int(),
    expire: z.int(),
    minimum: z.int(),
  }),
  /** Character strings joined; bytes as Latin-1. */
  z.strictObject({ ...named('TXT'), text: z.string() }),
  z.strictObject({ ...named('HTTPS'), priority: z.int(), target: z.string(), params: svcParamsSchema }),
  z.strictObject({ ...named('SVCB'), priority: z.int(), target: z.string(), params: svcParamsSchema }),
  z.strictObject({ ...named('DS'), keyTag: z.int(), algorithm: z.int(), digestType: z.int(), digest: z.string() }),
  z.strictObject({ ...named('DNSKEY'), flags: z.int(), algorithm: z.int(), key: z.string() }),
  /** Anything else that is well formed: RRSIG, NSEC, TYPE65534…; RDATA in hex. `rrType` is the mnemonic or TYPEn. */
  z.strictObject({ ...named('OTHER'), rrType: z.string(), hex: z.string() }),
]);
export type DnsRecord = z.infer<typeof dnsRecordSchema>;
export type DnsRecordOf<Type extends DnsRecord['type']> = Extract<DnsRecord, { type: Type }>;

export const malformedRecordSchema = z.strictObject({
  section: z.enum(['answer', 'authority', 'additional']),
  name: z.string(),
  rrType: z.string(),
  reason: z.string(),
  hex: z.string(),
});
export type MalformedRecord = z.infer<typeof malformedRecordSchema>;

export const dnsResponseSchema = z.strictObject({
  /** Extended RCODE mnemonic ('NOERROR', 'NXDOMAIN', 'BADVERS'…) or 'RCODEn'. */
  rcode: z.string(),
  authoritative: z.boolean(),
  truncated: z.boolean(),
  recursionAvailable: z.boolean(),
  authenticData: z.boolean(),
  answers: z.array(dnsRecordSchema),
  authorities: z.array(dnsRecordSchema),
  additionals: z.array(dnsRecordSchema),
  malformed: z.array(malformedRecordSchema),
  /** Null when the server sent no OPT record. */
  edns: z
    .strictObject({
      udpPayloadBytes: z.int(),
      version: z.int(),
      dnssecOk: z.boolean(),
      extendedErrors: z.array(z.strictObject({ code: z.int(), text: z.string() })),
    })
    .nullable(),
  messageBytes: z.int(),
  /** Datagrams with wrong id, peer or question seen before this answer (RFC 5452): an attacker or a broken path. */
  mismatches: z.int(),
});
export type DnsResponse = z.infer<typeof dnsResponseSchema>;
