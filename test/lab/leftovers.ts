import { existsSync } from 'node:fs';
import { readdir, readlink, stat } from 'node:fs/promises';
import { namespacePrefix, placeDevices } from './namespaces.ts';

const namespaceFolder = '/run/netns';

/** What of the machine the lab must give back. */
export interface Footprint {
  folder: string;
  /** Kernel names of the lab's namespaces: a process may live on in one whose file is gone. */
  namespaces: ReadonlySet<string>;
  /** Network devices of the machine itself before the lab. */
  devices: ReadonlySet<string>;
}

export async function machineDevices(): Promise<ReadonlySet<string>> {
  return new Set(await readdir('/sys/class/net'));
}

export async function labNamespaces(): Promise<ReadonlySet<string>> {
  const files = (await readdir(namespaceFolder)).filter((name) => name.startsWith(namespacePrefix));
  return new Set(await Promise.all(files.map(async (name) => `net:[${(await stat(`${namespaceFolder}/${name}`)).ino}]`)));
}

/** Everything of the lab that is still there; nothing after `down`. */
export async function leftovers({ folder, namespaces, devices }: Footprint): Promise<string[]> {
  const files = (await readdir(namespaceFolder).catch(() => [])).filter((name) => name.startsWith(namespacePrefix));
  const added = [...(await machineDevices())].filter((name) => !devices.has(name) && placeDevices.test(name));
  return [
    ...files.map((name) => `namespace ${name}`),
    ...(await processesIn(namespaces)).map((id) => `process ${id}`),
    ...added.map((name) => `device ${name}`),
    ...(existsSync(folder) ? [`folder ${folder}`] : []),
  ];
}

async function processesIn(namespaces: ReadonlySet<string>): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const inside = await Promise.all(ids.map(async (id) => namespaces.has(await readlink(`/proc/${id}/ns/net`).catch(() => ''))));
  return ids.filter((_, index) => inside[index] === true);
}
