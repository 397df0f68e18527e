import type { Subject } from '../model/subject.ts';
import type { AgencyContext } from './context.ts';
import type { Fact } from './fact.ts';
import { hostFacts } from './host-facts.ts';
import { mailFacts } from './mail-facts.ts';
import { serviceFacts } from './service-facts.ts';
import { zoneFacts } from './zone-facts.ts';

/** Every fact that a check may need, by name. Each area's file owns its part. */
export const factResolvers = { ...zoneFacts, ...hostFacts, ...mailFacts, ...serviceFacts };

export type FactName = keyof typeof factResolvers;
export type FactValues = {
  [Name in FactName]: (typeof factResolvers)[Name] extends (context: AgencyContext, subject: Subject) => Fact<infer Value> ? Value : never;
};
