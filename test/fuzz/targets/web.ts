import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { collectBody } from '../../../src/net/body-reader.ts';
import { readBody } from '../../../src/parsers/body.ts';
import { linkHeaderResources } from '../../../src/parsers/dependencies.ts';
import { redirectTarget } from '../../../src/parsers/redirect.ts';
import { readSecurityHeaders } from '../../../src/parsers/security-headers.ts';
import { mutateBytes, withTokens } from '../mutate.ts';
import type { Target } from '../target.ts';

const pages = [
  '<!doctype html><html lang=vi><head><meta charset=utf-8><title>Cổng</title><link rel=stylesheet href="/a.css"><link rel=canonical href="//b.vn/"><script src="https://c.vn/x.js"></script></head><body><img srcset="a.png 1x, b.png 2x" src=c.png><svg><image href=d.svg></svg><iframe srcdoc="<img src=//e.vn/f>"></iframe><p style="background:url(g.png)">Xin chào</p></body></html>',
  '<meta http-equiv=refresh content="0; url=//192.0.2.1/x"><base href="https://b.vn/"><a href=http://[::1]/>x</a>',
  '@import url("//a.vn/b.css"); @font-face{src:url(c.woff2) format("woff2"),url(d)} a{background:image-set("e.png" 1x)}',
].map((text) => Buffer.from(text));
const tokens = [
  ...[
    '<',
    '>',
    '<!--',
    '-->',
    '<script>',
    '</script>',
    '<svg>',
    '<table>',
    '<b>',
    '<a href=',
    '"',
    "'",
    '&#x0;',
    '&lt',
    '<![CDATA[',
    '\0',
    '\u202e',
    'url(',
  ],
  ...[
    '/*',
    '*/',
    '\\',
    ')',
    '@import ',
    '<base href=//',
    '<meta charset=utf-16le>',
    '\ufeff',
    '%00',
    'http://',
    '//',
    '[::',
    '0x7f.1',
    ';',
  ],
];
const maxBytes = 1_048_576;

export const pageTarget: Target = {
  name: 'page',
  seeds: pages,
  mutate(random) {
    const seed = random.pick(pages);
    if (random.chance(0.3)) return mutateBytes(seed, random, pages);
    return Buffer.from(withTokens(seed.toString(), random, tokens)).subarray(0, maxBytes);
  },
  read(input) {
    const contentType =
      [null, 'text/html', 'text/html; charset=windows-1258', 'text/css', 'text/plain', 'text/html; charset="'][input.length % 6] ?? null;
    const body = readBody({
      ...{ bytes: input, contentType, wireBytes: input.length, decodedBytes: input.length, cut: null, comparedBytes: 524_288 },
      ...{ maxUrls: 200, maxHtmlBytes: maxBytes, keepText: false, sha256: '' },
    });
    return JSON.stringify(body).length;
  },
  isDeclared: () => false,
  maxMs: 20,
  // Faults W20.
  msPerMiB: 200,
  maxResult: (bytes) => 20_000 + bytes * 8 + 200 * 2_100,
};

const encoders: Record<string, (bytes: Buffer) => Buffer> = {
  gzip: (bytes) => gzipSync(bytes),
  br: (bytes) => brotliCompressSync(bytes),
  deflate: (bytes) => deflateSync(bytes),
  'gzip, br': (bytes) => brotliCompressSync(gzipSync(bytes)),
};
const encodings = [...Object.keys(encoders), 'identity', 'gzip, gzip, gzip', 'x-unknown', '', ',,,'];
const zeros = Buffer.alloc(300_000);
const coded = Object.values(encoders).flatMap((encode) => [...pages, zeros].map((page) => encode(page)));
const limits = { maxWireBytes: 65_536, maxDecodedBytes: 131_072, maxExpansion: 100, maxEncodings: 2 };

export const bodyTarget: Target = {
  name: 'body',
  seeds: coded,
  mutate: (random) =>
    Buffer.concat([random.bytes(1), random.chance(0.2) ? random.pick(coded) : mutateBytes(random.pick(coded), random, coded)]),
  /** The first byte chooses the Content-Encoding. */
  async read(input) {
    const encoding = encodings[(input[0] ?? 0) % encodings.length] ?? '';
    const body = await collectBody(
      (async function* () {
        for (let at = 1; at < input.length; at += 4_096) yield input.subarray(at, at + 4_096);
      })(),
      encoding,
      limits,
    );
    return body.bytes.length;
  },
  isDeclared: () => false,
  maxMs: null,
  maxResult: () => limits.maxDecodedBytes,
};

const headerSeeds = [
  'location: https://www.a.gov.vn/\nlink: <https://c.vn/a.css>; rel=preload; as=style, </b.js>; rel="modulepreload"\nstrict-transport-security: max-age=31536000; includeSubDomains\ncontent-security-policy: default-src https: 192.0.2.1; report-uri //[::1]/',
  'location: //192.0.2.1:8080/x?y#z\nlocation: http://2130706433/\nrefresh: 0; url=/x',
].map((text) => Buffer.from(text));
const headerTokens = [
  '\n',
  ': ',
  'location: ',
  'link: <',
  '>; rel=',
  '"',
  ';',
  ',',
  '//',
  'http:',
  '@',
  '[',
  ']',
  '%',
  '\\',
  '..',
  '\t',
  'max-age=',
  '0x',
  '\u0000',
  'é',
];

export const headerTarget: Target = {
  name: 'headers',
  seeds: headerSeeds,
  mutate: (random) => Buffer.from(withTokens(random.pick(headerSeeds).toString(), random, headerTokens)).subarray(0, 16_384),
  read(input) {
    const headers = input
      .toString('latin1')
      .split('\n')
      .map((line): [string, string] => [
        line.slice(0, Math.max(0, line.indexOf(':'))).toLowerCase(),
        line.slice(line.indexOf(':') + 1).trim(),
      ]);
    const timing = { connectMs: 1, tlsMs: null, firstByteMs: 1 };
    const response = { status: 301, headers, tls: null, body: null, timing };
    const found = [readSecurityHeaders(headers), linkHeaderResources(headers), redirectTarget({ url: 'https://a.gov.vn/x', response })];
    return JSON.stringify(found).length;
  },
  isDeclared: () => false,
  maxMs: 20,
  maxResult: (bytes) => 10_000 + bytes * 20,
};
