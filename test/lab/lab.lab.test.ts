import { availableParallelism } from 'node:os';
import { expect, inject, it } from 'vitest';
import { audited } from './agencies.ts';
import { attempt } from './commands.ts';
import { factLines } from './facts.ts';

it('has at least 80 agencies', () => {
  expect(audited.length).toBeGreaterThanOrEqual(80);
  expect(new Set(audited.map(({ domain }) => domain)).size).toBe(audited.length);
});

it('comes up in under 20 s, where the machine is not busy with other things', () => {
  const busy = inject('loadAtStart') > availableParallelism();
  expect(inject('upMs')).toBeLessThan(busy ? 60_000 : 20_000);
});

it('is what the cases say, by dig, curl, openssl and swaks', async () => {
  const facts = factLines();
  const { exitCode, stdout, stderr } = await attempt('test/lab/confirm.sh', [inject('namespacePrefix'), inject('authority')], {
    input: facts,
    timeoutMs: 11 * 60_000,
  });
  const lines = stdout.split('\n');
  expect(lines.filter((line) => line.startsWith('not ok'))).toEqual([]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  // Six facts of the lab itself come before those of the domains.
  const count = facts.split('\n').filter((line) => !line.startsWith('domain ')).length + 6;
  expect(lines.filter((line) => line.startsWith('ok')).length).toBe(count);
});
