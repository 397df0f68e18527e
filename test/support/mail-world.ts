import type { CheckDefinition } from '../../src/checks/define-check.ts';
import { evaluateCheck } from '../../src/checks/evaluate.ts';
import type { RunFacts } from '../../src/facts/context.ts';
import { indexEvidence } from '../../src/facts/evidence-index.ts';
import type { Failure, FailureCode, FailureStep } from '../../src/model/failure.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { ObservationOf, OperationOf, SmtpResponse, TlsEvidence } from '../../src/model/observation.ts';
import type { VantageReport } from '../../src/model/report.ts';
import type { Subject } from '../../src/model/subject.ts';
import { type Network, observationId } from '../../src/net/network.ts';
import { probeAddresses } from '../../src/probes/addresses.ts';
import { probeMail } from '../../src/probes/mail.ts';
import { retestOperations } from '../../src/probes/retest.ts';
import { country } from './fake-country.ts';
import { type Fault, fakeAgency, fakeAgencyContext, fakeInternet, fakeProbeContext, soundVantage } from './fake-dns.ts';
import type { FakeZones } from './fake-zones.ts';

export const domain = 'x.gov.vn';
export const mail6 = '2001:db8:a::25';
export const mail4 = '192.0.2.25';
export const backup6 = '2001:db8:a::26';
export const backup4 = '192.0.2.26';
export const reverseZone = 'a.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa';

/** What the mail server at an address does; default: greets, EHLO, STARTTLS completed. */
export interface SmtpSaid {
  fail?: FailureCode;
  step?: FailureStep;
  banner?: number;
  /** Tries that timed out before the one that decided. */
  lost?: number;
  ehlo?: number;
  startTls?: 'none' | number | 'handshake' | 'silent' | 'no-shared-cipher';
  earlyData?: boolean;
  tls?: Partial<TlsEvidence>;
}

export interface MailParts {
  /** Records of x.gov.vn beside its name servers. */
  records: string[];
  zones?: FakeZones;
  smtp?: Record<string, SmtpSaid>;
  faults?: Record<string, Fault>;
  /** Name servers of x.gov.vn; default both families. */
  servers?: Record<string, string[]>;
  vantage?: Partial<VantageReport>;
  run?: Partial<RunFacts>;
  retest?: boolean;
}

export interface MailWorld {
  /** Addresses that were dialled on port 25, in round 1. */
  dialled: string[];
  asked: string[];
  judge(check: CheckDefinition<never, never> | object, subject?: Partial<Subject>): Finding;
}

export const subject: Subject = { kind: 'mail-domain', name: domain, service: 'mail', deciding: false, sibling: null, preference: null };

const goodTls: TlsEvidence = {
  ...{ protocol: 'TLSv1.3', cipher: 'x', alpn: null, chain: [], chainTrusted: true, chainError: null, nameMatches: true, datesValid: true },
};

function failureOf(code: FailureCode, step: FailureStep, detail = ''): Failure {
  return { code, step, synchronous: false, detail };
}

const handshakeFailures: Record<string, Failure> = {
  handshake: failureOf('tls-handshake', 'tls'),
  silent: failureOf('timeout', 'tls'),
  'no-shared-cipher': failureOf('tls-alert', 'tls', 'alert 40 ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE'),
};

function responseOf(said: SmtpSaid): SmtpResponse {
  const { banner = 220, ehlo = 250, startTls = 220, earlyData = false, tls = {} } = said;
  const base: SmtpResponse = { banner: { code: banner, text: 'hi' }, bannerAfterMs: 5, ehlo: null, startTls: null, lastReply: null };
  if (banner !== 220) return { ...base, lastReply: { code: banner, text: 'no' } };
  if (ehlo !== 250) return { ...base, ehlo: { code: ehlo, keywords: [] }, lastReply: { code: ehlo, text: 'no' } };
  const greeted = { ...base, ehlo: { code: 250, keywords: startTls === 'none' ? [] : ['STARTTLS'] } };
  if (startTls === 'none') return { ...greeted, startTls: { offered: false, replyCode: null, tls: null, earlyData: false, failure: null } };
  if (typeof startTls === 'number' && startTls !== 220)
    return { ...greeted, startTls: { offered: true, replyCode: startTls, tls: null, earlyData, failure: null } };
  const failure = handshakeFailures[startTls] ?? null;
  return {
    ...greeted,
    startTls: { offered: true, replyCode: 220, tls: failure === null ? { ...goodTls, ...tls } : null, earlyData, failure },
  };
}

function session(operation: OperationOf<'smtp-session'>, said: SmtpSaid): ObservationOf<'smtp-session'> {
  const failure = said.fail === undefined ? null : failureOf(said.fail, said.step ?? 'connect');
  const startedAt = '2026-11-24T03:00:00.000Z';
  return {
    ...{ id: observationId(operation), op: 'smtp-session', request: operation.request, startedAt, elapsedMs: 1 },
    peer: failure === null ? { address: operation.request.address, port: 25 } : null,
    tries: [...Array.from({ length: said.lost ?? 0 }, () => failureOf('timeout', 'connect')), failure].map((each) => ({
      startedAt,
      elapsedMs: 1,
      failure: each,
      loopDelayMs: 0,
    })),
    response: failure === null || said.banner !== undefined ? responseOf(said) : null,
    failure,
  };
}

/** Probes the mail of x.gov.vn in a made-up internet, retests, and lets checks judge what was seen. */
export async function mailWorld(parts: MailParts): Promise<MailWorld> {
  const servers = parts.servers ?? { 'ns1.x.gov.vn': ['2001:db8:a::1', '192.0.2.1'], 'ns2.x.gov.vn': ['2001:db8:a::2', '192.0.2.2'] };
  const internet = fakeInternet(country({ [domain]: { servers, records: parts.records }, ...parts.zones }), parts.faults);
  const dialled: string[] = [];
  const network: Network = {
    perform: async (operation) => {
      if (operation.op !== 'smtp-session') return internet.network.perform(operation);
      if (operation.request.round === '1') dialled.push(operation.request.address);
      const observation = session(operation, parts.smtp?.[operation.request.address] ?? {});
      internet.observations.push(observation);
      return observation as never;
    },
  };
  const probing = { ...fakeProbeContext(internet), network };
  await Promise.all([probeMail(probing, domain), probeAddresses(probing, `www.${domain}`), probeAddresses(probing, domain)]);
  if (parts.retest !== false) for (const operation of retestOperations(internet.observations)) await network.perform(operation);
  const plain = fakeAgencyContext(internet, {
    agency: { ...fakeAgency, mailDomain: domain },
    vantage: { ...soundVantage, ...parts.vantage },
  });
  const context = { ...plain, evidence: indexEvidence(internet.observations), run: { ...plain.run, ...parts.run } };
  return {
    dialled,
    asked: internet.asked,
    judge: (check, changes = {}) => evaluateCheck(check as unknown as CheckDefinition, context, { ...subject, ...changes }),
  };
}

/** One exchanger with both families: nothing wrong. */
export const healthy: readonly string[] = ['@ MX 10 mail', `mail AAAA ${mail6}`, `mail A ${mail4}`, '@ TXT v=spf1 mx -all'];
export const withBackup: readonly string[] = [...healthy, '@ MX 20 backup', `backup AAAA ${backup6}`, `backup A ${backup4}`];
export const without = (records: readonly string[], ...starts: string[]): string[] =>
  records.filter((line) => !starts.some((start) => line.startsWith(start)));
