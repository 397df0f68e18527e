import { describe, expect, it } from 'vitest';
import { parseMetaRefresh } from '../../src/parsers/meta-refresh.ts';
import { pageSlices } from '../../src/parsers/page.ts';
import { atOnce, sliceLength } from '../../src/parsers/slices.ts';

const read = (html: string, maxUrls = 200) => atOnce(pageSlices([html, ''], maxUrls));

describe('readPage', () => {
  const rows: [string, string, [string, string][]][] = [
    ['script', '<script src=a.js></script>', [['a.js', 'script']]],
    ['stylesheet', '<link rel="StyleSheet" href=a.css>', [['a.css', 'style']]],
    ['icon', '<link rel="shortcut icon" href=/f.ico>', [['/f.ico', 'image']]],
    [
      'preloads',
      '<link rel=preload href=p><link rel=modulepreload href=m>',
      [
        ['p', 'preload'],
        ['m', 'preload'],
      ],
    ],
    [
      'images',
      '<img src=a srcset="b 1x, c,d 2x"><input type=image src=e><video poster=f></video>',
      [
        ['a', 'image'],
        ['b', 'image'],
        ['c,d', 'image'],
        ['e', 'image'],
        ['f', 'image'],
      ],
    ],
    [
      'frames',
      '<iframe src=a></iframe><frame src=b>',
      [
        ['a', 'frame'],
        ['b', 'frame'],
      ],
    ],
    [
      'media',
      '<video src=a><source src=b><track src=c></video><audio src=d></audio>',
      [
        ['a', 'media'],
        ['b', 'media'],
        ['c', 'media'],
        ['d', 'media'],
      ],
    ],
    [
      'object and embed',
      '<object data=a></object><embed src=b>',
      [
        ['a', 'other'],
        ['b', 'other'],
      ],
    ],
    [
      'forms',
      '<form action=a><button formaction=b></form>',
      [
        ['a', 'form'],
        ['b', 'form'],
      ],
    ],
    [
      'styles',
      '<p style="background:url(a)"><style>@import "b";@font-face{src:url(c)}d{x:url(e)}</style>',
      [
        ['a', 'image'],
        ['b', 'style'],
        ['c', 'font'],
        ['e', 'image'],
      ],
    ],
    [
      'anchors by IPv4 literal only',
      '<a href="http://a.vn/">x</a><a href="http://192.0.2.1/">y</a><a href="http://3221225985/">z</a>',
      [
        ['http://192.0.2.1/', 'anchor'],
        ['http://3221225985/', 'anchor'],
      ],
    ],
    ['nothing that is not loaded', '<img src="data:x"><img src=""><a href="#a"></a><img src="#b"><script src="javascript:1"></script>', []],
    ['nothing in comments, templates, noscript', '<!--<img src=a>--><template><img src=b></template><noscript><img src=c></noscript>', []],
    ['each kind and URL once', '<img src=a><img src=a>', [['a', 'image']]],
    ['a pre-HTML5 image tag', '<image src=a>', [['a', 'image']]],
    ['svg images', '<svg><image xlink:href="a"/><use href="#b"/></svg>', [['a', 'image']]],
  ];
  it.each(rows)('finds %s', (_name, html, expected) => {
    expect(read(html).resources.map(({ url, kind }) => [url, kind])).toEqual(expected);
  });

  it('W21 canonical, alternate and author links are no resources', () => {
    const html = ['canonical', 'alternate', 'author', 'next', 'license', 'dns-prefetch', 'preconnect', 'alternate stylesheet'].map(
      (rel) => `<link rel="${rel}" href="https://v4only.vn/${rel}">`,
    );
    const page = read(html.join(''));
    expect(page.resources).toEqual([]);
    expect(page.canonical).toBe('https://v4only.vn/canonical');
  });

  it('honours base href, absolute or relative, for all URLs', () => {
    const absolute = read(
      '<img src=a><base href="https://b.vn/x/"><base href="https://c.vn/"><img src="//d.vn/e"><link rel=canonical href=f>',
    );
    expect(absolute.resources.map(({ url }) => url)).toEqual(['https://b.vn/x/a', '//d.vn/e']);
    expect(absolute.canonical).toBe('https://b.vn/x/f');
    expect(read('<base href="/app/"><img src=a>').resources[0]?.url).toBe('/app/a');
  });

  it('takes text without scripts, styles, noscript, templates and title', () => {
    const page = read(
      '<title>T</title><p>a<script>b</script><style>c</style><noscript>d</noscript><template>e<b>f</b></template><iframe>g</iframe><svg><title>h</title><script/></svg><b>i</b>',
    );
    expect(page.text.split(' ').filter(Boolean)).toEqual(['a', 'i']);
  });

  it.each([
    ['<title> A \n B </title><title>C</title>', 'A B'],
    ['<svg><title>no</title></svg><title>yes</title>', 'yes'],
    ['<title>&lt;b&gt;</title>', '<b>'],
    ['<title></title>', null],
    ['<p>', null],
  ])('reads the title of %s', (html, title) => {
    expect(read(html).title).toBe(title);
  });

  it('keeps the hosts when there are too many URLs, and says when one may be missing', () => {
    const many = `${Array.from({ length: 300 }, (_, at) => `<img src=/${at}>`).join('')}<script src=//last.vn/x></script>`;
    const page = read(many);
    expect(page.resources).toHaveLength(200);
    expect(page.resources.some(({ url }) => url === '//last.vn/x')).toBe(true);
    expect(page.resourcesCut).toBe(false);
    expect(read(Array.from({ length: 5 }, (_, at) => `<img src=//h${at}.vn/>`).join(''), 4)).toMatchObject({
      resourcesCut: true,
      resources: { length: 4 },
    });
    expect(read(Array.from({ length: 4 }, (_, at) => `<img src=//h${at}.vn/>`).join(''), 4).resourcesCut).toBe(false);
  });

  it('reads the same wherever a slice ends', () => {
    const html = [
      '<title>a &amp; b\r\n😀</title><base href="https://b.vn/"><script src=a.js>if (a < b) "</scr" </script>',
      '<style>a{background:url(b.png)}</style><!-- <img src=no> --><img srcset="c 1x, d 2x" alt=\'x > y\'><svg><![CDATA[<i>]]></svg>',
      '<textarea><img src=no></textarea><p>Xin&nbsp;chào&lt;\r\n<a href=http://192.0.2.1/>x</a><meta http-equiv=refresh content="1;url=e">',
    ].join('');
    const { text, ...whole } = read(html);
    for (let before = 0; before < html.length; before += 1) {
      const padding = `<!--${'x'.repeat(sliceLength - 7 - before)}-->`;
      expect(read(padding + html), `${before}`).toEqual({ ...whole, text });
    }
  });

  it('W20 ends at an element of 20,000 attributes and says so', () => {
    const attributes = (count: number): string => Array.from({ length: count }, (_, at) => `a${at}`).join(' ');
    expect(read(`<i ${attributes(40_000)}><img src=a>`)).toMatchObject({ resourcesCut: true, resources: [] });
    expect(read(`<i ${attributes(10_000)}><img src=a>`)).toMatchObject({ resourcesCut: false, resources: [{ url: 'a', kind: 'image' }] });
  });

  it('W20 ends at a thousand nested svg elements and says so', () => {
    expect(read(`${'<svg>'.repeat(1_001)}<img src=a>`).resourcesCut).toBe(true);
    expect(read(`${'<svg></svg>'.repeat(2_000)}<img src=a>`)).toMatchObject({
      resourcesCut: false,
      resources: [{ url: 'a', kind: 'image' }],
    });
  });

  it('reads the first meta refresh with a URL, resolved by base', () => {
    expect(read('<meta http-equiv=Refresh content="300"><meta http-equiv=Refresh content="3; url=/vi">').metaRefresh).toEqual({
      seconds: 3,
      url: '/vi',
    });
    expect(read('<base href="https://b.vn/"><meta http-equiv=refresh content="0;url=vi">').metaRefresh).toEqual({
      seconds: 0,
      url: 'https://b.vn/vi',
    });
    expect(read('<noscript><meta http-equiv=refresh content="0;url=vi"></noscript>').metaRefresh).toBeNull();
  });
});

describe('parseMetaRefresh', () => {
  it.each([
    ['0;url=/a', { seconds: 0, url: '/a' }],
    [' 5 ; URL = "/a b" x', { seconds: 5, url: '/a b' }],
    ["1.5,'/a'", { seconds: 1.5, url: '/a' }],
    ['2 /a', { seconds: 2, url: '/a' }],
    ['0;urlish', { seconds: 0, url: 'urlish' }],
    ['5', null],
    ['5;', null],
    ['5;url=', null],
    ['x;url=/a', null],
    ['5x;url=/a', null],
    ['', null],
  ])('reads %j', (content, expected) => {
    expect(parseMetaRefresh(content)).toEqual(expected);
  });
});
