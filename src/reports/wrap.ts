/** Wraps one paragraph at blanks to `width` columns, counting code points; longer words stay whole. `indent` goes before every line. */
export function wrap(text: string, { width, indent, first = indent }: { width: number; indent: string; first?: string }): string[] {
  const lines: string[] = [];
  let line = '';
  const room = (): number => width - Array.from(lines.length === 0 ? first : indent).length;
  for (const word of text.split(' ')) {
    if (line !== '' && Array.from(line).length + 1 + Array.from(word).length > room()) {
      lines.push(`${lines.length === 0 ? first : indent}${line}`);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(`${lines.length === 0 ? first : indent}${line}`);
  return lines;
}
