import type { Language } from '../i18n/catalogue.ts';

/**
 * Language of help, errors and reports: `--lang`, else `IPV6GOV_LANG`, else that of the system (`LC_ALL`, `LC_MESSAGES`, `LANG`). Read
 * before the command line is parsed, because the parser's own words depend on it; a wrong value is refused later. The configuration file
 * is read after it and counts from then on.
 */
export function chooseLanguage(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Language {
  const last = argv.findLastIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const asked = last < 0 ? undefined : argv[last] === '--lang' ? argv[last + 1] : argv[last]?.slice('--lang='.length);
  if (asked === 'vi' || asked === 'en') return asked;
  const { IPV6GOV_LANG: told } = env;
  if (told === 'vi' || told === 'en') return told;
  const system = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value !== undefined && value !== '') ?? '';
  return /^vi([_.@-]|$)/i.test(system) ? 'vi' : 'en';
}
