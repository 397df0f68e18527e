import { fillWords, htmlWords } from '../../i18n/html-words.ts';
import type { Bilingual } from '../../model/report.ts';
import { both, capital, T, W } from './bilingual.tsx';
import { PlainBar } from './charts/bar.tsx';
import type { View } from './view.ts';

const rungs = ['none', 'published', 'working', 'equal', 'ipv6-only', 'complete'] as const;

/** How many agencies stand on each rung, the highest on top, those whose rung is not known last. */
export function Ladder({ report: { summary } }: View) {
  const most = Math.max(...Object.values(summary.byLevel), 1);
  return (
    <section class="card ladder" aria-labelledby="ladder">
      <h2 id="ladder">
        <W the="ladder" />
      </h2>
      <ol class="rungs">
        {rungs
          .map((rung, level) => ({ rung, level }))
          .reverse()
          .map(({ rung, level }) => (
            <Rung
              key={rung}
              name={fillWords('rung', { n: level })}
              meaning={both(({ ladder }) => ladder[rung])}
              agencies={summary.byLevel[String(level)] ?? 0}
              most={most}
              look={`rung-${level}`}
            />
          ))}
        <Rung
          name={htmlWords.rungUnknown}
          meaning={both(({ ladder }) => ladder.inconclusive)}
          agencies={summary.byLevel.unknown ?? 0}
          most={most}
          look="open"
        />
      </ol>
      <p class="note">
        <W the="ladderNote" />
      </p>
    </section>
  );
}

function Rung(rung: { name: Bilingual; meaning: Bilingual; agencies: number; most: number; look: string }) {
  return (
    <li>
      <span class="bar-name">
        <b>
          <T of={rung.name} />
        </b>{' '}
        <T of={capital(rung.meaning)} />
      </span>
      <PlainBar value={rung.agencies} most={rung.most} look={rung.look} />
      <span class="bar-count">{rung.agencies}</span>
    </li>
  );
}
