import { createServer } from 'node:https';
import { afterEach, describe, expect, it } from 'vitest';
import { observationSchema } from '../../src/model/observation.ts';
import { createAddressGate } from '../../src/net/address-gate.ts';
import { createLiveNetwork } from '../../src/net/live-network.ts';
import { makeCertificate } from '../support/certificates.ts';
import { httpOperation, liveContext, openServers, quickSettings, smtpOperation } from '../support/live.ts';

const servers = openServers();
afterEach(servers.closeAll);

describe('createLiveNetwork', () => {
  it('performs every operation, and each gives a valid observation', async () => {
    const { key, cert } = await makeCertificate({ subject: 'agency.example.vn', names: ['agency.example.vn'] });
    const web = await servers.listen(createServer({ key, cert }, (_request, response) => response.end('<title>a</title>')));
    const mail = await servers.tcp((socket) => {
      socket.on('data', (bytes) => socket.write(bytes.toString().startsWith('EHLO') ? '250 mx\r\n' : '221 bye\r\n'));
      socket.write('220 mx\r\n');
    });
    const network = createLiveNetwork(liveContext());
    const target = { family: 6, address: '::1', port: web, round: '1' } as const;
    const observations = [
      await network.perform({ op: 'tcp-connect', request: target }),
      await network.perform({ op: 'tls-handshake', request: { ...target, serverName: 'agency.example.vn', alpn: [] } }),
      await network.perform(httpOperation(web, { scheme: 'https' })),
      await network.perform(smtpOperation(mail)),
    ];
    for (const observation of observations) {
      expect(observationSchema.parse(observation)).toEqual(observation);
      expect(observation).toMatchObject({ failure: null, tries: [{ failure: null }] });
    }
  });

  it('A4 asks the gate for every operation', async () => {
    const network = createLiveNetwork(liveContext({ gate: createAddressGate({ policy: 'public', optedOut: () => false }) }));
    const target = { family: 4, address: '169.254.169.254', port: 53, round: '1' } as const;
    const query = {
      transport: 'udp',
      name: '',
      type: 'SOA',
      recursionDesired: false,
      checkingDisabled: false,
      dnssecOk: false,
      udpPayloadBytes: 1232,
    } as const;
    const observations = [
      await network.perform({ op: 'dns-query', request: { ...target, ...query } }),
      await network.perform({ op: 'tcp-connect', request: target }),
      await network.perform({ op: 'tls-handshake', request: { ...target, serverName: 'a.vn', alpn: [] } }),
      await network.perform(httpOperation(80, target)),
      await network.perform({ op: 'smtp-session', request: { ...target, host: 'mx.a.vn' } }),
    ];
    for (const { failure, peer } of observations) {
      expect(failure).toMatchObject({ code: 'address-refused', step: 'gate', detail: 'link-local' });
      expect(peer).toBeNull();
    }
  });

  it('many exchanges at once leave no listener and no socket behind', async () => {
    const { key, cert } = await makeCertificate({ subject: 'agency.example.vn', names: ['agency.example.vn'] });
    const web = await servers.listen(createServer({ key, cert }, (_request, response) => response.end('<title>a</title>')));
    const warnings: string[] = [];
    const note = (warning: Error): number => warnings.push(warning.message);
    process.on('warning', note);
    const settings = quickSettings({
      tls: { handshakeTimeoutMs: 8_000 },
      http: { firstByteTimeoutMs: 8_000, exchangeTimeoutMs: 9_000 },
      tcp: { connectTimeoutMs: 8_000 },
    });
    const network = createLiveNetwork(liveContext({ settings }));
    const running = Array.from({ length: 60 }, (_, index) => network.perform(httpOperation(web, { scheme: 'https', path: `/${index}` })));
    expect((await Promise.all(running)).map(({ failure }) => failure)).toEqual(running.map(() => null));
    await new Promise((resolve) => setTimeout(resolve, 100));
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });
});
