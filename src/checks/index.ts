import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CheckDefinition } from './define-check.ts';

/** Loads every check by folder: one file under `checks/<area>/` is one check, its id is the file's name (design R5). Sorted by area and id. */
export async function loadChecks(): Promise<CheckDefinition[]> {
  const root = import.meta.dirname;
  const checks: CheckDefinition[] = [];
  const areas = (await readdir(root, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  for (const area of areas.sort()) {
    const files = (await readdir(join(root, area))).filter((file) => /\.(js|ts)$/.test(file) && !file.endsWith('.d.ts'));
    for (const file of files.sort()) {
      const module: { check?: CheckDefinition } = await import(pathToFileURL(join(root, area, file)).href);
      const id = file.replace(/\.(js|ts)$/, '');
      if (module.check?.id !== id) throw new Error(`checks/${area}/${file}: must export a check with the id '${id}'`);
      checks.push(module.check);
    }
  }
  return checks;
}
