import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { observationSchema } from '../../../src/model/observation.ts';
import { httpRequest } from '../../../src/net/http-request.ts';
import { smtpSession } from '../../../src/net/smtp-session.ts';
import { httpOperation, liveContext, quickSettings, smtpOperation } from '../../support/live.ts';
import { mutateBytes, withTokens } from '../mutate.ts';
import type { Target } from '../target.ts';

const settings = quickSettings({
  http: { firstByteTimeoutMs: 150, exchangeTimeoutMs: 300, idleTimeoutMs: 100 },
  smtp: { bannerTimeoutMs: 150, exchangeTimeoutMs: 300 },
});
const context = liveContext({ settings });

/** A server that says `words.bytes` to everybody, after their first word where the protocol wants that, and hangs up. */
async function sayer(afterTheirs: boolean): Promise<{ port: number; words: { bytes: Buffer } }> {
  const words = { bytes: Buffer.alloc(0) as Buffer };
  const speak = (socket: Socket): void => void socket.end(words.bytes);
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    if (afterTheirs) socket.once('data', () => speak(socket));
    else speak(socket);
    socket.resume();
  });
  server.listen({ host: '::1', port: 0 });
  server.unref();
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, words };
}

const web = await sayer(true);
const mail = await sayer(false);

const responses = [
  'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 30\r\nConnection: close\r\n\r\n<title>a</title><p>Xin chào</p>',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>ab\r\n3\r\n</p\r\n0\r\nX: y\r\n\r\n',
  'HTTP/1.1 301 Moved\r\nLocation: https://www.a.gov.vn/\r\nSet-Cookie: a=b\r\n\r\n',
  'HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\nHTTP/1.1 403 No\r\nRetry-After: 5\r\n\r\n',
].map((text) => Buffer.from(text));
const httpTokens = [
  ...[
    '\r\n',
    '\n',
    '\r',
    '\0',
    ': ',
    'HTTP/1.1 ',
    '100 Continue\r\n\r\n',
    '101 Switching\r\nUpgrade: x\r\n',
    '999',
    '-1',
    'ffffffffffffffff\r\n',
  ],
  ...[
    'Content-Length: 5\r\n',
    'Content-Length: -1\r\n',
    'Transfer-Encoding: chunked\r\n',
    'Content-Encoding: gzip\r\n',
    'Content-Encoding: br, br, br\r\n',
  ],
  ...['X-A: b\r\n', ' folded', 'é', '0\r\n\r\n', 'Date: never\r\n', 'Location: //[::\r\n'],
];

export const httpWireTarget: Target = {
  name: 'http-wire',
  seeds: responses,
  mutate(random) {
    const seed = random.pick(responses);
    if (random.chance(0.4)) return mutateBytes(seed, random, responses);
    return Buffer.from(withTokens(seed.toString(), random, httpTokens)).subarray(0, 2_000_000);
  },
  async read(input) {
    web.words.bytes = input;
    return JSON.stringify(observationSchema.parse(await httpRequest(httpOperation(web.port), context))).length;
  },
  isDeclared: () => false,
  maxMs: null,
  maxResult: (bytes) => 1_000_000 + bytes * 8,
};

const greetings = [
  '220 mx ESMTP\r\n250-mx\r\n250 STARTTLS\r\n220 go\r\n',
  '220-a\r\n220 b\r\n250 mx\r\n221 bye\r\n',
  '554 no\r\n',
  '421-later\r\n421 x\r\n',
].map((text) => Buffer.from(text));
const smtpTokens = [
  '\r\n',
  '\n',
  '\0',
  '220 ',
  '250-',
  '250 ',
  'STARTTLS',
  '\u001b[31m',
  'A'.repeat(1_200),
  '999-',
  '220 go\r\n250 injected\r\n',
];

export const smtpWireTarget: Target = {
  name: 'smtp-wire',
  seeds: greetings,
  mutate(random) {
    const seed = random.pick(greetings);
    if (random.chance(0.4)) return mutateBytes(seed, random, greetings);
    return Buffer.from(withTokens(seed.toString('latin1'), random, smtpTokens), 'latin1').subarray(0, 300_000);
  },
  async read(input) {
    mail.words.bytes = input;
    return JSON.stringify(observationSchema.parse(await smtpSession(smtpOperation(mail.port), context))).length;
  },
  isDeclared: () => false,
  maxMs: null,
  maxResult: () => 50_000,
};
