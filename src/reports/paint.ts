import { Chalk, type ChalkInstance } from 'chalk';
import type { Words } from '../i18n/catalogue.ts';
import type { Status } from '../model/finding.ts';
import type { Verdict } from '../model/report.ts';
import { oneDecimal, wholePercent } from './shown-number.ts';

/** Words with their colours, and numbers as the language writes them. */
export interface Paint {
  bold: ChalkInstance;
  dim: ChalkInstance;
  red: ChalkInstance;
  verdict(verdict: Verdict): string;
  status(status: Status): string;
  /** One decimal at most. */
  number(value: number): string;
  /** Of a share 0-1; cut, not rounded up, so that 100 % means all. */
  percent(share: number): string;
}

/** The level is decided by the caller: chalk itself ignores NO_COLOR and takes an empty FORCE_COLOR for a yes. */
export function createPaint(words: Words, colourLevel: 0 | 1): Paint {
  const chalk = new Chalk({ level: colourLevel });
  const verdictColours: Record<Verdict, ChalkInstance> = {
    pass: chalk.green,
    fail: chalk.red,
    inconclusive: chalk.yellow,
    'not-counted': chalk.dim,
  };
  const statusColours: Record<Status, ChalkInstance> = {
    pass: chalk.green,
    warn: chalk.yellow,
    fail: chalk.red,
    info: chalk.cyan,
    'not-applicable': chalk.dim,
    inconclusive: chalk.magenta,
    skipped: chalk.dim,
  };
  const number = (value: number): string => oneDecimal(value).replace('.', words.decimalPoint);
  return {
    bold: chalk.bold,
    dim: chalk.dim,
    red: chalk.red,
    verdict: (verdict) => verdictColours[verdict].bold(words.verdicts[verdict]),
    status: (status) => statusColours[status](words.statuses[status]),
    number,
    percent: (share) => `${wholePercent(share)} %`,
  };
}
