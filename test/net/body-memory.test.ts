import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createBodyMemory } from '../../src/net/body-memory.ts';
import { type BodyInput, readBody } from '../../src/parsers/body.ts';
import { atOnce } from '../../src/parsers/slices.ts';

function input(text: string, changes: Partial<BodyInput> = {}): BodyInput {
  const bytes = Buffer.from(text);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const sizes = { wireBytes: bytes.length, decodedBytes: bytes.length, comparedBytes: 1_000, maxUrls: 20, maxHtmlBytes: 10_000 };
  return { bytes, sha256, contentType: 'text/html', cut: null, keepText: false, ...sizes, ...changes };
}

const page = '<!doctype html><title>Cổng</title><p>Tin tức và sự kiện</p><script src="/a.js"></script>';

describe('the memory of bodies', () => {
  it.each<[string, BodyInput, BodyInput]>([
    ['the same again', input(page), input(page)],
    ['compressed in another way', input(page), input(page, { wireBytes: 70 })],
    ['as another type', input(page), input(page, { contentType: 'text/plain' })],
    ['without a type', input(page), input(page, { contentType: null })],
    ['cut by a cap', input(page), input(page, { cut: 'decoded' })],
    ['another page', input(page), input(page.replace('Cổng', 'Trang'))],
    ['with its text kept', input(page), input(page, { keepText: true })],
  ])('%s gives what reading it anew gives', (_title, first, second) => {
    const memory = createBodyMemory(10);
    expect(atOnce(memory.read(first))).toEqual(readBody(first));
    expect(atOnce(memory.read(second))).toEqual(readBody(second));
  });

  it('a page that is known is not read again, and the oldest are forgotten', () => {
    const memory = createBodyMemory(2);
    const first = atOnce(memory.read(input('<p>1</p>')));
    expect(atOnce(memory.read(input('<p>1</p>'))).resources).toBe(first.resources);
    atOnce(memory.read(input('<p>2</p>')));
    atOnce(memory.read(input('<p>3</p>')));
    expect(atOnce(memory.read(input('<p>1</p>'))).resources).not.toBe(first.resources);
  });
});
