import { readFileSync } from 'node:fs';
import type { Certificate } from '../../src/model/observation.ts';
import { certificateServiceUrls } from '../../src/net/certificate-service-urls.ts';
import { decodeMessage } from '../../src/net/dns-message.ts';
import { DnsMessageError } from '../../src/net/dns-message-error.ts';
import { headerPairs, headerValue } from '../../src/net/http-headers.ts';
import { createReplyReader } from '../../src/net/smtp-replies.ts';
import { subjectAltDnsNames } from '../../src/net/subject-alt-names.ts';
import { bodySlices } from '../../src/parsers/body.ts';
import { linkHeaderResources } from '../../src/parsers/dependencies.ts';
import { organisationOf } from '../../src/parsers/distinguished-name.ts';
import { mtaStsHost } from '../../src/parsers/mail-policy.ts';
import { redirectTarget } from '../../src/parsers/redirect.ts';
import { readSecurityHeaders } from '../../src/parsers/security-headers.ts';
import type { Slices } from '../../src/parsers/slices.ts';
import { isSpfRecord, parseSpf } from '../../src/parsers/spf.ts';
import { pointer, wireMessage, wireName, wireRecord } from '../support/dns-wire.ts';

/** The worst that is known for a reader of what others send, at the size at which our limits cut it. */
export interface WorstMessages {
  reader: string;
  /** By what it is. Slices stand for work that gives the event loop its turns. */
  messages: Record<string, () => Slices<unknown> | unknown>;
}

const dnsLimits = { maxPointersPerName: 32, maxNameStepsPerMessage: 65_536 };
const longName = wireName([63, 63, 63, 61].map((length) => 'X'.repeat(length)).join('.'));
const oddName = Buffer.concat(
  [63, 63, 63, 61].flatMap((length) => [Buffer.from([length]), Buffer.alloc(length, 0)]).concat(Buffer.from([0])),
);

function decoded(records: Buffer[]): () => unknown {
  const message = wireMessage({ answers: records }).subarray(0, 65_535);
  return () => {
    try {
      return decodeMessage(message, dnsLimits);
    } catch (error) {
      if (error instanceof DnsMessageError) return null;
      throw error;
    }
  };
}

const many = (count: number, record: Buffer): Buffer[] => Array<Buffer>(count).fill(record);
const chain = Buffer.concat([wireName('vn'), ...Array.from({ length: 8_000 }, (_, at) => pointer(at === 0 ? 34 : 36 + 2 * at))]);

const dns: WorstMessages = {
  reader: 'DNS message, 64 KiB',
  messages: {
    'a chain of 8,000 pointers': decoded([
      wireRecord({ type: 10, rdata: chain }),
      ...many(3_500, wireRecord({ owner: pointer(16_036), type: 2, rdata: pointer(16_036) })),
    ]),
    'names of 255 bytes behind pointers': decoded([
      wireRecord({ type: 10, rdata: longName }),
      ...many(4_600, wireRecord({ owner: pointer(34), type: 2, rdata: pointer(34) })),
    ]),
    'such names of NUL bytes': decoded([
      wireRecord({ type: 10, rdata: oddName }),
      ...many(4_600, wireRecord({ owner: pointer(34), type: 2, rdata: pointer(34) })),
    ]),
    'SOA of such names': decoded([
      wireRecord({ type: 10, rdata: oddName }),
      ...many(1_900, wireRecord({ owner: pointer(34), type: 6, rdata: Buffer.concat([pointer(34), pointer(34), Buffer.alloc(20)]) })),
    ]),
    'empty TXT records': decoded(many(4_900, wireRecord({ type: 16, rdata: Buffer.from([0]) }))),
    'one TXT of empty strings': decoded([wireRecord({ type: 16, rdata: Buffer.alloc(65_000) })]),
    'malformed records': decoded(many(4_600, wireRecord({ type: 28, rdata: Buffer.alloc(4) }))),
    'HTTPS of empty parameters': decoded([
      wireRecord({
        type: 65,
        rdata: Buffer.concat([
          Buffer.from([0, 1, 0]),
          ...Array.from({ length: 16_000 }, (_, at) => Buffer.from([at >> 8, at & 255, 0, 0])),
        ]),
      }),
    ]),
  },
};

