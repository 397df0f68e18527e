import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRandom } from './random.ts';
import { judge, knownCases, type Target } from './target.ts';
import { certificateTarget } from './targets/certificate.ts';
import { dnsTarget } from './targets/dns.ts';
import { fileTarget, listTarget } from './targets/lists.ts';
import { smtpTarget } from './targets/smtp.ts';
import { evidenceTarget, journalTarget, reportTarget } from './targets/stored.ts';
import { bodyTarget, headerTarget, pageTarget } from './targets/web.ts';
import { httpWireTarget, smtpWireTarget } from './targets/wire.ts';

const targets: readonly Target[] = [
  ...[dnsTarget, smtpTarget, pageTarget, bodyTarget, headerTarget, certificateTarget, httpWireTarget, smtpWireTarget],
  ...[listTarget, fileTarget, journalTarget, evidenceTarget, reportTarget],
];
/** `FUZZ_SECONDS=600 npm run fuzz`; `FUZZ_SEED` repeats a run. */
const seconds = Number(process.env.FUZZ_SECONDS ?? 60);
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000_007);
const msPerTarget = (seconds * 1_000) / targets.length;

/** Where it can be copied from into fixtures/fuzz. */
function keep(target: Target, input: Buffer, at: number): string {
  const folder = join(tmpdir(), 'ipv6gov-fuzz-found');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${target.name}-${seed}-${at}`);
  writeFileSync(path, input);
  return path;
}

describe.each(targets)('$name', (target) => {
  it('reads what it read wrongly once, and its seeds', async () => {
    for (const { file, input } of await knownCases(target.name)) expect([file, (await judge(target, input)).fault]).toEqual([file, null]);
    for (const input of target.seeds) expect((await judge(target, input)).fault).toBeNull();
  }, 120_000);

  it(
    'never throws, stalls or grows',
    async () => {
      const random = createRandom(seed);
      const end = performance.now() + msPerTarget;
      const seen = { cases: 0, bytes: 0, worstMs: 0 };
      const faults: string[] = [];
      while (performance.now() < end && faults.length === 0) {
        const input = target.mutate(random);
        const { fault, ms } = await judge(target, input);
        if (fault !== null) faults.push(`${fault}\nkept in ${keep(target, input, seen.cases)}`);
        seen.cases += 1;
        seen.bytes += input.length;
        seen.worstMs = Math.max(seen.worstMs, ms);
      }
      process.stdout.write(
        `fuzz ${target.name}: seed ${seed}, ${seen.cases} cases, ${seen.bytes} bytes, slowest ${seen.worstMs.toFixed(1)} ms\n`,
      );
      expect(faults).toEqual([]);
      expect(seen.cases).toBeGreaterThan(5);
    },
    msPerTarget + 120_000,
  );
});
