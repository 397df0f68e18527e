import type { AgencyContext } from '../facts/context.ts';
import type { Fact } from '../facts/fact.ts';
import { type FactName, type FactValues, factResolvers } from '../facts/index.ts';
import type { Cause } from '../model/cause.ts';
import type { Finding, Values } from '../model/finding.ts';
import type { Subject } from '../model/subject.ts';
import type { CheckDefinition, DataFile } from './define-check.ts';

/** Message id of a finding whose facts are unknown; its text comes from the cause. */
export const notMeasured = 'not-measured';

/**
 * One check on one subject. A needed fact that is unknown makes the finding inconclusive with its cause; a check that throws
 * makes it inconclusive with `check-error`, and harms no other (faults P12).
 */
export function evaluateCheck(check: CheckDefinition, context: AgencyContext, subject: Subject): Finding {
  const facts = new Map<string, unknown>();
  const observations = new Set<string>();
  try {
    for (const need of check.needs) {
      const fact = resolveFact(need, context, subject);
      for (const id of fact.observations) observations.add(id);
      if (!fact.known)
        return finding(check, subject, {
          status: 'inconclusive',
          message: notMeasured,
          cause: fact.cause,
          observations: [...observations],
        });
      facts.set(need, fact.value);
    }
    return judged(check, subject, { facts: Object.fromEntries(facts) as unknown as FactValues, observations: [...observations] });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return finding(check, subject, {
      status: 'inconclusive',
      message: notMeasured,
      cause: 'check-error',
      observations: [...observations],
      values: { detail: detail.slice(0, 200) },
    });
  }
}

function resolveFact(need: FactName, context: AgencyContext, subject: Subject): Fact<unknown> {
  const key = `fact ${need} ${subject.kind} ${subject.name} ${subject.service}`;
  if (context.cache.has(key)) return context.cache.get(key) as Fact<unknown>;
  const fact = (factResolvers[need] as (context: AgencyContext, subject: Subject) => Fact<unknown>)(context, subject);
  context.cache.set(key, fact);
  return fact;
}

function judged(check: CheckDefinition, subject: Subject, input: { facts: FactValues; observations: string[] }): Finding {
  const outcome = check.evaluate(input.facts, subject);
  const message = check.messages[outcome.message];
  if (message === undefined) throw new Error(`undeclared message ${outcome.message}`);
  return finding(check, subject, {
    status: message.status,
    message: outcome.message,
    cause: outcome.cause ?? null,
    observations: outcome.observations ?? input.observations,
    values: outcome.values ?? {},
    confidence: outcome.confidence ?? 1,
  });
}

const dataOptions: Readonly<Record<DataFile, string>> = { vrps: '--vrps', origins: '--asn-db' };

/** Options that would give the data files which the check needs and this judging has not. */
export function missingData(check: CheckDefinition, { routes }: AgencyContext): string[] {
  return (check.needsData ?? []).filter((file) => routes === undefined || routes[file] === null).map((file) => dataOptions[file]);
}

/** A check that was switched off, or for which no data file was given: said, and in no score. */
export function skippedFinding(check: CheckDefinition, subject: Subject, missing: readonly string[] = []): Finding {
  const values = missing.length === 0 ? {} : { missing: [...missing] };
  return finding(check, subject, { status: 'skipped', message: 'skipped', cause: null, observations: [], values, confidence: 0 });
}

interface Part {
  status: Finding['status'];
  message: string;
  cause: Cause | null;
  observations: string[];
  values?: Values;
  confidence?: number;
}

function finding(check: CheckDefinition, subject: Subject, part: Part): Finding {
  return {
    check: check.id,
    area: check.area,
    level: check.level,
    service: subject.service,
    host: subject.name,
    subject: subject.kind,
    status: part.status,
    message: part.message,
    cause: part.cause,
    confidence: part.confidence ?? (part.status === 'inconclusive' ? 0 : 1),
    values: part.values ?? {},
    observations: [...new Set(part.observations)],
    seenFrom: [],
    ignored: null,
  };
}