function headerBlock(name: string, value: string): () => unknown {
  const flat = Array.from({ length: Math.max(1, Math.floor(16_384 / (name.length + value.length + 4))) }, () => [name, value]).flat();
  const timing = { connectMs: 1, tlsMs: null, firstByteMs: 1 };
  return () => {
    const headers = headerPairs(flat);
    const response = { status: 301, headers, tls: null, body: null, timing };
    return [
      headerValue(flat, 'content-encoding'),
      readSecurityHeaders(headers),
      linkHeaderResources(headers),
      redirectTarget({ url: 'https://a.gov.vn/x', response }),
    ];
  };
}

const headers: WorstMessages = {
  reader: 'HTTP header block, 16 KiB',
  messages: {
    'short headers': headerBlock('a', ''),
    links: headerBlock('link', '<'.repeat(2_000)),
    'links with parameters': headerBlock('link', '<a>;rel=icon;a=b,'.repeat(115)),
    quotes: headerBlock('link', `<a>;${'"'.repeat(2_000)}`),
    policies: headerBlock('content-security-policy', 'a b;'.repeat(500)),
    cookies: headerBlock('set-cookie', ';'.repeat(2_000)),
    'a redirect up and down': headerBlock('location', `https://a.vn/${'../a/'.repeat(400)}`),
    'a redirect of combining marks': headerBlock('location', `https://a${'\u0301\u0323'.repeat(1_000)}.vn/`),
  },
};

/** A body under the default limits, in the slices in which a run reads it. */
function body(text: string, contentType: string): () => Slices<unknown> {
  const bytes = Buffer.from(text).subarray(0, 2_097_152);
  return () =>
    bodySlices({
      ...{ bytes, contentType, wireBytes: bytes.length, decodedBytes: bytes.length, cut: null, comparedBytes: 524_288 },
      ...{ maxUrls: 200, maxHtmlBytes: 1_048_576, keepText: false, sha256: '' },
    });
}

const mebibyte = (text: string): string => text.repeat(Math.ceil(1_048_576 / Buffer.byteLength(text)));
const page = (text: string): (() => Slices<unknown>) => body(text, 'text/html; charset=utf-8');

const pages: WorstMessages = {
  reader: 'HTML page, 1 MiB, in slices',
  messages: {
    'plain words': page(mebibyte('<p class="muc">Thông tin về <a href="/van-ban/1">văn bản</a> của cơ quan.</p>')),
    'unclosed elements': page(mebibyte('<a>')),
    'nested elements': page(mebibyte('<div><p><b>')),
    'end tags': page(mebibyte('<b></i>')),
    attributes: page(`<a ${Array.from({ length: 200_000 }, (_, at) => at.toString(36)).join(' ')}>`),
    svg: page(mebibyte('<svg>')),
    'svg with text': page(mebibyte('<svg><desc>')),
    'one style block': page(`<style>${mebibyte('url(\\')}`),
    'style blocks': page(mebibyte('<style>a{background:url(x)}</style>')),
    'style attributes': page(mebibyte('<a style="b:url(c)">')),
    srcset: page(`<img srcset="${mebibyte('a 1x,')}">`),
    'a refresh': page(`<meta http-equiv=refresh content="1;${mebibyte(' ')}">`),
    hosts: page(Array.from({ length: 40_000 }, (_, at) => `<img src=//h${at}.example.vn/>`).join('')),
    'hosts under a base': page(`<base href="https://b.vn/a/">${Array.from({ length: 40_000 }, (_, at) => `<img src=${at}.png>`).join('')}`),
    'character references': page(mebibyte('&lt')),
    'one comment': page(`<!--${mebibyte('-')}`),
    'one word': page(mebibyte('a')),
    'short words': page(mebibyte('a ')),
    'different words': page(Array.from({ length: 200_000 }, (_, at) => `${at.toString(36)}k`).join(' ')),
    'combining marks': page(`a${mebibyte('\u0301\u0323')}`),
    'words of combining marks': page(mebibyte(`a${'\u0301\u0323'.repeat(127)} `)),
    'bytes that are no UTF-8': body(mebibyte('<b>\u00fe</b>'), 'text/html; charset=windows-1258'),
  },
};

