import { DnsMessageError } from './dns-message-error.ts';

/** Mnemonics of the IANA registry "Resource Record (RR) TYPEs"; obsolete and experimental ones are written TYPEn. */
const typeNumbers: Readonly<Record<string, number>> = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  NULL: 10,
  PTR: 12,
  HINFO: 13,
  MX: 15,
  TXT: 16,
  RP: 17,
  AFSDB: 18,
  SIG: 24,
  KEY: 25,
  AAAA: 28,
  LOC: 29,
  SRV: 33,
  NAPTR: 35,
  KX: 36,
  CERT: 37,
  DNAME: 39,
  OPT: 41,
  APL: 42,
  DS: 43,
  SSHFP: 44,
  IPSECKEY: 45,
  RRSIG: 46,
  NSEC: 47,
  DNSKEY: 48,
  DHCID: 49,
  NSEC3: 50,
  NSEC3PARAM: 51,
  TLSA: 52,
  SMIMEA: 53,
  HIP: 55,
  CDS: 59,
  CDNSKEY: 60,
  OPENPGPKEY: 61,
  CSYNC: 62,
  ZONEMD: 63,
  SVCB: 64,
  HTTPS: 65,
  SPF: 99,
  TKEY: 249,
  TSIG: 250,
  IXFR: 251,
  AXFR: 252,
  ANY: 255,
  URI: 256,
  CAA: 257,
};

const mnemonics: ReadonlyMap<number, string> = new Map(Object.entries(typeNumbers).map(([mnemonic, number]) => [number, mnemonic]));

/** Number of a record type given as mnemonic or TYPEn (RFC 3597 §5). Throws `DnsMessageError` 'type' for anything else. */
export function typeNumber(type: string): number {
  const known = Object.hasOwn(typeNumbers, type) ? typeNumbers[type] : undefined;
  if (known !== undefined) return known;
  const number = /^TYPE(?:0|[1-9][0-9]{0,4})$/.test(type) ? Number(type.slice(4)) : Number.NaN;
  if (!(number <= 65_535)) throw new DnsMessageError('type', 'unknown record type');
  return number;
}

/** Mnemonic of a record type, or TYPEn. */
export function typeName(number: number): string {
  return mnemonics.get(number) ?? `TYPE${number}`;
}

/** IANA registry "DNS RCODEs", with the extended ones of RFC 6891 §6.1.3. */
const rcodes: ReadonlyMap<number, string> = new Map([
  [0, 'NOERROR'],
  [1, 'FORMERR'],
  [2, 'SERVFAIL'],
  [3, 'NXDOMAIN'],
  [4, 'NOTIMP'],
  [5, 'REFUSED'],
  [6, 'YXDOMAIN'],
  [7, 'YXRRSET'],
  [8, 'NXRRSET'],
  [9, 'NOTAUTH'],
  [10, 'NOTZONE'],
  [11, 'DSOTYPENI'],
  [16, 'BADVERS'],
  [17, 'BADKEY'],
  [18, 'BADTIME'],
  [19, 'BADMODE'],
  [20, 'BADNAME'],
  [21, 'BADALG'],
  [22, 'BADTRUNC'],
  [23, 'BADCOOKIE'],
]);

/** Mnemonic of a 12-bit extended response code, or RCODEn. */
export function rcodeName(rcode: number): string {
  return rcodes.get(rcode) ?? `RCODE${rcode}`;
}
