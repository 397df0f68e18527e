/** A trust anchor as `run.json` holds it: a DS of the root's key, digest in lower-case hex. */
export interface AnchorDs {
  keyTag: number;
  algorithm: number;
  digestType: number;
  digest: string;
}

/** A file of trust anchors that cannot be used; `line` counts from 1. */
export class TrustAnchorError extends Error {
  readonly line: number;

  constructor(line: number, problem: string) {
    super(`line ${line}: ${problem}`);
    this.name = 'TrustAnchorError';
    this.line = line;
  }
}

const digestBytes: Readonly<Record<number, number>> = { 2: 32, 4: 48 };
const maxAnchors = 32;

/**
 * Reads DS records of the root, one a line, in zone file form ('. IN DS 20326 8 2 E06D…', TTL and class optional, ';' starts a
 * comment). Anything else throws `TrustAnchorError`: an anchor that is silently left out would make every zone bogus.
 */
export function parseTrustAnchors(text: string): AnchorDs[] {
  const anchors: AnchorDs[] = [];
  for (const [at, raw] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    const words = (raw.split(';', 1)[0] ?? '').split(/[ \t\r]/).filter((word) => word !== '');
    if (words.length === 0) continue;
    anchors.push(readAnchor(words, at + 1));
    if (anchors.length > maxAnchors) throw new TrustAnchorError(at + 1, 'too many trust anchors');
  }
  if (anchors.length === 0) throw new TrustAnchorError(1, 'no DS record in the file');
  return anchors;
}

function readAnchor([owner = '', ...rest]: readonly string[], line: number): AnchorDs {
  if (owner !== '.') throw new TrustAnchorError(line, 'not a record of the root (.)');
  const [first = ''] = rest;
  const words = /^[0-9]{1,10}$/.test(first) && rest.length > 5 ? rest.slice(1) : rest;
  const [type = '', ...fields] = words[0]?.toUpperCase() === 'IN' ? words.slice(1) : words;
  if (type.toUpperCase() !== 'DS') throw new TrustAnchorError(line, 'not a DS record');
  const [keyTag, algorithm, digestType] = [number(fields[0], 65_535), number(fields[1], 255), number(fields[2], 255)];
  const digest = fields.slice(3).join('').toLowerCase();
  if (keyTag === null || algorithm === null || digestType === null)
    throw new TrustAnchorError(line, 'key tag, algorithm or digest type is no number');
  const bytes = digestBytes[digestType];
  if (bytes === undefined) throw new TrustAnchorError(line, 'digest type is neither 2 (SHA-256) nor 4 (SHA-384)');
  if (!/^[0-9a-f]*$/.test(digest) || digest.length !== bytes * 2)
    throw new TrustAnchorError(line, 'digest has the wrong length or is no hex');
  return { keyTag, algorithm, digestType, digest };
}

function number(text: string | undefined, most: number): number | null {
  return text !== undefined && /^[0-9]{1,5}$/.test(text) && Number(text) <= most ? Number(text) : null;
}
