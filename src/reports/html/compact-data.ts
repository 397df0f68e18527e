import { causeTexts } from '../../i18n/causes.ts';
import { conformityTitle } from '../../i18n/criteria-words.ts';
import { htmlWords } from '../../i18n/html-words.ts';
import { catalogueOf } from '../../i18n/language.ts';
import { stepWords } from '../../i18n/value-words.ts';
import type { Bilingual, BreakdownLine, Report, ReportAgency, ReportFinding } from '../../model/report.ts';
import type { Checks } from '../check-titles.ts';
import { worstFirst } from '../show-level.ts';
import { both, capital } from './bilingual.tsx';
import { evidenceOf, tagsOf } from './details/finding-card.tsx';
import { partName } from './details/result-cards.tsx';
import { vantageRows } from './details/vantage-table.tsx';
import { lookOf, verdictText } from './icon.tsx';

/** How much is left out so that a file with thousands of agencies can be mailed. Tried in this order. */
interface Tier {
  evidence: number;
  others: boolean;
}
const tiers: readonly Tier[] = [
  { evidence: 8, others: true },
  { evidence: 4, others: true },
  { evidence: 2, others: true },
  { evidence: 1, others: false },
  { evidence: 0, others: false },
];

/**
 * Details of all agencies as JSON for the script, at most `bytes` long where that is possible by shortening evidence. Strings are kept
 * once in a table and sentences as patterns with their names and numbers taken out, because agencies have most sentences in common.
 * `<` is escaped, so that no text ends the element it stands in (faults S2).
 */
export function compactData(report: Report, checks: Checks, bytes: number): string {
  for (const tier of tiers) {
    const json = encode(report, { checks, tier, mostBytes: tier === tiers.at(-1) ? Number.POSITIVE_INFINITY : bytes });
    if (json !== null) return json;
  }
  return '';
}

type Pair = readonly [string, string];
const pair = ({ vi, en }: Bilingual): Pair => [vi, en];

/** Strings by number. */
function createTable() {
  const numbers = new Map<string, number>();
  const list: string[] = [];
  let length = 0;
  return {
    list,
    /** Characters of all strings: no JSON of them is shorter. */
    length: () => length,
    number(text: string | null): number {
      if (text === null) return -1;
      const known = numbers.get(text);
      if (known !== undefined) return known;
      numbers.set(text, list.length);
      length += text.length;
      return list.push(text) - 1;
    },
  };
}

type Table = ReturnType<typeof createTable>;

interface Encoder {
  strings: Table;
  patterns: Table;
  checks: Checks;
  tier: Tier;
}

/**
 * The data as JSON; null as soon as it is sure to be longer than `mostBytes`. Agencies are written one by one: as arrays all of them would
 * fill the memory, and what cannot fit is known after a part of them.
 */
function encode(report: Report, { checks, tier, mostBytes }: { checks: Checks; tier: Tier; mostBytes: number }): string | null {
  const encoder: Encoder = { strings: createTable(), patterns: createTable(), checks, tier };
  const agencies: string[] = [];
  let length = 0;
  for (const agency of report.agencies) {
    const json = JSON.stringify(encodeAgency(agency, encoder));
    agencies.push(json);
    length += json.length + 1;
    if (length + encoder.strings.length() + encoder.patterns.length() > mostBytes) return null;
  }
  const head = JSON.stringify(encodeHead(report, encoder));
  const json = `${head.slice(0, -1)},"agencies":[${agencies.join(',')}]}`.replaceAll('<', '\\u003c');
  return new TextEncoder().encode(json).length > mostBytes ? null : json;
}

function encodeHead(report: Report, { strings, patterns, checks }: Encoder) {
  const used = [...new Set(report.agencies.flatMap(({ findings }) => findings.map(({ check }) => check)))];
  return {
    words: Object.fromEntries(
      Object.entries({ ...htmlWords, conformityTitle: conformityTitle(report.criteria) }).map(([key, word]) => [key, pair(word)]),
    ),
    kinds: kindsOf(),
    checks: used.map((id) => [strings.number(id), pair(checks.title(id)), checks.references(id).map(({ label, url }) => [label, url])]),
    strings: strings.list,
    patterns: patterns.list,
  };
}

