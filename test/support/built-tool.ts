import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** The tool as it would be published, made from the sources as they are now, so that a test never runs an old build. */
export interface BuiltTool {
  /** `ipv6gov.js`, the command. */
  command: string;
  /** `audit-driver.js`: the audit command over a testbed elsewhere. */
  driver: string;
  /** `namespace-driver.js`: testbed and audit in one process, for a namespace of its own. */
  namespaceDriver: string;
  /** `fleet-driver.js`: a worker or a coordinator of a fleet. */
  fleetDriver: string;
}

/** Drivers, and what they need of the tests. */
const driverFiles = ['audit-driver', 'namespace-driver', 'audit-scenarios', 'scenario-routes', 'live', 'fleet-driver', 'fleet-world'].map(
  (name) => `test/support/${name}.ts`,
);

const root = new URL('../../', import.meta.url).pathname;
const builds = join(root, 'node_modules/.cache/ipv6gov-test');
const keptMs = 3_600_000;

let built: Promise<BuiltTool> | null = null;

/** Builds once per state of the sources; several test files may ask at once. */
export function builtTool(): Promise<BuiltTool> {
  built ??= buildTool();
  return built;
}

async function buildTool(): Promise<BuiltTool> {
  const sources = [...(await filesUnder('src')), ...driverFiles, 'tsconfig.json', 'bin/ipv6gov.js', 'package.json'];
  const hash = createHash('sha256');
  for (const file of sources) hash.update(`${file} ${(await stat(join(root, file))).mtimeMs}\n`);
  const place = join(builds, hash.digest('hex').slice(0, 16));
  const tool = {
    command: join(place, 'bin/ipv6gov.js'),
    driver: join(place, 'test/support/audit-driver.js'),
    namespaceDriver: join(place, 'test/support/namespace-driver.js'),
    fleetDriver: join(place, 'test/support/fleet-driver.js'),
  };
  if (await exists(tool.command)) return tool;
  const temporary = `${place}.${process.pid}`;
  await build(sources, temporary);
  // Whoever built the same at the same time was as good.
  await rename(temporary, place).catch(() => rm(temporary, { recursive: true, force: true }));
  await removeOldBuilds();
  return tool;
}

async function build(sources: readonly string[], place: string): Promise<void> {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.convertCompilerOptionsFromJson(
    { ...config.compilerOptions, noEmit: false, module: 'esnext', moduleResolution: 'bundler' },
    root,
  );
  for (const file of sources.filter((name) => /\.tsx?$/.test(name))) {
    const outputText = await transpiled(file, options);
    const target = join(place, file.replace(/\.tsx?$/, '.js').replace(/^src\//, 'dist/'));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, file.startsWith('test/') ? outputText.replaceAll('../../src/', '../../dist/') : outputText);
  }
  for (const file of sources.filter((name) => /\.(js|json)$/.test(name))) {
    await mkdir(dirname(join(place, file)), { recursive: true });
    await cp(join(root, file), join(place, file));
  }
  await symlink(join(root, 'fixtures'), join(place, 'fixtures'));
}

/** Kept by content: between two builds few files change. */
async function transpiled(file: string, options: ts.CompilerOptions): Promise<string> {
  const text = await readFile(join(root, file), 'utf8');
  const cached = join(builds, 'files', `${createHash('sha256').update(`${ts.version} ${file} ${text}`).digest('hex')}.js`);
  const known = await readFile(cached, 'utf8').catch(() => null);
  if (known !== null) return known;
  const { outputText } = ts.transpileModule(text, { compilerOptions: options, fileName: file });
  await mkdir(dirname(cached), { recursive: true });
  await writeFile(`${cached}.${process.pid}`, outputText);
  await rename(`${cached}.${process.pid}`, cached);
  return outputText;
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .sort();
}

async function removeOldBuilds(): Promise<void> {
  for (const name of [...(await readdir(builds)), ...(await readdir(join(builds, 'files'))).map((file) => `files/${file}`)]) {
    if (name === 'files') continue;
    const path = join(builds, name);
    const found = await stat(path).catch(() => null);
    if (found !== null && Date.now() - found.mtimeMs > keptMs) await rm(path, { recursive: true, force: true });
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