const others: WorstMessages = {
  reader: 'style sheet and text, 1 MiB, in slices',
  messages: {
    'URLs cut short': body(mebibyte('url(\\'), 'text/css'),
    'different URLs': body(Array.from({ length: 60_000 }, (_, at) => `a{b:url(//h${at}.vn)}`).join(''), 'text/css'),
    imports: body(Array.from({ length: 60_000 }, (_, at) => `@import "${at}";`).join(''), 'text/css'),
    'one comment': body(`/*${mebibyte('* ')}`, 'text/css'),
    'one string': body(`"${mebibyte('\\61 ')}`, 'text/css'),
    names: body(mebibyte('u ur url '), 'text/css'),
    text: body(mebibyte('Thông tin về văn bản '), 'text/plain'),
  },
};

const known = readFileSync(new URL('../../fixtures/certificates/root.pem', import.meta.url));

/** What our readers do with the texts that Node makes of a certificate; OpenSSL takes 100 KB of certificates at most. */
function certificate(part: {
  raw?: Parameters<typeof certificateServiceUrls>[0]['raw'];
  infoAccess?: string;
  subjectAltName?: string;
  subject?: string;
}): () => unknown {
  const { raw = known, infoAccess = '', subjectAltName = '', subject = '' } = part;
  return (): Partial<Record<keyof Certificate, unknown>> => ({
    serviceUrls: certificateServiceUrls({ infoAccess, raw }),
    names: subjectAltDnsNames(subjectAltName, 100),
    subject: organisationOf(subject),
  });
}

const hundredKb = (text: string): string => text.repeat(Math.ceil(100_000 / text.length));
const certificates: WorstMessages = {
  reader: 'certificate, 100 KB',
  messages: {
    names: certificate({ subjectAltName: hundredKb('DNS:a.gov.vn, ') }),
    'names in quotes': certificate({ subjectAltName: hundredKb('DNS:"a\\", ') }),
    'an open quote': certificate({ subjectAltName: `DNS:"${hundredKb('\\"')}` }),
    'service addresses': certificate({ infoAccess: hundredKb('OCSP - URI:http://a.vn/\n') }),
    'distribution points': certificate({ raw: Buffer.from(hundredKb('\u0006\u0003U\u001d\u001f\u0004')) }),
    subject: certificate({ subject: hundredKb('O=a\\, b\n') }),
  },
};

function reply(text: string): () => unknown {
  const bytes = Buffer.from(text, 'latin1');
  return () => createReplyReader({ maxLineBytes: 1_000, maxReplyBytes: 100_000, maxReplyLines: 100 }).push(bytes);
}

const smtp: WorstMessages = {
  reader: 'SMTP reply, 100 KB',
  messages: {
    'a hundred long lines': reply(`220-${'a'.repeat(990)}\r\n`.repeat(100)),
    'short lines': reply('220-\n'.repeat(20_000)),
    'no line end': reply(`220 ${'a'.repeat(100_000)}`),
  },
};

const txt = (text: string) => ({ type: 'TXT', name: 'a.vn', ttl: 1, text }) as const;
const policies: WorstMessages = {
  reader: 'policy text, 64 KiB',
  messages: {
    'SPF, many terms': () => isSpfRecord('v=spf1 ') && parseSpf(`v=spf1 ${'a '.repeat(32_000)}`),
    'SPF, one term': () => parseSpf(`v=spf1 ip6:${':'.repeat(65_000)}`),
    'SPF, colons and slashes': () => parseSpf(`v=spf1 ${'=:/'.repeat(21_000)}`),
    'MTA-STS': () => mtaStsHost('a.vn', [txt(`v=STSv1${' '.repeat(65_000)}`)]),
  },
};

export const worstMessages: readonly WorstMessages[] = [dns, headers, pages, others, certificates, smtp, policies];
