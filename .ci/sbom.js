#!/usr/bin/env node
// Writes dist/ipv6gov.cdx.json (CycloneDX) from the lock file: what the package brings along. Needs no network. Part of `npm pack`.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const { name, version, dependencies } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
const said = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
  cwd: root,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'],
  maxBuffer: 64 * 1024 * 1024,
});
const bom = JSON.parse(said);
// npm names the root after its folder. Time and serial number would make every pack another one.
bom.metadata.component.name = name;
bom.metadata.component.version = version;
delete bom.metadata.timestamp;
delete bom.serialNumber;
// `--omit dev` also leaves out what a development tool happens to need too, so the lock file decides what is shipped.
const { packages } = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8'));
const shipped = new Set(
  Object.entries(packages)
    .filter(([path, entry]) => path !== '' && entry.dev !== true)
    .map(([path, entry]) => `${path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)}@${entry.version}`),
);
const isShipped = (ref) => shipped.has(ref) || ref === bom.metadata.component['bom-ref'];
const fullName = ({ group, name: own }) => (group ? `${group}/${own}` : own);
bom.components = bom.components.filter((component) => shipped.has(`${fullName(component)}@${component.version}`));
bom.dependencies = bom.dependencies
  .filter(({ ref }) => isShipped(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter(isShipped) }));
const known = new Map(bom.components.map((component) => [`${fullName(component)}@${component.version}`, component]));
const missing = Object.entries(dependencies).filter(([dependency, exact]) => !known.get(`${dependency}@${exact}`)?.hashes?.length);
if (missing.length > 0) throw new Error(`not in the bill of materials, or without a hash: ${missing.map(([dependency]) => dependency).join(', ')}`);
mkdirSync(new URL('dist/', root), { recursive: true });
writeFileSync(new URL('dist/ipv6gov.cdx.json', root), `${JSON.stringify(bom, null, 1)}\n`);
process.stderr.write(`${bom.components.length} packages in dist/ipv6gov.cdx.json\n`);
