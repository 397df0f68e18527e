/** Streams and subjects of a fleet on JetStream. Everything a vantage may send bears its name as a token, so that the server can hold it to it. */
export const streams = {
  /** One message a run: what every worker of it must know. */
  runs: 'IPV6GOV_RUNS',
  /** Agencies waiting to be measured; each leaves when its evidence is safe. */
  jobs: 'IPV6GOV_JOBS',
  /** Evidence waiting to be collected. */
  evidence: 'IPV6GOV_EVIDENCE',
} as const;

/** Names of vantages have dots, tokens of subjects do not; an underscore is in no name. */
const token = (name: string): string => name.replaceAll('.', '_');
const nameOf = (text: string): string => text.replaceAll('_', '.');

export const subjects = {
  run: (run: string): string => `ipv6gov.run.${run}`,
  job: (vantage: string, run: string): string => `ipv6gov.job.${token(vantage)}.${run}`,
  jobsOf: (vantage: string): string => `ipv6gov.job.${token(vantage)}.*`,
  jobsIn: (run: string): string => `ipv6gov.job.*.${run}`,
  evidence: (vantage: string, run: string): string => `ipv6gov.evidence.${token(vantage)}.${run}`,
  evidenceOf: (run: string): string => `ipv6gov.evidence.*.${run}`,
  beat: (vantage: string): string => `ipv6gov.beat.${token(vantage)}`,
  beats: 'ipv6gov.beat.*',
  control: (vantage: string): string => `ipv6gov.control.${token(vantage)}`,
} as const;

/** The vantage that a subject of evidence or a beat names: what the server let the sender say, whatever the message claims. */
export function vantageOf(subject: string): string | null {
  const match = /^ipv6gov\.(?:evidence|beat)\.([A-Za-z0-9_-]+)(?:\.|$)/.exec(subject);
  return match?.[1] === undefined ? null : nameOf(match[1]);
}

/** Where answers to a worker go: of its own, as whoever may listen to the inboxes of all reads the evidence of all. */
export const inboxOf = (vantage: string): string => `_INBOX_${token(vantage)}`;

/** Durable consumers. */
export const consumers = {
  work: (vantage: string): string => `work-${token(vantage)}`,
  collect: (run: string): string => `collect-${run}`,
} as const;

/** What is asked of a worker changes with this; part of the key of a job, so that another set of probes is other work. */
export const probeSet = 1;

/** Names one piece of work: the same agency from the same vantage in the same run is never done twice on purpose (design §8). */
export const jobKey = (job: { run: string; vantage: string; agency: string }): string =>
  `${job.run}/${token(job.vantage)}/${probeSet}/${job.agency}`;
