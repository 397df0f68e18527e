/** A validated ROA payload (RFC 6811 §2): this AS may originate the prefix and its parts down to `maxLength`. */
export interface Vrp {
  asn: number;
  maxLength: number;
}

/** A block of announced addresses and who originates it. Several: more than one AS announces it. */
export interface Announcement {
  asns: number[];
  /** False: the data tell ranges, so the announced prefix may be another one with the same origin. */
  exact: boolean;
}

/** What a prefix table found for an address. `prefix` as 'address/length'. */
export interface Covering<Value> {
  prefix: string;
  length: number;
  value: Value;
}

/** Routing data given for judging; a part that was not given is null. Both tables answer for IPv4 and IPv6 addresses. */
export interface RouteData {
  /** All VRPs whose prefix covers the address. */
  vrps: { covering(address: string): Covering<Vrp>[] } | null;
  /** All announced blocks that cover the address, the longest last: that one is the route taken. */
  origins: { covering(address: string): Covering<Announcement>[] } | null;
}
