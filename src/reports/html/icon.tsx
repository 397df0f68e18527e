import type { Status } from '../../model/finding.ts';
import type { Verdict } from '../../model/report.ts';
import { both, capital, T } from './bilingual.tsx';

export type Look = 'pass' | 'fail' | 'warn' | 'info' | 'open' | 'off';

const looks: Record<Status | 'not-counted', Look> = {
  pass: 'pass',
  fail: 'fail',
  warn: 'warn',
  info: 'info',
  inconclusive: 'open',
  'not-applicable': 'off',
  skipped: 'off',
  'not-counted': 'off',
};

export const lookOf = (status: Status | Verdict): Look => looks[status];

/** Outlines differ, not only the colour: disc, square, triangle, dashed ring. On a 16 × 16 grid. */
const shapes: Record<Look, { outline: string; mark: string }> = {
  pass: { outline: 'M8 1a7 7 0 1 0 0 14a7 7 0 1 0 0-14z', mark: 'M4.6 8.3l2.4 2.4 4.5-5' },
  fail: { outline: 'M1.5 1.5h13v13h-13z', mark: 'M5 5l6 6M11 5l-6 6' },
  warn: { outline: 'M8 1.2L15.4 14.6H.6z', mark: 'M8 6v4M8 12.1v.4' },
  info: { outline: 'M8 1a7 7 0 1 0 0 14a7 7 0 1 0 0-14z', mark: 'M8 7.2v4.3M8 4.4v.5' },
  open: {
    outline: 'M8 1.2a6.8 6.8 0 1 0 0 13.6a6.8 6.8 0 1 0 0-13.6z',
    mark: 'M6 6.2c0-2.8 4.2-2.6 4.2 0 0 1.6-2.1 1.7-2.1 3.2M8.1 11.6v.4',
  },
  off: { outline: 'M8 1.2a6.8 6.8 0 1 0 0 13.6a6.8 6.8 0 1 0 0-13.6z', mark: 'M5 8h6' },
};

export function Shape({ look }: { look: Look }) {
  const { outline, mark } = shapes[look];
  return (
    <g class={`i ${look}`}>
      <path class="o" d={outline} />
      <path class="m" d={mark} />
    </g>
  );
}

/** Every icon once; the others refer to it, so that 5,000 rows stay small. */
export function IconSheet() {
  return (
    <svg class="sheet" width="0" height="0" aria-hidden="true">
      {(Object.keys(shapes) as Look[]).map((look) => (
        <symbol key={look} id={`i-${look}`} viewBox="0 0 16 16">
          <Shape look={look} />
        </symbol>
      ))}
      <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="hatch-ground" width="6" height="6" />
        <rect class="hatch-line" width="2.4" height="6" />
      </pattern>
    </svg>
  );
}

export function Icon({ look }: { look: Look }) {
  return (
    <svg class="icon" aria-hidden="true">
      <use href={`#i-${look}`} />
    </svg>
  );
}

/** Icon, word and colour. */
export function StatusWord({ status }: { status: Status }) {
  return (
    <b class={`s ${looks[status]}`}>
      <Icon look={looks[status]} />
      <T of={capital(both((words) => words.statuses[status]))} />
    </b>
  );
}

export function VerdictWord({ verdict }: { verdict: Verdict }) {
  return (
    <b class={`s ${looks[verdict]}`}>
      <Icon look={looks[verdict]} />
      <T of={verdictText(verdict)} />
    </b>
  );
}

/** The catalogue shouts verdicts for terminals; a page does not need to. */
export function verdictText(verdict: Verdict) {
  return capital(both((words) => words.verdicts[verdict].toLocaleLowerCase('vi')));
}
