import type { X509Certificate } from 'node:crypto';

const maxUrls = 8;
const maxUrlLength = 500;
const maxDepth = 6;
const maxElements = 200;

/** cRLDistributionPoints, 2.5.29.31, as an encoded object identifier (RFC 5280 §4.2.1.13). */
const crlPointsId = Buffer.from([0x06, 0x03, 0x55, 0x1d, 0x1f]);
const octetString = 0x04;
const boolean = 0x01;
/** GeneralName uniformResourceIdentifier, [6] (RFC 5280 §4.2.1.6). */
const uri = 0x86;
const constructed = 0x20;

/** The http(s) URLs that a certificate names for OCSP, its issuer's certificate and CRL; at most 8, each once, at most 500 characters long. */
export function certificateServiceUrls(certificate: Pick<X509Certificate, 'infoAccess' | 'raw'>): string[] {
  const found = [...infoAccessUrls(certificate.infoAccess ?? ''), ...crlUrls(certificate.raw)];
  return [...new Set(found.filter(isWebUrl))].slice(0, maxUrls);
}

const isWebUrl = (text: string): boolean => /^https?:\/\//.test(text) && text.length <= maxUrlLength && URL.canParse(text);

/** Node writes one 'OCSP - URI:…' or 'CA Issuers - URI:…' a line; odd values are JSON strings, and no URL that is asked. */
function infoAccessUrls(text: string): string[] {
  return text.split('\n', maxElements).flatMap((line) => {
    const at = line.indexOf(' - URI:');
    return at === -1 ? [] : [line.slice(at + 7)];
  });
}

/** Node does not show this extension, so it is read from the certificate itself; what is not well formed ends the reading. */
function crlUrls(der: Buffer): string[] {
  const id = der.indexOf(crlPointsId);
  if (id === -1) return [];
  let next = elementAt(der, id + crlPointsId.length, der.length);
  if (next?.tag === boolean) next = elementAt(der, next.end, der.length);
  if (next?.tag !== octetString) return [];
  const urls: string[] = [];
  let budget = maxElements;
  const walk = (from: number, to: number, depth: number): void => {
    for (let at = from; at < to && budget > 0; ) {
      budget -= 1;
      const element = elementAt(der, at, to);
      if (element === null) return;
      if (element.tag === uri) urls.push(der.toString('latin1', element.start, Math.min(element.end, element.start + maxUrlLength + 1)));
      else if ((element.tag & constructed) !== 0 && depth < maxDepth) walk(element.start, element.end, depth + 1);
      at = element.end;
    }
  };
  walk(next.start, next.end, 0);
  return urls;
}

interface Element {
  tag: number;
  /** Of the content. */
  start: number;
  end: number;
}

/** One DER element with a definite length of at most two bytes, whole inside `to`; else null. */
function elementAt(der: Buffer, at: number, to: number): Element | null {
  const [tag, first] = [der[at], der[at + 1]];
  if (tag === undefined || first === undefined || at + 2 > to) return null;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || lengthBytes > 2 || at + 2 + lengthBytes > to) return null;
  const length = lengthBytes === 0 ? first : der.readUIntBE(at + 2, lengthBytes);
  const start = at + 2 + lengthBytes;
  return start + length > to ? null : { tag, start, end: start + length };
}
