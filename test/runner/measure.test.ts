import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CollectInput } from '../../src/runner/collect.ts';
import { readJournal } from '../../src/runner/evidence-journal.ts';
import { measureRun } from '../../src/runner/measure.ts';
import { createRunFolder } from '../../src/runner/run-folder.ts';
import { fakeAgency, fakeManifest } from '../support/fake-dns.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'measure-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true });
});

it('P11 an agency at which we crash is one of the run, with the crash as its record', async () => {
  const folder = await createRunFolder({ dir, id: 'run-1' });
  const live = {
    endpoints: null,
    extraCertificates: [],
    helo: 'probe.example.vn',
    userAgent: 'ipv6gov/0 (test)',
    keepBodies: false,
    optedOut: () => false,
    optedOutName: () => false,
    labRates: 1,
    cores: 1,
  };
  const ended = await measureRun({
    folder,
    // Without root servers and controls nobody is asked anything.
    manifest: fakeManifest({ mode: 'iterative', rootServers: [] }),
    agencies: ['a', 'b', 'c'].map((id) => ({ ...fakeAgency, id })),
    live,
    signal: new AbortController().signal,
    onEvent: () => undefined,
    collect: async ({ agency }: CollectInput) => {
      if (agency.id === 'b') throw new Error('our own fault');
      return { schema: 'ipv6gov.evidence/1', agency, part: 'main', observations: [], crashes: [], budgetExhausted: false };
    },
  });
  expect(ended.complete).toBe(true);
  const crashes: Record<string, object[]> = {};
  for await (const { agency, ...record } of readJournal(folder.journal)) if (agency !== null) crashes[agency.id] = record.crashes;
  expect(crashes).toEqual({ a: [], b: [{ probe: 'main', detail: 'our own fault' }], c: [] });
});
