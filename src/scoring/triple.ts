import type { Finding } from '../model/finding.ts';
import type { ServiceReport } from '../model/report.ts';
import type { AssessedService } from '../model/service-state.ts';
import { isGood } from './weigh.ts';

type TripleState = ServiceReport['triple']['dns'];

/** The three words per service (after NIST's monitor: assigned, operational): does its DNS, web, mail work over IPv6? */
export function serviceTriple(findings: readonly Finding[], service: AssessedService): ServiceReport['triple'] {
  const of = (check: string, matches: (finding: Finding) => boolean) =>
    findings.filter((finding) => finding.check === check && matches(finding));
  const inZone = ({ host }: Finding) => host === service.zone;
  const onHost = ({ host }: Finding) => service.decidingHosts.includes(host);
  const inMail = (finding: Finding) => finding.service === 'mail';
  return {
    dns: state(of('ns-ipv6-count', inZone), [of('ns-udp-ipv6', inZone), of('ns-tcp-ipv6', inZone)]),
    web: service.role === 'mail' ? 'absent' : state(of('web-addresses', onHost), [of('web-connect', onHost), of('web-response', onHost)]),
    mail: service.role === 'mail' || service.role === 'portal' ? state(of('mx-addresses', inMail), [of('smtp-connect', inMail)]) : 'absent',
  };
}

/** `assigned`: addresses are published; `operational`: and the service answers on them. */
function state(assigned: readonly Finding[], operational: readonly (readonly Finding[])[]): TripleState {
  if (assigned.length === 0 || assigned.every(({ status }) => status === 'not-applicable' || status === 'skipped')) return 'absent';
  if (assigned.some(({ status }) => status === 'fail')) return 'none';
  if (assigned.some(({ status }) => status === 'inconclusive')) return 'inconclusive';
  const flat = operational.flat();
  if (operational.every((list) => list.some(isGood)) && !flat.some(({ status }) => status === 'fail')) return 'operational';
  return flat.some(({ status }) => status === 'inconclusive') && !flat.some(({ status }) => status === 'fail')
    ? 'inconclusive'
    : 'assigned';
}
