import type { RouteData } from '../model/routes.ts';
import { parseOrigins, parseVrps, RouteDataError } from '../parsers/route-data.ts';
import { badFile, readTextFile } from './text-file.ts';

/** The whole of either, for both families, is under 60 MB (2025). */
const maxBytes = 256 * 1024 * 1024;

/** Routing data of `--vrps` and `--asn-db`; a file that was not given is null. Throws `CliError` (exit code 2) with the line at fault. */
export async function readRoutes(vrps: string | null, asnDb: string | null): Promise<RouteData> {
  return {
    vrps: vrps === null ? null : await parsed(vrps, parseVrps),
    origins: asnDb === null ? null : await parsed(asnDb, parseOrigins),
  };
}

async function parsed<Table>(path: string, parse: (text: string) => Table): Promise<Table> {
  try {
    return parse(await readTextFile(path, maxBytes));
  } catch (error) {
    throw error instanceof RouteDataError ? badFile(path, error.message) : error;
  }
}
