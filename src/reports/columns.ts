/** Rows of cells as aligned lines without a frame. Widths are code points; numbers of columns to the right are set by `right`. */
export function alignColumns(rows: readonly (readonly string[])[], right: ReadonlySet<number> = new Set()): string[] {
  const widths: number[] = [];
  for (const row of rows) for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, widthOf(cell));
  return rows.map((row) =>
    row
      .map((cell, index) => {
        const blanks = ' '.repeat((widths[index] ?? 0) - widthOf(cell));
        return right.has(index) ? blanks + cell : cell + blanks;
      })
      .join('  ')
      .trimEnd(),
  );
}

const widthOf = (text: string): number => Array.from(text).length;
