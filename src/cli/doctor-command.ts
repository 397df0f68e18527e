import { createRunFacts } from '../facts/run.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import { addressScope } from '../model/address-registry.ts';
import type { Agency } from '../model/agency.ts';
import { families, type Observation, type Operation } from '../model/observation.ts';
import type { VantageReport } from '../model/report.ts';
import type { RunManifest } from '../model/run.ts';
import { defaultSettings } from '../model/settings.ts';
import { probeAddresses } from '../probes/addresses.ts';
import { preflight } from '../probes/vantage.ts';
import { visible } from '../reports/escape.ts';
import { createNetworkStack, type LiveOptions, type NetworkStack } from '../runner/network-stack.ts';
import { createRecorder, type Recorder } from '../runner/recorder.ts';
import { newRunId } from '../runner/run-folder.ts';
import { ipv6ForGov1 } from '../scoring/rubrics/ipv6-for-gov-1.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';
import { defaultLive } from './live-options.ts';
import { manifestOf, resolutionMode } from './manifest.ts';
import { createNotes } from './notes.ts';
import type { DoctorOptions } from './options.ts';
import { listenForSignals } from './signals.ts';

/** Addresses asked of one control host in one family. */
const addressesAsked = 2;

/** `ipv6gov doctor`: preflight and controls, judged as a run would. Exit code 0 when this machine can measure IPv6, else 3. */
export async function doctorCommand(options: DoctorOptions, catalogue: Catalogue, io: Io): Promise<number> {
  const notes = createNotes(io, catalogue, { quiet: false, verbose: false });
  const manifest = await doctorManifest(options);
  const live = defaultLive(options);
  const { doctor } = catalogue.cli;
  for (const address of options.resolvers) {
    if (!addressScope(address, options.addressPolicy).usable) notes.warning(doctor.privateResolver(address));
  }
  if (options.contact === null) notes.warning(doctor.noContact);
  if (options.helo === null) notes.warning(doctor.defaultHelo(live.helo));
  const stopper = listenForSignals(io, manifest.settings.run.shutdownMs);
  try {
    const vantage = await examine(manifest, live, stopper.signal);
    if (stopper.stoppedBy() !== null) return exitCodeOf({ signal: stopper.stoppedBy(), troubles: [], gateFailed: false });
    const good = canMeasure(vantage, manifest);
    await io.out(doctorText(vantage, { manifest, catalogue, good }));
    return good ? exitCodes.good : exitCodes.ownTrouble;
  } finally {
    stopper.release();
  }
}

async function doctorManifest(options: DoctorOptions): Promise<RunManifest> {
  const startedAt = new Date();
  return manifestOf({
    id: newRunId(startedAt, Math.random),
    startedAt,
    vantage: 'local',
    criteria: ipv6ForGov1,
    trustAnchors: null,
    resolution: await resolutionMode(options),
    settings: defaultSettings,
    controls: { web: options.webControls, smtp: options.smtpControls },
    addressPolicy: options.addressPolicy,
    servicesOverride: 'listed',
    list: { fingerprint: '', agencies: 0, duplicates: 0 },
  });
}

/** What the vantage shows about itself, by the same facts that judge a run. */
export async function examine(manifest: RunManifest, live: LiveOptions, signal: AbortSignal): Promise<VantageReport> {
  const extra: Observation[] = [];
  const record = (observation: Observation): void => void extra.push(observation);
  const stack = createNetworkStack({ manifest, live, signal, record, controls: { web: () => [], smtp: () => [] } });
  try {
    const network = createRecorder(stack.network, { budgetMs: Number.MAX_SAFE_INTEGER });
    await preflight(network, { resolution: manifest.resolution, runId: manifest.id, settings: manifest.settings });
    await askControls({ manifest, network, stack });
    const facts = createRunFacts(manifest);
    const observations = [...network.observations(), ...extra];
    facts.add({ schema: 'ipv6gov.evidence/1', agency: null, part: 'main', observations, crashes: [], budgetExhausted: false });
    return facts.finish().vantage;
  } finally {
    stack.close();
  }
}

