import type { Cause } from '../model/cause.ts';

/**
 * A fact is known, or unknown because… (design R3). `observations` names the evidence it rests on, in both cases.
 * A check that needs an unknown fact is `inconclusive` with that cause and never sees the unknown.
 */
export interface Known<Value> {
  known: true;
  value: Value;
  observations: string[];
}
export interface Unknown {
  known: false;
  cause: Cause;
  observations: string[];
}
export type Fact<Value> = Known<Value> | Unknown;

export function known<Value>(value: Value, observations: string[] = []): Known<Value> {
  return { known: true, value, observations };
}

export function unknown(cause: Cause, observations: string[] = []): Unknown {
  return { known: false, cause, observations };
}
