import type { Resolution } from '../iteration/types.ts';
import type { DnsRecord } from '../model/dns.ts';
import { implicitExchanger, type MailExchanger, readMx } from '../parsers/mail-exchangers.ts';
import { reverseName } from '../parsers/reverse-name.ts';
import { isNoMailSpf, isSpfRecord, parseSpf } from '../parsers/spf.ts';
import { type SpfAnswer, walkSpf } from '../parsers/spf-tree.ts';
import { type HostAddresses, probeAddresses, probeRecords } from './addresses.ts';
import type { ProbeContext } from './context.ts';

/** IPv6 addresses of one exchanger that are dialled; more is a matter of `address-set`. */
const maxIpv6Addresses = 16;
const maxIpv4Addresses = 4;
/** PTR names of one address that are confirmed. */
const maxPtrNames = 3;

/**
 * Mail of one domain: MX, addresses of every exchanger (within 100), an SMTP session at every AAAA and up to four A of the best ones,
 * PTR and forward confirmation of each AAAA dialled, and the SPF tree. A null MX, or no MX and an SPF of `-all`, ends it there.
 */
export async function probeMail(context: ProbeContext, mailDomain: string): Promise<void> {
  const [mx, txt] = await Promise.all([probeRecords(context, mailDomain, 'MX'), probeRecords(context, mailDomain, 'TXT')]);
  const exchangers = exchangersOf(context, mailDomain, { mx, txt });
  await Promise.all([
    probeSpf(context, mailDomain),
    ...exchangers.map((exchanger) => probeExchanger(context, exchanger, exchanger.name === mailDomain)),
  ]);
}

function exchangersOf(context: ProbeContext, domain: string, { mx, txt }: { mx: Resolution; txt: Resolution }): MailExchanger[] {
  if (mx.outcome === 'broken' || mx.outcome === 'nxdomain') return [];
  const read = readMx(mx.records, context.settings.mail);
  if (read.exchangers.length > 0 || read.hasNull) return read.exchangers;
  return saysNoMail(txt.records) ? [{ ...implicitExchanger(domain), contacted: false }] : [implicitExchanger(domain)];
}

function saysNoMail(records: readonly DnsRecord[]): boolean {
  const found = records.flatMap((record) => (record.type === 'TXT' && isSpfRecord(record.text) ? [parseSpf(record.text)] : []));
  const [only] = found;
  return only !== undefined && found.length === 1 && isNoMailSpf(only);
}

/** An alias is never dialled as an MX host (RFC 2181 §10.3); the domain itself as its own implicit MX may be one. */
async function probeExchanger(context: ProbeContext, exchanger: MailExchanger, isImplicit: boolean): Promise<void> {
  if (exchanger.refused !== null) return;
  const addresses = await probeAddresses(context, exchanger.name);
  if (!exchanger.contacted || (addresses.aliases.length > 0 && !isImplicit)) return;
  await Promise.all([
    greet(context, exchanger.name, addresses),
    ...addresses[6].slice(0, maxIpv6Addresses).map((address) => probeReverse(context, address)),
  ]);
}

async function greet({ network, isUsable }: ProbeContext, host: string, addresses: HostAddresses): Promise<void> {
  const targets = [
    ...addresses[6]
      .filter(isUsable)
      .slice(0, maxIpv6Addresses)
      .map((address) => ({ family: 6 as const, address })),
    ...addresses[4]
      .filter(isUsable)
      .slice(0, maxIpv4Addresses)
      .map((address) => ({ family: 4 as const, address })),
  ];
  await Promise.all(targets.map((target) => network.perform({ op: 'smtp-session', request: { ...target, port: 25, round: '1', host } })));
}

async function probeReverse(context: ProbeContext, address: string): Promise<void> {
  const name = reverseName(address);
  if (name === null) return;
  const { records } = await probeRecords(context, name, 'PTR');
  const targets = records.flatMap((record) => (record.type === 'PTR' && record.target !== '' ? [record.target] : []));
  await Promise.all(targets.slice(0, maxPtrNames).map((target) => probeRecords(context, target, 'AAAA')));
}

async function probeSpf(context: ProbeContext, domain: string): Promise<void> {
  const walk = walkSpf(domain, context.settings.mail.maxSpfLookups);
  let step = walk.next();
  while (step.done !== true) step = walk.next(toAnswer(await probeRecords(context, step.value.name, step.value.type)));
}

function toAnswer({ outcome, records, cause }: Resolution): SpfAnswer {
  return outcome === 'broken' ? { known: false, cause: cause ?? 'not-attempted' } : { known: true, records };
}
