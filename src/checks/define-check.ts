import type { FactName, FactValues } from '../facts/index.ts';
import type { Cause } from '../model/cause.ts';
import type { Area, Level, ServiceRole, Status, SubjectKind, Values } from '../model/finding.ts';
import type { Bilingual } from '../model/report.ts';
import type { Subject } from '../model/subject.ts';

/** Text of one outcome. `{name}` is filled from the finding's values. The fix is empty only for pass, info, not-applicable. */
export interface MessageDefinition extends Bilingual {
  status: Exclude<Status, 'skipped'>;
  fix?: Bilingual;
}

/** What `evaluate` returns: a declared message, the values it shows, and the cause where there is one. */
export interface Outcome<MessageId extends string> {
  message: MessageId;
  values?: Values;
  /** Obligatory in effect for inconclusive messages: a finding without a cause is refused by a test. */
  cause?: Cause;
  /** Evidence of this very outcome; default: that of all needed facts. */
  observations?: string[];
  /** Default 1. */
  confidence?: number;
}

/** `--vrps FILE` and `--asn-db FILE`. */
export type DataFile = 'vrps' | 'origins';

/**
 * One check (design R5): identity, standard, level, every message in both languages, the fix, and a pure function. The id is the
 * file name. `evaluate` sees needed facts only when all are known; otherwise the finding is `not-measured` with the unknown's cause.
 */
export interface CheckDefinition<Need extends FactName = FactName, MessageId extends string = string> {
  id: string;
  area: Area;
  subject: SubjectKind;
  level: Level;
  /** Services whose subjects it is evaluated on; default: all. */
  services?: readonly ServiceRole[];
  title: Bilingual;
  why: Bilingual;
  references: readonly { label: string; url: string }[];
  needs: readonly Need[];
  /** Data files beyond the evidence; where one of them was not given, the finding is `skipped`. */
  needsData?: readonly DataFile[];
  messages: Record<MessageId, MessageDefinition>;
  evaluate(facts: Pick<FactValues, Need>, subject: Subject): Outcome<NoInfer<MessageId>>;
}

/** Declares a check; an undeclared message id or fact is a compile error. */
export function defineCheck<const Need extends FactName, const MessageId extends string>(
  check: CheckDefinition<Need, MessageId>,
): CheckDefinition<Need, MessageId> {
  return check;
}
