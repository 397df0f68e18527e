import type { Finding } from '../../src/model/finding.ts';
import { absoluteName } from '../../src/testbed/record-text.ts';
import type { Expectation, Scenario } from '../../src/testbed/scenario.ts';

const fine: ReadonlySet<string> = new Set(['pass', 'info', 'not-applicable', 'skipped']);

function fits(expectation: Expectation, finding: Finding, domain: string): boolean {
  return (
    (expectation.check === '*' || expectation.check === finding.check) &&
    (expectation.host === '*' || absoluteName(expectation.host, domain) === finding.host) &&
    expectation.status === finding.status &&
    (expectation.message === undefined || expectation.message === finding.message) &&
    (expectation.cause === undefined || expectation.cause === finding.cause)
  );
}

/** Fails that the scenario does not expect: there must never be one, whatever happens to us. */
export function unexpectedFails(scenario: Scenario, findings: readonly Finding[]): string[] {
  const { domain } = scenario.agency;
  return findings
    .filter(({ status }) => status === 'fail')
    .filter((finding) => !scenario.expect.some((expectation) => fits(expectation, finding, domain)))
    .map(({ check, host, message, cause }) => `${scenario.id}: ${check} ${host} ${message} ${cause ?? ''}`);
}

/**
 * What differs between a scenario's expectations and the findings about its agency: findings that are not fine and not
 * expected, and expectations (of `expect` and `shows`) that no finding meets. Empty: as expected.
 */
export function surprises(scenario: Scenario, findings: readonly Finding[]): string[] {
  const { domain } = scenario.agency;
  const unexpected = findings.filter(
    (finding) => !fine.has(finding.status) && !scenario.expect.some((expectation) => fits(expectation, finding, domain)),
  );
  const unmet = [...scenario.expect, ...scenario.shows].filter(
    (expectation) => !findings.some((finding) => fits(expectation, finding, domain)),
  );
  return [
    ...unexpected.map(({ check, host, status, message, cause }) => `not expected: ${check} ${host} ${status} ${message} ${cause ?? ''}`),
    ...unmet.map((expectation) => `expected: ${JSON.stringify(expectation)}`),
  ];
}
