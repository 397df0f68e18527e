import { describe, expect, it } from 'vitest';
import type { ObservationOf } from '../../src/model/observation.ts';
import type { Network } from '../../src/net/network.ts';
import { probeCertificateHosts } from '../../src/probes/certificate-hosts.ts';
import { probeProtocols } from '../../src/probes/web-protocols.ts';
import { offer, withLeaf } from '../support/leaf-certificate.ts';
import { http } from '../support/web-evidence.ts';
import { webContext } from '../support/web-network.ts';

const first6 = '2001:db8::1';
const second6 = '2001:db8::2';
const four = '192.0.2.1';
const ca6 = '2001:db8:ca::1';
const ca4 = '192.0.2.9';

interface World {
  hosts: Record<string, { 4?: string[]; 6?: string[] }>;
  /** Addresses that take no connection. */
  dead?: string[];
  serviceUrls?: string[];
}

function world({ hosts, dead = [], serviceUrls = [] }: World) {
  const asked: string[] = [];
  const network: Network = {
    perform: async (operation) => {
      const { address, port } = operation.request;
      const alpn = operation.op === 'tls-handshake' ? ` ${operation.request.alpn.join()}` : '';
      asked.push(`${operation.op} ${address} ${port}${alpn}`);
      if (operation.op === 'tls-handshake') return offer(operation.request.serverName, address, 'h2') as never;
      if (operation.op !== 'http-request') throw new Error(`unexpected ${operation.op}`);
      const { scheme, host, path } = operation.request;
      const said = dead.includes(address) ? ({ fails: 'refused' } as const) : withLeaf({ serviceUrls });
      const answer: ObservationOf<'http-request'> = http(`${scheme}://${host}${path}`, address, said);
      return answer as never;
    },
  };
  const resolveHost = async (host: string) => ({ 4: hosts[host]?.[4] ?? [], 6: hosts[host]?.[6] ?? [] });
  return { asked, resolveHost, context: webContext(network) };
}

describe('probeProtocols', () => {
  it('one handshake a family, at the first address that works', async () => {
    const { asked, resolveHost, context } = world({ hosts: { 'a.gov.vn': { 6: [second6, first6], 4: [four] } }, dead: [first6] });
    await probeProtocols(context, resolveHost, ['a.gov.vn']);
    expect(asked.filter((line) => line.startsWith('tls')).sort()).toEqual([
      `tls-handshake ${four} 443 h2,http/1.1`,
      `tls-handshake ${second6} 443 h2,http/1.1`,
    ]);
  });

  it('none where nothing came over TLS', async () => {
    const { asked, resolveHost, context } = world({ hosts: { 'a.gov.vn': { 6: [first6] } }, dead: [first6] });
    await probeProtocols(context, resolveHost, ['a.gov.vn', 'none.gov.vn']);
    expect(asked.filter((line) => line.startsWith('tls'))).toEqual([]);
  });
});

describe('probeCertificateHosts', () => {
  const hosts = { 'a.gov.vn': { 6: [first6], 4: [four] }, 'ocsp.ca': { 6: [ca6], 4: [ca4] }, 'crl.ca': { 4: [ca4] } };
  const toCa = (asked: readonly string[]): string[] => asked.filter((line) => line.includes(ca6) || line.includes(ca4));

  it('asks each host once over IPv6, and IPv4 only as control', async () => {
    const sound = world({ hosts, serviceUrls: ['http://ocsp.ca/', 'http://ocsp.ca/x', 'http://crl.ca/a.crl', 'http://192.0.2.77/'] });
    await probeCertificateHosts(sound.context, sound.resolveHost, ['a.gov.vn']);
    expect(toCa(sound.asked)).toEqual([`http-request ${ca6} 80`]);
    const dead = world({ hosts, serviceUrls: ['http://ocsp.ca/'], dead: [ca6] });
    await probeCertificateHosts(dead.context, dead.resolveHost, ['a.gov.vn']);
    expect(toCa(dead.asked)).toEqual([`http-request ${ca6} 80`, `http-request ${ca4} 80`]);
  });

  it('at most four hosts', async () => {
    const many = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`c${index}.ca`, { 6: [`2001:db8:ca::${index + 1}`] }]));
    const { asked, resolveHost, context } = world({
      hosts: { ...hosts, ...many },
      serviceUrls: Object.keys(many).map((host) => `http://${host}/`),
    });
    await probeCertificateHosts(context, resolveHost, ['a.gov.vn']);
    expect(asked.filter((line) => line.includes('2001:db8:ca:')).length).toBe(4);
  });
});
