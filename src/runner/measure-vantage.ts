import type { Agency } from '../model/agency.ts';
import { probeAddresses } from '../probes/addresses.ts';
import { preflight } from '../probes/vantage.ts';
import { createRecorder } from './recorder.ts';
import { type Course, flushProofs } from './run-course.ts';
import type { Control } from './vantage-proofs.ts';

/** What this machine can do, asked before any agency; the addresses of the control hosts are put into `controls`. */
export async function measureVantage(
  course: Pick<Course, 'manifest' | 'stack' | 'proofs' | 'journal'>,
  controls: { web: Control[]; smtp: Control[] },
): Promise<void> {
  const { manifest, stack } = course;
  const recorder = createRecorder(stack.network, { budgetMs: Number.MAX_SAFE_INTEGER });
  await preflight(recorder, { resolution: manifest.resolution, runId: manifest.id, settings: manifest.settings });
  const resolve = async (name: string): Promise<Control[]> => {
    const addresses = await probeAddresses(
      {
        network: recorder,
        agency: controlAgency(name),
        runId: manifest.id,
        resolution: manifest.resolution,
        settings: manifest.settings,
        isUsable: stack.isUsable,
        servicesOverride: 'listed',
      },
      name,
    );
    return ([6, 4] as const).flatMap((family) => addresses[family].map((address) => ({ address, family, name })));
  };
  for (const name of manifest.controls.web) controls.web.push(...(await resolve(name)));
  for (const name of manifest.controls.smtp) controls.smtp.push(...(await resolve(name)));
  course.proofs.push(...recorder.observations());
  await flushProofs(course);
}

/** A control host is asked like an agency's, and is none. */
function controlAgency(domain: string): Agency {
  return {
    id: `control:${domain}`,
    name: { vi: domain, en: domain },
    category: 'other',
    domain,
    servicesDomain: null,
    servicesStatus: 'active',
    mailDomain: null,
    hosts: [],
    input: { file: '', line: 0 },
    extra: {},
  };
}
