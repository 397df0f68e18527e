import { fillWords } from '../../../i18n/html-words.ts';
import { catalogueOf } from '../../../i18n/language.ts';
import type { Bilingual, ReportAgency, ReportFinding, ServiceReport } from '../../../model/report.ts';
import type { Checks } from '../../check-titles.ts';
import { worstFirst } from '../../show-level.ts';
import { both, capital, known, T, W } from '../bilingual.tsx';
import { StatusWord, VerdictWord } from '../icon.tsx';
import { FindingCard } from './finding-card.tsx';
import { ConformityCard, ReadinessCard } from './result-cards.tsx';
import { VantageTable } from './vantage-table.tsx';

const texts = { vi: catalogueOf('vi').report, en: catalogueOf('en').report };

interface Detail {
  agency: ReportAgency;
  index: number;
  checks: Checks;
  /** Heading of the first result, by the criteria of the report. */
  conformity: Bilingual;
}

/** One agency for the reader without script: closed, opened by its heading. `script/detail.ts` draws the same from data. */
export function AgencyDetail({ agency, index, checks, conformity }: Detail) {
  return (
    <details class="agency" id={`a${index}`}>
      <summary>
        <h3>
          <T of={agency.name} />
        </h3>
        <VerdictWord verdict={agency.conformity.verdict} />
      </summary>
      <AgencyBody agency={agency} checks={checks} conformity={conformity} />
    </details>
  );
}

function AgencyBody({ agency, checks, conformity }: Omit<Detail, 'index'>) {
  const findings = worstFirst(agency.findings);
  const toRepair = findings.filter(({ status }) => status === 'fail' || status === 'warn');
  const open = findings.filter(({ status }) => status === 'inconclusive');
  const others = findings.filter(({ status }) => status !== 'fail' && status !== 'warn' && status !== 'inconclusive');
  const cards = (list: readonly ReportFinding[]) =>
    list.map((finding, at) => <FindingCard key={at} finding={finding} agency={agency} checks={checks} />);
  return (
    <div class="body">
      <AgencyLine agency={agency} />
      <div class="results">
        <ConformityCard agency={agency} checks={checks} title={conformity} />
        <ReadinessCard agency={agency} checks={checks} />
      </div>
      <ServicesTable services={agency.services} />
      <VantageTable agency={agency} checks={checks} />
      <h4>{toRepair.length === 0 ? <W the="findingsNone" /> : <T of={fillWords('findings', { n: toRepair.length })} />}</h4>
      {cards(toRepair)}
      {open.length > 0 && (
        <h4>
          <T of={fillWords('unmeasured', { n: open.length })} />
        </h4>
      )}
      {cards(open)}
      {others.length > 0 && <Others findings={others} checks={checks} />}
      <Foot agency={agency} />
    </div>
  );
}

function AgencyLine({ agency: { category, domain, input } }: { agency: ReportAgency }) {
  return (
    <p class="line">
      <b>{domain}</b>
      {' · '}
      <T of={both((words) => words.categories[category])} />
      {' · '}
      <T of={fillWords('inputLine', { file: input.file, line: input.line })} />
    </p>
  );
}

function ServicesTable({ services }: { services: readonly ServiceReport[] }) {
  if (services.length === 0) return null;
  return (
    <>
      <h4>
        <W the="services" />
      </h4>
      <table class="cells services">
        <thead>
          <tr>
            <th scope="col">
              <W the="service" />
            </th>
            <th scope="col">
              <W the="host" />
            </th>
            <th scope="col">
              <W the="state" />
            </th>
            <th scope="col">DNS</th>
            <th scope="col">Web</th>
            <th scope="col">
              <T of={capital(both(({ mail }) => mail))} />
            </th>
          </tr>
        </thead>
        <tbody>
          {services.map(({ role, host, state, triple }, at) => (
            <tr key={at}>
              <th scope="row">
                <T of={capital(both(({ roles }) => roles[role]))} />
              </th>
              <td class="name">{host}</td>
              <td>
                <T of={both(({ serviceStates }) => serviceStates[state])} />
              </td>
              {([triple.dns, triple.web, triple.mail] as const).map((word, column) => (
                <td key={column} class={`t ${word}`}>
                  <T of={both(({ tripleStates }) => tripleStates[word])} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Others({ findings, checks }: { findings: readonly ReportFinding[]; checks: Checks }) {
  return (
    <details class="others">
      <summary>
        <T of={fillWords('others', { n: findings.length })} />
      </summary>
      <ul>
        {findings.map(({ status, check, host, text }, at) => (
          <li key={at}>
            <StatusWord status={status} />
            <span>
              <b>
                <T of={checks.title(check)} />
              </b>{' '}
              <span class="name">{host}</span>
              <br />
              <T of={text} />
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Foot({ agency: { notObservable } }: { agency: ReportAgency }) {
  const things = (language: 'vi' | 'en'): string =>
    notObservable.map((thing) => known((words) => words.notObservable, thing)[language]).join(', ');
  return (
    <p class="note">
      {notObservable.length > 0 && <T of={fillWords('notObservable', { things: { vi: things('vi'), en: things('en') } })} />}{' '}
      <T of={{ vi: texts.vi.ipv4Too, en: texts.en.ipv4Too }} />
    </p>
  );
}
