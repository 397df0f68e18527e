import { existsSync } from 'node:fs';
import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { namespacePrefix, placeDevices } from './namespaces.ts';

const namespaceFolder = '/run/netns';
/** The kernel may take a moment to be done with what was killed. */
const patienceMs = 3_000;

/** What of the machine the lab must give back. */
export interface Footprint {
  folder: string;
  /** Network devices of the machine itself before the lab. */
  devices: ReadonlySet<string>;
}

/** A process by its id and when it began: ids are used again, and so are the numbers of namespaces. */
export type Running = ReadonlyMap<string, string>;

export async function machineDevices(): Promise<ReadonlySet<string>> {
  return new Set(await readdir('/sys/class/net'));
}

/** Every process inside the lab's namespaces, to be asked for before it is taken down. */
export async function labProcesses(): Promise<Running> {
  const files = await ownNamespaces();
  const inodes = await Promise.all(files.map(async (name) => `net:[${(await stat(`${namespaceFolder}/${name}`)).ino}]`));
  const found = await Promise.all(
    (await readdir('/proc')).map(async (id): Promise<[string, string][]> => {
      if (!/^\d+$/.test(id) || !inodes.includes(await readlink(`/proc/${id}/ns/net`).catch(() => ''))) return [];
      const began = await beginOf(id);
      return began === null ? [] : [[id, began]];
    }),
  );
  return new Map(found.flat());
}

/** Everything of the lab that is still there; nothing after `down`. */
export async function leftovers(footprint: Footprint, running: Running): Promise<string[]> {
  const deadline = Date.now() + patienceMs;
  let left = await look(footprint, running);
  while (left.length > 0 && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    left = await look(footprint, running);
  }
  return left;
}

async function look({ folder, devices }: Footprint, running: Running): Promise<string[]> {
  const added = [...(await machineDevices())].filter((name) => !devices.has(name) && placeDevices.test(name));
  const alive: string[] = [];
  for (const [id, began] of running) if ((await beginOf(id)) === began) alive.push(id);
  return [
    ...(await ownNamespaces()).map((name) => `namespace ${name}`),
    ...alive.map((id) => `process ${id}`),
    ...added.map((name) => `device ${name}`),
    ...(existsSync(folder) ? [`folder ${folder}`] : []),
  ];
}

async function ownNamespaces(): Promise<string[]> {
  const names = await readdir(namespaceFolder).catch(() => []);
  return names.filter((name) => name.startsWith(namespacePrefix));
}

/** Clock ticks at which a process began (proc(5), field 22 of stat); null for one that has ended, waited for or not. */
async function beginOf(id: string): Promise<string | null> {
  const text = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
  // The second field, the name in brackets, may hold blanks.
  const [state, ...rest] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return state === undefined || state === '' || state === 'Z' || state === 'X' ? null : (rest[18] ?? null);
}
