import { expect, it } from 'vitest';
import { agencyOf, audit, unexpectedFails } from './audits.ts';
import { ensureBuilt } from './build.ts';
import { expected } from './expected.ts';

/** `npm run soak:lab` says 20. */
const runs = Number(process.env.LAB_RUNS ?? '3');
const domains = ['mat-goi.gov.vn', 'cham-400.gov.vn', 'thu-8s.gov.vn', 'tot.gov.vn'];
const atOnce = 3;

it(`${runs} runs over lost packets and slow answers: not one fail`, { timeout: runs * 3 * 60_000 }, async () => {
  await ensureBuilt();
  const wanted = expected.filter(({ domain }) => domains.includes(domain));
  const wrong: string[] = [];
  let findings = 0;
  let fails = 0;
  for (let done = 0; done < runs; done += atOnce) {
    const numbers = Array.from({ length: Math.min(atOnce, runs - done) }, (_, index) => done + index + 1);
    for (const { report, runDir } of await Promise.all(numbers.map((number) => audit('dual', domains, { name: `loss-${number}` })))) {
      const seen = report.agencies.flatMap((agency) => agency.findings);
      findings += seen.length;
      fails += seen.filter(({ status }) => status === 'fail').length;
      wrong.push(...wanted.flatMap((row) => unexpectedFails(agencyOf(report, row.domain), row).map((line) => `${runDir}: ${line}`)));
      const slower = agencyOf(report, 'cham-400.gov.vn').findings.filter(
        ({ check, status }) => check === 'web-latency' && status === 'pass',
      );
      wrong.push(...slower.map(({ host }) => `${runDir}: ${host} is said to be as fast over IPv6`));
      const refused = report.agencies.filter(({ conformity }) => conformity.verdict === 'fail');
      wrong.push(...refused.map(({ domain }) => `${runDir}: ${domain} does not conform`));
    }
  }
  console.info(`lab: ${runs} runs over lost packets and slow answers, ${findings} findings, ${fails} fails`);
  expect(wrong).toEqual([]);
});
