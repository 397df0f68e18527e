import { createHash } from 'node:crypto';
import type { BodyEvidence } from '../../src/model/observation.ts';
import { readBody } from '../../src/parsers/body.ts';

/** Body evidence of a text under the default limits. */
export function bodyOf(
  text: string | Uint8Array,
  options: { contentType?: string | null; maxUrls?: number; keepText?: boolean; comparedBytes?: number } = {},
): BodyEvidence {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  return readBody({
    bytes,
    contentType: options.contentType === undefined ? 'text/html; charset=utf-8' : options.contentType,
    wireBytes: bytes.length,
    decodedBytes: bytes.length,
    cut: null,
    comparedBytes: options.comparedBytes ?? 524_288,
    maxUrls: options.maxUrls ?? 200,
    maxHtmlBytes: 1_048_576,
    keepText: options.keepText ?? false,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
}

const syllables = [
  'cổng',
  'thông',
  'tin',
  'điện',
  'tử',
  'tỉnh',
  'dịch',
  'vụ',
  'công',
  'văn',
  'bản',
  'quy',
  'định',
  'hội',
  'nghị',
  'kinh',
  'tế',
  'xã',
  'phát',
  'triển',
  'người',
  'dân',
  'hồ',
  'sơ',
  'lãnh',
  'đạo',
  'ủy',
  'ban',
];

/** Vietnamese-looking words, the same for the same seed. */
export function words(count: number, seed: number): string {
  let state = seed * 2_654_435_761 + 1;
  const picked: string[] = [];
  for (let at = 0; at < count; at += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    picked.push(syllables[(state >>> 8) % syllables.length] ?? 'tin');
  }
  return picked.join(' ');
}

/** A portal-like page of `items` news; `seed` decides its words. */
export function portalPage(options: { seed?: number; items?: number; title?: string; extra?: string; head?: string } = {}): string {
  const { seed = 1, items = 20, title = 'Cổng thông tin điện tử', extra = '', head = '' } = options;
  const news = Array.from(
    { length: items },
    (_, at) =>
      `<div class="tin"><h3><a href="/tin-${at}">${words(9, seed * 100 + at)}</a></h3><img src="/anh/${at}.jpg"><p>${words(24, seed * 100 + at + 50)}</p></div>`,
  );
  return `<!doctype html><html lang="vi"><head><title>${title}</title>${head}<link rel="stylesheet" href="/css/main.css"></head>\n<body><ul><li>Trang chủ</li><li>Tin tức</li></ul>\n${news.join('\n')}\n${extra}</body></html>`;
}
