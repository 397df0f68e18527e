import { addressBytes } from '../model/address-bytes.ts';
import type { DnsRecord } from '../model/dns.ts';

/** Addresses of more exchangers than this are not looked up. */
const maxExchangers = 100;

/** Names that never mean a mail server on the Internet (RFC 6761, 6762, 7686, 8375, 9476 and ICANN's `internal`). */
const specialNames: readonly string[] = ['localhost', 'local', 'invalid', 'onion', 'internal', 'alt', 'home.arpa'];

export interface MailExchanger {
  name: string;
  /** Lower is better (RFC 5321 §5.1). */
  preference: number;
  /** Why the name can be no mail server; null for an ordinary name. */
  refused: 'address-literal' | 'special-name' | null;
  /** Among those that are dialled: the best preferences, up to a limit. */
  contacted: boolean;
}

export interface ReadMx {
  exchangers: MailExchanger[];
  /** A null MX is among the records (RFC 7505): preference 0 and the root as exchange. */
  hasNull: boolean;
  /** MX hosts beyond the first 100. */
  cut: number;
}

/** MX records as exchangers, best preference first, each name once; and which of them are contacted (faults M7, M13). */
export function readMx(records: readonly DnsRecord[], limits: { maxExchangersContacted: number; preferencesContacted: number }): ReadMx {
  const found = records.flatMap((record) => (record.type === 'MX' ? [record] : []));
  const best = new Map<string, number>();
  for (const { exchange, preference } of found) {
    if (exchange !== '') best.set(exchange, Math.min(preference, best.get(exchange) ?? preference));
  }
  const sorted = [...best].sort(([name, one], [other, two]) => one - two || (name < other ? -1 : 1));
  const listed = sorted.slice(0, maxExchangers).map(([name, preference]) => ({ name, preference, refused: refusalOf(name) }));
  const dialled = listed.filter(({ refused }) => refused === null);
  const preferences = new Set([...new Set(dialled.map(({ preference }) => preference))].slice(0, limits.preferencesContacted));
  const contacted = new Set(
    dialled
      .filter(({ preference }) => preferences.has(preference))
      .slice(0, limits.maxExchangersContacted)
      .map(({ name }) => name),
  );
  return {
    exchangers: listed.map((exchanger) => ({ ...exchanger, contacted: contacted.has(exchanger.name) })),
    hasNull: found.some(({ exchange }) => exchange === ''),
    cut: sorted.length - listed.length,
  };
}

/** The domain itself takes the mail where it has addresses and no MX (RFC 5321 §5.1). */
export function implicitExchanger(domain: string): MailExchanger {
  return { name: domain, preference: 0, refused: null, contacted: true };
}

function refusalOf(name: string): MailExchanger['refused'] {
  const bare = name.startsWith('[') && name.endsWith(']') ? name.slice(1, -1) : name;
  if (addressBytes(bare) !== null || (bare.startsWith('ipv6:') && addressBytes(bare.slice(5)) !== null)) return 'address-literal';
  return specialNames.some((special) => name === special || name.endsWith(`.${special}`)) ? 'special-name' : null;
}
