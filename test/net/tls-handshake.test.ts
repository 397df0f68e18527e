import { getDiffieHellman } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OperationOf } from '../../src/model/observation.ts';
import { subjectAltDnsNames } from '../../src/net/subject-alt-names.ts';
import { tlsHandshake } from '../../src/net/tls-handshake.ts';
import { makeCertificate, type TestCertificate } from '../support/certificates.ts';
import { liveContext, loopback, openServers, quickSettings } from '../support/live.ts';

const servers = openServers();
afterEach(servers.closeAll);

const name = 'agency.example.vn';
let root: TestCertificate;
let middle: TestCertificate;
let good: TestCertificate;
let rsa: TestCertificate;

beforeAll(async () => {
  root = await makeCertificate({ subject: 'Test Root', ca: true });
  middle = await makeCertificate({ subject: 'Test Middle', ca: true, issuer: root });
  good = await makeCertificate({ subject: name, names: [name, 'www.example.vn'], issuer: middle });
  rsa = await makeCertificate({ subject: name, names: [name], rsa: true });
});

const secure = (options: TlsOptions) => servers.listen(createTlsServer(options));
const ask = (port: number, patch: Partial<OperationOf<'tls-handshake'>['request']> = {}): OperationOf<'tls-handshake'> => ({
  op: 'tls-handshake',
  request: { family: 6, address: '::1', port, round: '1', serverName: name, alpn: ['http/1.1'], ...patch },
});
/** A group of RFC 3526 as parameters of Diffie-Hellman (PKCS #3), PEM. */
function parameters(group: string): string {
  const whole = (value: Buffer): Buffer => tagged(0x02, (value[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), value]) : value);
  const known = getDiffieHellman(group);
  const der = tagged(0x30, Buffer.concat([whole(known.getPrime()), whole(known.getGenerator())]));
  return `-----BEGIN DH PARAMETERS-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END DH PARAMETERS-----\n`;
}

