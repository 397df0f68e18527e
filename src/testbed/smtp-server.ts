import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Family } from '../model/observation.ts';
import type { Certificates } from './certificates.ts';
import type { Bound, Listeners } from './listeners.ts';
import type { RequestLog } from './request-log.ts';
import type { SmtpRule } from './scenario.ts';
import { secured } from './web-server.ts';
import { acts, concerns, type Node } from './world.ts';

export interface SmtpServerInput {
  node: Node;
  family: Family;
  host: string;
  listeners: Listeners;
  certificates: Certificates;
  log: RequestLog;
  accept(socket: Socket): boolean;
}

interface Session {
  input: SmtpServerInput;
  action: SmtpRule['do'];
  hostname: string;
}

const maxLineBytes = 2_000;

function ruleFor(input: SmtpServerInput): SmtpRule['do'] {
  for (const counted of input.node.owner.smtp) {
    if (concerns(counted.rule, input.node, input.family) && acts(counted)) return counted.rule.do;
  }
  return {};
}

function log(session: Session, detail: string): void {
  const { node, family } = session.input;
  session.input.log.add({ transport: 'tcp', address: node.addresses[family] ?? '', family, port: 25, detail });
}

function ehloLines(session: Session, overTls: boolean): string {
  if (session.action.ehlo === 'refused') return '502 5.5.1 Command not implemented\r\n';
  const keywords = ['PIPELINING', 'SIZE 31457280', '8BITMIME', 'SMTPUTF8'];
  if (!overTls && session.action.ehlo !== 'no-starttls') keywords.push('STARTTLS');
  const lines = [session.hostname, ...keywords];
  return lines.map((line, index) => `250${index === lines.length - 1 ? ' ' : '-'}${line}\r\n`).join('');
}

function startTls(session: Session, socket: Socket): void {
  if (session.action.startTls === '454') {
    socket.write('454 4.7.0 TLS not available\r\n');
    return;
  }
  if (session.action.startTls === '554') {
    socket.write('554 5.7.3 Unable to initialize security subsystem\r\n');
    return;
  }
  if (session.action.startTls === 'silent') return;
  socket.removeAllListeners('data');
  if (session.action.startTls === 'plain-text') {
    socket.once('data', () => socket.end('500 5.5.1 Command unrecognized\r\n'));
    socket.write('220 2.0.0 Ready to start TLS\r\n');
    return;
  }
  // STARTTLS injection (faults M4): a reply slipped in before the handshake.
  socket.write(session.action.startTls === 'injected' ? '220 ready\r\n250 injected\r\n' : '220 2.0.0 Ready to start TLS\r\n');
  const secure: TLSSocket = secured(socket, { ...session.input, unnamed: session.hostname }, session.input.certificates);
  secure.on('error', () => socket.destroy());
  secure.once('secure', () => converse(session, secure, true));
}

function onLine(session: Session, socket: Socket, line: string, overTls: boolean): void {
  const verb = line.split(' ')[0]?.toUpperCase() ?? '';
  log(session, line);
  switch (verb) {
    case 'EHLO':
      if (session.action.ehlo === 'endless') endless(session, socket);
      else socket.write(ehloLines(session, overTls));
      return;
    case 'HELO':
      socket.write(`250 ${session.hostname}\r\n`);
      return;
    case 'STARTTLS':
      startTls(session, socket);
      return;
    case 'QUIT':
      socket.end('221 2.0.0 Bye\r\n');
      return;
    case 'NOOP':
    case 'RSET':
      socket.write('250 2.0.0 Ok\r\n');
      return;
    default:
      socket.write('502 5.5.2 Command not recognised\r\n');
  }
}

/** Continuation lines without end, slowly enough not to fill anybody's memory (faults M2). */
function endless(session: Session, socket: Socket): void {
  const more = (): void => {
    if (socket.destroyed) return;
    socket.write('250-AGAIN\r\n'.repeat(50));
    session.input.listeners.later(20, more);
  };
  more();
}

function converse(session: Session, socket: Socket, overTls: boolean): void {
  let buffered = '';
  socket.on('data', (chunk: Buffer) => {
    buffered += chunk.toString('latin1');
    for (let end = buffered.indexOf('\n'); end >= 0; end = buffered.indexOf('\n')) {
      const line = buffered.slice(0, end).trimEnd();
      buffered = buffered.slice(end + 1);
      onLine(session, socket, line, overTls);
    }
    if (buffered.length > maxLineBytes) socket.destroy();
  });
}

function greet(session: Session, socket: Socket): void {
  const banner = session.action.banner ?? `220 ${session.hostname} ESMTP`;
  const opened = banner.startsWith('220');
  if (socket.destroyed) return;
  if (opened) socket.write(`${banner}\r\n`);
  else socket.end(`${banner}\r\n`);
  if (opened) converse(session, socket, false);
}

/** Opens SMTP on one address of a mail server. It waits for its own greeting, and notes a client that talks before it. */
export function serveSmtp(input: SmtpServerInput): Promise<Bound> {
  return input.listeners.tcp(input.host, (socket) => {
    if (input.accept(socket)) return;
    const session: Session = { input, action: ruleFor(input), hostname: `${input.node.name}.${input.node.owner.domain}` };
    log(session, 'connect');
    const early = (): void => log(session, 'early-talk');
    socket.once('data', early);
    if (session.action.silent === true) return;
    const begin = (): void => {
      socket.removeListener('data', early);
      greet(session, socket);
    };
    if ((session.action.bannerDelayMs ?? 0) > 0) input.listeners.later(session.action.bannerDelayMs ?? 0, begin);
    else begin();
  });
}
