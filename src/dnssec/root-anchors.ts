import type { DnsRecordOf } from '../model/dns.ts';

/** What a chain of trust starts from: a DS of the root's key (RFC 4033 §2, RFC 9718). */
export type TrustAnchor = Pick<DnsRecordOf<'DS'>, 'keyTag' | 'algorithm' | 'digestType' | 'digest'>;

/** The root's keys as IANA publishes them in root-anchors.xml: KSK-2017 and KSK-2024. */
export const rootAnchors: readonly TrustAnchor[] = [
  { keyTag: 20326, algorithm: 8, digestType: 2, digest: 'e06d44b80b8f1d39a95c0b0d7c65d08458e880409bbc683457104237c7f8ec8d' },
  { keyTag: 38696, algorithm: 8, digestType: 2, digest: '683d2d0acb8c9b712a1948b27f741219298d0a450d612c483af444a4c0fb2b16' },
];
