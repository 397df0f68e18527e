import { describe, expect, it } from 'vitest';
import { cssUrls } from '../../src/parsers/css.ts';

describe('cssUrls', () => {
  it.each<[string, [string, string][]]>([
    ['a{background:url(x.png)}', [['x.png', 'image']]],
    ['a{background: URL( "x y.png" ) }', [['x y.png', 'image']]],
    [
      "@import 'a.css'; @import url(b.css) screen;",
      [
        ['a.css', 'style'],
        ['b.css', 'style'],
      ],
    ],
    [
      '@font-face{font-family:x;src:url(a.woff2) format("woff2"),url(b.woff)} b{x:url(c)}',
      [
        ['a.woff2', 'font'],
        ['b.woff', 'font'],
        ['c', 'image'],
      ],
    ],
    ['/* url(a) */ a{content:"url(b)"; x:url(c)}', [['c', 'image']]],
    ['a{x:url(a\\)b)} b{x:u\\72l(c)}', [['a)b', 'image']]],
    ['a{x:url(\\26 b)}', [['&b', 'image']]],
    [
      'a{x:url("\\000062c\\\nd\\0")} b{x:url(e\\',
      [
        ['bcd\ufffd', 'image'],
        ['e', 'image'],
      ],
    ],
    ['a{x:myurl(a)}', []],
    ['a{x:url()}', []],
    ['/* unclosed url(a)', []],
    ['a{x:url("unclosed', [['unclosed', 'image']]],
    ['@import', []],
    ['@media x{a{x:url(b)}}', [['b', 'image']]],
  ])('reads %s', (css, expected) => {
    expect(cssUrls(css, 100).map(({ url, kind }) => [url, kind])).toEqual(expected);
  });

  it('stops at the limit and cuts long URLs', () => {
    expect(cssUrls('a{x:url(b)}'.repeat(10), 3)).toHaveLength(3);
    expect(cssUrls(`a{x:url(${'b'.repeat(5_000)})} c{x:url(d)}`, 10).map(({ url }) => url.length)).toEqual([2_048, 1]);
    expect(cssUrls(`a{x:url("${'\\62 '.repeat(5_000)}")} c{x:url(d)}`, 10).map(({ url }) => url.length)).toEqual([2_048, 1]);
  });
});
