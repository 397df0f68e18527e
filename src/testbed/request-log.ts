import type { Family } from '../model/observation.ts';

/** What reached a server, under its public-looking address. */
export interface LoggedRequest {
  transport: 'udp' | 'tcp';
  address: string;
  family: Family;
  port: number;
  /** 'AAAA www.x.gov.vn', 'GET https://x.gov.vn/', 'connect', 'EHLO x', 'early-talk'. */
  detail: string;
}

export interface RequestLog {
  readonly entries: readonly LoggedRequest[];
  add(entry: LoggedRequest): void;
}

/** A log that keeps the first `cap` requests: counters of tests need exact small numbers, not endless ones. */
export function createRequestLog(cap = 100_000): RequestLog {
  const entries: LoggedRequest[] = [];
  return {
    entries,
    add(entry) {
      if (entries.length < cap) entries.push(entry);
    },
  };
}
