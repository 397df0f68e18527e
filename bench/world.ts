/**
 * The country of the benchmark: N agencies, 60 % of them on five providers, the rest with machines of their own and their names at small
 * name server operators. A part of them has IPv6 addresses from which nothing ever answers. All of it follows from the two numbers.
 */
export interface Country {
  agencies: Agency[];
  operators: Operator[];
}

export interface Agency {
  domain: string;
  /** Who serves the zone. */
  operator: Operator;
  /** Nothing answers at its IPv6 addresses for web and mail. */
  dead: boolean;
  web: Pair;
  mail: Pair;
}

export interface Pair {
  ipv4: string;
  ipv6: string;
}

/** Name servers for many; the first five also host web and mail. */
export interface Operator {
  domain: string;
  servers: readonly [Pair, Pair];
  web: Pair;
  mail: Pair;
}

export const providers = 5;
const sharedTenths = 6;
const mostSmallOperators = 40;
const agenciesPerSmallOperator = 10;

export function makeCountry(count: number, deadPercent: number): Country {
  const own = count - shared(count);
  const small = Math.max(1, Math.min(mostSmallOperators, Math.ceil(own / agenciesPerSmallOperator)));
  const operators = Array.from({ length: providers + small }, (_, index) => operatorAt(index));
  const agencies = Array.from({ length: count }, (_, index) => agencyAt(index, { operators, deadPercent }));
  return { agencies, operators };
}

/** How many of the first `count` agencies are on the five providers. */
function shared(count: number): number {
  return Array.from({ length: count }, (_, index) => isShared(index)).filter(Boolean).length;
}

const isShared = (index: number): boolean => index % 10 < sharedTenths;

function operatorAt(index: number): Operator {
  const domain = index < providers ? `nha-cung-cap-${index + 1}.vn` : `may-chu-ten-${index + 1}.vn`;
  const six = `2405:4800:${(0x100 + index).toString(16)}`;
  const pair = (host: number): Pair => ({ ipv4: `203.162.${10 + index}.${host}`, ipv6: `${six}::${host}` });
  const second: Pair = { ipv4: `203.119.${10 + index}.53`, ipv6: `2001:dc8:${(0x100 + index).toString(16)}::53` };
  return { domain, servers: [pair(53), second], web: pair(80), mail: pair(25) };
}

function agencyAt(index: number, { operators, deadPercent }: { operators: readonly Operator[]; deadPercent: number }): Agency {
  const small = operators.length - providers;
  const operator = operators[isShared(index) ? index % providers : providers + (Math.floor(index / 10) % small)];
  if (operator === undefined) throw new Error(`no operator for agency ${index}`);
  // 61 has no factor in common with 100: the dead are spread over all kinds.
  const dead = (index * 61) % 100 < deadPercent;
  const machine = (port: 'web' | 'mail'): Pair => {
    const host = port === 'web' ? 80 : 25;
    const own = ownAddresses(index, host);
    const home = isShared(index) ? operator[port] : own;
    return { ipv4: home.ipv4, ipv6: dead ? own.ipv6.replace('::', `:${deadGroup}::`) : home.ipv6 };
  };
  return { domain: `cq${index + 1}.gov.vn`, operator, dead, web: machine('web'), mail: machine('mail') };
}

function ownAddresses(index: number, host: number): Pair {
  const [high, low] = [Math.floor(index / 256), index % 256];
  return { ipv4: `14.${128 + high}.${low}.${host}`, ipv6: `2405:4800:${(0x1000 + index).toString(16)}::${host}` };
}

const deadGroup = 'dead';
/** What the firewall drops (nft), and how an address shows that it is dead. */
export const deadRule = 'ip6 daddr & 0:0:0:ffff:: == 0:0:0:dead:: drop';
export const isDead = (address: string): boolean => address.includes(`:${deadGroup}:`);
/** Everything that the servers' namespace answers for, besides the single addresses of root, vn, gov.vn and arpa. */
export const ownPrefixes = ['203.162.0.0/16', '203.119.0.0/16', '14.128.0.0/10', '2405:4800::/32', '2001:dc8::/32'] as const;
/** The most agencies for which there are addresses. */
export const mostAgencies = 16_384;
