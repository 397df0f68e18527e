export interface MetricSample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** Reads the Prometheus text format 0.0.4 as promtool does: HELP and TYPE once and before the samples of a metric, samples of one metric together, no sample twice. */
export function readMetrics(text: string): MetricSample[] {
  if (text !== '' && !text.endsWith('\n')) throw new Error('no line feed at the end');
  const samples: MetricSample[] = [];
  const seen = new Set<string>();
  const described = new Map<string, { help: boolean; type: boolean }>();
  let current = '';
  for (const line of text.split('\n').slice(0, -1)) {
    const comment = /^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$/.exec(line);
    if (comment !== null) {
      const [, kind, metric = '', rest] = comment;
      const known = described.get(metric) ?? { help: false, type: false };
      if (metric !== current && described.has(metric)) throw new Error(`${metric} is not together`);
      if (kind === 'HELP' ? known.help : known.type || rest !== 'gauge') throw new Error(`${kind} of ${metric}`);
      described.set(metric, kind === 'HELP' ? { ...known, help: true } : { ...known, type: true });
      current = metric;
      continue;
    }
    const sample = readSample(line);
    const state = described.get(sample.name);
    if (sample.name !== current || state === undefined || !state.help || !state.type) throw new Error(`no HELP and TYPE before: ${line}`);
    const key = JSON.stringify([sample.name, Object.entries(sample.labels).sort()]);
    if (seen.has(key)) throw new Error(`twice: ${line}`);
    seen.add(key);
    samples.push(sample);
  }
  return samples;
}

function readSample(line: string): MetricSample {
  const name = /^[a-zA-Z_:][a-zA-Z0-9_:]*/.exec(line)?.[0];
  if (name === undefined) throw new Error(`no metric name: ${line}`);
  const labels: Record<string, string> = {};
  let at = name.length;
  if (line[at] === '{') {
    at += 1;
    const label = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\[\\"n])*)"([,}])/y;
    for (let end = ','; end === ','; ) {
      label.lastIndex = at;
      const found = label.exec(line);
      if (found === null) throw new Error(`bad label: ${line}`);
      const [whole, key = '', value = '', close = ''] = found;
      if (Object.hasOwn(labels, key)) throw new Error(`label twice: ${line}`);
      labels[key] = value.replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
      at += whole.length;
      end = close;
    }
  }
  const number = /^ (-?[0-9]+(?:\.[0-9]+)?(?:e-?[0-9]+)?)$/.exec(line.slice(at))?.[1];
  if (number === undefined) throw new Error(`bad value: ${line}`);
  return { name, labels, value: Number(number) };
}
