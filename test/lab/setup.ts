import { loadavg } from 'node:os';
import type { TestProject } from 'vitest/node';
import { up } from './lab.ts';
import { namespaceOf, namespacePrefix } from './namespaces.ts';
import { writeRouteData } from './route-data.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Begin of the names of the namespaces. */
    namespacePrefix: string;
    folder: string;
    authority: string;
    anchor: string;
    translates: boolean;
    /** How long it took to bring up. */
    upMs: number;
    /** Load average before that. */
    loadAtStart: number;
  }
}

/** Brings the lab up before the suite and down after it, failed or not. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [load = 0] = loadavg();
  const startedAt = Date.now();
  const lab = await up();
  await writeRouteData(lab.folder);
  project.provide('namespacePrefix', namespacePrefix);
  project.provide('folder', lab.folder);
  project.provide('authority', lab.authority);
  project.provide('anchor', lab.anchor);
  project.provide('translates', lab.translates);
  project.provide('loadAtStart', load);
  project.provide('upMs', Date.now() - startedAt);
  await holdForHand(lab);
  return lab.down;
}

/** `LAB_HOLD=600` keeps the lab open for that many seconds before the tests, to look around in it by hand. */
async function holdForHand({ authority }: { authority: string }): Promise<void> {
  const seconds = Number(process.env.LAB_HOLD ?? '0');
  if (!(seconds > 0)) return;
  console.info(`lab is up for ${seconds} s. CA: ${authority}\nip netns exec ${namespaceOf('dual')} bash`);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
