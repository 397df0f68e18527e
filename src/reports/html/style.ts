import { agencyStyle } from './style/agencies.ts';
import { baseStyle } from './style/base.ts';
import { chartStyle } from './style/charts.ts';
import { printStyle } from './style/print.ts';

/** The style sheet as it stands in the page; `seals.ts` holds its hash. */
export const style = [baseStyle, chartStyle, agencyStyle, printStyle].join('');
