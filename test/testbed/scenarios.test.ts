import { it } from 'vitest';
import { replaysToTheSame } from '../support/replay-agency.ts';
import { describePart, scenariosOfPart } from '../support/scenario-suite.ts';

const scenarios = await scenariosOfPart(0);

describePart(scenarios, (audited) => {
  for (const id of scenarios.filter(({ demo }) => demo).map((scenario) => scenario.id)) {
    it(`${id} replayed from its record gives the same evidence`, () => replaysToTheSame(audited(), id));
  }
});
