import type { Observation } from '../model/observation.ts';
import type { ObservationLine } from '../model/report.ts';

/** What an observation asked, for people. */
export function observationTarget(observation: Observation): string {
  switch (observation.op) {
    case 'dns-query':
      return `${observation.request.type} ${observation.request.name === '' ? '.' : observation.request.name} (${observation.request.transport})`;
    case 'http-request': {
      const { scheme, host, path } = observation.request;
      return `${scheme}://${host}${path}`;
    }
    case 'smtp-session':
      return `smtp ${observation.request.host}`;
    case 'tls-handshake':
      return `tls ${observation.request.serverName}`;
    case 'tcp-connect':
      return `tcp ${observation.request.port}`;
  }
}

/** One line of evidence in a report; the whole observation stays in the run folder. */
export function observationLine(observation: Observation): ObservationLine {
  const { id, op, failure, elapsedMs } = observation;
  return {
    id,
    op,
    target: observationTarget(observation),
    address: observation.request.address,
    outcome: failure?.code ?? 'ok',
    step: failure?.step ?? null,
    elapsedMs,
  };
}
