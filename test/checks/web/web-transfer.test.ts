import { describe, expect, it } from 'vitest';
import { check } from '../../../src/checks/web/web-transfer.ts';
import type { FailureStep } from '../../../src/model/failure.ts';
import type { Observation } from '../../../src/model/observation.ts';
import { apex, find, type HttpSaid, healthy, http, v4, v6, v6b, type WebParts } from '../../support/web-evidence.ts';

const url = `https://${apex}/`;
const dual = { [apex]: { 6: [v6], 4: [v4] } };
const stall = (step: FailureStep, tries = 3): HttpSaid => ({ fails: 'timeout', step, tries });
const seen = (six: Observation[], more: Partial<WebParts> = {}): WebParts => ({
  hosts: dual,
  observations: [...six, ...healthy(apex, v4)],
  ...more,
});
const upload = (address: string, said: HttpSaid = {}): Observation => http(url, address, { shape: 'large-headers', ...said });
const page = http(url, v6, { wireBytes: 9000 });
const no80 = http(`http://${apex}/`, v6, { fails: 'refused' });

interface Row {
  title: string;
  parts: WebParts;
  status: string;
  message: string;
  cause?: string | null;
  values?: object;
}
const rows: Row[] = [
  { title: '8192 bytes', parts: seen([http(url, v6, { wireBytes: 8192 })]), status: 'pass', message: 'completed', values: { bytes: 8192 } },
  {
    title: '8191 bytes',
    parts: seen([http(url, v6, { wireBytes: 8191 })]),
    status: 'not-applicable',
    message: 'nothing-large',
    values: { bytes: 8191 },
  },
  {
    title: 'small page, large static object',
    parts: seen([http(url, v6, { wireBytes: 100 }), http(`${url}app.js`, v6, { wireBytes: 9000 })]),
    status: 'pass',
    message: 'completed',
  },
  ...(['tls', 'headers', 'body'] as const).map(
    (step): Row => ({
      title: `W19 stalls at ${step}, 3 of 3`,
      parts: seen([http(url, v6, stall(step))]),
      status: 'fail',
      message: 'path-mtu-suspected',
      cause: 'path-mtu-suspected',
      values: { step, stalls: 3, tries: 3, addresses: [v6] },
    }),
  ),
  {
    title: 'W19 small page, large object stalls',
    parts: seen([
      http(url, v6, { wireBytes: 100 }),
      http(`${url}app.js`, v6, stall('body')),
      http(`${url}app.js`, v4, { wireBytes: 9000 }),
    ]),
    status: 'fail',
    message: 'path-mtu-suspected',
    cause: 'path-mtu-suspected',
  },
  {
    title: 'W19 stalls twice of 2',
    parts: seen([http(url, v6, stall('body', 2))]),
    status: 'inconclusive',
    message: 'undecided',
    cause: 'timeout',
  },
  {
    title: 'W19 stalls, then the retest completes',
    parts: seen([http(url, v6, stall('body', 2)), http(url, v6, { round: 'retest' })]),
    status: 'warn',
    message: 'stalls-sometimes',
    cause: 'unstable',
    values: { stalls: 2, tries: 3 },
  },
  {
    title: 'W19 one of two addresses stalls',
    parts: seen([page, http(url, v6b, stall('tls'))], { hosts: { [apex]: { 6: [v6, v6b], 4: [v4] } } }),
    status: 'warn',
    message: 'some-addresses-stall',
    cause: 'path-mtu-suspected',
    values: { addresses: [v6b] },
  },
  {
    title: 'W19 stall at connect is no stall',
    parts: seen([no80, http(url, v6, stall('connect')), http(url, v6, { ...stall('connect'), round: 'retest' })]),
    status: 'not-applicable',
    message: 'no-connection',
  },
  {
    title: 'W19 stalls over IPv4, too',
    parts: { hosts: dual, observations: [v6, v4].map((address) => http(url, address, stall('body'))) },
    status: 'inconclusive',
    message: 'both-families-down',
    cause: 'both-families-down',
  },
  {
    title: 'W19 stalls, IPv4 not measured',
    parts: { hosts: dual, observations: [http(url, v6, stall('body'))] },
    status: 'inconclusive',
    message: 'undecided',
    cause: 'vantage-no-ipv4',
  },
  {
    title: 'W19 stalls, IPv6 unproven',
    parts: seen([http(url, v6, stall('body'))], { run: { provenAround: () => false } }),
    status: 'inconclusive',
    message: 'undecided',
    cause: 'vantage-web-unproven',
  },
  {
    title: 'W19 stalls in a suspect prefix',
    parts: seen([http(url, v6, stall('body'))], { run: { prefixSuspect: () => true } }),
    status: 'inconclusive',
    message: 'undecided',
    cause: 'prefix-suspect',
  },
  {
    title: 'stalls without A',
    parts: { hosts: { [apex]: { 6: [v6] } }, observations: [http(url, v6, stall('body'))] },
    status: 'fail',
    message: 'stalls-without-ipv4',
    cause: 'timeout',
  },
  {
    title: 'breaks in the body',
    parts: seen([http(url, v6, { fails: 'reset', step: 'body', partial: true })]),
    status: 'fail',
    message: 'breaks',
    cause: 'reset',
    values: { step: 'body' },
  },
  {
    title: 'reset before an answer',
    parts: seen([http(url, v6, { fails: 'reset', step: 'headers' })]),
    status: 'not-applicable',
    message: 'no-answer',
    values: { cause: 'reset' },
  },
  { title: 'upload answered with 431', parts: seen([page, upload(v6, { status: 431 }), upload(v4)]), status: 'pass', message: 'completed' },
  {
    title: 'upload stalls, others pass',
    parts: seen([page, upload(v6, stall('headers')), upload(v4)]),
    status: 'fail',
    message: 'upload-stalls',
    cause: 'path-mtu-suspected',
  },
  {
    title: 'upload stalls, nobody passed',
    parts: seen([page, upload(v6, stall('headers')), upload(v4)], { run: { largeUploadPassed: () => false } }),
    status: 'inconclusive',
    message: 'upload-unproven',
    cause: 'path-mtu-suspected',
  },
  {
    title: 'upload stalls in both',
    parts: seen([page, upload(v6, stall('headers')), upload(v4, stall('headers'))]),
    status: 'inconclusive',
    message: 'upload-unproven',
    cause: 'both-families-down',
  },
  {
    title: 'upload stalls, no IPv4 of our own',
    parts: seen([page, upload(v6, stall('headers')), upload(v4, { fails: 'no-route' })]),
    status: 'inconclusive',
    message: 'upload-unproven',
    cause: 'vantage-no-ipv4',
  },
  {
    title: 'upload stalls twice of 2',
    parts: seen([page, upload(v6, stall('headers', 2)), upload(v4)]),
    status: 'pass',
    message: 'completed',
  },
  { title: 'no connection', parts: seen([no80, http(url, v6, { fails: 'refused' })]), status: 'not-applicable', message: 'no-connection' },
  {
    title: 'no connection, unproven',
    parts: seen([http(url, v6, { fails: 'refused' })], { run: { provenAround: () => false } }),
    status: 'inconclusive',
    message: 'undecided',
    cause: 'vantage-web-unproven',
  },
  { title: 'not asked', parts: seen([]), status: 'inconclusive', message: 'undecided', cause: 'not-attempted' },
  { title: 'no AAAA', parts: { hosts: { [apex]: { 4: [v4] } } }, status: 'not-applicable', message: 'no-ipv6-address' },
  { title: 'no address', parts: { hosts: {} }, status: 'not-applicable', message: 'no-address' },
];

describe('web-transfer', () => {
  it.each(rows)('$title: $message', ({ parts, status, message, cause = null, values = {} }) => {
    const finding = find(check, parts);
    expect(finding).toMatchObject({ status, message, cause });
    expect(finding.values).toMatchObject(values);
  });
});
