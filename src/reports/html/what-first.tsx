import { fillWords } from '../../i18n/html-words.ts';
import { sharedLevers } from '../summary-lines.ts';
import { messageText, worstCause } from '../worst-cause.ts';
import { T, W } from './bilingual.tsx';
import type { View } from './view.ts';

const shown = 3;

interface Obstacle {
  check: string;
  message: string;
  agencies: number;
}

/** What keeps most agencies from conforming, and the one place whose repair helps most; nothing where all conform. */
export function WhatFirst({ report, checks, problems }: View) {
  const obstacles = obstaclesOf(report.agencies);
  if (obstacles.length === 0) return null;
  const [lever] = sharedLevers(report.summary);
  return (
    <section class="card first" aria-labelledby="first">
      <h2 id="first">
        <W the="first" />
      </h2>
      <ol class="causes">
        {obstacles.slice(0, shown).map((obstacle, at) => (
          <li key={at}>
            <a href="#agencies" data-problem={problems.position('fail', obstacle.check)}>
              <T of={checks.title(obstacle.check)} />
            </a>
            <span class="detail">
              <T of={messageText({ ...obstacle, cause: null }, checks)} />
            </span>
            <span class="bar-count">
              <T of={fillWords('agenciesCount', { n: obstacle.agencies })} />
            </span>
          </li>
        ))}
      </ol>
      {lever !== undefined && (
        <p class="note">
          <T of={fillWords('firstLever', { name: lever.name, n: lever.agencies })} />
        </p>
      )}
    </section>
  );
}

/** The worst fault of every agency that does not conform, the most frequent first. */
function obstaclesOf(agencies: View['report']['agencies']): Obstacle[] {
  const found = new Map<string, Obstacle>();
  for (const agency of agencies) {
    const worst = agency.conformity.verdict === 'fail' ? worstCause(agency) : null;
    if (worst === null || worst.check === '') continue;
    const key = `${worst.check} ${worst.message}`;
    const known = found.get(key) ?? { check: worst.check, message: worst.message, agencies: 0 };
    found.set(key, { ...known, agencies: known.agencies + 1 });
  }
  return [...found.values()].sort((a, b) => b.agencies - a.agencies || (a.check < b.check ? -1 : 1));
}
