import { fillWords } from '../../i18n/html-words.ts';
import { sharedLevers } from '../summary-lines.ts';
import { messageText } from '../worst-cause.ts';
import { T, W } from './bilingual.tsx';
import { PlainBar } from './charts/bar.tsx';
import type { View } from './view.ts';

/** The most frequent reasons to fail, each a filter of the table. */
export function TopCauses({ report: { summary }, checks, problems }: View) {
  const most = Math.max(...summary.topCauses.map(({ agencies }) => agencies), 1);
  return (
    <section class="card" aria-labelledby="causes">
      <h2 id="causes">
        <W the="causes" />
      </h2>
      {summary.topCauses.length === 0 && (
        <p class="note">
          <W the="causesNone" />
        </p>
      )}
      <ol class="causes">
        {summary.topCauses.map((cause, at) => (
          <li key={at}>
            <a href="#agencies" data-problem={problems.position('fail', cause.check)}>
              <T of={checks.title(cause.check)} />
            </a>
            <span class="detail">
              <T of={messageText(cause, checks)} />
            </span>
            <PlainBar value={cause.agencies} most={most} look="plain" />
            <span class="bar-count">
              <T of={fillWords('agenciesCount', { n: cause.agencies })} />
            </span>
          </li>
        ))}
      </ol>
      {summary.topCauses.length > 0 && (
        <p class="note">
          <W the="causesNote" />
        </p>
      )}
    </section>
  );
}

/** Providers whose repair would help many agencies; may be empty. */
export function Leverage({ report: { summary } }: View) {
  const levers = sharedLevers(summary);
  const most = Math.max(...levers.map(({ agencies }) => agencies), 1);
  return (
    <section class="card" aria-labelledby="leverage">
      <h2 id="leverage">
        <W the="leverage" />
      </h2>
      {levers.length === 0 && (
        <p class="note">
          <W the="leverageNone" />
        </p>
      )}
      <ol class="causes">
        {levers.map(({ kind, name, agencies }, at) => (
          <li key={at}>
            <b class="name">{name}</b>
            <span class="detail">
              <W the={`lever-${kind}`} />
            </span>
            <PlainBar value={agencies} most={most} look="rung-5" />
            <span class="bar-count">
              <T of={fillWords('agenciesCount', { n: agencies })} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
