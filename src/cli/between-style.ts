import type { Language } from '../i18n/catalogue.ts';
import type { Io } from './io.ts';

/** What the commands about several runs know; part of the options of every command. */
export interface BetweenOptions {
  language: Language;
  quiet: boolean;
  verbose: boolean;
  colour: boolean;
  /** Folder of runs, for ids and for the default. */
  runDir: string;
}

const narrowest = 60;
const widest = 120;

/** Colour only on a terminal, and never with NO_COLOR, --no-color or a dumb terminal. */
export function betweenStyle(io: Pick<Io, 'outIsTerminal' | 'env' | 'columns'>, { language, colour }: BetweenOptions) {
  const coloured = colour && io.outIsTerminal && !io.env.NO_COLOR && io.env.TERM !== 'dumb';
  const colourLevel: 0 | 1 = coloured ? 1 : 0;
  return { language, colourLevel, width: Math.min(Math.max(io.columns ?? widest, narrowest), widest) };
}
