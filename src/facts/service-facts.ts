import { certificateHostsOf } from './certificate-hosts.ts';
import { dns64SafetyOf } from './dns64-safety.ts';
import { ipv6OnlyDependenciesOf } from './ipv6-only-dependencies.ts';
import { ipv6OnlyPageOf } from './ipv6-only-page.ts';
import { nat64OutcomeOf } from './nat64-outcome.ts';

/** Facts about one service, by the name under which checks need them. */
export const serviceFacts = {
  ipv6OnlyPage: ipv6OnlyPageOf,
  ipv6OnlyDependencies: ipv6OnlyDependenciesOf,
  dns64Safety: dns64SafetyOf,
  nat64Outcome: nat64OutcomeOf,
  certificateHosts: certificateHostsOf,
};
