import type { Status } from '../../../model/finding.ts';
import type { ReportAgency } from '../../../model/report.ts';
import type { Checks } from '../../check-titles.ts';
import { worstFirst } from '../../show-level.ts';
import { T, W } from '../bilingual.tsx';
import { StatusWord } from '../icon.tsx';

/** More than anybody reads; the JSON report holds all. */
const shownRows = 40;

/** A check that vantages saw differently: one status for each of `vantages`, null where it judged nothing. */
export interface VantageRow {
  check: string;
  host: string;
  statuses: (Status | null)[];
}

const isJudged = (status: Status): boolean => status === 'pass' || status === 'warn' || status === 'fail';

/** What the vantages judged differently of an agency, worst first; no rows where there is one vantage, or all agree that could judge. */
export function vantageRows({ findings }: ReportAgency): { vantages: string[]; rows: VantageRow[] } {
  const vantages = [...new Set(findings.flatMap(({ seenFrom }) => seenFrom.map(({ vantage }) => vantage)))];
  const rows = worstFirst(findings)
    .filter(({ seenFrom }) => new Set(seenFrom.map(({ status }) => status).filter(isJudged)).size > 1)
    .slice(0, shownRows)
    .map(({ check, host, seenFrom }) => ({
      check,
      host,
      statuses: vantages.map((name) => seenFrom.find(({ vantage }) => vantage === name)?.status ?? null),
    }));
  return { vantages, rows };
}

/** A column a vantage, where they differ. */
export function VantageTable({ agency, checks }: { agency: ReportAgency; checks: Checks }) {
  const { vantages, rows } = vantageRows(agency);
  if (rows.length === 0) return null;
  return (
    <>
      <h4>
        <W the="byVantage" />
      </h4>
      <table class="cells vantages">
        <thead>
          <tr>
            <th scope="col">
              <W the="what" />
            </th>
            {vantages.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ check, host, statuses }, at) => (
            <tr key={at}>
              <th scope="row">
                <T of={checks.title(check)} /> <span class="name">{host}</span>
              </th>
              {statuses.map((status, column) => (
                <td key={column}>{status === null ? '–' : <StatusWord status={status} />}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
