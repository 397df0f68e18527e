import { siblingOf } from '../model/agency-services.ts';
import type { AssessedService } from '../model/service-state.ts';
import type { Subject } from '../model/subject.ts';
import type { AgencyContext } from './context.ts';
import { lookup } from './lookup.ts';

/** More exchangers than this are not judged one by one; `mx-addresses` still counts all. */
const maxExchangers = 10;

/** Everything that checks are evaluated on for one agency, in the order of its services. */
export function subjectsOf(context: AgencyContext, services: readonly AssessedService[]): Subject[] {
  const listed = services.filter(({ state }) => state !== 'not-listed');
  return [...hostSubjects(listed), ...zoneSubjects(listed), ...mailSubjects(context, listed), ...serviceSubjects(listed)];
}

function hostSubjects(services: readonly AssessedService[]): Subject[] {
  const subjects = new Map<string, Subject>();
  const add = (subject: Subject): void => {
    if (!subjects.has(subject.name)) subjects.set(subject.name, subject);
  };
  for (const { role, host, decidingHosts } of services) {
    if (role === 'mail') continue;
    const sibling = role === 'portal' ? siblingOf(host) : null;
    for (const name of new Set([host, ...decidingHosts])) {
      const twin = sibling === null || (name !== host && name !== sibling) ? null : siblingOf(name);
      add({ kind: 'host', name, service: role, deciding: decidingHosts.includes(name), sibling: twin, preference: null });
    }
    if (sibling !== null) add({ kind: 'host', name: sibling, service: role, deciding: false, sibling: host, preference: null });
  }
  return [...subjects.values()];
}

function zoneSubjects(services: readonly AssessedService[]): Subject[] {
  const subjects = new Map<string, Subject>();
  for (const { role, zone } of services) {
    if (!subjects.has(zone))
      subjects.set(zone, { kind: 'zone', name: zone, service: role, deciding: false, sibling: null, preference: null });
  }
  return [...subjects.values()];
}

function mailSubjects(context: AgencyContext, services: readonly AssessedService[]): Subject[] {
  const subjects: Subject[] = [];
  for (const { role, host } of services) {
    if (role !== 'mail') continue;
    subjects.push({ kind: 'mail-domain', name: host, service: 'mail', deciding: false, sibling: null, preference: null });
    const answer = lookup(context, host, 'MX');
    const exchangers = answer.known
      ? answer.value.records.flatMap((record) => (record.type === 'MX' && record.exchange !== '' ? [record] : []))
      : [];
    const byPreference = exchangers.toSorted((a, b) => a.preference - b.preference || a.exchange.localeCompare(b.exchange));
    const names = byPreference.length === 0 && answer.known ? [{ exchange: host, preference: 0 }] : byPreference;
    for (const { exchange, preference } of names.slice(0, maxExchangers)) {
      subjects.push({ kind: 'exchanger', name: exchange, service: 'mail', deciding: false, sibling: null, preference });
    }
  }
  return subjects;
}

function serviceSubjects(services: readonly AssessedService[]): Subject[] {
  return services
    .filter(({ role, state }) => role !== 'other' && state !== 'gone')
    .map(({ role, host, decidingHosts }) => ({
      kind: 'service',
      name: decidingHosts[0] ?? host,
      service: role,
      deciding: true,
      sibling: role === 'portal' ? siblingOf(decidingHosts[0] ?? host) : null,
      preference: null,
    }));
}
