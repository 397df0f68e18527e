import type { Cause } from '../model/cause.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known, unknown } from './fact.ts';
import type { Presence } from './web-addresses.ts';
import { webCertificates } from './web-certificates.ts';
import { ipv4ControlCause } from './web-ipv4-control.ts';
import { hasNoTls, type LeafPart, leafDifferences, type ShownLeaf, shownLeaves } from './web-leaves.ts';

/** A leaf over IPv6 that no address shows over IPv4, beside the IPv4 leaf that is most like it. */
export interface OtherLeaf {
  ipv6: ShownLeaf;
  ipv4: ShownLeaf;
  differences: LeafPart[];
}

export interface WebCertificateParity {
  host: string;
  presence: Presence;
  ipv4Published: boolean;
  connection: 'reached' | 'fails' | 'not-offered' | 'unknown';
  /** Why one of the families shows no certificate. */
  cause: Cause | null;
  stalled: boolean;
  /** No handshake over IPv6 ends: `web-tls` judges that. */
  noTls: boolean;
  ipv6: ShownLeaf[];
  ipv4: ShownLeaf[];
  others: OtherLeaf[];
}

/** Leaf certificates of a host by family. */
export function webCertificateParity(context: AgencyContext, host: string): Fact<WebCertificateParity> {
  return cached(context, `webCertificateParity ${host}`, () => {
    const certificates = webCertificates(context, host);
    if (!certificates.known) return unknown(certificates.cause, certificates.observations);
    const { presence, ipv4Published, connection, connectionCause, stalled } = certificates.value;
    const [ipv6, ipv4] = [shownLeaves(context, host, 6), shownLeaves(context, host, 4)];
    const open = certificates.value.ipv6.find(({ state }) => state === 'unknown' || state === 'fails');
    return known(
      {
        host,
        presence,
        ipv4Published,
        connection,
        cause: connectionCause ?? (ipv6.length > 0 ? ipv4ControlCause(context, host) : (open?.cause ?? null)),
        stalled,
        noTls: hasNoTls(context, host),
        ipv6,
        ipv4,
        others: ipv6.flatMap((leaf) => otherLeaf(leaf, ipv4)),
      },
      [...certificates.observations, ...[...ipv6, ...ipv4].map(({ observation }) => observation)],
    );
  });
}

function otherLeaf(ipv6: ShownLeaf, twins: readonly ShownLeaf[]): OtherLeaf[] {
  const compared = twins.map((ipv4) => ({ ipv6, ipv4, differences: leafDifferences(ipv6, ipv4) }));
  const [closest] = compared.toSorted((a, b) => a.differences.length - b.differences.length || Number(b.ipv4.valid) - Number(a.ipv4.valid));
  return closest === undefined || closest.differences.length === 0 ? [] : [closest];
}
