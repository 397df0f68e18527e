import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { earlyScript, script } from '../../../src/reports/html/script.ts';
import { earlyScriptHash, scriptHash, styleHash } from '../../../src/reports/html/seals.ts';
import { style } from '../../../src/reports/html/style.ts';

const seal = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

test('the hashes of the content policy fit the style sheet and the scripts', () => {
  expect({ styleHash, earlyScriptHash, scriptHash }).toEqual({
    styleHash: seal(style),
    earlyScriptHash: seal(earlyScript),
    scriptHash: seal(script),
  });
});

test('the raw constants cannot end the element they stand in, and load nothing', () => {
  for (const text of [style, script, earlyScript]) {
    expect(text).not.toMatch(
      /<\/|<!--|"|https?:\/\/(?!www\.w3\.org\/2000\/svg)|@import|fetch\(|XMLHttpRequest|innerHTML|insertAdjacent|eval\(/,
    );
  }
});
