import { availableParallelism, hostname, networkInterfaces } from 'node:os';
import { defaultSettings } from '../model/settings.ts';
import type { LiveOptions } from '../runner/network-stack.ts';
import { readName } from './agency-name.ts';
import type { OptOut } from './opt-out.ts';
import type { AuditOptions, PathOptions } from './options.ts';
import { badFile, readTextFile } from './text-file.ts';
import { toolVersion } from './version.ts';

/** `--lab-rates`: politeness times so much. */
const labFactor = 50;
const maxPemBytes = 16 * 1024 * 1024;

/** What of this machine and this moment the network needs, for a measurement of the real network. */
export async function liveOptions(
  options: Pick<AuditOptions, 'certificateFiles' | 'keepBodies' | 'labRates' | 'contact' | 'helo'>,
  optOut: OptOut,
): Promise<LiveOptions> {
  const certificates = await Promise.all(options.certificateFiles.map(readCertificates));
  return {
    ...defaultLive(options),
    extraCertificates: certificates.flat(),
    keepBodies: options.keepBodies,
    optedOut: optOut.address,
    optedOutName: optOut.name,
    labRates: options.labRates ? labFactor : 1,
  };
}

/** The same without anything asked for. */
export function defaultLive({ contact, helo }: Pick<PathOptions, 'contact' | 'helo'>): LiveOptions {
  return {
    endpoints: null,
    extraCertificates: [],
    helo: helo ?? defaultHelo(),
    userAgent: userAgent(contact),
    keepBodies: false,
    optedOut: () => false,
    optedOutName: () => false,
    labRates: 1,
    cores: availableParallelism(),
  };
}

export function userAgent(contact: string | null): string {
  return `ipv6gov/${toolVersion()} (IPv6 audit of public services${contact === null ? '' : `; +${contact}`})`;
}

/** This machine's full name if it has one, else an address literal (RFC 5321 §4.1.1.1, §4.1.3). */
export function defaultHelo(): string {
  const result = readName(hostname(), defaultSettings.input);
  if ('name' in result && !/\.(local|localdomain|internal|lan|home)$/.test(result.name)) return result.name;
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const outer = addresses.filter(({ internal, address }) => !internal && !address.startsWith('fe80:'));
  const ipv6 = outer.find(({ family }) => family === 'IPv6');
  const ipv4 = outer.find(({ family }) => family === 'IPv4');
  return ipv6 === undefined ? `[${ipv4?.address ?? '127.0.0.1'}]` : `[IPv6:${ipv6.address}]`;
}

const begin = '-----BEGIN CERTIFICATE-----';
const end = '-----END CERTIFICATE-----';

async function readCertificates(path: string): Promise<string[]> {
  const text = await readTextFile(path, maxPemBytes);
  const certificates: string[] = [];
  for (let from = text.indexOf(begin); from >= 0; from = text.indexOf(begin, from + 1)) {
    const to = text.indexOf(end, from);
    if (to >= 0) certificates.push(`${text.slice(from, to + end.length)}\n`);
  }
  if (certificates.length === 0)
    throw badFile(path, { vi: 'không có chứng thư PEM nào trong tệp', en: 'there is no PEM certificate in it' });
  return certificates;
}
