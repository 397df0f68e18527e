import type { InputProblem } from '../i18n/error-texts.ts';
import { type Agency, type Category, categories } from '../model/agency.ts';
import type { Settings } from '../model/settings.ts';
import { isUnder, readableName, readName } from './agency-name.ts';
import type { Row } from './list-rows.ts';

/** A row, or a field of it, that cannot be used. `value` is as written, for people. */
export interface RowTrouble {
  line: number;
  field: string;
  value: string;
  problem: InputProblem;
}

export interface RowRules {
  file: string;
  limits: Settings['input'];
  /** A-labels; empty: every suffix. */
  allowedSuffixes: readonly string[];
  /** Fields that are none of ours are kept (CSV) or refused (NDJSON). */
  keepsUnknownFields: boolean;
}

const maxTextLength = 300;
const maxExtraLength = 4_000;
const maxHosts = 50;
const idShape = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
const nameFields = new Set(['name', 'name_vi', 'name_en']);
const ownFields = new Set(['id', 'category', 'domain', 'services_domain', 'services_status', 'mail_domain', 'hosts', ...nameFields]);
const extraFields = new Set(['source', 'note', 'counted']);

/** An agency of the list, or every trouble of its row. */
export function readAgency(row: Row, rules: RowRules): Agency | RowTrouble[] {
  if ('problem' in row) return [{ line: row.line, field: '', value: row.shown, problem: row.problem }];
  const troubles: RowTrouble[] = [];
  const say = (field: string, value: unknown, problem: InputProblem): void => {
    troubles.push({ line: row.line, field, value: show(value), problem });
  };
  const reader: Reader = { row, rules, say };
  const text = textFields(reader);
  const domain = nameField(reader, 'domain', text.get('domain') ?? '');
  if (domain === null) say('domain', '', 'no-domain');
  const hosts = hostFields(reader, text);
  const optional = (field: string): string | null => nameField(reader, field, text.get(field) ?? '');
  const servicesDomain = optional('services_domain');
  // A list that has no such column says nothing about mail: then the domain is the mail domain. An empty cell says that there is none.
  const mailDomain = row.fields.has('mail_domain') ? optional('mail_domain') : domain;
  const category = text.get('category') || 'other';
  if (!isCategory(category)) say('category', category, 'bad-category');
  const status = text.get('services_status') || 'active';
  if (status !== 'active' && status !== 'retired') say('services_status', status, 'bad-services-status');
  const id = text.get('id') || domain || '';
  if (text.get('id') && !idShape.test(id)) say('id', id, 'bad-id');
  if (troubles.length > 0 || domain === null || !isCategory(category) || (status !== 'active' && status !== 'retired')) return troubles;
  const input = { file: rules.file, line: row.line };
  return {
    id,
    name: namesOf(text, domain),
    category,
    domain,
    servicesDomain,
    servicesStatus: status,
    mailDomain,
    hosts,
    input,
    extra: extrasOf(text),
  };
}

interface Reader {
  row: Extract<Row, { fields: unknown }>;
  rules: RowRules;
  say: (field: string, value: unknown, problem: InputProblem) => void;
}

/** All fields that are strings, trimmed. */
function textFields({ row, rules, say }: Reader): Map<string, string> {
  const text = new Map<string, string>();
  for (const [field, value] of row.fields) {
    const known = ownFields.has(field) || extraFields.has(field);
    if (!known && !rules.keepsUnknownFields) say(field, value, 'unknown-field');
    else if (field === 'hosts' && Array.isArray(value)) continue;
    else if (value === null) continue;
    else if (typeof value !== 'string') say(field, value, 'wrong-type');
    else if (value.length > (nameFields.has(field) ? maxTextLength : maxExtraLength)) say(field, value, 'bad-text');
    else text.set(field, value.trim());
  }
  return text;
}

/** Null for an empty field, and for one that is refused (which is said). */
function nameField({ rules, say }: Reader, field: string, value: string): string | null {
  if (value === '') return null;
  const result = readName(value, rules.limits);
  if ('problem' in result) {
    say(field, value, result.problem);
    // Already said; the caller must not say that it is missing.
    return field === 'domain' ? '' : null;
  }
  const { allowedSuffixes } = rules;
  if (allowedSuffixes.length > 0 && !allowedSuffixes.some((suffix) => isUnder(result.name, suffix)))
    say(field, value, 'suffix-not-allowed');
  return result.name;
}

/** A list in NDJSON, or one cell with blanks or semicolons between the names. */
function hostFields(reader: Reader, text: ReadonlyMap<string, string>): string[] {
  const value = reader.row.fields.get('hosts');
  const typed: unknown[] = Array.isArray(value) ? value : (text.get('hosts') ?? '').split(/[\s;]+/).filter((host) => host !== '');
  if (typed.length > maxHosts) reader.say('hosts', `${typed.length}`, 'bad-text');
  const names: string[] = [];
  for (const host of typed.slice(0, maxHosts)) {
    if (typeof host !== 'string') reader.say('hosts', host, 'wrong-type');
    else names.push(nameField(reader, 'hosts', host) ?? '');
  }
  return [...new Set(names.filter((name) => name !== ''))];
}

function namesOf(text: ReadonlyMap<string, string>, domain: string): Agency['name'] {
  const any = text.get('name') || readableName(domain);
  const vi = (text.get('name_vi') || text.get('name') || text.get('name_en') || any).normalize('NFC');
  const en = (text.get('name_en') || text.get('name') || text.get('name_vi') || any).normalize('NFC');
  return { vi, en };
}

function extrasOf(text: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries([...text].filter(([field, value]) => !ownFields.has(field) && value !== ''));
}

function isCategory(value: string): value is Category {
  return (categories as readonly string[]).includes(value);
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.slice(0, 80);
}
