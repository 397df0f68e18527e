import { expect, it } from 'vitest';
import { consumers, inboxOf, jobKey, subjects, vantageOf } from '../../src/fleet/names.ts';

it.each(['hn-vnpt', 'a.b', 'HCM.Viettel-2', 'x'])('the vantage %s comes back from every subject that a worker may send to', (vantage) => {
  expect(vantageOf(subjects.evidence(vantage, '20261124-031500-a1b2c3'))).toBe(vantage);
  expect(vantageOf(subjects.beat(vantage))).toBe(vantage);
});

it('a vantage is one token of a subject, so that no name reaches into another', () => {
  expect(subjects.evidence('a.b', 'r')).toBe('ipv6gov.evidence.a_b.r');
  expect(subjects.jobsOf('a.b')).toBe('ipv6gov.job.a_b.*');
  expect([consumers.work('a.b'), inboxOf('a.b')]).toEqual(['work-a_b', '_INBOX_a_b']);
});

it.each(['ipv6gov.job.hn.r', 'ipv6gov.evidence', 'ipv6gov.evidence.', 'x.ipv6gov.beat.hn', 'ipv6gov.beat.h n'])(
  'the subject %s names no sender',
  (subject) => expect(vantageOf(subject)).toBeNull(),
);

it('a job is the same for the same run, vantage and agency alone', () => {
  const job = { run: 'r', vantage: 'a.b', agency: 'x' };
  expect(jobKey(job)).toBe(jobKey({ ...job }));
  const others = [
    { ...job, run: 's' },
    { ...job, vantage: 'a.c' },
    { ...job, agency: 'y' },
  ];
  expect(new Set([job, ...others].map(jobKey)).size).toBe(4);
});
