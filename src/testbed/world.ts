import { isIP } from 'node:net';
import type { Family } from '../model/observation.ts';
import type { RootServer } from '../model/run.ts';
import type { CertificateRule, DnsRule, EndpointFault, Scenario, SmtpRule, WebRule } from './scenario.ts';
import type { Zone } from './zone.ts';

export type NodeRole = 'dns' | 'web' | 'smtp';

/** A machine with public-looking addresses. */
export interface Node {
  name: string;
  role: NodeRole;
  /** Either may be absent: a machine of one family. */
  addresses: Partial<Record<Family, string>>;
  /** Zones it holds (DNS nodes). */
  zones: Zone[];
  owner: Owner;
}

/** A rule with the count of its matches, for `first` and `every`. */
export interface Counted<Rule> {
  rule: Rule;
  matches: number;
}

/** Whose a node is: a scenario, or the infrastructure that all share. Rules reach the owner's nodes and names only. */
export interface Owner {
  id: string;
  domain: string;
  /** Zones of this owner: the reach of its DNS rules, also on servers it shares with others. */
  zoneNames: string[];
  views: Map<string, Zone>;
  endpoints: Counted<EndpointFault>[];
  dns: Counted<DnsRule>[];
  web: Counted<WebRule>[];
  certificates: CertificateRule[];
  smtp: Counted<SmtpRule>[];
  /** Replaces $node.family and $domain. */
  fill(text: string): string;
}

/** Everything that the servers carry. */
export interface World {
  nodes: Node[];
  zones: Zone[];
  owners: Owner[];
  rootServers: RootServer[];
  scenarios: Scenario[];
}

export const familyOf = (address: string): Family => (isIP(address) === 6 ? 6 : 4);

/** Does the counted rule act this time? Counts the match. */
export function acts<Rule extends { after?: number | undefined; first?: number | undefined; every?: number | undefined }>(
  counted: Counted<Rule>,
): boolean {
  counted.matches += 1;
  const { after = 0, first, every } = counted.rule;
  const turn = counted.matches - after;
  if (turn <= 0 || (first !== undefined && turn > first)) return false;
  return every === undefined || turn % every === 0;
}

/** Does a rule with optional `node` and `family` speak of this node and family? */
export function concerns(rule: { node?: string | undefined; family?: Family | undefined }, node: Node, family: Family): boolean {
  return (rule.node === undefined || rule.node === node.name) && (rule.family === undefined || rule.family === family);
}
