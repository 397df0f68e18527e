/**
 * The organisation (O) of a subject as evidence keeps it: 'C=VN, O=Bộ X\, Y, CN=a.vn' with commas inside values escaped by a backslash.
 * Null where there is none. Linear.
 */
export function organisationOf(subject: string): string | null {
  for (const part of partsOf(subject)) if (part.startsWith('O=')) return part.slice(2).replaceAll('\\', '').trim() || null;
  return null;
}

function partsOf(subject: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < subject.length; at += 1) {
    if (subject[at] === '\\') at += 1;
    else if (subject[at] === ',' || subject[at] === '+') {
      parts.push(subject.slice(from, at).trim());
      from = at + 1;
    }
  }
  return [...parts, subject.slice(from).trim()];
}
