import { describe, expect, it } from 'vitest';
import { check } from '../../../src/checks/web/web-addresses.ts';
import type { Subject } from '../../../src/model/subject.ts';
import { apex, find, hostSubject, http, v4, v6, type WebParts, www } from '../../support/web-evidence.ts';

interface Row {
  title: string;
  parts: WebParts;
  subject?: Subject;
  status: string;
  message: string;
  cause?: string | null;
  values?: object;
}

const rows: Row[] = [
  {
    title: 'AAAA on all servers',
    parts: { hosts: { [apex]: { 6: [v6], 4: [v4] } } },
    status: 'pass',
    message: 'aaaa-published',
    values: { host: apex, addresses: [v6] },
  },
  {
    title: 'AAAA although A is unknown',
    parts: { hosts: { [apex]: { 6: [v6], unknown4: 'dns-timeout' } } },
    status: 'pass',
    message: 'aaaa-published',
  },
  {
    title: 'AAAA on some servers only',
    parts: { hosts: { [apex]: { 6: [v6], onAllServers: false } } },
    status: 'warn',
    message: 'aaaa-on-some-servers',
    values: { zone: apex },
  },
  {
    title: 'A only',
    parts: { hosts: { [apex]: { 4: [v4] } } },
    status: 'fail',
    message: 'aaaa-missing',
    values: { host: apex, ipv4: [v4] },
  },
  {
    title: 'unusable AAAA beside A',
    parts: { hosts: { [apex]: { 4: [v4], bad: [{ address: '::1', scope: 'loopback' }] } } },
    status: 'fail',
    message: 'aaaa-unusable',
    values: { unusable: ['::1 (loopback)'] },
  },
  {
    title: 'unusable beside usable AAAA',
    parts: { hosts: { [apex]: { 6: [v6], bad: [{ address: '::1', scope: 'loopback' }] } } },
    status: 'pass',
    message: 'aaaa-published',
  },
  {
    title: 'W18 apex without web, www answers',
    parts: { hosts: { [www]: { 6: [v6] } }, observations: [http(`https://${www}/`, v6)] },
    status: 'not-applicable',
    message: 'served-by-www',
    values: { sibling: www },
  },
  {
    title: 'W18 apex with web, www without',
    parts: { hosts: { [apex]: { 6: [v6] } } },
    subject: hostSubject(www),
    status: 'not-applicable',
    message: 'no-www',
  },
  { title: 'W18 neither has web', parts: { hosts: {} }, status: 'not-applicable', message: 'no-address' },
  {
    title: 'W18 both have web',
    parts: { hosts: { [apex]: { 6: [v6] }, [www]: { 6: [v6] } } },
    subject: hostSubject(www),
    status: 'pass',
    message: 'aaaa-published',
  },
  {
    title: 'W18 a timeout is not absence',
    parts: { hosts: { [www]: { unknown6: 'dns-timeout' } } },
    subject: hostSubject(www),
    status: 'inconclusive',
    message: 'not-measured',
    cause: 'dns-timeout',
  },
  {
    title: 'no AAAA but A unknown',
    parts: { hosts: { [apex]: { unknown4: 'dns-servfail' } } },
    status: 'inconclusive',
    message: 'not-measured',
    cause: 'dns-servfail',
  },
  {
    title: 'bogus AAAA',
    parts: { hosts: { [apex]: { 4: [v4], unknown6: 'dns-bogus' } } },
    status: 'inconclusive',
    message: 'not-measured',
    cause: 'dns-bogus',
  },
  {
    title: 'name does not exist',
    parts: { hosts: { [apex]: { outcome6: 'nxdomain', outcome4: 'nxdomain' } } },
    status: 'inconclusive',
    message: 'domain-not-found',
    cause: 'domain-not-found',
  },
  {
    title: 'public-service host gone',
    parts: { hosts: { 'dvc.bo.gov.vn': {} } },
    subject: hostSubject('dvc.bo.gov.vn', { service: 'public-services', sibling: null }),
    status: 'inconclusive',
    message: 'service-gone',
    cause: 'service-gone',
  },
];

describe('web-addresses', () => {
  it.each(rows)('$title: $message', ({ parts, subject, status, message, cause = null, values = {} }) => {
    const finding = find(check, parts, subject);
    expect(finding).toMatchObject({ check: 'web-addresses', status, message, cause });
    expect(finding.values).toMatchObject(values);
  });
});
