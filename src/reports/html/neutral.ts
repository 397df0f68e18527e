import type { Report } from '../../model/report.ts';
import { visible } from '../escape.ts';

/**
 * The same report with every string in it made harmless and visible on one line (faults S1, S2), keys of records too. Done once at the
 * door, so that no component can forget it; escaping for HTML is the renderer's. What the page does not show of a finding is left out.
 */
export function neutral(report: Report): Report {
  const shown = report.agencies.map((agency) => ({
    ...agency,
    findings: agency.findings.map((finding) => ({ ...finding, values: {}, seenFrom: [] })),
  }));
  return walk({ ...report, agencies: shown }) as Report;
}

function walk(value: unknown): unknown {
  if (typeof value === 'string') return visible(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(walk);
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) if (key !== '__proto__') copy[visible(key)] = walk(item);
  return copy;
}