async function askControls(run: { manifest: RunManifest; network: Recorder; stack: NetworkStack }): Promise<void> {
  const { web, smtp } = run.manifest.controls;
  const asks = [...web.map((name) => ({ name, kind: 'web' as const })), ...smtp.map((name) => ({ name, kind: 'smtp' as const }))];
  await Promise.all(asks.map((ask) => askControl(ask, run)));
}

async function askControl(
  { name, kind }: { name: string; kind: 'web' | 'smtp' },
  { manifest, network, stack }: { manifest: RunManifest; network: Recorder; stack: NetworkStack },
): Promise<void> {
  const { id: runId, resolution, settings } = manifest;
  const context = {
    network,
    agency: controlAgency(name),
    runId,
    resolution,
    settings,
    isUsable: stack.isUsable,
    servicesOverride: 'listed' as const,
  };
  const addresses = await probeAddresses(context, name);
  const operations = families.flatMap((family) =>
    addresses[family].slice(0, addressesAsked).map((address): Operation => {
      const target = { family, address, round: '1' as const };
      if (kind === 'smtp') return { op: 'smtp-session', request: { ...target, port: 25, host: name } };
      return { op: 'http-request', request: { ...target, port: 443, scheme: 'https', host: name, path: '/', shape: 'page' } };
    }),
  );
  await Promise.all(operations.map((operation) => network.perform(operation)));
}

/** A control host is resolved like an agency's, and is none. */
function controlAgency(domain: string): Agency {
  const none = {
    servicesDomain: null,
    servicesStatus: 'active' as const,
    mailDomain: null,
    hosts: [],
    input: { file: '', line: 0 },
    extra: {},
  };
  return { id: `control:${domain}`, name: { vi: domain, en: domain }, category: 'other', domain, ...none };
}

/** Web is proven while a list is measured, so here only a control that was given and failed counts against us. */
function canMeasure(vantage: VantageReport, { controls }: RunManifest): boolean {
  if (vantage.ipv6 !== 'ok' || vantage.dnsPath === 'intercepted') return false;
  if (vantage.dnsPath === 'direct' && vantage.dns['6'] !== 'proven') return false;
  return controls.web.length === 0 || vantage.web['6'] === 'proven';
}

/** The whole answer, for stdout. */
export function doctorText(vantage: VantageReport, input: { manifest: RunManifest; catalogue: Catalogue; good: boolean }): string {
  const { words, cli } = input.catalogue;
  const { doctor } = cli;
  const { controls } = input.manifest;
  const asked = { dns: true, web: controls.web.length > 0, smtp: controls.smtp.length > 0 };
  const lines = [doctor.title];
  for (const proof of ['dns', 'web', 'smtp'] as const) {
    for (const family of families) {
      const state = asked[proof] ? words.proofs[vantage[proof][`${family}`]] : doctor.notAsked;
      lines.push(`  ${doctor.proof({ class: words.proofClasses[proof], family, state })}`);
    }
  }
  lines.push(`  ${doctor.dnsPath(words.dnsPaths[vantage.dnsPath])}`, `  ${doctor.dns64(vantage.dns64 ? words.yes : words.no)}`);
  lines.push(`  ${vantage.clockOffsetMs === null ? doctor.clockUnknown : doctor.clock(vantage.clockOffsetMs)}`);
  lines.push(input.good ? doctor.good : doctor.bad);
  const noDirectDns = vantage.dns['4'] !== 'proven' && vantage.dns['6'] !== 'proven' && vantage.dnsPath === 'direct';
  if (vantage.dnsPath === 'intercepted' || noDirectDns) lines.push(doctor.useResolver);
  if (!asked.web || !asked.smtp) lines.push(doctor.useControls);
  return `${lines.map(visible).join('\n')}\n`;
}
