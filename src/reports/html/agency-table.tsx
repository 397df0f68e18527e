import type { ComponentChildren } from 'preact';
import { type HtmlWord, htmlWords } from '../../i18n/html-words.ts';
import type { Bilingual, ReportAgency } from '../../model/report.ts';
import { both, capital, labelled, number, percent, T, W } from './bilingual.tsx';
import { lookOf, VerdictWord, verdictText } from './icon.tsx';
import { mainCause, type Problem } from './problems.ts';
import { firstRows, levelText } from './row-data.ts';
import type { View } from './view.ts';

const columns: readonly { word: HtmlWord; key: string; numeric: boolean }[] = [
  { word: 'agency', key: 'name', numeric: false },
  { word: 'conformity', key: 'verdict', numeric: false },
  { word: 'score', key: 'score', numeric: true },
  { word: 'readiness', key: 'level', numeric: true },
  { word: 'covered', key: 'covered', numeric: true },
  { word: 'mainCause', key: 'cause', numeric: false },
];

/** Every agency, one row; all of them are there without script. */
export function AgencyTable(view: View) {
  const { report, small } = view;
  const first = report.agencies.slice(0, firstRows);
  const rest = report.agencies.slice(firstRows);
  return (
    <section class="agencies" id="agencies" aria-labelledby="table-title">
      <h2 id="table-title" tabIndex={-1}>
        <W the="table" />
      </h2>
      <Filters {...view} />
      <div class="scroll">
        <table class="list">
          <Head />
          <Body agencies={first} from={0} view={view} />
          {small && rest.length > 0 && <Body agencies={rest} from={firstRows} view={view} />}
        </table>
      </div>
      {!small && <RestWithoutScript agencies={rest} view={view} />}
      <p class="none" hidden>
        <W the="none" />
      </p>
      <p class="js-only more-line">
        <button type="button" id="more" hidden>
          <W the="more" />
        </button>
      </p>
    </section>
  );
}

function Head() {
  return (
    <thead>
      <tr>
        {columns.map(({ word, key, numeric }) => (
          <th key={key} scope="col" class={`c-${key}`}>
            <button type="button" data-sort={key} data-numeric={numeric ? '' : undefined}>
              <W the={word} />
              <span class="arrow" aria-hidden="true" />
            </button>
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface Rows {
  agencies: readonly ReportAgency[];
  view: View;
}

function Body({ agencies, from, view }: Rows & { from: number }) {
  return (
    <tbody class={from === 0 ? '' : 'rest'}>
      {agencies.map((agency, at) => (
        <Row key={at} agency={agency} index={from + at} view={view} />
      ))}
    </tbody>
  );
}

/**
 * To a browser with script this is one piece of text, as thousands of elements would take seconds. Without script the language cannot be
 * switched, so one is enough.
 */
function RestWithoutScript({ agencies, view }: Rows) {
  return (
    <noscript>
      <div class="scroll">
        <table class="list">
          <Head />
          <tbody>
            {agencies.map((agency, at) => (
              <PlainRow key={at} agency={agency} view={view} />
            ))}
          </tbody>
        </table>
      </div>
    </noscript>
  );
}

function PlainRow({ agency, view: { lang, checks } }: { agency: ReportAgency; view: View }) {
  const { conformity, name, domain } = agency;
  return (
    <tr>
      <th scope="row">
        {name[lang]}
        <small>{domain}</small>
      </th>
      <td class={lookOf(conformity.verdict)}>{verdictText(conformity.verdict)[lang]}</td>
      <td class="n">{conformity.score === null ? '–' : number(conformity.score)[lang]}</td>
      <td class="n">{levelText(agency)}</td>
      <td class="n">{percent(conformity.coverage)[lang]}</td>
      <td class="cause">{mainCause(agency, checks)?.[lang] ?? '–'}</td>
    </tr>
  );
}

function Row({ agency, index, view }: { agency: ReportAgency; index: number; view: View }) {
  const { conformity, name, domain, category } = agency;
  const cause = mainCause(agency, view.checks);
  return (
    <tr data-k={category} data-v={conformity.verdict} data-p={view.problems.of(agency).join(' ')}>
      <th scope="row">
        <a href={`#a${index}`}>
          <T of={name} />
        </a>
        <small>{domain}</small>
      </th>
      <td>
        <VerdictWord verdict={conformity.verdict} />
      </td>
      <td class="n">{conformity.score === null ? '–' : <T of={number(conformity.score)} />}</td>
      <td class="n">{levelText(agency)}</td>
      <td class="n">{percent(conformity.coverage).en}</td>
      <td class="cause">{cause === null ? '–' : <T of={cause} />}</td>
    </tr>
  );
}

function Filters({ report, problems, lang }: View) {
  const categories = [...new Set(report.agencies.map(({ category }) => category))];
  const verdicts = (['pass', 'fail', 'inconclusive', 'not-counted'] as const).filter((verdict) =>
    report.agencies.some(({ conformity }) => conformity.verdict === verdict),
  );
  return (
    <form class="filters js-only" id="filters">
      <label class="search">
        <W the="search" />
        <input type="search" id="search" autocomplete="off" spellcheck={false} />
      </label>
      <Choice id="f-category" word="category" lang={lang}>
        {categories.map((category) => (
          <Option key={category} value={category} of={capital(both((words) => words.categories[category]))} lang={lang} />
        ))}
      </Choice>
      <Choice id="f-result" word="result" lang={lang}>
        {verdicts.map((verdict) => (
          <Option key={verdict} value={verdict} of={verdictText(verdict)} lang={lang} />
        ))}
      </Choice>
      <Choice id="f-cause" word="cause" lang={lang}>
        <ProblemGroup kind="fail" word="failedIn" list={problems.list} lang={lang} />
        <ProblemGroup kind="open" word="unmeasuredFor" list={problems.list} lang={lang} />
      </Choice>
      <div class="filter-foot">
        <p id="shown" role="status" data-sentence-vi={htmlWords.shown.vi} data-sentence-en={htmlWords.shown.en} />
        <button type="reset" id="clear" class="quiet">
          <W the="clear" />
        </button>
      </div>
    </form>
  );
}

function Choice({ id, word, lang, children }: { id: string; word: HtmlWord; lang: 'vi' | 'en'; children: ComponentChildren }) {
  return (
    <label>
      <W the={word} />
      <select id={id}>
        <Option value="" of={htmlWords.all} lang={lang} />
        {children}
      </select>
    </label>
  );
}

/** An option holds text alone, so the script swaps it. */
function Option({ value, of, lang }: { value: string; of: Bilingual; lang: 'vi' | 'en' }) {
  return (
    <option value={value} data-vi={of.vi} data-en={of.en}>
      {of[lang]}
    </option>
  );
}

function ProblemGroup({ kind, word, list, lang }: { kind: Problem['kind']; word: HtmlWord; list: readonly Problem[]; lang: 'vi' | 'en' }) {
  const own = list.map((problem, position) => ({ problem, position })).filter(({ problem }) => problem.kind === kind);
  if (own.length === 0) return null;
  return (
    <optgroup {...labelled(htmlWords[word], lang, 'label')}>
      {own.map(({ problem: { title, agencies }, position }) => (
        <Option
          key={position}
          value={String(position)}
          of={{ vi: `${title.vi} (${agencies})`, en: `${title.en} (${agencies})` }}
          lang={lang}
        />
      ))}
    </optgroup>
  );
}
