import type { Language } from '../i18n/catalogue.ts';
import type { EffectiveOptions } from './effective-options.ts';
import type { OptionName } from './option-table.ts';

/** The options of a command as they were written, before they are read. */
export interface Raw {
  options: EffectiveOptions;
  language: Language;
}

/** The value, or null. */
export function text({ options }: Raw, name: OptionName): string | null {
  const value = options.get(name)?.value;
  return typeof value === 'string' ? value : null;
}
/** Is the switch on? */
export const flag = ({ options }: Raw, name: OptionName): boolean => options.get(name)?.value === true;
/** The values of a repeatable option. */
export function texts({ options }: Raw, name: OptionName): readonly string[] {
  const value = options.get(name)?.value;
  return typeof value === 'object' && value !== null ? value : [];
}
