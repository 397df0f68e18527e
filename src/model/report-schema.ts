import { z } from 'zod';
import { reportSchema } from './report.ts';

/** `ipv6gov.report/1` as JSON Schema (draft 2020-12), for others who read reports. */
export function reportJsonSchema(): Record<string, unknown> {
  return { $id: 'urn:ipv6gov:report:1', title: 'ipv6gov.report/1', ...z.toJSONSchema(reportSchema, { target: 'draft-2020-12' }) };
}
