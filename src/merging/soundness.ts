import type { Status } from '../model/finding.ts';
import type { SetAside, VantageReport } from '../model/report.ts';
import type { View } from './view.ts';

/** From so many agencies on a vantage that contradicts the others is worth less than they are; fewer may be a matter of paths. */
const leastCompared = 10;

/** How a vantage stands to the others, over the agencies that it and at least two others could judge. */
interface Standing {
  compared: number;
  alone: number;
}

/**
 * Which vantages must not decide (design §8, faults F5): those whose IPv6 was lost or never proven, and those that contradict all others
 * on more than half of the agencies. With two vantages nobody can say which of them is wrong, so neither is set aside for that.
 * Feed every agency, then `finish`.
 */
export function createSoundness(vantages: readonly VantageReport[]) {
  const proven = vantages.filter(({ ipv6 }) => ipv6 === 'ok').map(({ name }) => name);
  const standings = new Map<string, Standing>(proven.map((name) => [name, { compared: 0, alone: 0 }]));
  return {
    add(views: readonly View[]): void {
      const votes = votesOf(views.filter(({ vantage }) => standings.has(vantage)));
      for (const [vantage, standing] of standings) {
        const stands = [...votes.values()].map((vote) => standingIn(vote, vantage)).filter((found) => found !== null);
        if (stands.length === 0) continue;
        standing.compared += 1;
        if (stands.includes('alone')) standing.alone += 1;
      }
    },
    finish(): Map<string, SetAside> {
      const aside = new Map<string, SetAside>();
      for (const { name, ipv6 } of vantages) if (ipv6 !== 'ok') aside.set(name, ipv6 === 'absent' ? 'no-ipv6' : 'ipv6-unproven');
      for (const [name, { compared, alone }] of standings)
        if (compared >= leastCompared && alone * 2 > compared) aside.set(name, 'contradicts-others');
      return aside;
    },
  };
}

/** Who says that a required check fails, and who that it does not, by check and subject. */
function votesOf(views: readonly View[]): Map<string, Map<string, boolean>> {
  const votes = new Map<string, Map<string, boolean>>();
  for (const { vantage, agency } of views) {
    for (const { level, status, check, subject, service, host } of agency.findings) {
      const vote = level === 'required' ? voteOf(status) : null;
      if (vote === null) continue;
      const key = [check, subject, service, host].join(' ');
      const known = votes.get(key) ?? new Map<string, boolean>();
      votes.set(key, known.set(vantage, vote));
    }
  }
  return votes;
}

function voteOf(status: Status): boolean | null {
  if (status === 'pass' || status === 'warn') return true;
  return status === 'fail' ? false : null;
}

/** `alone`: at least two others judged the same, and all of them the opposite. Null where fewer did. */
function standingIn(votes: ReadonlyMap<string, boolean>, vantage: string): 'alone' | 'together' | null {
  const own = votes.get(vantage);
  const others = [...votes].filter(([name]) => name !== vantage).map(([, vote]) => vote);
  if (own === undefined || others.length < 2) return null;
  return others.every((vote) => vote !== own) ? 'alone' : 'together';
}
