// A name server with a bad habit for questions for AAAA; everything else is handed to a real one, and so are its answers.
// Usage: node odd-name-server.mjs PORT-OF-THE-REAL-ONE JSON: [{ "address", "habit" }]
import { createSocket } from 'node:dgram';
import { connect, createServer } from 'node:net';

const real = Number(process.argv[2]);
const rcodes = { servfail: 2, nxdomain: 3, refused: 5 };
const waitMs = 3_000;

/** The question's type stands behind the name, which no client of the lab compresses. */
function asksForAaaa(query) {
  let at = 12;
  while (at < query.length && query[at] !== 0) at += query[at] + 1;
  return query.length >= at + 3 && query.readUInt16BE(at + 1) === 28;
}

/** The question again, with QR, AA and the code; without the rest. */
function refusal(query, code) {
  let at = 12;
  while (query[at] !== 0) at += query[at] + 1;
  const answer = Buffer.from(query.subarray(0, at + 5));
  answer[2] = 0x84 | (query[2] & 0x01);
  answer[3] = code;
  answer.fill(0, 6, 12);
  return answer;
}

for (const { address, habit } of JSON.parse(process.argv[3])) {
  const answerOf = (query) => (habit === 'silent' ? null : refusal(query, rcodes[habit]));
  const udp = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  udp.on('message', (query, from) => {
    if (query.length < 17) return;
    const reply = (answer) => udp.send(answer, from.port, from.address);
    if (asksForAaaa(query)) {
      const answer = answerOf(query);
      if (answer !== null) reply(answer);
      return;
    }
    const upstream = createSocket('udp4');
    const timer = setTimeout(() => upstream.close(), waitMs);
    upstream.on('error', () => undefined);
    upstream.once('message', (answer) => {
      clearTimeout(timer);
      reply(answer);
      upstream.close();
    });
    upstream.send(query, real, '127.0.0.1');
  });
  udp.bind(53, address);
  createServer((client) => {
    const upstream = connect(real, '127.0.0.1');
    client.on('error', () => upstream.destroy()).setTimeout(waitMs * 3, () => client.destroy());
    upstream.on('error', () => client.destroy());
    upstream.on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
    upstream.on('data', (chunk) => client.write(chunk));
    let held = Buffer.alloc(0);
    client.on('data', (chunk) => {
      held = Buffer.concat([held, chunk]);
      while (held.length > 2 && held.length >= held.readUInt16BE(0) + 2) {
        const whole = held.subarray(0, held.readUInt16BE(0) + 2);
        held = held.subarray(whole.length);
        if (!asksForAaaa(whole.subarray(2))) {
          upstream.write(whole);
          continue;
        }
        const answer = answerOf(whole.subarray(2));
        if (answer !== null) client.write(Buffer.concat([Buffer.from([answer.length >> 8, answer.length & 255]), answer]));
      }
    });
  }).listen(53, address);
}
