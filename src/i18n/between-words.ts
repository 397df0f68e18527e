import type { AgencyChangeKind, Difference, Direction, FindingChangeKind } from '../model/comparison.ts';
import type { RunListing } from '../model/run-listing.ts';
import type { RunProblem } from '../model/run-problem.ts';
import type { Break, Gap } from '../model/trend.ts';
import { betweenEn } from './between-words-en.ts';
import { betweenVi } from './between-words-vi.ts';
import type { Language } from './catalogue.ts';
import type { Said } from './error-texts.ts';

/** A field or fault of an ignore list. */
type IgnoreFault = 'not-yaml' | 'not-a-list' | 'too-many' | 'field' | 'domain' | 'check' | 'reason' | 'until' | 'expired' | 'twice';

/** What the interface says about several runs: `diff`, `trend`, `runs`, `--baseline`, `--ignore`. */
export interface BetweenWords {
  /** A run as a word: id and start. */
  run: (id: string, startedAt: string) => string;
  diff: {
    title: (before: string, after: string) => string;
    differences: Record<Difference, string>;
    changes: Record<AgencyChangeKind, string>;
    findingChanges: Record<FindingChangeKind, string>;
    directions: Record<Direction, string>;
    renamedId: (before: string, after: string) => string;
    renamedDomain: (before: string, after: string) => string;
    conformity: (before: string, after: string) => string;
    readiness: (before: string, after: string) => string;
    regression: string;
    ignored: (reason: string, until: string) => string;
    nothing: string;
    unchanged: (agencies: number) => string;
    coverage: (lost: number, gained: number) => string;
    regressions: (agencies: number) => string;
    more: (agencies: number) => string;
    baseline: (id: string) => string;
  };
  trend: {
    title: string;
    gaps: Record<Gap, string>;
    breaks: Record<Break, string>;
    night: string;
    category: string;
    level: string;
    unknownLevel: string;
    shares: string;
    byCategory: string;
    ladder: string;
    /** A cell: conforming of agencies, and how many were not measured. */
    cell: (input: { conforming: number; agencies: number; inconclusive: number }) => string;
    thinned: Record<'month' | 'year', string>;
    flapping: string;
    changed: string;
    changedLine: (input: { before: string; after: string; since: string; confirmed: number }) => string;
    flips: (count: number) => string;
    formerly: (names: string) => string;
    leftOut: (path: string, why: string) => string;
    noSound: string;
    chart: (group: string) => string;
    band: string;
    gapLegend: string;
    breakLegend: string;
    more: (agencies: number) => string;
    ownFigures: string;
  };
  runs: {
    columns: { id: string; date: string; agencies: string; state: string; conforming: string; size: string };
    states: Record<RunListing['state'], string>;
    none: (dir: string) => string;
    deleted: (id: string, date: string, size: string) => string;
    spared: (id: string, state: string) => string;
    pruned: (deleted: number, kept: number) => string;
  };
  problems: Record<RunProblem, (path: string, detail: string) => Said>;
  tornDropped: (path: string) => string;
  judgedFromEvidence: (path: string) => string;
  noRuns: (names: string) => Said;
  badKeep: (value: string) => Said;
  needsBaseline: Said;
  ignoreList: {
    at: (file: string, line: number | null) => string;
    faults: Record<IgnoreFault, (detail: string) => string>;
    next: string;
    expiredNext: string;
  };
  help: {
    commands: Record<'diff' | 'trend' | 'runs', string>;
    operands: Record<'before' | 'after' | 'runs' | 'action', string>;
    options: Record<'baseline' | 'ignore' | 'keep' | 'force' | 'format-diff' | 'format-trend' | 'output-trend', string>;
  };
}

const words: Record<Language, BetweenWords> = { vi: betweenVi, en: betweenEn };

export function betweenWords(language: Language): BetweenWords {
  return words[language];
}
