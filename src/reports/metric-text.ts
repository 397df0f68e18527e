import { visible } from './escape.ts';

export type Labels = Record<string, string>;
export interface Sample {
  labels: Labels;
  value: number;
}

/** A gauge with its HELP and TYPE lines in the Prometheus text format 0.0.4; '' when it has no sample. No time stamps: the textfile collector refuses them. */
export function gauge(name: string, help: string, samples: readonly Sample[]): string {
  if (samples.length === 0) return '';
  const lines = samples.map(({ labels, value }) => `${name}${labelText(labels)} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join('')}`;
}

function labelText(labels: Labels): string {
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
}

/** Line feeds became visible before, so that only the backslash and the quote are left to escape. */
function escapeLabel(value: string): string {
  return visible(value).replace(/[\\"]/g, (character) => `\\${character}`);
}
