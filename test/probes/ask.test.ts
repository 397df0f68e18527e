import { describe, expect, test } from 'vitest';
import { defaultSettings } from '../../src/model/settings.ts';
import { askServer } from '../../src/probes/ask.ts';
import { country, ministry } from '../support/fake-country.ts';
import { type FaultFunction, fakeInternet } from '../support/fake-dns.ts';
import { emptyResponse } from '../support/fake-zones.ts';

const address = '2001:db8:a::1';
const question = { address, family: 6, name: 'www.x.gov.vn', type: 'AAAA', settings: defaultSettings } as const;

async function ask(fault: FaultFunction) {
  const { network } = fakeInternet(country({ 'x.gov.vn': ministry }), { [address]: fault });
  const { settled, all } = await askServer(network, question);
  const how = ({ request }: typeof settled) => `${request.transport}${request.udpPayloadBytes === null ? ' plain' : ''}`;
  return { how: all.map(how), settled: how(settled), outcome: settled.failure?.code ?? settled.response?.rcode };
}

const cut = (honest: typeof emptyResponse) => ({ ...honest, truncated: true, answers: [] });

describe('one question to one server', () => {
  test.each<[string, FaultFunction, string[], string, string]>([
    ['answers', () => null, ['udp'], 'udp', 'NOERROR'],
    ['D4 TC, then TCP answers', ({ transport }, honest) => (transport === 'udp' ? cut(honest) : null), ['udp', 'tcp'], 'tcp', 'NOERROR'],
    [
      'D4 TC, and TCP is refused',
      ({ transport }, honest) => (transport === 'udp' ? cut(honest) : 'refused'),
      ['udp', 'tcp'],
      'tcp',
      'refused',
    ],
    ['D4 TC, and TCP stalls', ({ transport }, honest) => (transport === 'udp' ? cut(honest) : 'timeout'), ['udp', 'tcp'], 'tcp', 'timeout'],
    [
      'D5 FORMERR to EDNS',
      ({ udpPayloadBytes }) => (udpPayloadBytes === null ? null : { ...emptyResponse, rcode: 'FORMERR' }),
      ['udp', 'udp plain'],
      'udp plain',
      'NOERROR',
    ],
    ['D5 FORMERR to everything', () => ({ ...emptyResponse, rcode: 'FORMERR' }), ['udp', 'udp plain'], 'udp', 'FORMERR'],
    [
      'D5 EDNS dropped',
      ({ udpPayloadBytes }) => (udpPayloadBytes === null ? null : 'timeout'),
      ['udp', 'udp plain'],
      'udp plain',
      'NOERROR',
    ],
    ['D5 everything dropped', () => 'timeout', ['udp', 'udp plain'], 'udp', 'timeout'],
    [
      'D5 EDNS dropped and the plain answer truncated',
      ({ transport, udpPayloadBytes }, honest) => (transport === 'tcp' ? null : udpPayloadBytes === null ? cut(honest) : 'timeout'),
      ['udp', 'udp plain', 'tcp plain'],
      'tcp plain',
      'NOERROR',
    ],
    [
      'D3 only foreign answers, then TCP',
      ({ transport }) => (transport === 'udp' ? 'answer-mismatch' : null),
      ['udp', 'tcp'],
      'tcp',
      'NOERROR',
    ],
    [
      'D3 foreign answers first, no TCP',
      ({ transport }, honest) => (transport === 'udp' ? { ...honest, mismatches: 3 } : 'refused'),
      ['udp', 'tcp'],
      'udp',
      'NOERROR',
    ],
    ['REFUSED', () => ({ ...emptyResponse, rcode: 'REFUSED' }), ['udp'], 'udp', 'REFUSED'],
    ['refused by ICMP', () => 'refused', ['udp'], 'udp', 'refused'],
  ])('%s', async (_title, fault, how, settled, outcome) => {
    expect(await ask(fault)).toEqual({ how, settled, outcome });
  });
});
