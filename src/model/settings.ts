import { z } from 'zod';

const count = (value: number) => z.int().min(0).default(value);

/** Every limit of the tool with its default (faults.md §1). Units are in the names. */
export const settingsSchema = z.strictObject({
  dns: z
    .strictObject({
      udpPayloadBytes: count(1232),
      maxMessageBytes: count(65_535),
      maxPointersPerName: count(32),
      maxNameStepsPerMessage: count(65_536),
      tries: count(3),
      tryTimeoutMs: count(3_000),
      tcpExchangeTimeoutMs: count(10_000),
      timeoutSpacingMs: count(2_000),
      maxQueriesPerQuestion: count(100),
      maxAliases: count(8),
      maxKeysPerTag: count(4),
      maxValidationsPerSet: count(16),
      maxOpenSockets: count(512),
      queriesPerSecondPerServer: count(20),
    })
    .prefault({}),
  tcp: z.strictObject({ connectTimeoutMs: count(10_000), timeoutSpacingMs: count(5_000), tries: count(3) }).prefault({}),
  tls: z.strictObject({ handshakeTimeoutMs: count(10_000) }).prefault({}),
  http: z
    .strictObject({
      firstByteTimeoutMs: count(15_000),
      exchangeTimeoutMs: count(30_000),
      idleTimeoutMs: count(8_000),
      maxHeaderBytes: count(16_384),
      maxWireBytes: count(1_048_576),
      maxDecodedBytes: count(2_097_152),
      maxExpansion: count(100),
      maxEncodings: count(2),
      comparedBytes: count(524_288),
      maxRedirects: count(10),
    })
    .prefault({}),
  html: z.strictObject({ maxBytes: count(1_048_576), maxUrls: count(200) }).prefault({}),
  smtp: z
    .strictObject({
      bannerTimeoutMs: count(30_000),
      exchangeTimeoutMs: count(60_000),
      maxLineBytes: count(1_000),
      maxReplyBytes: count(100_000),
      maxReplyLines: count(100),
    })
    .prefault({}),
  mail: z.strictObject({ maxExchangersContacted: count(10), preferencesContacted: count(2), maxSpfLookups: count(10) }).prefault({}),
  web: z.strictObject({ maxIpv4Addresses: count(4), maxDependencyHosts: count(60) }).prefault({}),
  run: z
    .strictObject({
      agencyBudgetMs: count(240_000),
      agenciesInFlight: count(200),
      tlsHandshakesPerCore: count(16),
      connectionsPerAddress: count(2),
      connectionsPerSmtpServer: count(1),
      connectionSpacingMs: count(250),
      smtpSpacingMs: count(2_000),
      freeConnectionsPerHost: count(4),
      lossTries: count(10),
      retestRounds: count(1),
      loopLagMs: count(250),
      preflightIntervalMs: count(60_000),
      preflightMaxAgeMs: count(180_000),
      proofWindowMs: count(30_000),
      prefixSuspectAgencies: count(3),
      unstableShareMin: z.number().default(0.1),
      unstableShareMax: z.number().default(0.9),
      shutdownMs: count(5_000),
    })
    .prefault({}),
  score: z.strictObject({ coverageFloor: z.number().min(0).max(1).default(0.8) }).prefault({}),
  input: z.strictObject({ maxNameOctets: count(253), maxLabelOctets: count(63), maxLineBytes: count(65_536) }).prefault({}),
});
export type Settings = z.infer<typeof settingsSchema>;

export const defaultSettings: Settings = settingsSchema.parse({});

const isWait = (name: string): boolean =>
  name.endsWith('Ms') && !name.startsWith('preflight') && name !== 'proofWindowMs' && name !== 'loopLagMs';

/** The profile `testbed`: all waits divided by ten, and no politeness worth waiting for on our own servers. */
export function testbedSettings(base: Settings = defaultSettings): Settings {
  const scaled: Record<string, Record<string, number>> = {};
  for (const [group, values] of Object.entries(base)) {
    scaled[group] = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, isWait(name) ? Math.round(value / 10) : value]),
    );
  }
  const settings = settingsSchema.parse(scaled);
  return { ...settings, dns: { ...settings.dns, queriesPerSecondPerServer: 2_000 } };
}
