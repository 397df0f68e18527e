import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fillReadme, readmeBlocks } from './support/readme-blocks.ts';

/** `npm run docs` (UPDATE_DOCS=1) rewrites the blocks. */
it.each([
  ['README.md', 'en'],
  ['README.vi.md', 'vi'],
] as const)('the tables of %s say what the code says', async (file, language) => {
  const path = join(import.meta.dirname, '..', file);
  const text = await readFile(path, 'utf8');
  const filled = fillReadme(text, await readmeBlocks(language));
  if (process.env.UPDATE_DOCS === '1') await writeFile(path, filled);
  else expect(text).toBe(filled);
});

it.each(['README.md', 'README.vi.md'])('%s names the two commands', async (file) => {
  const text = await readFile(join(import.meta.dirname, '..', file), 'utf8');
  expect(text).toContain('npm ci && npm run demo');
  expect(text).toContain('npm ci && npm test');
});
