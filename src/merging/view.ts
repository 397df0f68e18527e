import type { ReportAgency } from '../model/report.ts';
import type { AssessedService } from '../model/service-state.ts';

/** One agency as one vantage saw it, judged by itself. */
export interface View {
  vantage: string;
  agency: ReportAgency;
  services: readonly AssessedService[];
}