function tagged(tag: number, content: Buffer): Buffer {
  const length = content.length < 0x80 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const trusting = () => liveContext({ extraCertificates: [root.cert] });

describe('tlsHandshake', () => {
  it('W8 a good chain is trusted, and its order is kept', async () => {
    const port = await secure({ key: good.key, cert: good.cert + middle.cert, ALPNProtocols: ['http/1.1'] });
    const { response, failure, peer } = await tlsHandshake(ask(port), trusting());
    expect(failure).toBeNull();
    expect(peer).toEqual({ address: '::1', port });
    expect(response).toMatchObject({
      protocol: 'TLSv1.3',
      alpn: 'http/1.1',
      chainTrusted: true,
      chainError: null,
      nameMatches: true,
      datesValid: true,
    });
    expect(response?.chain.map(({ subject, issuer, selfSigned }) => [subject, issuer, selfSigned])).toEqual([
      [`CN=${name}`, 'CN=Test Middle', false],
      ['CN=Test Middle', 'CN=Test Root', false],
    ]);
    expect(response?.chain[0]).toMatchObject({
      names: [name, 'www.example.vn'],
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      keyFingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  const faults: [title: string, make: () => Promise<TlsOptions>, expected: Record<string, unknown>][] = [
    [
      'expired leaf of a trusted chain',
      async () => {
        const old = await makeCertificate({ subject: name, names: [name], issuer: middle, fromDay: -10, toDay: -1 });
        return { key: old.key, cert: old.cert + middle.cert };
      },
      { chainTrusted: true, chainError: null, nameMatches: true, datesValid: false },
    ],
    [
      'leaf not valid yet',
      async () => {
        const early = await makeCertificate({ subject: name, names: [name], issuer: middle, fromDay: 1 });
        return { key: early.key, cert: early.cert + middle.cert };
      },
      { chainTrusted: true, chainError: null, datesValid: false },
    ],
    [
      'expired and self-signed',
      async () => {
        const own = await makeCertificate({ subject: name, names: [name], fromDay: -10, toDay: -1 });
        return { key: own.key, cert: own.cert };
      },
      { chainTrusted: false, chainError: 'DEPTH_ZERO_SELF_SIGNED_CERT', nameMatches: true, datesValid: false },
    ],
    [
      'expired, intermediate missing',
      async () => {
        const old = await makeCertificate({ subject: name, names: [name], issuer: middle, fromDay: -10, toDay: -1 });
        return { key: old.key, cert: old.cert };
      },
      { chainTrusted: false, chainError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', datesValid: false },
    ],
    [
      'expired intermediate under a valid leaf',
      async () => {
        const oldMiddle = await makeCertificate({ subject: 'Old Middle', ca: true, issuer: root, fromDay: -10, toDay: -1 });
        const leaf = await makeCertificate({ subject: name, names: [name], issuer: oldMiddle });
        return { key: leaf.key, cert: leaf.cert + oldMiddle.cert };
      },
      { chainTrusted: false, chainError: 'CERT_HAS_EXPIRED', datesValid: true },
    ],
    [
      'wrong name',
      async () => {
        const other = await makeCertificate({ subject: 'other.example.vn', names: ['other.example.vn'], issuer: middle });
        return { key: other.key, cert: other.cert + middle.cert };
      },
      { chainTrusted: true, chainError: null, nameMatches: false, datesValid: true },
    ],
    [
      'self-signed',
      async () => {
        const own = await makeCertificate({ subject: name, names: [name] });
        return { key: own.key, cert: own.cert };
      },
      { chainTrusted: false, chainError: 'DEPTH_ZERO_SELF_SIGNED_CERT', nameMatches: true, datesValid: true },
    ],
    [
      'name in the subject only',
      async () => {
        const bare = await makeCertificate({ subject: name, issuer: middle });
        return { key: bare.key, cert: bare.cert + middle.cert };
      },
      { chainTrusted: true, nameMatches: false, datesValid: true },
    ],
    [
      'intermediate missing',
      async () => ({ key: good.key, cert: good.cert }),
      { chainTrusted: false, chainError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', nameMatches: true, datesValid: true },
    ],
    [
      'root of nobody',
      async () => {
        const strange = await makeCertificate({ subject: 'Strange Root', ca: true });
        const leaf = await makeCertificate({ subject: name, names: [name], issuer: strange });
        return { key: leaf.key, cert: leaf.cert + strange.cert };
      },
      { chainTrusted: false, chainError: 'SELF_SIGNED_CERT_IN_CHAIN', nameMatches: true },
    ],
  ];
  it.each(faults)('W8 %s is evidence, not a failure', async (_title, make, expected) => {
    const port = await secure(await make());
    const { response, failure } = await tlsHandshake(ask(port), trusting());
    expect(failure).toBeNull();
    expect(response).toMatchObject(expected);
  });

  it('W9 the built-in roots do not know our test root', async () => {
    const port = await secure({ key: good.key, cert: good.cert + middle.cert });
    expect((await tlsHandshake(ask(port), liveContext())).response).toMatchObject({ chainTrusted: false, nameMatches: true });
  });

  it('W10 sends the name as SNI, and no SNI for an address', async () => {
    const seen: unknown[] = [];
    const server = createTlsServer({ key: good.key, cert: good.cert });
    server.on('secureConnection', (socket) => seen.push((socket as unknown as { servername: unknown }).servername));
    const port = await servers.listen(server);
    await tlsHandshake(ask(port), trusting());
    const literal = await tlsHandshake(ask(port, { serverName: '2001:db8::1' }), trusting());
    await sleep(20);
    expect(seen).toEqual([name, false]);
    expect(literal.response?.nameMatches).toBe(false);
  });

  it.each(['TLSv1', 'TLSv1.1', 'TLSv1.2'] as const)('old %s is reached', async (version) => {
    const port = await secure({ key: good.key, cert: good.cert, minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' });
    expect(await tlsHandshake(ask(port), trusting())).toMatchObject({ failure: null, response: { protocol: version, alpn: null } });
  });

  /** Servers that want finite-field Diffie-Hellman: of a size that they choose, reckoned on our only thread. */
  const dhe: [title: string, options: TlsOptions][] = [
    ['DHE alone', { ciphers: 'DHE-RSA-AES128-GCM-SHA256', maxVersion: 'TLSv1.2', dhparam: 'auto' }],
    ['DHE alone, of 8,192 bits', { ciphers: 'DHE-RSA-AES128-GCM-SHA256', maxVersion: 'TLSv1.2', dhparam: parameters('modp18') }],
    ['ffdhe groups alone, in TLS 1.3', { minVersion: 'TLSv1.3', ecdhCurve: 'ffdhe8192:ffdhe2048' }],
  ];
  it.each(dhe)(
    'V9 a server of %s ends in its alert, the same in both families, and our event loop does not wait',
    async (_title, options) => {
      for (const family of [6, 4] as const) {
        const port = await servers.listen(createTlsServer({ key: rsa.key, cert: rsa.cert, ...options }), family);
        const { failure } = await tlsHandshake(ask(port, { family, address: loopback[family] }), trusting());
        expect(failure).toMatchObject({ code: 'tls-alert', step: 'tls', detail: expect.stringContaining('alert 40 ') });
      }
    },
  );

  it('V9 a server that prefers DHE is reached by what else it offers', async () => {
    for (const other of ['ECDHE-RSA-AES128-GCM-SHA256', 'AES128-SHA']) {
      const ciphers = `DHE-RSA-AES128-GCM-SHA256:${other}`;
      const port = await secure({ ...rsa, ciphers, honorCipherOrder: true, maxVersion: 'TLSv1.2', dhparam: 'auto' });
      expect(await tlsHandshake(ask(port), trusting())).toMatchObject({ failure: null, response: { cipher: other } });
    }
    const port = await secure({ ...rsa, minVersion: 'TLSv1.3', ecdhCurve: 'ffdhe8192:P-384' });
    expect(await tlsHandshake(ask(port), trusting())).toMatchObject({ failure: null, response: { protocol: 'TLSv1.3' } });
  });

  it('W1 a silent listener is a timeout at step tls, at the deadline', async () => {
    const port = await servers.tcp(() => {});
    const started = performance.now();
    const { failure, response, peer } = await tlsHandshake(ask(port), liveContext());
    expect(failure).toMatchObject({ code: 'timeout', step: 'tls' });
    expect(response).toBeNull();
    expect(peer).toEqual({ address: '::1', port });
    expect(performance.now() - started).toBeGreaterThan(900);
    expect(performance.now() - started).toBeLessThan(4_000);
  });

  it('plain HTTP on the TLS port', async () => {
    const port = await servers.tcp((socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect((await tlsHandshake(ask(port), liveContext())).failure).toMatchObject({ code: 'tls-handshake', step: 'tls' });
  });

  it('a cut, a reset and an alert in the handshake', async () => {
    const cut = await servers.tcp((socket) => socket.once('data', () => socket.end()));
    expect((await tlsHandshake(ask(cut), liveContext())).failure).toMatchObject({ code: 'tls-handshake', step: 'tls' });
    const reset = await servers.tcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect((await tlsHandshake(ask(reset), liveContext())).failure).toMatchObject({ code: 'reset', step: 'tls' });
    const alert = await servers.tcp((socket) => socket.once('data', () => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, 40]))));
    expect((await tlsHandshake(ask(alert), liveContext())).failure).toMatchObject({
      code: 'tls-alert',
      step: 'tls',
      detail: expect.stringContaining('alert 40'),
    });
  });

  it('waits for a permit off the clock and gives it back', async () => {
    const port = await secure({ key: good.key, cert: good.cert + middle.cert });
    let held = 0;
    const tlsPermit = async () => {
      await sleep(1_500);
      held += 1;
      return () => {
        held -= 1;
      };
    };
    const settings = quickSettings({ tcp: { connectTimeoutMs: 1_200 }, tls: { handshakeTimeoutMs: 1_200 } });
    const observation = await tlsHandshake(ask(port), liveContext({ tlsPermit, settings }));
    expect(observation.failure).toBeNull();
    expect(observation.elapsedMs).toBeLessThan(1_400);
    const silent = await servers.tcp(() => {});
    expect((await tlsHandshake(ask(silent), liveContext({ tlsPermit, settings }))).failure?.code).toBe('timeout');
    expect(held).toBe(0);
  });

  it('V9 ends with the run while it waits for a permit, and gives a late one back', async () => {
    const port = await secure({ key: good.key, cert: good.cert });
    const abort = new AbortController();
    let released = false;
    const tlsPermit = async () => {
      await sleep(100);
      return () => {
        released = true;
      };
    };
    const running = tlsHandshake(ask(port), liveContext({ tlsPermit, signal: abort.signal }));
    await sleep(30);
    abort.abort();
    expect((await running).failure).toMatchObject({ code: 'cancelled', step: 'tls' });
    await sleep(120);
    expect(released).toBe(true);
  });
});

describe('subjectAltDnsNames', () => {
  it.each([
    ['DNS:a.vn, IP Address:192.0.2.1, DNS:b.vn', ['a.vn', 'b.vn']],
    ['DNS:"evil.vn\\u002c DNS:bank.vn", DNS:c.vn', ['evil.vn, DNS:bank.vn', 'c.vn']],
    ['DNS:"broken', ['"broken']],
    ['', []],
  ])('%s', (text, names) => {
    expect(subjectAltDnsNames(text, 10)).toEqual(names);
  });

  it('has a limit and is quick', () => {
    expect(subjectAltDnsNames('DNS:a.vn, '.repeat(100_000), 100)).toHaveLength(100);
    expect(subjectAltDnsNames('"\\'.repeat(500_000), 100)).toEqual([]);
  });
});
