import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { View } from '../merging/view.ts';

/** Views of agencies on disk: several runs of thousands of agencies do not fit into the memory together. */
export interface ViewSpool {
  /** Keeps a view; a later one of the same vantage and agency takes its place. */
  add(view: View): Promise<void>;
  /** Ids of all agencies, in the order in which they first came. */
  ids(): Iterable<string>;
  /** Names of the vantages that saw the agency. */
  vantages(id: string): string[];
  /** What each vantage saw of the agency, in the order in which the vantages first came. */
  read(id: string): Promise<View[]>;
  /** Removes the file. */
  close(): Promise<void>;
}

interface Place {
  offset: number;
  length: number;
}

/** Opens an empty spool in the folder for temporary files. What is read is what this process wrote. */
export async function createViewSpool(): Promise<ViewSpool> {
  const folder = await mkdtemp(join(tmpdir(), 'ipv6gov-views-'));
  const file = await open(join(folder, 'views'), 'w+', 0o600);
  const places = new Map<string, Map<string, Place>>();
  let end = 0;
  return {
    async add(view) {
      const bytes = Buffer.from(JSON.stringify(view));
      const known = places.get(view.agency.id) ?? new Map<string, Place>();
      places.set(view.agency.id, known.set(view.vantage, { offset: end, length: bytes.length }));
      await file.write(bytes, 0, bytes.length, end);
      end += bytes.length;
    },
    ids: () => places.keys(),
    vantages: (id) => [...(places.get(id)?.keys() ?? [])],
    async read(id) {
      const views: View[] = [];
      for (const { offset, length } of places.get(id)?.values() ?? []) {
        const { buffer } = await file.read(Buffer.alloc(length), 0, length, offset);
        views.push(JSON.parse(buffer.toString()) as View);
      }
      return views;
    },
    async close() {
      await file.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
