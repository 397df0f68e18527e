import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Agency, agencies } from './agencies.ts';

const network = 64_500;
const otherNetwork = 64_501;
/** Everything else of the lab: one prefix of each provider. */
const shared = ['203.162.0.0/16', '203.119.0.0/16', '2405:4800:f000::/36', '2001:dc8::/32'];

/**
 * The data files that the routing checks read: one AS announces everything, an agency's IPv6 as a /48 of its own, and all of that
 * is covered by a VRP, but for the net of the second name servers, which has none.
 */
export async function writeRouteData(folder: string): Promise<void> {
  const announced = [...shared.map((prefix) => `${prefix},${network}`), ...agencies.flatMap(announcementOf)];
  await writeFile(join(folder, 'asn.csv'), announced.map((line) => `${line}\n`).join(''));
  const origins = ['203.162.0.0/16,16', '2405:4800::/32,48', ...agencies.flatMap(ownOriginOf)];
  await writeFile(
    join(folder, 'vrps.csv'),
    `ASN,IP Prefix,Max Length,Trust Anchor\n${origins.map((origin) => `AS${network},${origin},lab\n`).join('')}`,
  );
}

function announcementOf({ number, route }: Agency): string[] {
  if (route === 'not-announced') return [];
  const length = route === 'too-long' ? 64 : 48;
  return [`2405:4800:${number}::/${length},${route === 'other-origin' ? otherNetwork : network}`];
}

/** A prefix that is too long is allowed by its holder: others filter it all the same. */
function ownOriginOf({ number, route }: Agency): string[] {
  return route === 'too-long' ? [`2405:4800:${number}::/48,64`] : [];
}
