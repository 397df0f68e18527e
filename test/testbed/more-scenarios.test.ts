import { it } from 'vitest';
import { replaysToTheSame } from '../support/replay-agency.ts';
import { describePart, scenariosOfPart } from '../support/scenario-suite.ts';

/** DNS, web and mail in trouble: what is retried, repeated in a second round or given up must be so in a replay. */
const replayed = ['flapping-servfail', 'edns-formerr', 'web-timeout-ipv6', 'redirect-loop-ipv6', 'smtp-silent-ipv6', 'aaaa-lag'];
const scenarios = await scenariosOfPart(1);

describePart(scenarios, (audited) => {
  for (const { id } of scenarios.filter((scenario) => replayed.includes(scenario.id) || scenario.demo)) {
    it(`${id} replayed from its record gives the same evidence`, () => replaysToTheSame(audited(), id));
  }
});
