/** Labels of a name in presentation form, as bytes; null where an escape cannot be read or a length is over its limit. */
export function labelsOf(name: string): Uint8Array[] | null {
  if (name === '') return [];
  const labels: Uint8Array[] = [];
  for (const text of name.split('.')) {
    const label = labelBytes(text);
    if (label === null || label.length === 0 || label.length > 63) return null;
    labels.push(label);
  }
  return labels;
}

/** Decimal escapes are three digits (RFC 4343 §2.1), as the guard writes them. Upper case becomes lower case (RFC 4034 §6.2). */
function labelBytes(text: string): Uint8Array | null {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 0xff) return null;
    if (text[at] !== '\\') {
      bytes.push(lowered(code));
      continue;
    }
    const digits = text.slice(at + 1, at + 4);
    if (!/^[0-9]{3}$/.test(digits) || Number(digits) > 255) return null;
    bytes.push(lowered(Number(digits)));
    at += 3;
  }
  return Uint8Array.from(bytes);
}

function lowered(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}

/** Uncompressed wire form in lower case (RFC 4034 §6.2), or null for a name that has none. */
export function nameWire(name: string): Buffer | null {
  const labels = labelsOf(name);
  if (labels === null) return null;
  const wire = Buffer.concat([...labels.flatMap((label) => [Uint8Array.of(label.length), label]), Uint8Array.of(0)]);
  return wire.length > 255 ? null : wire;
}

/** An uncompressed name in RDATA, and the offset behind it. Pointers are not allowed there (RFC 3597 §4, RFC 4034 §3.1.7). */
export function readWireName(bytes: Uint8Array, start: number): { name: string; end: number } | null {
  const labels: string[] = [];
  let at = start;
  for (let count = 0; count <= 127; count += 1) {
    const length = bytes[at];
    if (length === undefined || length > 63) return null;
    at += 1;
    if (length === 0) return at - start > 255 ? null : { name: labels.join('.'), end: at };
    if (at + length > bytes.length) return null;
    labels.push([...bytes.subarray(at, at + length)].map(shownByte).join(''));
    at += length;
  }
  return null;
}

function shownByte(byte: number): string {
  const plain = byte > 0x20 && byte < 0x7f && byte !== 0x2e && byte !== 0x5c;
  return plain ? String.fromCharCode(lowered(byte)) : `\\${String(byte).padStart(3, '0')}`;
}

/** Canonical order of names: by label from the right, bytes without case (RFC 4034 §6.1). */
export function compareNames(one: string, other: string): number {
  const left = labelsOf(one)?.reverse() ?? [];
  const right = labelsOf(other)?.reverse() ?? [];
  for (const [index, label] of left.entries()) {
    const theirs = right[index];
    if (theirs === undefined) return 1;
    const order = Buffer.compare(label, theirs);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

export function countLabels(name: string): number {
  return name === '' ? 0 : name.split('.').length;
}

/** Is `name` the zone itself or below it? */
export function isInZone(name: string, zone: string): boolean {
  return zone === '' || name === zone || name.endsWith(`.${zone}`);
}
