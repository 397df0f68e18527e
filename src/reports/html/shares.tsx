import { sharesNote } from '../../i18n/criteria-words.ts';
import { fillWords } from '../../i18n/html-words.ts';
import type { Bilingual, Denominator } from '../../model/report.ts';
import { capital, known, T, W } from './bilingual.tsx';
import { StackedBar } from './charts/bar.tsx';
import { Donut, type Parts } from './charts/donut.tsx';
import { Icon, type Look, verdictText } from './icon.tsx';
import type { View } from './view.ts';

const groups = ['present51', 'programme85', 'other'] as const;

/** How many agencies conform of how many: the programme counts agencies, so every share names what it is of. */
export function Shares({ report: { summary, criteria }, lang }: View) {
  const shown = groups.filter((group) => summary.denominators[group].agencies > 0);
  return (
    <section class="card shares" aria-labelledby="shares">
      <h2 id="shares">
        <W the="shares" />
      </h2>
      {shown.map((group, at) => (
        <Share
          key={group}
          first={at === 0}
          total={summary.denominators[group]}
          name={capital(known(({ counted }) => counted, group))}
          lang={lang}
        />
      ))}
      <h3>
        <W the="byCategory" />
      </h3>
      <ul class="bars">
        {Object.entries(summary.byCategory).map(([category, total]) => (
          <li key={category}>
            <span class="bar-name">
              <T of={capital(known(({ categories }) => categories, category))} />
            </span>
            <StackedBar parts={partsOf(total)} />
            <span class="bar-count">
              <T of={fillWords('ofCount', { n: total.conforming, of: total.agencies })} />
            </span>
          </li>
        ))}
      </ul>
      <p class="note">
        <T of={sharesNote(criteria)} />
      </p>
    </section>
  );
}

function partsOf({ conforming, notConforming, inconclusive }: Denominator): Parts {
  return { pass: conforming, fail: notConforming, open: inconclusive };
}

function Share({ total, name, first, lang }: { total: Denominator; name: Bilingual; first: boolean; lang: 'vi' | 'en' }) {
  const sentence = fillWords('shareOf', { n: total.conforming, of: total.agencies });
  return (
    <div class={first ? 'share lead' : 'share'}>
      <Donut parts={partsOf(total)} label={sentence} lang={lang} />
      <div>
        <p class="share-number">
          <strong>{total.conforming}</strong>
          <span> / {total.agencies}</span>
        </p>
        <p class="share-sentence">
          <T of={sentence} />
          <span class="share-name">
            <T of={name} />
          </span>
        </p>
        <ul class="counts">
          <Count look="pass" word={verdictText('pass')} value={total.conforming} />
          <Count look="fail" word={verdictText('fail')} value={total.notConforming} />
          <Count look="open" word={verdictText('inconclusive')} value={total.inconclusive} />
        </ul>
      </div>
    </div>
  );
}

function Count({ look, word, value }: { look: Look; word: Bilingual; value: number }) {
  return (
    <li class={`s ${look}`}>
      <Icon look={look} />
      <b>{value}</b>{' '}
      <span>
        <T of={word} />
      </span>
    </li>
  );
}
