import type { ServiceRole, SubjectKind } from './finding.ts';

/** What a check is evaluated on. */
export interface Subject {
  kind: SubjectKind;
  /** Zone, host, mail domain, exchanger name; for a service its listed host. A-labels, lower case. */
  name: string;
  service: ServiceRole;
  /** Host subjects: part of the programme's verdict on its service (the listed host and where it leads), not only of the score. */
  deciding: boolean;
  /** Host subjects: the www/apex twin, where there is one. */
  sibling: string | null;
  /** Exchanger subjects: MX preference; else null. */
  preference: number | null;
}
