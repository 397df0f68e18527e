import { scaleLinear } from 'd3-scale';
import type { Parts } from './donut.tsx';

const width = 400;
const height = 14;
const kinds = ['pass', 'fail', 'open'] as const;

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** Parts side by side over the whole width. The numbers stand beside it as text, so it is decoration to a reader. */
export function StackedBar({ parts }: { parts: Parts }) {
  const total = parts.pass + parts.fail + parts.open;
  const x = scaleLinear([0, Math.max(1, total)], [0, width]);
  const starts = { pass: 0, fail: parts.pass, open: parts.pass + parts.fail };
  return (
    <svg class="bar" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width={width} height={height} />
      {kinds.map((kind) => (
        <rect key={kind} class={`part ${kind}`} x={rounded(x(starts[kind]))} width={rounded(x(parts[kind]))} height={height} />
      ))}
    </svg>
  );
}

/** One length out of the longest. */
export function PlainBar({ value, most, look }: { value: number; most: number; look: string }) {
  const x = scaleLinear([0, Math.max(1, most)], [0, width]);
  return (
    <svg class="bar" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width={width} height={height} />
      <rect class={`part ${look}`} width={rounded(x(value))} height={height} />
    </svg>
  );
}
