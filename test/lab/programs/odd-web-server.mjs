// Listeners with a habit that no web server can be configured to have: `silent` accepts and never speaks, `delay` hands the
// connection to another address and holds every piece back for 400 ms on its way to the client, `endless` answers with a page and
// then goes on for ever.
// Usage: node odd-web-server.mjs JSON: [{ "address", "port", "habit", "target", "page" }]
import { connect, createServer } from 'node:net';

const delayMs = 400;
const idleMs = 60_000;

function slowly(client, { port, target }) {
  const upstream = connect(port, target);
  client.on('data', (chunk) => upstream.write(chunk));
  upstream.on('data', (chunk) => setTimeout(() => client.write(chunk), delayMs));
  upstream.on('end', () => setTimeout(() => client.end(), delayMs));
  upstream.on('error', () => client.destroy());
  client.on('close', () => upstream.destroy());
}

function endlessly(client, page) {
  const filler = `<!-- ${'.'.repeat(16_000)} -->\n`;
  const more = () => {
    while (!client.destroyed && client.write(filler));
  };
  client.once('data', () => {
    client.write(`HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\nconnection: close\r\n\r\n${page}`);
    client.on('drain', more);
    more();
  });
}

for (const listener of JSON.parse(process.argv[2])) {
  createServer((client) => {
    client.on('error', () => undefined).setTimeout(idleMs, () => client.destroy());
    if (listener.habit === 'delay') slowly(client, listener);
    else if (listener.habit === 'endless') endlessly(client, listener.page);
    else client.resume();
  }).listen(listener.port, listener.address);
}
