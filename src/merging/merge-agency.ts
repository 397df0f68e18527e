import { pathDependentText } from '../i18n/vantage-words.ts';
import type { Finding } from '../model/finding.ts';
import type { ObservationLine, ReportAgency, ReportFinding } from '../model/report.ts';
import type { AssessedService } from '../model/service-state.ts';
import { scoreConformity } from '../scoring/conformity.ts';
import { scoreReadiness } from '../scoring/readiness.ts';
import type { Rubric } from '../scoring/rubric.ts';
import { serviceTriple } from '../scoring/triple.ts';
import { type Merged, mergeFindings, type Sighting, type Standing } from './merge-findings.ts';
import type { View } from './view.ts';

/**
 * One agency from what several vantages saw: findings merged, both results scored from them. `views` is not empty; the first names the
 * agency. Where all vantages are aside, none is. Pure.
 */
export function mergeAgency(views: readonly [View, ...View[]], { aside, uncompared }: Standing, rubric: Rubric): ReportAgency {
  const unsound = views.every(({ vantage }) => aside.has(vantage)) ? new Set<string>() : aside;
  const merged = mergeFindings(views, { aside: unsound, uncompared });
  const findings = merged.map(findingOf);
  const services = mergeServices(views.filter(({ vantage }) => !unsound.has(vantage)));
  const scored = { findings, services, rubric };
  const [{ agency }] = views;
  return {
    ...agency,
    conformity: scoreConformity(scored, agency.counted !== 'not-counted'),
    readiness: scoreReadiness(scored),
    services: services.map((service) => ({
      role: service.role,
      host: service.host,
      state: service.state,
      triple: serviceTriple(findings, service),
    })),
    findings,
    observations: citedLines(views, findings),
  };
}

function findingOf({ decided, split, seenFrom }: Merged): ReportFinding {
  const { finding } = decided;
  if (split === null) return { ...finding, observations: citedBy(decided), seenFrom };
  const { worksFrom, failsFrom } = split;
  const all = [...failsFrom, ...worksFrom];
  const names = (of: readonly Sighting[]): string[] => of.map(({ vantage }) => vantage);
  const places = { worksFrom: names(worksFrom), failsFrom: names(failsFrom) };
  return {
    ...finding,
    status: 'warn',
    message: 'path-dependent',
    cause: 'path-dependent',
    confidence: Math.min(...all.map((sighting) => sighting.finding.confidence)),
    values: { ...places, seen: finding.message },
    observations: all.flatMap(citedBy),
    seenFrom,
    ...pathDependentText(places, finding.text),
  };
}

/** Observations of different vantages may bear the same id. */
const citedId = (vantage: string, id: string): string => `${vantage}/${id}`;
const citedBy = ({ vantage, finding }: Sighting): string[] => finding.observations.map((id) => citedId(vantage, id));

function citedLines(views: readonly View[], findings: readonly Finding[]): ObservationLine[] {
  const cited = new Set(findings.flatMap(({ observations }) => observations));
  return views.flatMap(({ vantage, agency }) =>
    agency.observations.map((line) => ({ ...line, id: citedId(vantage, line.id), vantage })).filter(({ id }) => cited.has(id)),
  );
}

/** Each service as the first vantage saw it that found it there: that it answers somewhere shows that it is not gone. */
function mergeServices(views: readonly View[]): AssessedService[] {
  const merged = new Map<string, AssessedService>();
  for (const { services } of views) {
    for (const service of services) {
      const key = `${service.role} ${service.host}`;
      const known = merged.get(key);
      if (known === undefined || (known.cause !== null && service.cause === null)) merged.set(key, service);
    }
  }
  return [...merged.values()];
}
