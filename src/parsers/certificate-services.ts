import { httpTarget } from './http-target.ts';
import { hostNameOf, parseUrl } from './url-literals.ts';

/** A host that certificates name for OCSP, CRL or the issuer's certificate, and the first URL on it. */
export interface CertificateService {
  host: string;
  url: string;
}

/** Hosts of the service URLs of certificates, each once, in the order met; address literals and other schemes are left out. */
export function certificateServices(urls: readonly string[]): CertificateService[] {
  const found = new Map<string, CertificateService>();
  for (const url of urls) {
    const parsed = parseUrl(url);
    const host = parsed === null || httpTarget(url) === null ? null : hostNameOf(parsed);
    if (host !== null && !found.has(host)) found.set(host, { host, url });
  }
  return [...found.values()];
}
