import { z } from 'zod';
import { dnsResponseSchema } from './dns.ts';
import { failureSchema } from './failure.ts';

/** Internet address family. */
export const familySchema = z.union([z.literal(4), z.literal(6)]);
export type Family = z.infer<typeof familySchema>;
export const families = [6, 4] as const satisfies readonly Family[];

/**
 * Every request carries all that changes the answer and nothing volatile: it is the memo key, the replay key and the
 * politeness key. `round` tells repeats that are meant apart: '1' is the ordinary one, '2' a second look at the same
 * thing, 'retest' the one at the end of the run, 'remeasure' the one after our own IPv6 came back.
 */
const roundSchema = z.enum(['1', '2', '3', 'retest', 'remeasure']);
export type Round = z.infer<typeof roundSchema>;

const target = { family: familySchema, address: z.string(), port: z.int().min(1).max(65_535), round: roundSchema };

export const dnsQueryRequestSchema = z.strictObject({
  ...target,
  transport: z.enum(['udp', 'tcp']),
  /** Lower-case A-label form without the final dot; '' is the root. */
  name: z.string(),
  /** Mnemonic ('AAAA') or 'TYPE65534'. */
  type: z.string(),
  recursionDesired: z.boolean(),
  checkingDisabled: z.boolean(),
  dnssecOk: z.boolean(),
  /** EDNS payload size; null asks without EDNS (RFC 6891). */
  udpPayloadBytes: z.int().nullable(),
});
export type DnsQueryRequest = z.infer<typeof dnsQueryRequestSchema>;

export const tcpConnectRequestSchema = z.strictObject({ ...target });

export const tlsHandshakeRequestSchema = z.strictObject({ ...target, serverName: z.string(), alpn: z.array(z.string()) });
export type TlsHandshakeRequest = z.infer<typeof tlsHandshakeRequestSchema>;

export const httpRequestRequestSchema = z.strictObject({
  ...target,
  scheme: z.enum(['http', 'https']),
  /** Name for SNI and Host. Lower-case A-labels. */
  host: z.string(),
  /** Path with query, '/…'. */
  path: z.string(),
  /** 'page': an ordinary GET. 'large-headers': a GET with about 3 KiB of request headers (`web-transfer`). */
  shape: z.enum(['page', 'large-headers']),
});
export type HttpRequestRequest = z.infer<typeof httpRequestRequestSchema>;

export const smtpSessionRequestSchema = z.strictObject({
  ...target,
  /** Name of the mail exchanger, for SNI and certificate. */ host: z.string(),
});
export type SmtpSessionRequest = z.infer<typeof smtpSessionRequestSchema>;

/** One certificate of a chain, as sent. */
export const certificateSchema = z.strictObject({
  subject: z.string(),
  issuer: z.string(),
  /** dNSName entries; cut at 100. */
  names: z.array(z.string()),
  validFrom: z.string(),
  validTo: z.string(),
  /** SHA-256 of the certificate and of its public key (SPKI), hex. */
  fingerprint: z.string(),
  keyFingerprint: z.string(),
  selfSigned: z.boolean(),
  /** Of the leaf: http(s) URLs of its OCSP, CA issuer and CRL services; at most 8. Empty for the others, and in evidence of before. */
  serviceUrls: z.array(z.string()).default([]),
});
export type Certificate = z.infer<typeof certificateSchema>;

/** What a TLS handshake showed. Reachability (the handshake ended) is apart from trust (the three booleans). */
export const tlsEvidenceSchema = z.strictObject({
  protocol: z.string(),
  cipher: z.string(),
  alpn: z.string().nullable(),
  /** Leaf first; cut at 10. */
  chain: z.array(certificateSchema),
  /** Chain leads to a trust anchor (dates and name left aside). */
  chainTrusted: z.boolean(),
  /** OpenSSL's word for a chain that is not trusted, e.g. 'SELF_SIGNED_CERT_IN_CHAIN'. */
  chainError: z.string().nullable(),
  nameMatches: z.boolean(),
  /** Leaf valid at the time of the handshake by our clock. */
  datesValid: z.boolean(),
});
export type TlsEvidence = z.infer<typeof tlsEvidenceSchema>;

/** One URL found in a page or style sheet, absolute or relative as written. */
export const resourceSchema = z.strictObject({
  url: z.string(),
  kind: z.enum(['script', 'style', 'image', 'frame', 'media', 'font', 'form', 'link-header', 'preload', 'anchor', 'other']),
});
export type Resource = z.infer<typeof resourceSchema>;

/**
 * What is kept of a body: enough for every fact, small enough to store. The sketches are MinHash, 512 values of 32 bit,
 * little-endian, base64; '' where there was too little to sketch.
 */
