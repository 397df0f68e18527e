import type { Family } from '../model/observation.ts';

/** Addresses of a host in one family, from authoritative data, through aliases (CNAME). */
export interface AddressSet {
  family: Family;
  /** 'nodata' and 'nxdomain' are evidence of absence (RFC 2308), never the absence of an answer. */
  outcome: 'answer' | 'nodata' | 'nxdomain';
  /** Pass `address-scope`; sorted. */
  usable: string[];
  unusable: { address: string; scope: string }[];
  /** CNAME chain, without the host itself. */
  aliases: string[];
  /** False: some authoritative servers of the zone have the records and some say there are none. */
  onAllServers: boolean;
  /** Zone that holds the addresses. */
  zone: string;
}
