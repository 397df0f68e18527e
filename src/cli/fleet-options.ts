import { fleetWords } from '../i18n/fleet-words.ts';
import { CliError } from './cli-error.ts';
import { fleetActions } from './command-table.ts';
import type { EngineAccess } from './engine-access.ts';
import type { FleetOptions } from './fleet-command.ts';
import { operandChoice } from './operand-choice.ts';
import { badValue, duration, separated, shortName, wholeNumber } from './option-values.ts';
import type { GlobalOptions, PathOptions } from './options.ts';
import { flag, type Raw, text, texts } from './raw-options.ts';
import type { WorkerCommandOptions } from './worker-command.ts';

/** What an audit by the workers of several vantages is asked for. */
export interface FleetAudit extends EngineAccess {
  vantages: readonly string[];
  detach: boolean;
  /** Run that was submitted before; null: a new one. */
  attach: string | null;
  deadlineMs: number;
}

const weekMs = 7 * 24 * 3_600_000;

/** Null: this machine measures. Throws for what needs an engine and has none. */
export function fleetAudit(raw: Raw, vantages: readonly string[]): FleetAudit | null {
  const access = engineAccess(raw);
  const [detach, attach] = [flag(raw, 'detach'), text(raw, 'attach')];
  const deadlineMs = duration('deadline', text(raw, 'deadline') ?? '', weekMs);
  if (access.engine !== null) return { ...access, vantages, detach, attach, deadlineMs };
  if (vantages.length > 1) throw badValue('vantage', vantages.join(','), 'engine');
  if (detach) throw badValue('detach', 'true', 'engine');
  if (attach !== null) throw badValue('attach', attach, 'engine');
  return null;
}

/** No secrets in a URL: it stands in lists of processes. */
function engineAccess(raw: Raw): EngineAccess {
  const engine = text(raw, 'engine');
  if (engine !== null && !/^(nats|tls):\/\/[A-Za-z0-9.:[\]-]{1,300}$/.test(engine)) throw badValue('engine', engine, 'engine-url');
  return { engine, engineCredentials: text(raw, 'engine-credentials'), engineCa: text(raw, 'engine-ca') };
}

/** Names of places, each once. */
export const vantagesOf = (raw: Raw): string[] => [
  ...new Set(separated(texts(raw, 'vantage')).map((value) => shortName('vantage', value))),
];

/** Of `worker`: exactly one vantage. */
export function workerOptions({ contact, helo, addressPolicy, ...global }: GlobalOptions & PathOptions, raw: Raw): WorkerCommandOptions {
  const [vantage, ...others] = vantagesOf(raw);
  if (vantage === undefined) throw new CliError({ code: 'no-vantage', say: ({ language }) => fleetWords(language).needsVantage });
  if (others.length > 0) throw badValue('vantage', [vantage, ...others].join(','), 'name');
  const labRates = flag(raw, 'lab-rates');
  return {
    ...{ language: global.language, quiet: global.quiet, verbose: global.verbose, colour: global.colour },
    ...engineAccess(raw),
    ...{ contact, helo, addressPolicy, vantage, labRates },
    certificateFiles: texts(raw, 'ca'),
    optOut: text(raw, 'opt-out'),
    concurrency: wholeNumber('concurrency', text(raw, 'concurrency') ?? '', [1, 1_000]),
    keepBodies: flag(raw, 'keep-bodies'),
    // A mail server gets one connection at a time, which no two workers can share: in real networks one works, others stand by.
    of: wholeNumber('of', text(raw, 'of') ?? '', [1, labRates ? 64 : 1]),
    metrics: text(raw, 'metrics'),
  };
}

/** Of `fleet status` and `fleet drain`. */
export function fleetOptions(action: string, global: GlobalOptions, raw: Raw): FleetOptions {
  return {
    ...global,
    ...engineAccess(raw),
    action: operandChoice('fleet', action, fleetActions),
    vantages: vantagesOf(raw),
    format: text(raw, 'format-runs') ?? 'table',
  };
}
