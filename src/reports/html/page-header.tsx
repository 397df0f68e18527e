import { criteriaName, ownScores } from '../../i18n/criteria-words.ts';
import { fillWords, htmlWords } from '../../i18n/html-words.ts';
import { catalogueOf } from '../../i18n/language.ts';
import { mergingWords, setAsideWords } from '../../i18n/vantage-words.ts';
import type { Bilingual, Report, VantageReport } from '../../model/report.ts';
import { both, labelled, moment, number, percent, plain, T, W } from './bilingual.tsx';
import { Icon } from './icon.tsx';
import type { View } from './view.ts';

const texts = { vi: catalogueOf('vi').report, en: catalogueOf('en').report };
const listsShown = 3;

/** How many, when, whose the scores are (programme.md §7), and what our own side could not do. */
export function PageHeader({ report, lang }: View) {
  return (
    <header class="top">
      <div class="bar-top">
        <p class="brand">ipv6gov</p>
        <fieldset class="languages js-only">
          <legend class="unseen">
            <W the="language" />
          </legend>
          {(['vi', 'en'] as const).map((language) => (
            <button key={language} type="button" lang={language} data-language={language} aria-pressed={language === lang}>
              {language === 'vi' ? 'Tiếng Việt' : 'English'}
            </button>
          ))}
        </fieldset>
      </div>
      <h1>
        <W the="title" />
      </h1>
      <p class="own-scores">
        <T of={fillWords('subtitle', { n: report.agencies.length, when: moment(report.run.startedAt) })} />{' '}
        <T of={ownScores(report.criteria)} />
      </p>
      <Warnings report={report} />
    </header>
  );
}

/** What was measured, from where, when, and how much of it could be: what the figures rest on, after the figures. */
export function Facts({ report }: View) {
  const { run } = report;
  return (
    <dl class="facts">
      <Fact title={htmlWords.measured} lines={measuredLines(report)} />
      <Fact title={htmlWords.from} lines={report.vantages.length === 0 ? [htmlWords.fromNowhere] : report.vantages.flatMap(vantageLines)} />
      <Fact title={htmlWords.when} lines={[moment(run.startedAt), fillWords('whenUntil', { end: moment(run.finishedAt) })]} />
      <Fact title={htmlWords.coverage} lines={coverageLines(report)} />
    </dl>
  );
}

function Fact({ title, lines }: { title: Bilingual; lines: readonly Bilingual[] }) {
  return (
    <div>
      <dt>
        <T of={title} />
      </dt>
      {lines.map((line, at) => (
        <dd key={at} class={at === 0 ? 'lead' : ''}>
          <T of={line} />
        </dd>
      ))}
    </div>
  );
}

function measuredLines({ agencies, criteria }: Report): Bilingual[] {
  const files = [...new Set(agencies.map(({ input }) => input.file))];
  const list = files.length > listsShown ? `${files.slice(0, listsShown).join(', ')} …` : files.join(', ');
  const hosts = agencies.reduce((sum, { services }) => sum + services.length, 0);
  return [
    fillWords('measuredAgencies', { n: agencies.length, hosts }),
    ...(list === '' ? [] : [fillWords('measuredList', { list })]),
    fillWords('criteria', { criteria: criteriaName(criteria) }),
  ];
}

function vantageLines(vantage: VantageReport): Bilingual[] {
  const proof = (kind: 'dns' | 'web' | 'smtp'): Bilingual => both(({ proofs }) => proofs[vantage[kind]['6']]);
  return [
    plain(vantage.name),
    fillWords('fromIpv6', { state: both(({ vantageIpv6 }) => vantageIpv6[vantage.ipv6]) }),
    fillWords('fromProofs', { dns: proof('dns'), web: proof('web'), smtp: proof('smtp') }),
    ...(vantage.setAside === undefined ? [] : [setAsideWords[vantage.setAside]]),
  ];
}

function coverageLines({ agencies }: Report): Bilingual[] {
  const scored = agencies.filter(({ conformity }) => conformity.score !== null).length;
  const mean = agencies.reduce((sum, { conformity }) => sum + conformity.coverage, 0) / Math.max(1, agencies.length);
  return [fillWords('coverageScored', { n: scored, of: agencies.length }), fillWords('coverageMean', { share: percent(mean) })];
}

/** What our own side could not do comes before anything that speaks of others. */
function Warnings({ report: { run, vantages } }: { report: Report }) {
  const said: Bilingual[] = [];
  const say = (pick: (own: typeof texts.vi) => string): number => said.push({ vi: pick(texts.vi), en: pick(texts.en) });
  if (!run.complete) say(({ incomplete }) => incomplete);
  for (const { name, ipv6, dnsPath, clockOffsetMs, setAside } of vantages) {
    if (setAside !== undefined)
      said.push({ vi: mergingWords('vi').setAside(name, setAside), en: mergingWords('en').setAside(name, setAside) });
    else if (ipv6 !== 'ok') say(({ ownTrouble }) => ownTrouble[ipv6 === 'absent' ? 'no-ipv6' : 'ipv6-unproven']);
    if (dnsPath === 'intercepted') say(({ ownTrouble }) => ownTrouble['dns-intercepted']);
    if (clockOffsetMs !== null && Math.abs(clockOffsetMs) > clockToleranceMs) {
      const seconds = number(clockOffsetMs / 1000);
      said.push({ vi: texts.vi.clock(seconds.vi), en: texts.en.clock(seconds.en) });
    }
  }
  return (
    <>
      {said.map((line, at) => (
        <p key={at} class="warning">
          <Icon look="warn" />
          <span>
            <T of={line} />
          </span>
        </p>
      ))}
    </>
  );
}

/** A clock that differs by less is not worth a word. */
const clockToleranceMs = 5_000;

export function SkipLink({ lang }: { lang: 'vi' | 'en' }) {
  return (
    <a class="skip" href="#agencies" {...labelled(htmlWords.skip, lang)}>
      <W the="skip" />
    </a>
  );
}
