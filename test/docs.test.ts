import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { toolVersion } from '../src/cli/version.ts';
import { manPage } from './support/man-page.ts';
import { fillReadme, readmeBlocks } from './support/readme-blocks.ts';

const update = process.env.UPDATE_DOCS === '1';
const root = join(import.meta.dirname, '..');

/** `npm run docs` (UPDATE_DOCS=1) rewrites the blocks. */
it.each([
  ['README.md', 'en'],
  ['README.vi.md', 'vi'],
] as const)('the tables of %s say what the code says', async (file, language) => {
  const path = join(root, file);
  const text = await readFile(path, 'utf8');
  const filled = fillReadme(text, await readmeBlocks(language));
  if (update) await writeFile(path, filled);
  else expect(text).toBe(filled);
});

it('the manual page says what the code says', async () => {
  const path = join(root, 'docs/ipv6gov.1');
  const page = manPage(toolVersion());
  if (update) await writeFile(path, page);
  else expect(await readFile(path, 'utf8')).toBe(page);
});

it('no line of the manual page is taken for a request by accident', () => {
  const requests = new Set(['.TH', '.SH', '.TP', '.B', '.I', '.RB', '.br', '.PP']);
  const lines = manPage('1').split('\n');
  expect(lines.filter((line) => /^[.']/.test(line) && !requests.has(line.split(' ', 1)[0] ?? ''))).toEqual([]);
});

it.each(['README.md', 'README.vi.md'])('%s names the two commands', async (file) => {
  const text = await readFile(join(root, file), 'utf8');
  expect(text).toContain('npm ci && npm run demo');
  expect(text).toContain('npm ci && npm test');
});
