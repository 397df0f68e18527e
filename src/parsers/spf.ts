import { addressBytes } from '../model/address-bytes.ts';

/** Terms of a record beyond this are not read; an honest record has a dozen. */
const maxTerms = 200;

export type SpfMechanism = 'all' | 'include' | 'a' | 'mx' | 'ptr' | 'ip4' | 'ip6' | 'exists' | 'unknown';

export interface SpfTerm {
  qualifier: '+' | '-' | '~' | '?';
  mechanism: SpfMechanism;
  /** What follows ':', without CIDR lengths; '' where nothing does. A name is lower-case without the final dot. */
  value: string;
  /** As written, for the finding. */
  text: string;
  /** ip4 and ip6: the network reads as one (RFC 7208 §5.6, §12). True for every other mechanism. */
  valid: boolean;
}

export interface SpfRecord {
  terms: SpfTerm[];
  /** Domain of `redirect=`; null where there is none, or where an `all` makes it void (RFC 7208 §6.1). */
  redirect: string | null;
}

const mechanisms: ReadonlySet<string> = new Set(['all', 'include', 'a', 'mx', 'ptr', 'ip4', 'ip6', 'exists']);

/** Version section alone selects the records (RFC 7208 §4.5). */
export function isSpfRecord(text: string): boolean {
  const start = text.slice(0, 7).toLowerCase();
  return start === 'v=spf1' || start === 'v=spf1 ';
}

/** Reads one SPF record by the grammar of RFC 7208 §12, leniently: a term that is none is `unknown`. */
export function parseSpf(text: string): SpfRecord {
  const words = text
    .slice(6)
    .split(' ')
    .filter((word) => word !== '');
  const terms: SpfTerm[] = [];
  let redirect: string | null = null;
  for (const word of words.slice(0, maxTerms)) {
    const equals = word.indexOf('=');
    const isModifier = equals > 0 && !word.slice(0, equals).includes(':') && !word.slice(0, equals).includes('/');
    if (!isModifier) terms.push(parseTerm(word));
    else if (word.slice(0, equals).toLowerCase() === 'redirect') redirect = plainName(word.slice(equals + 1));
  }
  return { terms, redirect: terms.some(({ mechanism }) => mechanism === 'all') ? null : redirect };
}

/** The record says that no host at all sends mail for the domain. */
export function isNoMailSpf({ terms, redirect }: SpfRecord): boolean {
  const [only] = terms;
  return terms.length === 1 && redirect === null && only?.mechanism === 'all' && only.qualifier === '-';
}

/** Macros (RFC 7208 §7) depend on the single message: where they lead cannot be known from outside. */
export function hasMacro(value: string): boolean {
  return value.includes('%');
}

function parseTerm(word: string): SpfTerm {
  const first = word.charAt(0);
  const qualifier = first === '-' || first === '~' || first === '?' ? first : '+';
  const body = '+-~?'.includes(first) ? word.slice(1) : word;
  const end = firstOf(body, [':', '/']);
  const name = body.slice(0, end).toLowerCase();
  const mechanism = (mechanisms.has(name) ? name : 'unknown') as SpfMechanism;
  const rest = body.charAt(end) === ':' ? body.slice(end + 1) : '';
  if (mechanism === 'ip4' || mechanism === 'ip6')
    return { qualifier, mechanism, value: rest, text: word, valid: isNetwork(rest, mechanism === 'ip6' ? 16 : 4) };
  const slash = rest.indexOf('/');
  return { qualifier, mechanism, value: plainName(slash < 0 ? rest : rest.slice(0, slash)), text: word, valid: true };
}

function firstOf(text: string, signs: readonly string[]): number {
  const places = signs.map((sign) => text.indexOf(sign)).filter((place) => place >= 0);
  return places.length === 0 ? text.length : Math.min(...places);
}

function plainName(text: string): string {
  const lower = text.toLowerCase();
  return lower.endsWith('.') ? lower.slice(0, -1) : lower;
}

function isNetwork(text: string, bytes: 4 | 16): boolean {
  const slash = text.indexOf('/');
  const address = slash < 0 ? text : text.slice(0, slash);
  if (addressBytes(address)?.length !== bytes) return false;
  if (slash < 0) return true;
  const length = text.slice(slash + 1);
  return /^(?:0|[1-9]\d{0,2})$/.test(length) && Number(length) <= bytes * 8;
}
