import { describe, expect, it } from 'vitest';
import { digestOf, findingLines } from '../../bench/digest.ts';
import { countsOf, createWork } from '../../bench/operations.ts';
import { summariseLines } from '../../bench/report-lines.ts';
import { readTimes, sampled, shellCommand } from '../../bench/shell.ts';
import type { EvidenceRecord } from '../../src/model/evidence.ts';
import type { Failure } from '../../src/model/failure.ts';
import type { Observation } from '../../src/model/observation.ts';
import { renderJson } from '../../src/reports/json.ts';
import { reportAgency, reportFinding, reportOf } from '../support/report.ts';

const target = { family: 6, address: '2405:4800:100::80', port: 443, round: '1' } as const;
const question = {
  name: 'cq1.gov.vn',
  type: 'AAAA',
  recursionDesired: false,
  checkingDisabled: false,
  dnssecOk: true,
  udpPayloadBytes: 1232,
};
const dns = { ...target, ...question, port: 53, transport: 'udp' } as const;
const page = { ...target, scheme: 'https', host: 'cq1.gov.vn', path: '/', shape: 'page' } as const;

function failure(code: Failure['code'], step: Failure['step'] = 'connect'): Failure {
  return { code, step, synchronous: false, detail: '' };
}

let made = 0;
function observed(op: Observation['op'], request: object, failures: (Failure | null)[] = [null]): Observation {
  made += 1;
  const startedAt = '2026-01-01T00:00:00.000Z';
  const tries = failures.map((one) => ({ startedAt, elapsedMs: 1, failure: one, loopDelayMs: 0 }));
  const last = failures.at(-1) ?? null;
  return {
    id: String(made),
    op,
    request,
    startedAt,
    elapsedMs: 1,
    peer: null,
    tries,
    response: null,
    failure: last,
  } as unknown as Observation;
}

const record = (observations: Observation[]): EvidenceRecord => ({
  schema: 'ipv6gov.evidence/1',
  agency: null,
  part: 'main',
  observations,
  crashes: [],
  budgetExhausted: false,
});

function workOf(...records: Observation[][]) {
  const work = createWork();
  for (const observations of records) work.add(record(observations));
  return work.finish();
}

describe('the work of a run, by its evidence', () => {
  it('what two agencies share was done once, and every try counts', () => {
    const shared = observed('dns-query', dns, [failure('timeout', 'answer'), null]);
    const work = workOf([shared, observed('http-request', page)], [shared]);
    expect(countsOf(work.performed)).toMatchObject({ 'dns-udp': 2, https: 1, 'dns-tcp': 0 });
    expect([work.queries, work.falseTimeouts]).toEqual([2, 1]);
  });

  it.each<[string, Observation, number, number]>([
    ['refused by our own gate', observed('tcp-connect', target, [failure('address-refused', 'gate')]), 0, 0],
    ['never attempted', observed('tcp-connect', target, [failure('not-attempted')]), 0, 0],
    [
      'a silence that is a black hole',
      observed('tcp-connect', { ...target, address: '2405:4800:1000:dead::80' }, [failure('timeout')]),
      1,
      0,
    ],
    ['a silence where somebody is', observed('tcp-connect', target, [failure('timeout')]), 1, 1],
  ])('%s', (_title, observation, performed, falseTimeouts) => {
    const work = workOf([observation]);
    expect([work.performed.length, work.falseTimeouts]).toEqual([performed, falseTimeouts]);
  });

  it('a late loop is told apart from a timeout', () => {
    expect(workOf([observed('dns-query', dns, [failure('local-limit'), null])])).toMatchObject({ localLimits: 1, falseTimeouts: 0 });
  });

  it('handshakes are those that ended', () => {
    const bare = observed('http-request', page, [failure('reset', 'headers')]);
    const shaken = { ...observed('http-request', page, [failure('reset', 'headers')]), handshake: {} } as unknown as Observation;
    expect(workOf([bare, shaken]).handshakes).toBe(1);
  });
});

describe('the same by a shell', () => {
  it.each<[string, Observation, string]>([
    [
      'a query',
      observed('dns-query', dns),
      'dig +tries=1 +time=3 +norec +ignore +bufsize=1232 +notcp +dnssec @2405:4800:100::80 cq1.gov.vn AAAA',
    ],
    [
      'a page',
      observed('http-request', page),
      'curl -s -o /dev/null --compressed -m 10 --cacert ca.pem -6 --resolve cq1.gov.vn:443:[2405:4800:100::80] https://cq1.gov.vn/',
    ],
    [
      'mail',
      observed('smtp-session', { ...target, port: 25, host: 'mail.cq1.gov.vn' }),
      'openssl s_client -starttls smtp -connect [2405:4800:100::80]:25 -servername mail.cq1.gov.vn',
    ],
  ])('%s', (_title, observation, line) => {
    const [performed] = workOf([observation]).performed;
    if (performed === undefined) throw new Error('nothing was performed');
    const { program, args } = shellCommand(performed, 'ca.pem');
    expect(`${program} ${args}`).toBe(line);
  });

  it('the CPU of the children is read from what bash says', () => {
    expect(readTimes('0m0.010s 0m0.020s\n1m1.500s 0m0.250s\n')).toBe(61_750);
  });

  it('a sample is spread over the list', () => {
    expect(sampled([0, 1, 2, 3, 4, 5, 6, 7], 4)).toEqual([0, 2, 4, 6]);
    expect(sampled([1, 2], 4)).toEqual([1, 2]);
  });
});

describe('the digest of findings', () => {
  const finding = { check: 'web-tls', subject: 'host', service: 'portal', host: 'a.gov.vn', status: 'pass', message: 'good', cause: null };

  it('does not depend on the order, and changes with a status', () => {
    const lines = [...findingLines('a', [finding]), ...findingLines('b', [finding])];
    expect(digestOf(lines)).toBe(digestOf(lines.toReversed()));
    expect(digestOf(findingLines('a', [{ ...finding, status: 'fail' }]))).not.toBe(digestOf(findingLines('a', [finding])));
  });

  it('leaves out what judges time', () => {
    expect(findingLines('a', [{ ...finding, check: 'web-latency' }])).toEqual([]);
  });

  it('is read from a report line by line', async () => {
    const agencies = ['a', 'b'].map((id) => reportAgency({ id, findings: [reportFinding(), reportFinding({ status: 'inconclusive' })] }));
    const report = reportOf(agencies);
    const summary = await summariseLines([...renderJson(report)].join('').split('\n'));
    expect(summary).toMatchObject({ run: report.run, agencies: 2, inconclusive: 2 });
    expect(summary.digest).toBe(digestOf(report.agencies.flatMap(({ id, findings }) => findingLines(id, findings))));
  });
});
