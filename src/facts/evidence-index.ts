import type { Family, Observation, ObservationOf } from '../model/observation.ts';

/** All observations of one agency, findable by what was asked. Built once per agency; pure. */
export interface EvidenceIndex {
  readonly all: readonly Observation[];
  byId(id: string): Observation | undefined;
  /** DNS questions for a name and type, over all servers, transports and rounds. */
  dnsQuestions(name: string, type: string): readonly ObservationOf<'dns-query'>[];
  /** DNS questions put to one server address. */
  dnsOfServer(address: string): readonly ObservationOf<'dns-query'>[];
  /** Everything but DNS that dialled this address and port, every op and round. */
  dialled(address: string, port: number): readonly Observation[];
  httpRequests(host: string, family: Family): readonly ObservationOf<'http-request'>[];
  smtpSessions(address: string): readonly ObservationOf<'smtp-session'>[];
}

function push<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else list.push(item);
}

const nothing: readonly never[] = [];

/** A repeated id (the same operation in main and a later record) keeps the first copy: the memo hands out whole observations. */
export function indexEvidence(observations: Iterable<Observation>): EvidenceIndex {
  const all: Observation[] = [];
  const ids = new Map<string, Observation>();
  const questions = new Map<string, ObservationOf<'dns-query'>[]>();
  const servers = new Map<string, ObservationOf<'dns-query'>[]>();
  const dials = new Map<string, Observation[]>();
  const requests = new Map<string, ObservationOf<'http-request'>[]>();
  const sessions = new Map<string, ObservationOf<'smtp-session'>[]>();
  for (const observation of observations) {
    if (ids.has(observation.id)) continue;
    ids.set(observation.id, observation);
    all.push(observation);
    if (observation.op === 'dns-query') {
      push(questions, `${observation.request.name} ${observation.request.type}`, observation);
      push(servers, observation.request.address, observation);
      continue;
    }
    push(dials, `${observation.request.address} ${observation.request.port}`, observation);
    if (observation.op === 'http-request') push(requests, `${observation.request.host} ${observation.request.family}`, observation);
    if (observation.op === 'smtp-session') push(sessions, observation.request.address, observation);
  }
  return {
    all,
    byId: (id) => ids.get(id),
    dnsQuestions: (name, type) => questions.get(`${name} ${type}`) ?? nothing,
    dnsOfServer: (address) => servers.get(address) ?? nothing,
    dialled: (address, port) => dials.get(`${address} ${port}`) ?? nothing,
    httpRequests: (host, family) => requests.get(`${host} ${family}`) ?? nothing,
    smtpSessions: (address) => sessions.get(address) ?? nothing,
  };
}
