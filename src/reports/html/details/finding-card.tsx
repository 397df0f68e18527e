import { fillWords } from '../../../i18n/html-words.ts';
import { stepWords } from '../../../i18n/value-words.ts';
import type { Bilingual, ObservationLine, ReportAgency, ReportFinding } from '../../../model/report.ts';
import type { Checks } from '../../check-titles.ts';
import { both, causeOf, number, percent, plain, T, W } from '../bilingual.tsx';
import { lookOf, StatusWord } from '../icon.tsx';

/** Lines of evidence shown of one finding; the JSON report holds all. */
export const shownEvidence = 40;

interface Card {
  finding: ReportFinding;
  agency: ReportAgency;
  checks: Checks;
}

/** One finding: what was seen and where, why, what to do, and the evidence. */
export function FindingCard({ finding, agency, checks }: Card) {
  const { status, check, host, text, fix } = finding;
  const lines = evidenceOf(finding, agency.observations);
  return (
    <section class={`finding ${lookOf(status)}`}>
      <h5>
        <StatusWord status={status} />
        <span class="finding-title">
          <T of={checks.title(check)} />
        </span>
        <span class="name">{host}</span>
      </h5>
      <p class="text">
        <T of={text} />
      </p>
      <p class="tags">
        {tagsOf(finding).map((tag, at) => (
          <span key={at}>
            <T of={tag} />
          </span>
        ))}
      </p>
      {(fix.vi !== '' || fix.en !== '') && (
        <div class="fix">
          <p class="fix-title">
            <W the="fix" />
          </p>
          <p class="fix-text">
            <T of={fix} />
          </p>
          <button type="button" class="copy js-only">
            <W the="copy" />
          </button>
        </div>
      )}
      {lines.length > 0 && <Evidence lines={lines} total={finding.observations.length} />}
      <References list={checks.references(check)} />
    </section>
  );
}

/** Small facts under a finding: check, level, cause, confidence, and whether it is ignored. */
export function tagsOf({ check, level, cause, message, status, confidence, ignored }: ReportFinding): Bilingual[] {
  const tags = [plain(check), both(({ levels }) => levels[level])];
  // A finding that was not measured says its cause already.
  if (cause !== null && message !== 'not-measured') tags.push(causeOf(cause));
  if (status !== 'inconclusive' && confidence < 1) tags.push(fillWords('confidence', { share: percent(confidence) }));
  if (ignored !== null) tags.push(fillWords('ignoredFor', { until: ignored.until, reason: ignored.reason }));
  return tags;
}

export function evidenceOf({ observations }: ReportFinding, lines: readonly ObservationLine[]): ObservationLine[] {
  const wanted = new Set(observations);
  return lines.filter(({ id }) => wanted.has(id)).slice(0, shownEvidence);
}

function References({ list }: { list: readonly { label: string; url: string }[] }) {
  if (list.length === 0) return null;
  return (
    <p class="refs">
      <W the="references" />
      {': '}
      {list.map(({ label, url }, at) => (
        <span key={url}>
          {at > 0 && ', '}
          <a href={url} rel="noopener noreferrer">
            {label}
          </a>
        </span>
      ))}
    </p>
  );
}

function Evidence({ lines, total }: { lines: readonly ObservationLine[]; total: number }) {
  return (
    <details class="evidence">
      <summary>
        <T of={fillWords('evidence', { n: total })} />
      </summary>
      <table class="cells">
        <thead>
          <tr>
            {(['target', 'address', 'outcome', 'step', 'time'] as const).map((word) => (
              <th key={word} scope="col">
                <W the={word} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ target, address, outcome, step, elapsedMs }, at) => (
            <tr key={at}>
              <td class="name">{target}</td>
              <td class="name">{address}</td>
              <td>{outcome === 'ok' ? 'ok' : <T of={causeOf(outcome)} />}</td>
              <td>{step === null ? '–' : <T of={stepWords[step]} />}</td>
              <td class="n">
                <T of={number(elapsedMs)} /> ms
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length < total && (
        <p class="note">
          <W the="evidenceCut" />
        </p>
      )}
    </details>
  );
}
