import { scaleBand } from 'd3-scale';
import { htmlWords } from '../../../i18n/html-words.ts';
import type { ReportAgency } from '../../../model/report.ts';
import { labelled } from '../bilingual.tsx';
import { lookOf, Shape, verdictText } from '../icon.tsx';
import { mapColumns, mapRows, type Province, provinces } from './provinces.ts';

const tile = { width: 108, height: 76 };
const x = scaleBand(range(mapColumns), [0, mapColumns * tile.width]).paddingInner(0.07);
const y = scaleBand(range(mapRows), [0, mapRows * tile.height]).paddingInner(0.09);

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** An agency and its place in the report. */
export interface Placed {
  agency: ReportAgency;
  index: number;
}

/** The provinces of a report by the tile that is theirs: by the id of the shipped list, else by the domain that follows the naming rule. */
export function placeProvinces(agencies: readonly ReportAgency[]): Map<string, Placed> {
  const placed = new Map<string, Placed>();
  const ids = new Map<string, string>(provinces.flatMap(({ id }) => [[`p-${id}`, id] as const, [`${id}.gov.vn`, id] as const]));
  for (const [index, agency] of agencies.entries()) {
    const id = ids.get(agency.id) ?? ids.get(agency.domain);
    if (id !== undefined && !placed.has(id)) placed.set(id, { agency, index });
  }
  return placed;
}

export function TileMap({ placed, lang }: { placed: ReadonlyMap<string, Placed>; lang: 'vi' | 'en' }) {
  return (
    <svg class="map" viewBox={`-3 -3 ${mapColumns * tile.width} ${mapRows * tile.height}`}>
      <title data-vi={htmlWords.map.vi} data-en={htmlWords.map.en}>
        {htmlWords.map[lang]}
      </title>
      {provinces.map((province) => {
        const own = placed.get(province.id);
        return own === undefined ? null : <Tile key={province.id} province={province} own={own} lang={lang} />;
      })}
    </svg>
  );
}

function Tile({ province, own: { agency, index }, lang }: { province: Province; own: Placed; lang: 'vi' | 'en' }) {
  const { verdict } = agency.conformity;
  const look = lookOf(verdict);
  const word = verdictText(verdict);
  const label = { vi: `${agency.name.vi}: ${word.vi}`, en: `${agency.name.en}: ${word.en}` };
  const [width, height] = [x.bandwidth(), y.bandwidth()];
  return (
    <g transform={`translate(${round(x(province.column))} ${round(y(province.row))})`}>
      <a class={`tile ${look}`} href={`#a${index}`} {...labelled(label, lang)}>
        <rect width={round(width)} height={round(height)} rx="7" />
        {(['vi', 'en'] as const).map((language) => (
          <text key={language} lang={language}>
            {province.name[language].map((line, at, lines) => (
              <tspan key={line} x="9" y={lines.length === 1 ? 43 : 30 + at * 24}>
                {line}
              </tspan>
            ))}
          </text>
        ))}
        <g transform={`translate(${round(width - 24)} 6) scale(1.12)`}>
          <Shape look={look} />
        </g>
      </a>
    </g>
  );
}

function round(value: number | undefined): number {
  return Math.round((value ?? 0) * 100) / 100;
}
