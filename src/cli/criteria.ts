import { parseDocument } from 'yaml';
import type { CheckDefinition } from '../checks/define-check.ts';
import { type Rubric, rubricSchema } from '../scoring/rubric.ts';
import { internetNl } from '../scoring/rubrics/internet-nl.ts';
import { ipv6ForGov1 } from '../scoring/rubrics/ipv6-for-gov-1.ts';
import { rfc10001 } from '../scoring/rubrics/rfc10001.ts';
import { usgv6 } from '../scoring/rubrics/usgv6.ts';
import { badFile, readTextFile } from './text-file.ts';

/** Criteria that come with the tool, the default first. */
export const shippedCriteria: readonly Rubric[] = [ipv6ForGov1, rfc10001, internetNl, usgv6];

const maxBytes = 256 * 1024;

/** Criteria as a run or report names them. */
type CriteriaName = Pick<Rubric, 'name' | 'version'>;

/** The shipped criteria of this name and version, or null. */
export function findCriteria({ name, version }: CriteriaName): Rubric | null {
  return shippedCriteria.find((rubric) => rubric.name === name && rubric.version === version) ?? null;
}

export interface CriteriaChoice {
  /** `--criteria`, or null. */
  asked: string | null;
  /** What the run was made by, or null for a new run. */
  recorded: CriteriaName | null;
  checks: Iterable<Pick<CheckDefinition, 'id'>>;
}

/**
 * What is asked for, else the run's own criteria, else the default. `lost`: the run's criteria came from a file, of which it keeps only
 * the name. Throws `CliError` as `loadCriteria` does.
 */
export async function chooseCriteria({ asked, recorded, checks }: CriteriaChoice): Promise<{ rubric: Rubric; lost: CriteriaName | null }> {
  if (asked !== null) return { rubric: await loadCriteria(asked, checks), lost: null };
  if (recorded === null) return { rubric: ipv6ForGov1, lost: null };
  const found = findCriteria(recorded);
  return found === null ? { rubric: ipv6ForGov1, lost: recorded } : { rubric: found, lost: null };
}

/**
 * `--criteria NAME|FILE`: criteria by name (`rfc10001`, `ipv6-for-gov/1`), else a JSON or YAML file of the rubric schema whose checks all
 * exist. Throws `CliError` (exit code 2) with the place of the fault.
 */
export async function loadCriteria(nameOrFile: string, checks: Iterable<Pick<CheckDefinition, 'id'>>): Promise<Rubric> {
  const shipped = shippedCriteria.find(({ name, version }) => nameOrFile === name || nameOrFile === `${name}/${version}`);
  if (shipped !== undefined) return shipped;
  if (/^[a-z0-9/-]{1,60}$/.test(nameOrFile) && !nameOrFile.includes('.')) await refuseUnknownName(nameOrFile);
  const rubric = parseCriteria(await readTextFile(nameOrFile, maxBytes), nameOrFile);
  const unknown = unknownChecks(rubric, new Set([...checks].map(({ id }) => id)));
  if (unknown.length > 0) {
    const names = unknown.slice(0, 10).join(', ');
    throw badFile(nameOrFile, { vi: `không có phép kiểm tra ${names}`, en: `there is no check ${names}` });
  }
  return rubric;
}

/** A word that is no file either was meant as a name. */
async function refuseUnknownName(name: string): Promise<void> {
  try {
    await readTextFile(name, maxBytes);
  } catch {
    const names = shippedCriteria.map((rubric) => rubric.name).join(', ');
    throw badFile(name, {
      vi: `không có tệp nào như vậy, và các bộ tiêu chí kèm sẵn là ${names}`,
      en: `there is no such file, and the criteria shipped are ${names}`,
    });
  }
}

/** JSON is YAML. Aliases are no part of criteria: without them there are no bombs (faults P14). */
function parseCriteria(text: string, file: string): Rubric {
  const document = parsedDocument(text, file);
  const [broken] = document.errors;
  if (broken !== undefined) throw badFile(file, `${broken.linePos?.[0].line ?? '?'}: ${broken.code}: ${firstLine(broken.message)}`);
  const parsed = rubricSchema.safeParse(plainValue(document, file));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join('.') ?? '';
  if (issue?.code === 'unrecognized_keys') {
    const names = issue.keys.slice(0, 10).map((key) => (place === '' ? key : `${place}.${key}`));
    throw badFile(file, { vi: `không có trường ${names.join(', ')}`, en: `there is no field ${names.join(', ')}` });
  }
  const field = place === '' ? { vi: 'nội dung', en: 'the content' } : { vi: `trường ${place}`, en: `the field ${place}` };
  throw badFile(file, { vi: `${field.vi} thiếu hoặc không hợp lệ`, en: `${field.en} is missing or not valid` });
}

function parsedDocument(text: string, file: string): ReturnType<typeof parseDocument> {
  try {
    return parseDocument(text, { strict: true, uniqueKeys: true, version: '1.2', merge: false });
  } catch {
    // The parser's stack is no deeper.
    throw badFile(file, 'nested too deeply');
  }
}

function plainValue(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    throw badFile(file, firstLine(error instanceof Error ? error.message : String(error)));
  }
}

/** Check ids that a rubric names and nobody has: a misspelt one would silently count for nothing. */
function unknownChecks({ checkWeights, checkValues, conformity, readiness }: Rubric, known: ReadonlySet<string>): string[] {
  const named = [
    ...Object.keys(checkWeights),
    ...Object.keys(checkValues ?? {}),
    ...conformity.deciding,
    ...conformity.mustWork,
    ...Object.values(conformity.mustWorkOf ?? {}).flat(),
    ...(conformity.warnFails ?? []),
    ...conformity.components.flatMap(({ checks, worksOverIpv6, conditional }) => [...checks, ...worksOverIpv6, ...conditional]),
    ...Object.keys(readiness.checkWeights),
    ...readiness.ladder.flatMap(({ mustWork, mustNotFail }) => [...mustWork, ...mustNotFail]),
  ];
  return [...new Set(named)].filter((id) => !known.has(id));
}

const firstLine = (text: string): string => text.split('\n', 1)[0]?.slice(0, 200) ?? '';
