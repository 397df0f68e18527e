import type { ReportTexts } from './catalogue.ts';
import { count } from './count-en.ts';

/** Sentences of reports for people in English. */
export const reportEn: ReportTexts = {
  criteria: (criteria) => `Criteria: ${criteria}.`,
  run: (id, startedAt) => `Run ${id}, started ${startedAt}.`,
  incomplete: 'This run did not come to its end: what was not asked is not measured.',
  vantage: ({ name, ipv6, proofs, dnsPath, dns64 }) => `Vantage ${name}: IPv6 ${ipv6} (${proofs}); DNS: ${dnsPath}; DNS64: ${dns64}.`,
  clock: (seconds) => `The clock of this machine differs by ${seconds} s from that of the servers.`,
  coverage: ({ agencies, enough, floor }) =>
    `Coverage: ${enough} of ${agencies} agencies were measured well enough for a score (at least ${floor}).`,
  ownTrouble: {
    'no-ipv6': 'OUR SIDE: this machine has no IPv6. Nothing here speaks against an agency; measure from a machine with IPv6.',
    'ipv6-unproven': 'OUR SIDE: it is not proven that IPv6 worked from this machine. Run `ipv6gov doctor`.',
    'no-dns-proof':
      'OUR SIDE: no root server answered over IPv6. If DNS is blocked here, give the resolver of your network with --resolver.',
    'dns-intercepted':
      'OUR SIDE: DNS from this machine is answered by somebody else on the way. Measure from another network, or give a resolver with --resolver.',
    'no-web-proof':
      'OUR SIDE: no web server could be reached over IPv6, though addresses are published. Name a site that surely works with --web-control.',
    crashed: 'OUR SIDE: a part of ipv6gov crashed; what it should have measured is not measured. Please report it with the run folder.',
    'evidence-missing':
      'OUR SIDE: not every vantage sent evidence of every agency before the deadline; the lines below say of how many. Collect the rest with --attach.',
    coverage: 'OUR SIDE: for causes of ours, at least one agency in five was not measured well enough for a score.',
  },
  portBlocked:
    'Mail: port 25 may be blocked at this vantage, so mail over IPv6 was not measured. A control host can be given with --smtp-control.',
  readiness: 'Readiness for IPv6-only 2026-2030',
  score: (value) => `score ${value} of 100`,
  noScore: 'no score',
  covered: (percent) => `measured ${percent}`,
  howScored: 'How the score came about',
  notJudged: 'not measured',
  cappedFor: (reason) => `limited: ${reason}`,
  rung: (level) => `level ${level} of 5`,
  rungAtLeast: (level) => `level not known, at least ${level} of 5`,
  services: 'Services over IPv6',
  decidedBy: (check) => `decided by ${check}`,
  undecided: (checks) => `left open by the content itself: ${checks}`,
  findings: (number) => `Findings (${number})`,
  noFindings: 'No findings at this level.',
  unmeasured: (number) => `Not measured (${number})`,
  others: (number) => `Other results (${number})`,
  fix: 'To do:',
  cause: (text) => `Cause: ${text}.`,
  confidence: (percent) => `Confidence ${percent}.`,
  notObservable: (things) => `Not observable from outside: ${things}.`,
  ipv4Too: 'Having IPv4 as well is no fault.',
  columns: {
    agency: 'Agency',
    conformity: 'Conformity',
    score: 'Score',
    level: 'Readiness',
    worst: 'Worst cause',
    coverage: 'Measured',
    service: 'Service',
    host: 'Host',
    state: 'State',
  },
  moreRows: (hidden) => `… and ${count(hidden, 'more agency', 'more agencies')}; the whole list is in the JSON report.`,
  totals: 'Totals of this list (not to be compared with published shares of 85 without saying so)',
  total: ({ group, agencies, conforming, notConforming, inconclusive }) =>
    `${group}: ${conforming} of ${count(agencies, 'agency', 'agencies')} in this list ${conforming === 1 ? 'conforms' : 'conform'}, ${notConforming} ${notConforming === 1 ? 'does' : 'do'} not, ${inconclusive} not measured.`,
  notCounted: (agencies) => `${count(agencies, 'agency is', 'agencies are')} measured and counted in no share (former units).`,
  byCategory: 'By category',
  byLevel: 'Readiness levels',
  levelCount: ({ level, meaning, agencies, of }) =>
    `${level === null ? 'not known' : `level ${level}`} (${meaning}): ${agencies} of ${of} agencies`,
  topCauses: 'Most frequent causes',
  topCause: ({ check, detail, agencies, of }) => `${agencies} of ${of} agencies · ${check}: ${detail}`,
  lever: ({ name, kind, agencies }) => `${name} (${kind}): ${agencies} ${agencies === 1 ? 'agency' : 'agencies'}`,
  noAgencies: 'The report holds no agency.',
};