/** Words for closed lists of values. */
function kindsOf() {
  const { words, report } = catalogueOf('vi');
  const english = catalogueOf('en');
  const all = (record: Record<string, string>, other: Record<string, string>) =>
    Object.fromEntries(Object.entries(record).map(([key, vi]) => [key, [vi, other[key] ?? vi]]));
  return {
    categories: all(words.categories, english.words.categories),
    roles: all(words.roles, english.words.roles),
    states: all(words.serviceStates, english.words.serviceStates),
    triples: all(words.tripleStates, english.words.tripleStates),
    ladder: all(words.ladder, english.words.ladder),
    caps: all(words.caps, english.words.caps),
    components: all(words.components, english.words.components),
    notObservable: all(words.notObservable, english.words.notObservable),
    steps: Object.fromEntries(Object.entries(stepWords).map(([key, word]) => [key, pair(word)])),
    causes: Object.fromEntries(Object.entries(causeTexts).map(([key, { vi, en }]) => [key, [vi, en]])),
    verdicts: Object.fromEntries(
      (['pass', 'fail', 'inconclusive', 'not-counted'] as const).map((key) => [key, [lookOf(key), ...pair(verdictText(key))]]),
    ),
    statuses: Object.fromEntries(
      (['pass', 'warn', 'fail', 'info', 'not-applicable', 'inconclusive', 'skipped'] as const).map((key) => [
        key,
        [lookOf(key), ...pair(capital(both(({ statuses }) => statuses[key])))],
      ]),
    ),
    mail: pair(capital(both(({ mail }) => mail))),
    ipv4Too: [report.ipv4Too, english.report.ipv4Too],
  };
}

function encodeAgency(agency: ReportAgency, encoder: Encoder) {
  const { strings, tier } = encoder;
  const n = strings.number;
  const { conformity, readiness } = agency;
  const findings = worstFirst(agency.findings);
  const shown = findings.filter(({ status }) => status === 'fail' || status === 'warn' || status === 'inconclusive');
  const evidence = createTable();
  const told = shown.map((finding) => encodeFinding(finding, { agency, encoder, evidence }));
  const byId = new Map(agency.observations.map((line) => [line.id, line]));
  return [
    [n(agency.name.vi), n(agency.name.en), n(agency.category), n(agency.domain), n(agency.input.file), agency.input.line],
    [n(conformity.verdict), conformity.score, conformity.coverage, encodeLines(conformity.breakdown, encoder)],
    Object.entries(conformity.services).map(([role, { verdict, check, cause, undecided }]) => [
      n(role),
      n(verdict),
      n(check),
      n(cause),
      undecided.map((open) => [n(open.check), n(open.cause)]),
    ]),
    [
      readiness.level,
      readiness.atLeast,
      n(readiness.verdict),
      readiness.score,
      readiness.coverage,
      encodeLines(readiness.breakdown, encoder),
    ],
    agency.services.map(({ role, host, state, triple }) => [n(role), n(host), n(state), n(triple.dns), n(triple.web), n(triple.mail)]),
    told,
    tier.others
      ? findings.filter((finding) => !shown.includes(finding)).map(({ status, check, host }) => [n(status), n(check), n(host)])
      : null,
    evidence.list.map((id) => {
      const line = byId.get(id);
      return line === undefined
        ? []
        : [n(line.target), n(line.address), n(line.outcome), n(line.step), Math.round(line.elapsedMs * 10) / 10];
    }),
    agency.notObservable.map(n),
    encodeVantages(agency, encoder),
  ];
}

/** Null where all agree, or there is one. */
function encodeVantages(agency: ReportAgency, { strings }: Encoder) {
  const { vantages, rows } = vantageRows(agency);
  if (rows.length === 0) return null;
  const n = strings.number;
  return [vantages.map(n), rows.map(({ check, host, statuses }) => [n(check), n(host), statuses.map(n)])];
}

function encodeLines(lines: readonly BreakdownLine[], { strings, checks }: Encoder) {
  return lines.map(({ component, weight, score, coverage, cap }) => {
    const name = partName(component, checks);
    return [strings.number(name.vi), strings.number(name.en), weight, score, coverage, strings.number(cap)];
  });
}

interface Place {
  agency: ReportAgency;
  encoder: Encoder;
  evidence: Table;
}

function encodeFinding(finding: ReportFinding, { agency, encoder, evidence }: Place) {
  const { strings, tier } = encoder;
  const { status, check, host, text, fix, observations } = finding;
  const slots = createTable();
  const sentence = (of: Bilingual): number[] => [pattern(of.vi, slots, encoder), pattern(of.en, slots, encoder)];
  const told = [sentence(text), tagsOf(finding).slice(1).map(sentence), fix.vi === '' && fix.en === '' ? null : sentence(fix)];
  const lines = evidenceOf(finding, agency.observations).slice(0, tier.evidence);
  return [
    strings.number(status),
    strings.number(check),
    strings.number(host),
    ...told,
    slots.list.map(strings.number),
    lines.map(({ id }) => evidence.number(id)),
    observations.length,
  ];
}

/** Marks a place in a pattern; the next character says which. It cannot be in a text: the door made control characters visible. */
const slotMark = '\u0001';
const firstSlot = 0x30;

/** The sentence with every name, address and number taken out, by number. Taking out too much or too little loses nothing. */
function pattern(text: string, slots: Table, { patterns }: Encoder): number {
  const taken = text.replace(/[0-9A-Za-z]+(?:[.:/_-]+[0-9A-Za-z]+)*/g, (token) => {
    if (token.length < 2 || !/[0-9.]/.test(token) || /^IPv[46]$/.test(token)) return token;
    return `${slotMark}${String.fromCharCode(firstSlot + slots.number(token))}`;
  });
  return patterns.number(taken);
}
