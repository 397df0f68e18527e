import { arc, pie } from 'd3-shape';
import type { Bilingual } from '../../../model/report.ts';
import { labelled } from '../bilingual.tsx';

export interface Parts {
  pass: number;
  fail: number;
  open: number;
}

const radius = 100;
const ring = arc<{ startAngle: number; endAngle: number; padAngle: number }>()
  .innerRadius(radius * 0.66)
  .outerRadius(radius)
  .cornerRadius(2)
  .digits(2);

/** Share of agencies as a ring; the number that it stands for is text in the page. Empty parts are left out. */
export function Donut({ parts, label, lang }: { parts: Parts; label: Bilingual; lang: 'vi' | 'en' }) {
  const kinds = (['pass', 'fail', 'open'] as const).filter((kind) => parts[kind] > 0);
  const slices = pie<(typeof kinds)[number]>()
    .value((kind) => parts[kind])
    .sort(null)
    .padAngle(kinds.length > 1 ? 0.02 : 0)(kinds);
  const all = parts.pass + parts.fail + parts.open;
  return (
    <svg class="donut" viewBox="-104 -104 208 208" role="img" aria-label={label[lang]} {...labelled(label, lang)}>
      {slices.map((slice) => (
        <path key={slice.data} class={`part ${slice.data}`} d={ring(slice) ?? ''} />
      ))}
      <text class="donut-text" y="14" text-anchor="middle">
        {all === 0 ? '–' : `${roundedPercent(parts.pass, all)} %`}
      </text>
    </svg>
  );
}

/** 100 only for all and 0 only for none: 200 of 201 are 99 %. */
function roundedPercent(some: number, all: number): number {
  if (some === 0 || some === all) return some === 0 ? 0 : 100;
  return Math.min(99, Math.max(1, Math.round((some / all) * 100)));
}
