import { expect, it } from 'vitest';
import type { Engine } from '../../src/fleet/engine.ts';
import type { Beat } from '../../src/fleet/messages.ts';
import { subjects } from '../../src/fleet/names.ts';
import { listenToBeats, mayWork } from '../../src/fleet/presence.ts';

const standing = (worker: string) => ({ worker, state: 'standby' }) as const;
const working = (worker: string) => ({ worker, state: 'working' }) as const;

it.each<[string, Pick<Beat, 'worker' | 'state'>, number, Pick<Beat, 'worker' | 'state'>[], boolean]>([
  ['alone', standing('b'), 1, [], true],
  ['it hears itself', standing('b'), 1, [standing('b')], true],
  ['of two that begin, the first by id', standing('a'), 1, [standing('b')], true],
  ['of two that begin, the second by id', standing('b'), 1, [standing('a')], false],
  ['who works goes on when one of a smaller id comes', working('b'), 1, [standing('a')], true],
  ['who comes stands by, whatever its id', standing('a'), 1, [working('b')], false],
  ['who is draining still sends', standing('a'), 1, [{ worker: 'b', state: 'draining' }], false],
  ['two that both work after a cut', working('b'), 1, [working('a')], false],
  ['two share', standing('b'), 2, [working('a')], true],
  ['a third stands by', standing('c'), 2, [working('a'), working('b')], false],
])('may it work? %s: %j of %i', (_title, own, of, alive, expected) => expect(mayWork(own, of, alive)).toBe(expected));

/** The engine as far as a listener needs it. */
function heardFrom(beatsOf: (send: (subject: string, beat: unknown) => void) => void, laterMs = 0) {
  let nowMs = 0;
  let callback: (error: Error | null, message: { subject: string; data: Uint8Array }) => void = () => undefined;
  const connection = {
    subscribe: (_subject: string, options: { callback: typeof callback }) => {
      callback = options.callback;
      return { unsubscribe: () => undefined };
    },
  };
  const beats = listenToBeats({ connection } as unknown as Engine, subjects.beats, 1_000, () => nowMs);
  beatsOf((subject, beat) => callback(null, { subject, data: Buffer.from(JSON.stringify(beat)) }));
  nowMs = laterMs;
  return beats.alive().map(({ vantage, worker, done }) => [vantage, worker, done]);
}

const beat = (vantage: string, worker: string, done = 0): Beat => ({
  schema: 'ipv6gov.beat/1',
  vantage,
  worker,
  version: '0',
  of: 1,
  clockMs: 0,
  ipv6: 'ok',
  state: 'working',
  running: 0,
  done,
  refusing: null,
});

it('F5 a beat counts for the vantage whose subject it came on, and changes nothing about a worker of another', () => {
  const heard = heardFrom((send) => {
    send(subjects.beat('hn.a'), beat('hn.a', '00000001', 5));
    send(subjects.beat('liar'), beat('hn.a', '00000001', 6));
    send(subjects.beat('liar'), beat('liar', '00000001', 7));
  });
  expect(heard).toEqual([
    ['hn.a', '00000001', 5],
    ['liar', '00000001', 7],
  ]);
});

it('who says nothing for four beats is gone', () => {
  const once = (send: (subject: string, each: unknown) => void): void => send(subjects.beat('hn'), beat('hn', '00000001'));
  expect(heardFrom(once, 4_000).length).toBe(1);
  expect(heardFrom(once, 4_001)).toEqual([]);
});

it('F5 a vantage that makes up workers fills no memory, and pushes out nobody', () => {
  const heard = heardFrom((send) => {
    for (let at = 0; at < 1_000; at += 1) send(subjects.beat('liar'), beat('liar', at.toString(16).padStart(8, '0')));
    send(subjects.beat('hn'), beat('hn', '00000001'));
  });
  expect(heard.length).toBe(257);
  expect(heard.at(-1)?.[0]).toBe('hn');
});
