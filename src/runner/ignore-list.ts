import { domainToASCII } from 'node:url';
import { isMap, isNode, isSeq, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { Finding } from '../model/finding.ts';

/**
 * One accepted fault: until then, findings of this check on these domains are shown as ignored, and count in no score and no exit
 * code. Verdict and level say what was measured all the same: who accepts a fault does not take it away (faults P15).
 */
export interface IgnoreEntry {
  /** A-labels, lower case; `*.` before it: every name below, not the name itself. */
  domain: string;
  check: string;
  reason: string;
  /** Last day it holds, `2026-12-31`. */
  until: string;
}

export type IgnoreProblem =
  | 'not-yaml'
  | 'not-a-list'
  | 'too-many'
  | 'field'
  | 'domain'
  | 'check'
  | 'reason'
  | 'until'
  | 'expired'
  | 'twice';

/** The list cannot be used; nothing is hidden by half a list (faults P15). */
export class IgnoreListError extends Error {
  readonly file: string;
  readonly problem: IgnoreProblem;
  /** 1-based; null: the file as a whole. */
  readonly line: number | null;
  /** The entry as text, and what is wrong with it. */
  readonly entry: string;
  readonly detail: string;

  constructor(file: string, at: { problem: IgnoreProblem; line: number | null; entry: string; detail: string }) {
    super(`${file}${at.line === null ? '' : `:${at.line}`}: ${at.problem} ${at.entry} ${at.detail}`.trim());
    this.name = 'IgnoreListError';
    this.file = file;
    this.problem = at.problem;
    this.line = at.line;
    this.entry = at.entry;
    this.detail = at.detail;
  }
}

export interface IgnoreInput {
  /** For messages. */
  file: string;
  /** `2026-11-24`, where the reader is. */
  today: string;
  /** Ids of all checks. */
  checks: ReadonlySet<string>;
}

/** Callers read no larger file. */
export const maxIgnoreBytes = 1024 * 1024;
const maxEntries = 10_000;

const entrySchema = z.strictObject({
  domain: z.string().max(300),
  check: z.string().max(100),
  reason: z.string().trim().min(1).max(500),
  until: z.iso.date(),
});

/**
 * A YAML list of `{ domain, check, reason, until }`, all four required. Unknown fields, unknown checks, doubles and entries that have
 * expired are refused with their line. Throws `IgnoreListError`. Pure.
 */
export function parseIgnoreList(text: string, input: IgnoreInput): IgnoreEntry[] {
  const lines = new LineCounter();
  // Aliases are no part of such a list: without them there are no bombs (faults P14).
  const whole = (problem: IgnoreProblem, detail: string, line: number | null = null): IgnoreListError =>
    new IgnoreListError(input.file, { problem, line, entry: '', detail });
  const document = parsed(text, lines);
  if (document === null) throw whole('not-yaml', 'nested too deeply');
  const broken = document.errors[0];
  if (broken !== undefined) throw whole('not-yaml', `${broken.code}: ${firstLine(broken.message)}`, broken.linePos?.[0].line ?? null);
  if (document.contents === null) return [];
  if (!isSeq(document.contents)) throw whole('not-a-list', '');
  if (document.contents.items.length > maxEntries) throw whole('too-many', String(maxEntries));
  const entries: IgnoreEntry[] = [];
  const seen = new Set<string>();
  for (const node of document.contents.items) {
    const line = isNode(node) && node.range ? lines.linePos(node.range[0]).line : null;
    const value = isMap(node) ? toValue(node) : null;
    const refuse = (problem: IgnoreProblem, detail: string): IgnoreListError =>
      new IgnoreListError(input.file, { problem, line, entry: shown(value), detail });
    const entry = readEntry(value, input, refuse);
    const key = `${entry.domain} ${entry.check}`;
    if (seen.has(key)) throw refuse('twice', key);
    seen.add(key);
    entries.push(entry);
  }
  return entries;
}

/** Null: nested deeper than the parser's stack. */
function parsed(text: string, lineCounter: LineCounter): ReturnType<typeof parseDocument> | null {
  try {
    return parseDocument(text, { lineCounter, strict: true, uniqueKeys: true, version: '1.2', merge: false });
  } catch {
    return null;
  }
}

function toValue(node: { toJSON(): unknown }): unknown {
  try {
    return node.toJSON();
  } catch {
    return null;
  }
}

type Refuse = (problem: IgnoreProblem, detail: string) => IgnoreListError;

function readEntry(value: unknown, { today, checks }: IgnoreInput, refuse: Refuse): IgnoreEntry {
  const parsed = entrySchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : (issue?.path.join('.') ?? '');
    const problem = field === 'reason' || field === 'until' || field === 'domain' || field === 'check' ? field : 'field';
    throw refuse(problem, field);
  }
  const domain = readPattern(parsed.data.domain);
  if (domain === null) throw refuse('domain', parsed.data.domain);
  const { check, until } = parsed.data;
  if (!checks.has(check)) throw refuse('check', check);
  if (until < today) throw refuse('expired', until);
  return { ...parsed.data, domain };
}

const label = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;

/** `mic.gov.vn`, `*.gov.vn`; null for anything else. A lone `*` would hide a check everywhere: that is what `--skip` is for. */
function readPattern(text: string): string | null {
  const below = text.startsWith('*.');
  // domainToASCII takes much that is no name, so the labels are looked at after it.
  const name = domainToASCII(below ? text.slice(2) : text);
  if (name === '' || name.length > 253 || /[/:?#@\s]/.test(text)) return null;
  return name.split('.').every((part) => label.test(part)) ? `${below ? '*.' : ''}${name}` : null;
}

/**
 * Marks the findings that the list covers: its check, on a host of the pattern, or any host of an agency whose domain is of the pattern.
 * They keep their status. An entry that expired hides nothing. Pure.
 */
export function applyIgnores<Kind extends Finding>(
  findings: readonly Kind[],
  ignores: readonly IgnoreEntry[],
  { today, domain }: { today: string; domain: string },
): Kind[] {
  const valid = ignores.filter(({ until }) => until >= today);
  if (valid.length === 0) return [...findings];
  return findings.map((finding) => {
    const entry = valid.find(
      ({ check, domain: pattern }) => check === finding.check && (covers(pattern, finding.host) || covers(pattern, domain)),
    );
    return entry === undefined ? finding : { ...finding, ignored: { reason: entry.reason, until: entry.until } };
  });
}

function covers(pattern: string, name: string): boolean {
  return pattern.startsWith('*.') ? name.endsWith(pattern.slice(1)) && name.length >= pattern.length : name === pattern;
}

/** The day at the reader's place, `2026-11-24`. */
export function localDay(now: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

const firstLine = (text: string): string => text.split('\n', 1)[0]?.slice(0, 200) ?? '';

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? '').slice(0, 200);
}
