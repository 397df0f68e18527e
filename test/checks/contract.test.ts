import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadChecks } from '../../src/checks/index.ts';

/** Ids, levels, subjects and the status behind every message are a public contract: scripts and dashboards rely on them. UPDATE_GOLDEN=1 rewrites it. */
it('the contract of the checks has not changed unnoticed', async () => {
  const path = join(import.meta.dirname, '../../fixtures/checks-contract.json');
  const checks = await loadChecks();
  const contract = Object.fromEntries(
    checks.map(({ id, area, subject, level, messages }) => [
      id,
      { area, subject, level, messages: Object.fromEntries(Object.entries(messages).map(([message, { status }]) => [message, status])) },
    ]),
  );
  if (process.env.UPDATE_GOLDEN === '1') await writeFile(path, `${JSON.stringify(contract, null, 2)}\n`);
  expect(contract).toEqual(JSON.parse(await readFile(path, 'utf8')));
});
