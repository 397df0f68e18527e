import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type ParsedNode, parseDocument, type Scalar } from 'yaml';
import { z } from 'zod';
import { closest } from './closest.ts';
import { ConfigError } from './config-error.ts';
import type { Given, OptionValue } from './option-sources.ts';
import { configNames, longOf, type OptionName, optionTable } from './option-table.ts';

/** More values than this in one list are no configuration. */
const maxValues = 1_000;
const maxShown = 80;
const keys: ReadonlyMap<string, OptionName> = new Map(configNames.map((name) => [longOf(name), name]));

const text = z.string().min(1);
const one = z.union([text, z.number().transform(String)]);

/** The file as zod reads it: a key an option, a list where the flag is repeatable, nothing else. */
export const configSchema = z.strictObject(Object.fromEntries([...keys].map(([key, name]) => [key, schemaOf(name).optional()])));

function schemaOf(name: OptionName): z.ZodType<OptionValue> {
  const { argument, repeatable } = optionTable[name];
  if (argument === undefined) return z.boolean();
  return repeatable === undefined ? one : z.union([one.transform((value) => [value]), z.array(one).max(maxValues)]);
}

/**
 * Options of a configuration file, each with its line. Plain keys and values only: anchors, aliases and tags have no place in it, so that
 * no alias can blow up (faults P14). Throws `ConfigError`.
 */
export function parseConfig(content: string, file: string): Map<OptionName, Given> {
  const lines = new LineCounter();
  const document = parseSafely(content, lines);
  const lineOf = (node: Pick<Node, 'range'> | null): number | null => (node?.range ? lines.linePos(node.range[0]).line : null);
  const broken = document.errors[0] ?? document.warnings[0];
  if (broken !== undefined)
    throw new ConfigError('not-yaml', lines.linePos(broken.pos[0]).line, shown(`${broken.code}: ${broken.message}`));
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) return new Map();
  if (!isMap(contents)) throw new ConfigError('no-map', lineOf(contents), '');
  const found = new Map<OptionName, Given>();
  for (const { key, value } of contents.items) {
    const line = lineOf(key) ?? 1;
    const name = isScalar(key) ? keys.get(String(key.value)) : undefined;
    if (name === undefined) throw unknownKey(key, line);
    found.set(name, { value: readValue(name, value, line), source: { kind: 'file', file, line } });
  }
  return found;
}

function parseSafely(content: string, lineCounter: LineCounter) {
  try {
    return parseDocument(content, { lineCounter, version: '1.2', strict: true, uniqueKeys: true, merge: false, prettyErrors: false });
  } catch {
    // Nested deeper than the parser's stack.
    throw new ConfigError('not-yaml', null, '');
  }
}

function unknownKey(key: ParsedNode, line: number): ConfigError {
  const word = isScalar(key) ? shown(String(key.value)) : '';
  return new ConfigError('unknown-key', line, word, closest(word, [...keys.keys()]));
}

function readValue(name: OptionName, node: ParsedNode | null, line: number): OptionValue {
  const key = longOf(name);
  if (isAlias(node) || node?.anchor !== undefined || node?.tag !== undefined) throw new ConfigError('alias', line, key);
  const value = isSeq(node) ? node.items.map(plain) : plain(node);
  // By the schema of the whole, so that what the file may hold is said once.
  const parsed = configSchema.safeParse({ [key]: value });
  const read = parsed.success ? parsed.data[key] : undefined;
  if (read === undefined) throw new ConfigError(problemOf(name), line, key);
  return read;
}

const problemOf = (name: OptionName): 'not-a-switch' | 'not-a-list' | 'not-a-value' => {
  const { argument, repeatable } = optionTable[name];
  if (argument === undefined) return 'not-a-switch';
  return repeatable === undefined ? 'not-a-value' : 'not-a-list';
};

/** A number as it was written: `0123` stays `0123`. */
function plain(node: unknown): unknown {
  if (!isScalar(node) || node.anchor !== undefined || node.tag !== undefined) return undefined;
  const { value, source }: Scalar = node;
  return typeof value === 'number' || typeof value === 'bigint' ? (source ?? String(value)) : value;
}

const shown = (words: string): string => words.split('\n', 1)[0]?.slice(0, maxShown) ?? '';
