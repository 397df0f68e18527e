import type { Report } from '../../model/report.ts';
import { visible } from '../escape.ts';

/**
 * The same report with every string in it made harmless and visible on one line (faults S1, S2), keys of records too. Done once at the
 * door, so that no component can forget it; escaping for HTML is the renderer's. What the page does not show of a finding is left out.
 */
export function neutral(report: Report): Report {
  const shown = report.agencies.map((agency) => ({
    ...agency,
    findings: agency.findings.map((finding) => ({ ...finding, values: {}, seenFrom: finding.seenFrom.length > 1 ? finding.seenFrom : [] })),
  }));
  return walk({ ...report, agencies: shown }, new Map()) as Report;
}

/** `keys`: those met before, as a report of thousands of agencies has the same few in millions of places. */
function walk(value: unknown, keys: Map<string, string>): unknown {
  if (typeof value === 'string') return visible(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => walk(item, keys));
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (key === '__proto__') continue;
    const known = keys.get(key) ?? visible(key);
    keys.set(key, known);
    copy[known] = walk(item, keys);
  }
  return copy;
}
