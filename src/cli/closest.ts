/** Further away it is another word; of a short word less than half may differ. */
const maxDistance = 4;
const maxLength = 60;

/** The most similar of the known words, or null when none is near. */
export function closest(word: string, known: readonly string[]): string | null {
  let best: string | null = null;
  let least = Math.min(maxDistance, Math.floor(word.length / 2)) + 1;
  for (const candidate of known) {
    const distance = editDistance(word.slice(0, maxLength), candidate);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const now = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const change = (before[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      now.push(Math.min(change, (before[column] ?? 0) + 1, (now[column - 1] ?? 0) + 1));
    }
    before = now;
  }
  return before[b.length] ?? 0;
}
