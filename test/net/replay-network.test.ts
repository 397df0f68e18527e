import { describe, expect, it } from 'vitest';
import { observationSchema } from '../../src/model/observation.ts';
import { createReplayNetwork } from '../../src/net/replay-network.ts';
import { dns, http, observationOf } from './scripted-network.ts';

describe('replay network', () => {
  it('gives the stored observation of an operation, whatever the order of its keys', async () => {
    const stored = observationOf(dns('2001:db8::53'), null);
    const replay = createReplayNetwork([JSON.parse(JSON.stringify(stored))]);
    const { request } = dns('2001:db8::53');
    const turned = Object.fromEntries(Object.entries(request).reverse()) as typeof request;
    expect(await replay.perform({ op: 'dns-query', request: turned })).toEqual(stored);
  });

  it('says that an operation is not in the evidence', async () => {
    const replay = createReplayNetwork([observationOf(dns('2001:db8::53'), null)]);
    const missing = await replay.perform(http('2001:db8::1', { round: 'retest' }));
    expect(missing.failure).toEqual({ code: 'not-attempted', step: 'gate', synchronous: false, detail: 'not in the evidence' });
    expect(observationSchema.parse(missing)).toEqual(missing);
    expect(await replay.perform(http('2001:db8::1', { round: 'retest' }))).toEqual(missing);
  });

  it('prefers what says something over what was not attempted', async () => {
    const unasked = observationOf(http('2001:db8::1'), ['not-attempted', 'gate']);
    const good = observationOf(http('2001:db8::1'), null);
    const later = observationOf(http('2001:db8::1'), ['timeout', 'connect']);
    expect(await createReplayNetwork([unasked, good, later]).perform(http('2001:db8::1'))).toBe(good);
  });
});
