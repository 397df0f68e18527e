import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const network = 64_500;

/**
 * The data files that the routing checks read: one AS announces everything. All of it is covered by a VRP, but for the net of the
 * second name servers, where the VRP names another AS.
 */
export async function writeRouteData(folder: string): Promise<void> {
  const announced = ['203.162.0.0/16', '203.119.0.0/16', '2405:4800::/32', '2001:dc8::/32'];
  await writeFile(join(folder, 'asn.csv'), announced.map((prefix) => `${prefix},${network}\n`).join(''));
  const origins = ['203.162.0.0/16,16', '2405:4800::/32,48'];
  await writeFile(
    join(folder, 'vrps.csv'),
    `ASN,IP Prefix,Max Length,Trust Anchor\n${origins.map((origin) => `AS${network},${origin},lab\n`).join('')}`,
  );
}
