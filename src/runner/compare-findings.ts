import type { FindingChange, FindingChangeKind, FindingState } from '../model/comparison.ts';
import type { Status } from '../model/finding.ts';
import type { ReportAgency, ReportFinding } from '../model/report.ts';

/**
 * Checks of what an agency publishes, the same from every place. Everything else depends on the way there; a check that is not listed
 * counts as depending on it.
 */
const publishedChecks: ReadonlySet<string> = new Set([
  'address-scope',
  'glue-ipv6',
  'mail-role',
  'mx-addresses',
  'mx-reverse',
  'ns-dual-stack',
  'ns-ipv6-count',
  'spf-ipv6',
  'web-addresses',
]);

export interface FindingsComparison {
  changes: FindingChange[];
  /** Findings that were known and are not any more, and the other way round. */
  lost: number;
  gained: number;
}

const ranks: Partial<Record<Status, number>> = { fail: 0, warn: 1, pass: 2 };
const isKnown = ({ status }: ReportFinding): boolean => status !== 'inconclusive' && status !== 'skipped';
const isFault = ({ status }: ReportFinding): boolean => status === 'fail' || status === 'warn';
const isUnstable = ({ cause }: ReportFinding): boolean => cause === 'unstable' || cause === 'content-unstable';

/** Findings of one agency in two runs that differ. What one of the runs does not know is counted, and is no change. */
export function compareFindings(before: ReportAgency, after: ReportAgency, which: 'all' | 'published'): FindingsComparison {
  const wanted = ({ check }: ReportFinding): boolean => which === 'all' || publishedChecks.has(check);
  const old = new Map(before.findings.filter(wanted).map((finding) => [keyOf(finding), finding]));
  const judged = { before: new Set(before.findings.map(checkOf)), after: new Set(after.findings.map(checkOf)) };
  const result: FindingsComparison = { changes: [], lost: 0, gained: 0 };
  const add = (change: FindingChange | null): void => {
    if (change !== null) result.changes.push(change);
  };
  for (const finding of after.findings.filter(wanted)) {
    const key = keyOf(finding);
    const twin = old.get(key);
    old.delete(key);
    if (twin === undefined) add(judged.before.has(checkOf(finding)) ? alone(null, finding) : null);
    else if (isKnown(twin) && isKnown(finding)) add(compare(twin, finding, isInUse(after, finding)));
    else if (isKnown(twin) && finding.status === 'inconclusive') result.lost += 1;
    else if (twin.status === 'inconclusive' && isKnown(finding)) result.gained += 1;
  }
  for (const finding of old.values()) if (judged.after.has(checkOf(finding))) add(alone(finding, null));
  return { ...result, changes: sorted(result.changes) };
}

/** A zone or host keeps its findings when it moves to another service; a service keeps them when its deciding host changes. */
function keyOf({ check, subject, service, host }: ReportFinding): string {
  return `${check} ${subject} ${subject === 'service' ? service : host}`;
}

/** A check that judged nothing of this agency may be switched off: its findings have neither come nor gone. */
const checkOf = ({ check }: ReportFinding): string => check;

/** What is retired or gone fails no gate. */
function isInUse({ services }: ReportAgency, { service }: ReportFinding): boolean {
  const states = services.filter(({ role }) => role === service).map(({ state }) => state);
  return states.length === 0 || states.some((state) => state === 'active' || state === 'not-listed');
}

function compare(before: ReportFinding, after: ReportFinding, inUse: boolean): FindingChange | null {
  if (before.status === after.status && before.message === after.message && before.cause === after.cause) return null;
  const change = kindOf(before, after);
  const regression = change === 'worsened' && after.status === 'fail' && inUse;
  return { ...described(after, change), regression, before: stateOf(before), after: stateOf(after) };
}

function kindOf(before: ReportFinding, after: ReportFinding): FindingChangeKind {
  if (after.ignored !== null) return 'ignored';
  const [was, is] = [ranks[before.status], ranks[after.status]];
  if (was === undefined || is === undefined || was === is) return 'changed';
  if (isUnstable(before) || isUnstable(after)) return 'flapping';
  return is < was ? 'worsened' : 'improved';
}

function alone(before: ReportFinding | null, after: ReportFinding | null): FindingChange | null {
  const finding = after ?? before;
  if (finding === null || !isFault(finding)) return null;
  const change = finding.ignored !== null ? 'ignored' : before === null ? 'appeared' : 'gone';
  return {
    ...described(finding, change),
    regression: false,
    before: before === null ? null : stateOf(before),
    after: after === null ? null : stateOf(after),
  };
}

function described({ check, area, level, service, host, subject }: ReportFinding, change: FindingChangeKind) {
  return { check, area, level, service, host, subject, change };
}

function stateOf({ status, message, cause, text, ignored }: ReportFinding): FindingState {
  return { status, message, cause, text, ignored };
}

const order: readonly FindingChangeKind[] = ['worsened', 'improved', 'flapping', 'appeared', 'gone', 'changed', 'ignored'];

function sorted(changes: readonly FindingChange[]): FindingChange[] {
  return changes.toSorted(
    (a, b) =>
      Number(b.regression) - Number(a.regression) ||
      order.indexOf(a.change) - order.indexOf(b.change) ||
      (a.check < b.check ? -1 : a.check > b.check ? 1 : 0) ||
      (a.host < b.host ? -1 : 1),
  );
}
