import type { Cause } from '../model/cause.ts';
import type { DnsRecord } from '../model/dns.ts';
import type { Family, ObservationOf } from '../model/observation.ts';

/** Which sockets and which learnt addresses iteration may use (design §5). */
export type FamilyPolicy = 'both' | 'ipv6-only' | 'ipv4-only';

/** One question to one server over UDP; the driver repeats it over TCP after TC or a mismatch, and without EDNS after FORMERR. */
export interface ServerQuestion {
  address: string;
  family: Family;
  name: string;
  type: string;
}

/**
 * Iteration without sockets: yields questions to be put side by side, gets one settled observation each (or null: not in
 * the evidence), returns what it learnt. `probes` drives it over the network, `facts` over stored evidence: one logic.
 */
export type Iteration<Result> = Generator<ServerQuestion[], Result, (ObservationOf<'dns-query'> | null)[]>;

/** A name server of a zone as the parent's referral and resolution tell it. */
export interface NameServer {
  name: string;
  /** Addresses usable under the policy: glue first, else resolved. */
  addresses: { address: string; family: Family; source: 'hint' | 'glue' | 'resolved' }[];
}

/** A zone cut on the way from the root. */
export interface ZoneCut {
  zone: string;
  parent: string | null;
  /** NS names in the parent's referral (hints for the root). */
  servers: NameServer[];
  /** The parent gave no referral because it serves the child too: its view is not visible. */
  parentServesChild: boolean;
  observations: string[];
}

/** What one authoritative server address said to the last question. Our own failures and questions not in the evidence are 'not-asked'. */
export interface ServerSaid {
  address: string;
  family: Family;
  said: 'answer' | 'nodata' | 'nxdomain' | 'lame' | 'error' | 'silent' | 'not-asked';
  records: DnsRecord[];
  observation: string | null;
}

/** One name of an alias chain: the zone that holds it, the way there, and what each server of that zone said. */
export interface Hop {
  name: string;
  zone: string;
  /** Root first; the last one is `zone`. */
  cuts: ZoneCut[];
  perServer: ServerSaid[];
}

export interface Resolution {
  name: string;
  type: string;
  policy: FamilyPolicy;
  /** 'broken': could not be resolved; `cause` and `brokenCut` say where. */
  outcome: 'answer' | 'nodata' | 'nxdomain' | 'broken';
  records: DnsRecord[];
  /** CNAME targets followed, in order. */
  aliases: string[];
  /** Cuts passed, root first, of the final name. */
  cuts: ZoneCut[];
  cause: Cause | null;
  /** The first zone none of whose servers helped under the policy. */
  brokenCut: string | null;
  /** Per authoritative server address of the final zone: what it said. */
  perServer: ServerSaid[];
  /** Every name of the alias chain whose zone was found, the name asked for first. Empty in resolver mode. */
  hops: Hop[];
  observations: string[];
}
