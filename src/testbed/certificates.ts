import { readFile } from 'node:fs/promises';
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';
import type { Family } from '../model/observation.ts';
import { absoluteName } from './record-text.ts';
import type { CertificateKind } from './scenario.ts';
import { concerns, type Node } from './world.ts';

const folder = new URL('../../fixtures/certificates/', import.meta.url);

/** Content of leaves.json: zone → kind → PEM. All but 'self-signed' are issued by the intermediate. */
type Leaves = Record<string, Partial<Record<CertificateKind, string>>>;

/** Kinds with a key of their own; all others share one. */
export const otherKeyKinds: ReadonlySet<CertificateKind> = new Set(['other-key', 'other-organisation']);

/** Zone of the certificate that a server shows by mistake. */
export const defaultZone = 'may-chu-mac-dinh.vn';

export interface Certificates {
  /** PEM of the test root: what a client must trust. */
  root: string;
  /** What this node shows for a host over this family; '' is a client that names no host. */
  contextFor(node: Node, family: Family, host: string): SecureContext;
}

/** Protocols of a node's web server by ALPN. */
export function alpnOf(node: Node, family: Family): string[] {
  const rule = node.owner.certificates.find((candidate) => concerns(candidate, node, family) && candidate.alpn !== undefined);
  return rule?.alpn ?? ['http/1.1'];
}

function kindFor(node: Node, family: Family, host: string): CertificateKind {
  const { certificates, domain } = node.owner;
  const rule = certificates.find(
    (candidate) => concerns(candidate, node, family) && (candidate.host === undefined || absoluteName(candidate.host, domain) === host),
  );
  return rule?.use ?? 'good';
}

function zoneOf(leaves: Leaves, host: string): string {
  const labels = host.split('.');
  for (let depth = 0; depth < labels.length; depth += 1) {
    const name = labels.slice(depth).join('.');
    if (name in leaves) return name;
  }
  return defaultZone;
}

/** Reads the test certificates; contexts are made when first shown. */
export async function loadCertificates(): Promise<Certificates> {
  const read = (name: string): Promise<string> => readFile(new URL(name, folder), 'utf8');
  const [root, intermediate, cross, key, otherKey, json] = await Promise.all(
    ['root.pem', 'intermediate.pem', 'cross.pem', 'leaf.key', 'other.key', 'leaves.json'].map(read),
  );
  if (
    root === undefined ||
    intermediate === undefined ||
    cross === undefined ||
    key === undefined ||
    otherKey === undefined ||
    json === undefined
  )
    throw new Error('certificates missing');
  const leaves = JSON.parse(json) as Leaves;
  const contexts = new Map<string, SecureContext>();
  const make = (zone: string, kind: CertificateKind, version: SecureContextOptions): SecureContext => {
    const issued = kind === 'no-intermediate' || kind === 'cross-signed' ? leaves[zone]?.good : leaves[zone]?.[kind];
    if (issued === undefined) throw new Error(`no ${kind} certificate for ${zone}: make the certificates again`);
    const alone = kind === 'no-intermediate' || kind === 'self-signed';
    const above = alone ? '' : kind === 'cross-signed' ? intermediate + cross : intermediate;
    return createSecureContext({ cert: issued + above, key: otherKeyKinds.has(kind) ? otherKey : key, ...version });
  };
  return {
    root,
    contextFor(node, family, host) {
      // Node keeps the chain of the first context when the one chosen by SNI has none: the first must not have one either.
      const kind = host === '' ? 'no-intermediate' : kindFor(node, family, host);
      const [zone, shown] = kind === 'wrong-name' ? [defaultZone, 'good' as const] : [zoneOf(leaves, host), kind];
      const maxVersion = node.owner.certificates.find((rule) => concerns(rule, node, family) && rule.maxVersion !== undefined)?.maxVersion;
      const id = `${zone} ${shown} ${maxVersion ?? ''}`;
      const context = contexts.get(id) ?? make(zone, shown, maxVersion === undefined ? {} : { maxVersion });
      contexts.set(id, context);
      return context;
    },
  };
}
