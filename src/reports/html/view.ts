import type { Report } from '../../model/report.ts';
import type { Checks } from '../check-titles.ts';
import type { Problems } from './problems.ts';

/** What every part of the page is drawn from. */
export interface View {
  report: Report;
  lang: 'vi' | 'en';
  checks: Checks;
  problems: Problems;
  /** Details of every agency are in the page itself; otherwise the script draws them from data. */
  small: boolean;
}