export const bodyEvidenceSchema = z.strictObject({
  wireBytes: z.int(),
  decodedBytes: z.int(),
  /** Which cap ended the reading, or null when the body is whole. */
  cut: z.enum(['wire', 'decoded', 'expansion']).nullable(),
  sha256: z.string(),
  kind: z.enum(['html', 'css', 'other']),
  title: z.string().nullable(),
  canonical: z.string().nullable(),
  /** Characters of visible text after normalising (scripts, nonces, dates… removed). */
  textLength: z.int(),
  /** The first 200 characters of that text, for default-page and challenge recognition. */
  textStart: z.string(),
  textSketch: z.string(),
  tagSketch: z.string(),
  /** Number of script elements; with textLength it tells an empty shell page. */
  scriptCount: z.int(),
  resources: z.array(resourceSchema),
  resourcesCut: z.boolean(),
  metaRefresh: z.strictObject({ seconds: z.number(), url: z.string() }).nullable(),
  /** Decoded text, only with --keep-bodies. */
  text: z.string().nullable(),
});
export type BodyEvidence = z.infer<typeof bodyEvidenceSchema>;

export const httpResponseSchema = z.strictObject({
  status: z.int(),
  /** As received, names lower-cased; at most 100, each value cut at 2,048 characters. Multi-valued headers are repeated pairs. */
  headers: z.array(z.tuple([z.string(), z.string()])),
  tls: tlsEvidenceSchema.nullable(),
  body: bodyEvidenceSchema.nullable(),
  timing: z.strictObject({
    connectMs: z.number().nullable(),
    tlsMs: z.number().nullable(),
    firstByteMs: z.number().nullable(),
  }),
});
export type HttpResponse = z.infer<typeof httpResponseSchema>;

export const smtpResponseSchema = z.strictObject({
  banner: z.strictObject({ code: z.int(), text: z.string() }).nullable(),
  bannerAfterMs: z.number().nullable(),
  ehlo: z.strictObject({ code: z.int(), keywords: z.array(z.string()) }).nullable(),
  startTls: z
    .strictObject({
      offered: z.boolean(),
      replyCode: z.int().nullable(),
      tls: tlsEvidenceSchema.nullable(),
      earlyData: z.boolean(),
      failure: failureSchema.nullable(),
    })
    .nullable(),
  /** 421 or 4xx/5xx line that ended the dialogue, if one did. */
  lastReply: z.strictObject({ code: z.int(), text: z.string() }).nullable(),
});
export type SmtpResponse = z.infer<typeof smtpResponseSchema>;

/** A moment that no clock shows would make nonsense of every proof around it: such evidence is refused, not judged. */
const momentSchema = z.iso.datetime();

export const trySchema = z.strictObject({
  startedAt: momentSchema,
  elapsedMs: z.number(),
  failure: failureSchema.nullable(),
  /** Worst event-loop delay while the try ran; a timeout with a late loop is `local-limit`, not evidence (design §9). */
  loopDelayMs: z.number(),
});
export type Try = z.infer<typeof trySchema>;

const common = {
  /** First 16 hex digits of SHA-256 over the canonical request and op (see `observationId` in net/network). */
  id: z.string(),
  /** ISO 8601 with milliseconds: start of the first try. */
  startedAt: momentSchema,
  /** From the first try's start to the last try's end, without waits for permits. */
  elapsedMs: z.number(),
  /** Address and port that answered; null when nothing did. With an endpoint map this is the address asked for. */
  peer: z.strictObject({ address: z.string(), port: z.int() }).nullable(),
  /** All tries, oldest first; the last one decided. */
  tries: z.array(trySchema),
  /** Null exactly when nothing usable came. A partial response is kept beside a failure. */
  failure: failureSchema.nullable(),
};

export const observationSchema = z.discriminatedUnion('op', [
  z.strictObject({ ...common, op: z.literal('dns-query'), request: dnsQueryRequestSchema, response: dnsResponseSchema.nullable() }),
  z.strictObject({
    ...common,
    op: z.literal('tcp-connect'),
    request: tcpConnectRequestSchema,
    response: z.strictObject({ connectMs: z.number() }).nullable(),
  }),
  z.strictObject({ ...common, op: z.literal('tls-handshake'), request: tlsHandshakeRequestSchema, response: tlsEvidenceSchema.nullable() }),
  z.strictObject({
    ...common,
    op: z.literal('http-request'),
    request: httpRequestRequestSchema,
    response: httpResponseSchema.nullable(),
    /** What a handshake that ended showed, where no response came after it; else it is in the response. */
    handshake: tlsEvidenceSchema.optional(),
  }),
  z.strictObject({ ...common, op: z.literal('smtp-session'), request: smtpSessionRequestSchema, response: smtpResponseSchema.nullable() }),
]);
export type Observation = z.infer<typeof observationSchema>;
export type ObservationOf<Op extends Observation['op']> = Extract<Observation, { op: Op }>;
export type OperationName = Observation['op'];

/** What `Network.perform` is asked to do. */
export type Operation = { [Op in OperationName]: { op: Op; request: ObservationOf<Op>['request'] } }[OperationName];
export type OperationOf<Op extends OperationName> = Extract<Operation, { op: Op }>;
