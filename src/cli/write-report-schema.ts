import { writeFile } from 'node:fs/promises';
import { reportJsonSchema } from '../model/report-schema.ts';

// Last step of the build: the schema is made from the code that checks reports, so that the two cannot differ.
await writeFile(new URL('../ipv6gov.report-1.schema.json', import.meta.url), `${JSON.stringify(reportJsonSchema(), null, 2)}\n`);
