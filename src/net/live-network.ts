import type { Observation, Operation } from '../model/observation.ts';
import { dnsQuery } from './dns-query.ts';
import { httpRequest } from './http-request.ts';
import type { LiveContext } from './live-context.ts';
import type { Network } from './network.ts';
import { smtpSession } from './smtp-session.ts';
import { tcpConnect } from './tcp-connect.ts';
import { tlsHandshake } from './tls-handshake.ts';

/** The network itself: every operation is one try over real sockets. Spacing, retries and memory are other layers. */
export function createLiveNetwork(context: LiveContext): Network {
  return { perform: ((operation: Operation) => performLive(operation, context)) as Network['perform'] };
}

function performLive(operation: Operation, context: LiveContext): Promise<Observation> {
  switch (operation.op) {
    case 'dns-query':
      return dnsQuery(operation, context);
    case 'tcp-connect':
      return tcpConnect(operation, context);
    case 'tls-handshake':
      return tlsHandshake(operation, context);
    case 'http-request':
      return httpRequest(operation, context);
    case 'smtp-session':
      return smtpSession(operation, context);
  }
}
