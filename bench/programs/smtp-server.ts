import { readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';

/** A mail server with STARTTLS on port 25 of every address: `node smtp-server.js SHARED.json` (a file with key and certificates). */

interface Material {
  key: string;
  shared: { names: string[]; certificate: string }[];
}

const maxLineBytes = 2_000;
const idleMs = 60_000;
const { key, shared } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Material;
const fileOf = new Map(shared.flatMap(({ names, certificate }) => names.map((name) => [name, certificate] as const)));
const contexts = new Map<string, SecureContext>();

function contextOf(name: string): SecureContext {
  const file = fileOf.get(name) ?? shared[0]?.certificate ?? '';
  const known = contexts.get(file) ?? createSecureContext({ key: readFileSync(key), cert: readFileSync(file) });
  contexts.set(file, known);
  return known;
}

function startTls(socket: Socket): void {
  socket.removeAllListeners('data');
  socket.write('220 2.0.0 Ready to start TLS\r\n');
  const secure = new TLSSocket(socket, {
    isServer: true,
    secureContext: contextOf(''),
    SNICallback: (name, done) => done(null, contextOf(name)),
  });
  secure.on('error', () => socket.destroy());
  converse(secure);
}

function answer(socket: Socket, line: string): void {
  const verb = line.split(' ')[0]?.toUpperCase() ?? '';
  if (verb === 'EHLO') socket.write('250-mail\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 STARTTLS\r\n');
  else if (verb === 'STARTTLS') startTls(socket);
  else if (verb === 'QUIT') socket.end('221 2.0.0 Bye\r\n');
  else socket.write('502 5.5.2 Command not recognised\r\n');
}

function converse(socket: Socket): void {
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
      const line = text.slice(0, end).trimEnd();
      text = text.slice(end + 1);
      answer(socket, line);
    }
    if (text.length > maxLineBytes) socket.destroy();
  });
}

for (const [host, ipv6Only] of [
  ['0.0.0.0', false],
  ['::', true],
] as const) {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    socket.setTimeout(idleMs, () => socket.destroy());
    socket.write('220 mail ESMTP\r\n');
    converse(socket);
  });
  server.listen({ host, port: 25, ipv6Only, backlog: 1024 });
}
