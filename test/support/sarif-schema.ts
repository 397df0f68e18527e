import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject } from 'ajv';

const file = new URL('../../fixtures/schemas/sarif-2.1.0.schema.json', import.meta.url);

const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Draft 04, of which the schema uses nothing that later drafts changed but `id`: it is left out, as every reference is local. */
function readSchema(): object {
  const { $schema, id, ...schema } = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof id !== 'string' || $schema !== 'http://json-schema.org/draft-04/schema#') throw new Error('another draft');
  return schema;
}

const ajv = new Ajv({
  allErrors: true,
  strictTypes: false,
  unicodeRegExp: false,
  formats: {
    uri: (text) => URL.canParse(text),
    // A relative reference may have a scheme of its own; RFC 3986 characters only.
    'uri-reference': /^[A-Za-z0-9._~:/?#[\]@!$&'()*+,;=%-]*$/,
    'date-time': (text) => dateTime.test(text) && !Number.isNaN(Date.parse(text)),
  },
});
const validate = ajv.compile(readSchema());

/** What the OASIS schema of SARIF 2.1.0 has against a log. */
export function sarifFaults(log: unknown): ErrorObject[] {
  validate(log);
  return validate.errors ?? [];
}
