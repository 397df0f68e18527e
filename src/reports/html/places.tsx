import type { Bilingual } from '../../model/report.ts';
import { T, W } from './bilingual.tsx';
import { type Placed, placeProvinces, TileMap } from './charts/tile-map.tsx';
import { Icon, lookOf, verdictText } from './icon.tsx';
import type { View } from './view.ts';

/** The tile map, its legend, and the strip of ministries. Nothing at all where the list holds none of them. */
export function Places({ report, lang }: View) {
  const placed = placeProvinces(report.agencies);
  const ministries = report.agencies
    .map((agency, index) => ({ agency, index }))
    .filter(({ agency }) => agency.category === 'ministry' || agency.category === 'ministerial-level');
  if (placed.size === 0 && ministries.length === 0) return null;
  return (
    <section class="card places" aria-labelledby="map">
      {placed.size > 0 && (
        <>
          <h2 id="map">
            <W the="map" />
          </h2>
          <TileMap placed={placed} lang={lang} />
          <Legend />
          <p class="note">
            <W the="mapNote" />
          </p>
        </>
      )}
      {ministries.length > 0 && <Ministries ministries={ministries} titled={placed.size === 0} />}
    </section>
  );
}

function Legend() {
  return (
    <ul class="legend">
      {(['pass', 'fail', 'inconclusive'] as const).map((verdict) => (
        <li key={verdict} class={`s ${lookOf(verdict)}`}>
          <span class={`swatch ${lookOf(verdict)}`}>
            <Icon look={lookOf(verdict)} />
          </span>
          <T of={verdictText(verdict)} />
        </li>
      ))}
    </ul>
  );
}

function Ministries({ ministries, titled }: { ministries: readonly Placed[]; titled: boolean }) {
  return (
    <>
      <h3 id={titled ? 'map' : undefined}>
        <W the="ministries" />
      </h3>
      <ul class="strip">
        {ministries.map(({ agency, index }) => (
          <li key={index}>
            <a class={`chip ${lookOf(agency.conformity.verdict)}`} href={`#a${index}`}>
              <Icon look={lookOf(agency.conformity.verdict)} />
              <T of={shortName(agency.name)} />
              <span class="unseen">
                {': '}
                <T of={verdictText(agency.conformity.verdict)} />
              </span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

/** In a strip of ministries the word ministry says nothing. */
function shortName({ vi, en }: Bilingual): Bilingual {
  return { vi: vi.replace(/^Bộ /, ''), en: en.replace(/^Ministry of /, '') };
}
