const maxNameLength = 253;

/**
 * The dNSName entries of a subject alternative name text as Node writes it: 'DNS:a.vn, IP Address:…, DNS:"odd\u002c name"'.
 * Entries with odd characters are JSON strings, which a split at commas alone would take for two names (CVE-2021-44532).
 * At most `limit` names, each cut at 253 characters; linear.
 */
export function subjectAltDnsNames(text: string, limit: number): string[] {
  const names: string[] = [];
  let at = 0;
  while (at < text.length && names.length < limit) {
    const end = entryEnd(text, at);
    const entry = text.slice(at, end).trim();
    if (entry.startsWith('DNS:')) names.push(unquoted(entry.slice(4)).slice(0, maxNameLength));
    at = end + 1;
  }
  return names;
}

/** Position of the comma that ends the entry beginning at `start`, outside quotes. */
function entryEnd(text: string, start: number): number {
  let quoted = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (quoted && character === '\\') at += 1;
    else if (character === '"') quoted = !quoted;
    else if (character === ',' && !quoted) return at;
  }
  return text.length;
}

function unquoted(name: string): string {
  if (!name.startsWith('"')) return name;
  try {
    return String(JSON.parse(name));
  } catch {
    return name;
  }
}
