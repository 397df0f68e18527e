import { fillWords, htmlWords } from '../../../i18n/html-words.ts';
import type { Bilingual, BreakdownLine, Conformity, ReportAgency } from '../../../model/report.ts';
import type { Checks } from '../../check-titles.ts';
import { both, capital, causeOf, known, number, percent, T, W } from '../bilingual.tsx';
import { VerdictWord } from '../icon.tsx';

interface Card {
  agency: ReportAgency;
  checks: Checks;
}

/** Conformity: the verdict, who decided it, and every part of the score. */
export function ConformityCard({ agency: { conformity }, checks, title }: Card & { title: Bilingual }) {
  return (
    <section class="result">
      <h4>
        <T of={title} />
      </h4>
      <p class="verdict">
        <VerdictWord verdict={conformity.verdict} />
        <ScoreLine score={conformity.score} coverage={conformity.coverage} />
      </p>
      <ul class="decisions">
        {Object.entries(conformity.services).map(([role, service]) => (
          <Decision key={role} role={role} service={service} checks={checks} />
        ))}
      </ul>
      <Breakdown lines={conformity.breakdown} checks={checks} />
    </section>
  );
}

function ScoreLine({ score, coverage }: { score: number | null; coverage: number }) {
  return (
    <span class="score">
      <T of={score === null ? htmlWords.noScore : fillWords('scoreOf', { n: number(score) })} />
      {' · '}
      <T of={fillWords('measuredShare', { share: percent(coverage) })} />
    </span>
  );
}

function Decision({ role, service, checks }: { role: string; service: Conformity['services'][string]; checks: Checks }) {
  const open = [...new Map(service.undecided.map((one) => [`${one.check} ${one.cause}`, one])).values()];
  const list = (language: 'vi' | 'en'): string =>
    open.map(({ check, cause }) => `${checks.title(check)[language]} (${causeOf(cause)[language]})`).join(', ');
  const notes: Bilingual[] = [];
  if (service.check !== null) notes.push(fillWords('decidedBy', { check: checks.title(service.check) }));
  if (service.cause !== null) notes.push(causeOf(service.cause));
  if (open.length > 0) notes.push(fillWords('undecided', { checks: { vi: list('vi'), en: list('en') } }));
  return (
    <li>
      <b>
        <T of={capital(known(({ components }) => components, role))} />
      </b>
      {': '}
      <VerdictWord verdict={service.verdict} />
      {notes.map((note, at) => (
        <span key={at} class="decision-note">
          {'; '}
          <T of={note} />
        </span>
      ))}
    </li>
  );
}

/** Readiness: the rung as six steps, what it means, and every part of the score. */
export function ReadinessCard({ agency: { readiness }, checks }: Card) {
  const rung = readiness.level ?? readiness.atLeast;
  return (
    <section class="result">
      <h4>
        <W the="readinessTitle" />
      </h4>
      <p class="verdict">
        <span class={readiness.level === null ? 'pips open' : 'pips'} aria-hidden="true">
          {[0, 1, 2, 3, 4, 5].map((step) => (
            <i key={step} class={step <= rung ? 'on' : ''} />
          ))}
        </span>
        <b>
          <T of={capital(fillWords(readiness.level === null ? 'atLeast' : 'levelOf', { n: rung }))} />
        </b>
        <ScoreLine score={readiness.score} coverage={readiness.coverage} />
      </p>
      <ul class="decisions">
        <li>
          <T of={capital(both(({ ladder }) => ladder[readiness.verdict]))} />
        </li>
      </ul>
      <Breakdown lines={readiness.breakdown} checks={checks} />
    </section>
  );
}

function Breakdown({ lines, checks }: { lines: readonly BreakdownLine[]; checks: Checks }) {
  if (lines.length === 0) return null;
  return (
    <table class="cells breakdown">
      <caption>
        <W the="howScored" />
      </caption>
      <thead>
        <tr>
          <th scope="col">
            <W the="part" />
          </th>
          <th scope="col" class="n">
            <W the="score" />
          </th>
          <th scope="col" class="n">
            <W the="weight" />
          </th>
          <th scope="col" class="n">
            <W the="covered" />
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ component, weight, score, coverage, cap }, at) => (
          <tr key={at}>
            <th scope="row">
              <T of={partName(component, checks)} />
              {cap !== null && (
                <small>
                  <W the="limit" />
                  {': '}
                  <T of={known(({ caps }) => caps, cap)} />
                </small>
              )}
            </th>
            <td class="n">{score === null ? <W the="notDecided" /> : <T of={number(score)} />}</td>
            <td class="n">
              <T of={number(weight)} />
              {'\u00a0%'}
            </td>
            <td class="n">{percent(coverage).en}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Parts of conformity are areas, parts of readiness are checks. */
export function partName(component: string, checks: Checks): Bilingual {
  const word = known(({ components }) => components, component);
  return word.en === component && word.vi === component ? checks.title(component) : capital(word);
}
