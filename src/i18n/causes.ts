import type { Cause } from '../model/cause.ts';
import type { CauseText } from './cause-text.ts';
import { failureCauses } from './failure-causes.ts';
import { judgedCauses } from './judged-causes.ts';

/** What every cause means. Part of the public contract: ids stay, texts may improve. */
export const causeTexts: Record<Cause, CauseText> = { ...failureCauses, ...judgedCauses };
