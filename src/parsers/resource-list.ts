import type { Resource } from '../model/observation.ts';
import { ipv4LiteralOf, MAX_URL_LENGTH, parseUrl } from './url-literals.ts';

/** URLs of one kind on one host that are kept before all hosts are known. */
const PER_HOST = 8;
/** Base for relative URLs while no host is known; its own host never leaves this file. */
const NOWHERE = 'http://base.invalid/';
const ignoredSchemes = ['data:', 'javascript:', 'about:', 'blob:', 'mailto:', 'tel:', 'sms:', 'vbscript:'];

/** Collects the URLs of a page. */
export interface ResourceList {
  add(url: string | undefined, kind: Resource['kind']): void;
  /** The kept URLs; `base` is the page's `<base href>`. `cut`: a host may be missing, because a limit was reached. */
  finish(base: string | null): { resources: Resource[]; cut: boolean };
}

/** A resource and its place in the document. */
type Placed = Resource & { place: number };

function isNothing(url: string): boolean {
  if (url === '' || url.startsWith('#')) return true;
  const start = url.slice(0, 12).toLowerCase();
  return ignoredSchemes.some((scheme) => start.startsWith(scheme));
}

/** Resolves against `<base href>`. A base without a host gives a path from the root; `//host` keeps its form, the page's scheme is unknown. */
function rebase(url: string, base: string): string {
  if (url.startsWith('//')) return url;
  const resolved = parseUrl(url, parseUrl(base, NOWHERE)?.href ?? NOWHERE);
  if (resolved === null) return url;
  return resolved.hostname === 'base.invalid' ? `${resolved.pathname}${resolved.search}` : resolved.href;
}

/**
 * Keeps at most `maxUrls`, each kind and URL once. When there are more, URLs of a kind and host already seen often give way first,
 * so that 300 pictures do not push out the one script of another host at the page's end.
 */
export function resourceList(maxUrls: number): ResourceList {
  const seen = new Set<string>();
  const perHost = new Map<string, number>();
  const first: Placed[] = [];
  const surplus: Placed[] = [];
  let cut = false;
  const add = (written: string | undefined, kind: Resource['kind']): void => {
    const url = (written ?? '').slice(0, MAX_URL_LENGTH).trim();
    if (isNothing(url) || (kind === 'anchor' && ipv4LiteralOf(url) === null)) return;
    // Beyond this, only to bound the work on hostile pages: what is left out is said to be cut.
    if (seen.size >= maxUrls * 20) cut = true;
    const key = `${kind} ${url}`;
    if (cut || seen.has(key)) return;
    seen.add(key);
    const group = `${kind} ${parseUrl(url, NOWHERE)?.host ?? ''}`;
    const count = (perHost.get(group) ?? 0) + 1;
    perHost.set(group, count);
    if (count > PER_HOST) {
      if (surplus.length < maxUrls) surplus.push({ url, kind, place: seen.size });
    } else if (first.length < maxUrls) first.push({ url, kind, place: seen.size });
    else cut = true;
  };
  return {
    add,
    finish(base) {
      const kept = [...first, ...surplus.slice(0, maxUrls - first.length)].sort((a, b) => a.place - b.place);
      return { resources: kept.map(({ url, kind }) => ({ url: base === null ? url : rebase(url, base), kind })), cut };
    },
  };
}
