import { sameAddress } from '../model/address-bytes.ts';
import type { Cause } from '../model/cause.ts';
import { reverseName } from '../parsers/reverse-name.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known } from './fact.ts';
import { addressSet, lookup } from './lookup.ts';
import { dialledExchangers, mailExchangers, usableOf } from './mail-exchangers.ts';

const maxPtrNames = 3;

export interface ReverseName {
  exchanger: string;
  address: string;
  /** 'unconfirmed': the PTR name has no AAAA record of this address. */
  state: 'confirmed' | 'unconfirmed' | 'missing' | 'unknown';
  names: string[];
  cause: Cause | null;
}

export interface MailReverse {
  domain: string;
  hasMail: boolean;
  addresses: ReverseName[];
}

/** PTR of every AAAA of the exchangers dialled, and whether the name leads back (forward confirmation). */
export function mailReverse(context: AgencyContext, domain: string): Fact<MailReverse> {
  return cached(context, `mailReverse ${domain}`, () => {
    const mail = mailExchangers(context, domain);
    if (!mail.known) return mail;
    const observations = [...mail.observations];
    const addresses = dialledExchangers(mail.value.exchangers).flatMap(({ name, ipv6 }) =>
      usableOf(ipv6).map((address) => ({ exchanger: name, address, ...reverseOf(context, address, observations) })),
    );
    return known({ domain, hasMail: mail.value.hasMail, addresses }, [...new Set(observations)]);
  });
}

function reverseOf(context: AgencyContext, address: string, observations: string[]): Pick<ReverseName, 'state' | 'names' | 'cause'> {
  const name = reverseName(address);
  if (name === null) return { state: 'unknown', names: [], cause: 'unknown' };
  const found = lookup(context, name, 'PTR');
  observations.push(...found.observations);
  if (!found.known) return { state: 'unknown', names: [], cause: found.cause };
  const names = found.value.records
    .flatMap((record) => (record.type === 'PTR' && record.target !== '' ? [record.target] : []))
    .slice(0, maxPtrNames);
  if (names.length === 0) return { state: 'missing', names, cause: null };
  const sets = names.map((target) => addressSet(context, target, 6));
  observations.push(...sets.flatMap((set) => set.observations));
  const leadsBack = sets.some(
    (set) =>
      set.known && [...set.value.usable, ...set.value.unusable.map((entry) => entry.address)].some((other) => sameAddress(other, address)),
  );
  if (leadsBack) return { state: 'confirmed', names, cause: null };
  const failed = sets.find((set) => !set.known);
  return failed === undefined || failed.known
    ? { state: 'unconfirmed', names, cause: null }
    : { state: 'unknown', names, cause: failed.cause };
}
