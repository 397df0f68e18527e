import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { agencies, fill } from './agencies.ts';
import { run } from './commands.ts';
import type { LabZone } from './zones.ts';

/** Keys and signed copies are made for every run anew, in its folder. */
export interface Signer {
  /** Adds DS records of `children` to the zone and signs it; keeps a zone that is not to be signed. */
  sign: (zone: LabZone, children?: readonly LabZone[]) => Promise<LabZone>;
  /** DS of the signed zone, in zone file form. */
  ds: (zone: string) => string;
}

/** One key a zone (ECDSA P-256), and dnssec-signzone of BIND. */
export async function createSigner(folder: string): Promise<Signer> {
  const home = join(folder, 'signing');
  await mkdir(home, { recursive: true });
  const known = new Map<string, string>();
  const ds = (zone: string): string => known.get(zone) ?? '';
  return {
    ds,
    async sign(zone, children = []) {
      const text = zone.text + children.map(({ name }) => ds(name)).join('');
      if (zone.signed === undefined) return { ...zone, text };
      const file = join(home, zone.name === '.' ? 'root.zone' : `${zone.name}.zone`);
      await writeFile(file, zone.signed === 'bogus' ? spoiled(zone, text).before : text);
      const key = (await run('dnssec-keygen', ['-q', '-K', home, '-a', 'ECDSAP256SHA256', '-f', 'KSK', zone.name])).trim();
      known.set(zone.name, await run('dnssec-dsfromkey', ['-2', join(home, `${key}.key`)]));
      await run('dnssec-signzone', ['-q', '-S', '-z', '-K', home, '-d', home, '-o', zone.name, '-f', `${file}.signed`, file]);
      const signed = await readFile(`${file}.signed`, 'utf8');
      return { ...zone, text: zone.signed === 'bogus' ? spoiled(zone, signed).after : signed };
    },
  };
}

/** The zone is signed with another address of the web server, which is then put right: the signature over it no longer fits. */
function spoiled(zone: LabZone, text: string): { before: string; after: string } {
  const agency = agencies.find(({ domain }) => domain === zone.name);
  if (agency === undefined) throw new Error(`no agency ${zone.name}`);
  const [right, other] = [fill(agency, '{w6}'), fill(agency, '{y6}')];
  return { before: text.replaceAll(`AAAA ${right}\n`, `AAAA ${other}\n`), after: text.replaceAll(other, right) };
}
