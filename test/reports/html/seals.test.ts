import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { earlyScript, script } from '../../../src/reports/html/script.ts';
import { style } from '../../../src/reports/html/style.ts';

const seal = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** `npm run docs` (UPDATE_DOCS=1) writes them anew. */
test('the hashes of the content policy fit the style sheet and the scripts', async () => {
  const path = join(import.meta.dirname, '../../../src/reports/html/seals.ts');
  const sealed = await readFile(path, 'utf8');
  let fitting = sealed;
  for (const [name, text] of Object.entries({ styleHash: style, earlyScriptHash: earlyScript, scriptHash: script })) {
    const line = new RegExp(`export const ${name} = '[^']*';`);
    expect(sealed).toMatch(line);
    fitting = fitting.replace(line, () => `export const ${name} = '${seal(text)}';`);
  }
  if (process.env.UPDATE_DOCS === '1') await writeFile(path, fitting);
  else expect(sealed).toBe(fitting);
});

test('the raw constants cannot end the element they stand in, and load nothing', () => {
  for (const text of [style, script, earlyScript]) {
    expect(text).not.toMatch(
      /<\/|<!--|"|https?:\/\/(?!www\.w3\.org\/2000\/svg)|@import|fetch\(|XMLHttpRequest|innerHTML|insertAdjacent|eval\(/,
    );
  }
});
