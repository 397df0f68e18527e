import { type Agency, audited, fill } from './agencies.ts';
import { expected } from './expected.ts';

/**
 * The facts behind the expectations, in the words of confirm.sh: what the cases say themselves, and for every check that is
 * expected to pass its counterpart with other tools.
 */
export function factsOf(agency: Agency): string[] {
  const wanted = expected.find(({ domain }) => domain === agency.domain)?.findings ?? [];
  const passes = new Set(wanted.filter(({ status }) => status === 'pass').map(({ check, host }) => `${check} ${host}`));
  const implied = impliedFacts.flatMap(([check, host, facts]) => (passes.has(`${check} ${fill(agency, host)}`) ? facts : []));
  return [...new Set([...implied, ...agency.facts])].map((fact) => fill(agency, fact));
}

const impliedFacts: readonly [check: string, host: string, facts: readonly string[]][] = [
  ['delegation', '{d}', ["dns '{d} NS' {gov-ns} 'NS'", "dns '{d} SOA' {s1v4} 'flags:[a-z ]* aa'"]],
  ['web-addresses', '{d}', ["dns '{d} AAAA' {s1v4} 'IN.AAAA'"]],
  ['web-addresses', 'www.{d}', ["dns 'www.{d} AAAA' {s1v4} 'IN.(AAAA|CNAME)'"]],
  ['smtp-starttls', '{d}', []],
];

/** One line a fact: the domain, its addresses, and the fact. */
export function factLines(): string {
  return audited
    .map((agency) => {
      const { w4, w6 } = agency.address;
      return [`domain ${agency.domain} ${w4} ${w6}`, ...factsOf(agency)].join('\n');
    })
    .join('\n');
}
