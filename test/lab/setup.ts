import type { TestProject } from 'vitest/node';
import { up } from './lab.ts';
import { namespaceOf, namespacePrefix } from './namespaces.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Begin of the names of the namespaces. */
    namespacePrefix: string;
    folder: string;
    authority: string;
    /** How long it took to bring up. */
    upMs: number;
  }
}

/** Brings the lab up before the suite and down after it, failed or not. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const startedAt = Date.now();
  const lab = await up();
  project.provide('namespacePrefix', namespacePrefix);
  project.provide('folder', lab.folder);
  project.provide('authority', lab.authority);
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
