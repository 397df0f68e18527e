import type { EvidenceRecord } from '../model/evidence.ts';
import type { Observation } from '../model/observation.ts';
import { inTurns } from '../net/in-turns.ts';
import type { Slices } from '../parsers/slices.ts';

/**
 * The line of a record for the journal, at most `maxBytes` long: what is longer could not be read again, and would take the records of
 * all others with it. Pages may bring it there. Then their URLs and texts are left out, which the evidence says, and at last all.
 */
export async function recordLine(record: EvidenceRecord, maxBytes: number): Promise<Buffer> {
  const line = (await inTurns(lineSlices(record, maxBytes))) ?? (await inTurns(lineSlices(withoutUrls(record), maxBytes)));
  if (line !== null) return line;
  const crash = { probe: 'journal', detail: `a record of more than ${maxBytes} bytes` };
  return Buffer.from(`${JSON.stringify({ ...record, observations: [], crashes: [crash] })}\n`);
}

/** As `JSON.stringify` writes it, observation by observation: hundreds at once would stop the event loop. Null: too long. */
function* lineSlices(record: EvidenceRecord, maxBytes: number): Slices<Buffer | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  const add = (text: string): void => {
    const part = Buffer.from(text);
    parts.push(part);
    bytes += part.length;
  };
  let separator = '{';
  for (const [field, value] of Object.entries(record)) {
    add(`${separator}${JSON.stringify(field)}:`);
    separator = ',';
    if (field !== 'observations') add(JSON.stringify(value));
    else {
      for (const [at, observation] of record.observations.entries()) {
        add(`${at === 0 ? '[' : ','}${JSON.stringify(observation)}`);
        if (bytes > maxBytes) return null;
        yield;
      }
      add(record.observations.length === 0 ? '[]' : ']');
    }
  }
  add('}\n');
  return bytes > maxBytes ? null : Buffer.concat(parts);
}

function withoutUrls(record: EvidenceRecord): EvidenceRecord {
  return { ...record, observations: record.observations.map(withoutUrlsOf) };
}

function withoutUrlsOf(observation: Observation): Observation {
  if (observation.op !== 'http-request' || observation.response === null || observation.response.body === null) return observation;
  const { response } = observation;
  const body = { ...observation.response.body, resources: [], resourcesCut: true, text: null };
  return { ...observation, response: { ...response, body } };
}
