import { readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { categorySchema } from '../model/agency.ts';
import { causeSchema } from '../model/cause.ts';
import { statusSchema } from '../model/finding.ts';
import { familySchema } from '../model/observation.ts';
import { bilingualSchema } from '../model/report.ts';

/**
 * The language of fixtures/scenarios. A scenario is a healthy agency (two dual-stack name servers, web, mail) and what is
 * changed about it. Machines are called nodes: 'ns…' serves DNS, 'web…' HTTP and HTTPS, 'mail…' SMTP; `$web.6` in a record,
 * page or URL stands for a node's address of that family, `$domain` for the agency's domain.
 */
const nodeName = z.string().regex(/^(ns|web|mail)[a-z0-9-]*$/);
const where = { node: nodeName.optional(), family: familySchema.optional() };
/** `after`: not the first n times this rule matched; of the others `first`: only the first n, `every`: only each n-th. */
const when = { after: z.int().min(1).optional(), first: z.int().min(1).optional(), every: z.int().min(2).optional() };

/** What happens before a server could speak. 'unreachable', 'prohibited' and 'reset-connect' are said by a (made-up) router or firewall. */
const endpointFaultSchema = z.strictObject({
  node: nodeName,
  family: familySchema.optional(),
  /** Default: all endpoints of the node. */
  port: z.enum(['dns-udp', 'dns-tcp', '80', '443', '25']).optional(),
  do: z.enum(['drop', 'refuse', 'reset', 'silent', 'unreachable', 'prohibited', 'reset-connect']),
  ...when,
});
export type EndpointFault = z.infer<typeof endpointFaultSchema>;

const dnsActions = [
  'drop',
  'refused',
  'servfail',
  'nxdomain',
  'notimp',
  'formerr',
  'nodata',
  'no-aa',
  'upward-referral',
  'truncate',
  'cut-after-length',
  'wrong-id-first',
  'wrong-id-only',
  'short-address',
  'ignore-edns',
  'rotate',
] as const;

const dnsRuleSchema = z.strictObject({
  ...where,
  ...when,
  transport: z.enum(['udp', 'tcp']).optional(),
  /** Owner name as in records; default: every name of this scenario's zones. */
  name: z.string().optional(),
  type: z.string().optional(),
  /** True: only queries with EDNS. */
  edns: z.boolean().optional(),
  /** Only queries that allow UDP answers of more bytes than this. */
  payloadOver: z.int().optional(),
  do: z.union([
    z.enum(dnsActions),
    z.strictObject({ view: z.string() }),
    z.strictObject({ serial: z.int() }),
    z.strictObject({ delayMs: z.int() }),
  ]),
});
export type DnsRule = z.infer<typeof dnsRuleSchema>;

const pageKinds = [
  'healthy',
  'other',
  'edited',
  'renamed',
  'rewritten',
  'tiny',
  'tiny-other',
  'tokens',
  'rotating',
  'shell',
  'script-redirect',
  'many-images',
  'nginx-default',
  'challenge',
  'error',
  'maintenance',
] as const;
export type PageKind = (typeof pageKinds)[number];

const webRuleSchema = z.strictObject({
  /** Host as in records ('@', 'www', 'cdn.example.'); default: every host. */
  host: z.string().optional(),
  ...where,
  ...when,
  scheme: z.enum(['http', 'https']).optional(),
  /** Default '/': only the page. '*': every path. */
  path: z.string().default('/'),
  do: z.strictObject({
    status: z.int().optional(),
    redirect: z.string().optional(),
    page: z.enum(pageKinds).optional(),
    /** Nothing after the request; or headers and 1,200 bytes of the body, then nothing. */
    stall: z.enum(['headers', 'body']).optional(),
    /** Only requests with at least this many bytes of headers stall. */
    whenHeadersOver: z.int().optional(),
    reset: z.boolean().optional(),
    /** Headers and 1,200 bytes of the body, then the connection is cut. */
    cut: z.boolean().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    /** HTML put into the head or the body of the page. */
    head: z.array(z.string()).optional(),
    body: z.array(z.string()).optional(),
    css: z.string().optional(),
    gzip: z.boolean().optional(),
    delayMs: z.int().optional(),
  }),
});
export type WebRule = z.infer<typeof webRuleSchema>;

/**
 * 'organisation' and 'other-organisation' name who holds them; 'names-services' names http://ocsp.ZONE and http://crl.ZONE
 * of the zone it is issued for.
 */
const certificateKinds = [
  'good',
  'expired',
  'wrong-name',
  'self-signed',
  'no-intermediate',
  'cross-signed',
  'other-key',
  'organisation',
  'other-organisation',
  'names-services',
] as const;
export type CertificateKind = (typeof certificateKinds)[number];
const certificateRuleSchema = z.strictObject({
  host: z.string().optional(),
  ...where,
  use: z.enum(certificateKinds),
  /** Highest TLS version that the machine speaks, whatever the host. */
  maxVersion: z.enum(['TLSv1.2']).optional(),
  /** What the machine chooses from by ALPN, whatever the host; default: http/1.1 alone. */
  alpn: z.array(z.enum(['h2', 'http/1.1'])).optional(),
});
export type CertificateRule = z.infer<typeof certificateRuleSchema>;

const smtpRuleSchema = z.strictObject({
  ...where,
  ...when,
  do: z.strictObject({
    /** The whole greeting line; the session ends after it when it is not a 220. */
    banner: z.string().optional(),
    bannerDelayMs: z.int().optional(),
    silent: z.boolean().optional(),
    ehlo: z.enum(['no-starttls', 'refused', 'endless']).optional(),
    /** 'plain-text': 220, then no TLS. */
    startTls: z.enum(['454', '554', 'injected', 'silent', 'plain-text']).optional(),
  }),
});
export type SmtpRule = z.infer<typeof smtpRuleSchema>;

const recordChanges = { remove: z.array(z.string()).default([]), add: z.array(z.string()).default([]) };

const changesSchema = z.strictObject({
  /** More machines than ns1, ns2, web and mail, or other addresses for these. */
  nodes: z.record(nodeName, z.strictObject({ '4': z.string().optional(), '6': z.string().optional() })).default({}),
  /** 'owner TYPE' or 'owner TYPE data…' (both may be '*') taken from the agency's zone; then `add`, where `{1..9}` makes many lines of one. */
  ...recordChanges,
  /** Other versions of the agency's zone, for servers that are told to show them. */
  views: z.record(z.string(), z.strictObject(recordChanges)).default({}),
  /** Nodes that serve the agency's zone; 'parent': the servers of the parent zone do. */
  servers: z.union([z.array(nodeName), z.literal('parent')]).optional(),
  /** More zones: their nodes and all their records. */
  zones: z.record(z.string(), z.strictObject({ servers: z.array(nodeName), records: z.array(z.string()) })).default({}),
  /** What the parent zone says, where it differs from the child. */
  parent: z
    .strictObject({
      ns: z.array(z.string()).optional(),
      removeGlue: z.array(z.string()).default([]),
      addGlue: z.array(z.string()).default([]),
      absent: z.boolean().default(false),
    })
    .prefault({}),
  endpoints: z.array(endpointFaultSchema).default([]),
  dns: z.array(dnsRuleSchema).default([]),
  web: z.array(webRuleSchema).default([]),
  certificates: z.array(certificateRuleSchema).default([]),
  smtp: z.array(smtpRuleSchema).default([]),
  /** Nodes without a PTR record for their IPv6 address. */
  noReverse: z.array(nodeName).default([]),
  /** Names, as in records, to which PTR records lead in place of the machine's own. */
  reverse: z.record(nodeName, z.string()).default({}),
  /** Nodes whose operator asked not to be contacted: the run gets their addresses as opted out. */
  optedOut: z.array(nodeName).default([]),
  /** Routing data about the scenario's addresses, besides what covers every address of the testbed. */
  routes: z
    .strictObject({
      /** 'prefix,asn', or the range 'first,last,asn' of data that hold no prefixes; asn 0 for ranges nobody announces. */
      origins: z.array(z.string()).default([]),
      /** 'prefix,longest,asn'. */
      vrps: z.array(z.string()).default([]),
    })
    .prefault({}),
});

/** Where the tool stands: applies to the whole testbed, so such scenarios are audited alone. */
const vantageSchema = z.strictObject({
  families: z.array(familySchema).default([4, 6]),
  port25: z.enum(['open', 'blocked']).default('open'),
  /** 'resolver': a run with `--resolver`. */
  dns: z.enum(['direct', 'intercepted', 'resolver']).default('direct'),
});
export type TestbedVantage = z.infer<typeof vantageSchema>;

const expectationSchema = z.strictObject({
  /** '*': any check. For the many findings that one cause leaves undecided. */
  check: z.string(),
  /** Subject: zone, host, mail domain or exchanger; '@' and relative names as in records; '*': any. */
  host: z.string(),
  status: statusSchema,
  message: z.string().optional(),
  cause: causeSchema.optional(),
});
export type Expectation = z.infer<typeof expectationSchema>;

export const scenarioSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  /**
   * Its addresses come from it, so they never depend on which other scenarios are loaded. Unique among scenarios that are
   * loaded together: those with a vantage of their own share one.
   */
  slot: z.int().min(1).max(186),
  /** A second slot, for IPv4 addresses of more than four machines. */
  extraSlot: z.int().min(1).max(186).optional(),
  title: bilingualSchema,
  /** Part of `ipv6gov demo`. */
  demo: z.boolean().default(false),
  agency: z.strictObject({
    name: bilingualSchema,
    category: categorySchema.default('other'),
    domain: z.string(),
    servicesDomain: z.string().nullable().default(null),
    servicesStatus: z.enum(['active', 'retired']).default('active'),
    /** Default: the domain. */
    mailDomain: z.string().nullable().optional(),
    hosts: z.array(z.string()).default([]),
  }),
  base: z.literal('healthy').default('healthy'),
  changes: changesSchema.prefault({}),
  vantage: vantageSchema.optional(),
  /** Scenarios that only mean something together (loaded into one testbed): same word, one run. */
  group: z.string().optional(),
  /** Every finding that is neither pass, info, not-applicable nor skipped: the list is complete, a surprise is a mistake. */
  expect: z.array(expectationSchema),
  /** Findings of status pass, info or not-applicable that this scenario is there to show; not complete. */
  shows: z.array(expectationSchema).default([]),
});
export type Scenario = z.infer<typeof scenarioSchema>;

const folder = new URL('../../fixtures/scenarios/', import.meta.url);

/** All scenarios of fixtures/scenarios, by slot. Throws a named error on a file that does not fit the schema. */
export async function loadScenarios(): Promise<Scenario[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json'));
  const scenarios = await Promise.all(files.map(loadScenario));
  return scenarios.sort((a, b) => a.slot - b.slot);
}

async function loadScenario(file: string): Promise<Scenario> {
  const parsed = scenarioSchema.safeParse(JSON.parse(await readFile(new URL(file, folder), 'utf8')));
  if (!parsed.success) throw new Error(`scenario ${file}: ${z.prettifyError(parsed.error)}`);
  if (`${parsed.data.id}.json` !== file) throw new Error(`scenario ${file}: its id is ${parsed.data.id}`);
  return parsed.data;
}
