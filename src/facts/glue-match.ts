import type { Cause } from '../model/cause.ts';
import type { AgencyContext } from './context.ts';
import { delegationOf, glueRelation } from './delegation.ts';
import { type Fact, known, unknown } from './fact.ts';
import { type NameServerFact, nameServersOf } from './name-servers.ts';

/** AAAA glue of one in-domain or sibling NS name against its authoritative AAAA. */
export interface GlueOfName {
  name: string;
  relation: 'in-domain' | 'sibling';
  /**
   * 'child-has-more': the zone publishes more than the glue. 'differs': glue beyond the authoritative data that answers for the
   * zone. 'stale': such glue that does not, beside good glue. 'dead': no glue of the name is any good.
   */
  state: 'equal' | 'child-has-more' | 'differs' | 'stale' | 'dead' | 'missing' | 'none' | 'unknown';
  cause: Cause | null;
  glue: string[];
  authoritative: string[];
}

export interface GlueMatch {
  zone: string;
  parentServesChild: boolean;
  names: GlueOfName[];
}

/** Compares the referral's glue with the authoritative data (RFC 9471), by name. */
export function glueMatchOf(context: AgencyContext, zone: string): Fact<GlueMatch> {
  const delegation = delegationOf(context, zone);
  if (!delegation.known) return delegation;
  const servers = nameServersOf(context, zone);
  if (!servers.known) return servers;
  const { parentNames, referrals } = delegation.value;
  if (parentNames === null) return known({ zone, parentServesChild: true, names: [] }, servers.observations);
  if (referrals.udp + referrals.tcp === 0) return unknown('dns-timeout', servers.observations);
  const names = servers.value.servers.flatMap((server) => {
    const relation = glueRelation(server.name, delegation.value);
    if (!server.inParent || relation === 'unrelated') return [];
    return [judgeGlue(server, { relation, seenOverTcp: referrals.tcp > 0 })];
  });
  return known({ zone, parentServesChild: false, names }, servers.observations);
}

function judgeGlue(
  server: NameServerFact,
  { relation, seenOverTcp }: { relation: GlueOfName['relation']; seenOverTcp: boolean },
): GlueOfName {
  const glue = server.glue?.ipv6 ?? [];
  const authoritative = server.ipv6.known
    ? [...server.ipv6.value.usable, ...server.ipv6.value.unusable.map(({ address }) => address)].sort()
    : [];
  const say = (state: GlueOfName['state'], cause: Cause | null = null): GlueOfName => ({
    name: server.name,
    relation,
    state,
    cause,
    glue,
    authoritative,
  });
  if (!server.ipv6.known) return say('unknown', server.ipv6.cause);
  if (glue.length === 0) {
    if (server.ipv6.value.usable.length === 0) return say('none');
    return seenOverTcp ? say('missing') : say('unknown', 'not-attempted');
  }
  const extra = glue.filter((address) => !authoritative.includes(address));
  if (extra.length === 0) return say(authoritative.every((address) => glue.includes(address)) ? 'equal' : 'child-has-more');
  const health = extra.map((address) => healthOf(server, address));
  const bad = health.find(({ state }) => state === 'bad');
  const common = glue.length > extra.length;
  if (bad !== undefined && (common || health.some(({ state }) => state === 'good'))) return say('stale', bad.cause);
  const open = health.find(({ state }) => state === 'unknown');
  if (open !== undefined) return say('unknown', open.cause);
  return bad === undefined ? say('differs') : say('dead', bad.cause);
}

/** A glue address is good when it serves the zone over either transport; an unusable address serves nobody. */
function healthOf(server: NameServerFact, address: string): { state: 'good' | 'bad' | 'unknown'; cause: Cause | null } {
  const asked = server.addresses.find((each) => each.address === address);
  if (asked === undefined) return { state: 'bad', cause: 'address-refused' };
  const both = [asked.udp, asked.tcp];
  if (both.some(({ state }) => state === 'good' || state === 'unstable')) return { state: 'good', cause: null };
  const ours = both.find(({ state }) => state === 'ours');
  if (ours !== undefined) return { state: 'unknown', cause: ours.cause };
  return { state: 'bad', cause: asked.udp.cause };
}
