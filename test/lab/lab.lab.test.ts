import { expect, inject, it } from 'vitest';
import { attempt } from './commands.ts';

it('comes up in under 20 s', () => {
  expect(inject('upMs')).toBeLessThan(20_000);
});

it('is what expected.ts says, by dig, curl, openssl and swaks', async () => {
  const { exitCode, stdout, stderr } = await attempt('test/lab/confirm.sh', [inject('namespacePrefix'), inject('authority')], {
    timeoutMs: 180_000,
  });
  expect(stdout.split('\n').filter((line) => line.startsWith('not ok'))).toEqual([]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout.split('\n').filter((line) => line.startsWith('ok')).length).toBeGreaterThan(150);
});
