import { BlockList, isIP } from 'node:net';
import { defaultSettings } from '../model/settings.ts';
import { isUnder, readName } from './agency-name.ts';
import { CliError } from './cli-error.ts';
import { readTextFile } from './text-file.ts';

/** What must not be contacted (faults L2). */
export interface OptOut {
  address(address: string): boolean;
  /** The name itself, or one above it. */
  name(name: string): boolean;
}

const maxBytes = 4 * 1024 * 1024;

export const nobodyOptedOut: OptOut = { address: () => false, name: () => false };

/** One name, address or prefix a line; `#` begins a comment. A line that is none of them ends the command: it must not be overlooked. */
export async function readOptOut(path: string): Promise<OptOut> {
  return parseOptOut(await readTextFile(path, maxBytes), path);
}

export function parseOptOut(text: string, file: string): OptOut {
  const blocks = new BlockList();
  const names = new Set<string>();
  for (const [index, raw] of text.split('\n').entries()) {
    const entry = (raw.split('#', 1)[0] ?? '').trim();
    if (entry !== '' && !addPrefix(blocks, entry) && !addName(names, entry)) throw badLine(file, index + 1, entry);
  }
  return {
    address: (address) => blocks.check(address, address.includes(':') ? 'ipv6' : 'ipv4'),
    name: (name) => hasNameOrParent(names, name),
  };
}

function addPrefix(blocks: BlockList, entry: string): boolean {
  const [address = '', length, more] = entry.split('/');
  const version = isIP(address);
  if (version === 0 || more !== undefined) return false;
  const family = version === 6 ? 'ipv6' : 'ipv4';
  if (length === undefined) {
    blocks.addAddress(address, family);
    return true;
  }
  if (!/^[0-9]{1,3}$/.test(length) || Number(length) > (version === 6 ? 128 : 32)) return false;
  blocks.addSubnet(address, Number(length), family);
  return true;
}

function addName(names: Set<string>, entry: string): boolean {
  const result = readName(entry, defaultSettings.input);
  if ('problem' in result) return false;
  names.add(result.name);
  return true;
}

function hasNameOrParent(names: ReadonlySet<string>, name: string): boolean {
  for (const known of names) if (isUnder(name, known)) return true;
  return false;
}

function badLine(file: string, line: number, value: string): CliError {
  return new CliError({
    code: 'file-unusable',
    say: ({ cli }) => ({ what: cli.errors.line({ file, line, field: '', value }), next: cli.errors.expected.prefix }),
  });
}
