import { expect, it, vi } from 'vitest';
import { plainProgress } from '../../src/cli/progress.ts';
import { listenForSignals } from '../../src/cli/signals.ts';
import { catalogueOf } from '../../src/i18n/language.ts';
import { fakeIo } from '../support/cli-io.ts';

it.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('P1 first %s aborts, the second ends at once with %d', (signal, code) => {
  const { io, seen, send } = fakeIo();
  let said = 0;
  const stopper = listenForSignals(io, 5_000, () => {
    said += 1;
  });
  expect([stopper.stoppedBy(), stopper.signal.aborted]).toEqual([null, false]);
  send(signal);
  expect([stopper.stoppedBy(), stopper.signal.aborted, seen.exits]).toEqual([signal, true, []]);
  send(signal);
  expect(seen.exits).toEqual([code]);
  expect(said).toBe(1);
  stopper.release();
  send(signal);
  expect(seen.exits).toEqual([code]);
});

it('P1 what hangs is ended after shutdownMs, not before', () => {
  vi.useFakeTimers();
  const { io, seen, send } = fakeIo();
  const stopper = listenForSignals(io, 5_000);
  send('SIGTERM');
  vi.advanceTimersByTime(4_999);
  expect(seen.exits).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(seen.exits).toEqual([143]);
  stopper.release();
  vi.useRealTimers();
});

it('without a terminal progress is a line every 10 % or 30 s', () => {
  const lines: string[] = [];
  let nowMs = 0;
  const notes = { note: (text: string) => void lines.push(text), detail: () => undefined, warning: () => undefined };
  const progress = plainProgress(notes, catalogueOf('en'), () => nowMs);
  const agency = (done: number): void => progress.event({ kind: 'agency', done, total: 100, id: 'x' });
  agency(9);
  agency(10);
  agency(11);
  nowMs = 29_999;
  agency(12);
  nowMs = 30_000;
  agency(13);
  progress.event({ kind: 'resumed', agencies: 13, droppedBytes: 5 });
  expect(lines).toEqual([
    'measured 10 of 100 agencies (10 %)',
    'measured 13 of 100 agencies (13 %)',
    'Continuing: 13 agencies are measured already; a cut record of 5 bytes was dropped.',
  ]);
});
