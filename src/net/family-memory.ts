import type { Family } from '../model/observation.ts';
import type { LiveContext } from './live-context.ts';

/** Families in which something worked in this run, by the run's context: it tells "no such address here" from "ports used up" (faults 2.1). */
const worked = new WeakMap<LiveContext, Set<Family>>();

export function noteFamilyWorked(context: LiveContext, family: Family): void {
  const known = worked.get(context);
  if (known === undefined) worked.set(context, new Set([family]));
  else known.add(family);
}

export function familyWorked(context: LiveContext, family: Family): boolean {
  return worked.get(context)?.has(family) ?? false;
}
