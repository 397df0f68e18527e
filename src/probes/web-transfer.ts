import { families, type Resource } from '../model/observation.ts';
import { type HttpTarget, httpTarget } from '../parsers/http-target.ts';
import { parseUrl } from '../parsers/url-literals.ts';
import type { ProbeContext } from './context.ts';
import { askHttp, type HttpObservation } from './http-ask.ts';
import type { ChainHop } from './redirect-chain.ts';
import type { Landings } from './web-content.ts';

/** A response of this size needs full packets (checks.md, `web-transfer`). Counted on the wire: that is what the path carries. */
const LARGE_BYTES = 8_192;
const MAX_CANDIDATES = 2;
const staticKinds: ReadonlySet<Resource['kind']> = new Set(['script', 'style', 'image']);

function wireBytes(observation: HttpObservation): number {
  return observation.failure === null ? (observation.response?.body?.wireBytes ?? 0) : 0;
}

/** The first static objects of a page on its own host. */
function candidatesOf({ url, host, observation }: ChainHop): HttpTarget[] {
  const found = new Map<string, HttpTarget>();
  for (const resource of observation.response?.body?.resources ?? []) {
    if (!staticKinds.has(resource.kind)) continue;
    const target = httpTarget(parseUrl(resource.url, url)?.href ?? '');
    if (target !== null && target.host === host && target.path !== httpTarget(url)?.path)
      found.set(`${target.scheme} ${target.port} ${target.path}`, target);
    if (found.size >= MAX_CANDIDATES) break;
  }
  return [...found.values()];
}

/** Asks one object of a host over every family whose page is on that host, side by side. */
function askBoth(context: ProbeContext, landings: Landings, target: HttpTarget): Promise<HttpObservation[]> {
  const sides = families.flatMap((family) => landings[family] ?? []).filter(({ host }) => host === target.host);
  return Promise.all(
    sides.map(({ observation }) => {
      const { family, address } = observation.request;
      return askHttp(context, target, { family, address, round: '1', shape: 'page' });
    }),
  );
}

/**
 * What `web-transfer` needs beside the pages: one request with about 3 KiB of headers at every final page, and, where the page is
 * too small to fill packets, the first static object of its host that does (at most two are tried).
 */
export async function probeTransfer(context: ProbeContext, landings: Landings): Promise<void> {
  const sides = families.flatMap((family) => landings[family] ?? []);
  await Promise.all(
    sides.map(({ url, observation }) => {
      const target = httpTarget(url);
      const { family, address } = observation.request;
      return target === null ? null : askHttp(context, target, { family, address, round: '1', shape: 'large-headers' });
    }),
  );
  if (sides.some(({ observation }) => wireBytes(observation) >= LARGE_BYTES)) return;
  const page = sides.find((side) => candidatesOf(side).length > 0);
  for (const target of page === undefined ? [] : candidatesOf(page)) {
    const observations = await askBoth(context, landings, target);
    if (observations.some((observation) => wireBytes(observation) >= LARGE_BYTES)) return;
  }
}
