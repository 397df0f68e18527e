import { detailScript } from './script/detail.ts';
import { listScript } from './script/list.ts';
import { openScript } from './script/open.ts';
import { rowsScript } from './script/rows.ts';

/** Runs before the body is read, so that the long table is never laid out. */
export const earlyScript = `document.documentElement.classList.add('js')`;

/** The script as it stands in the page, in a scope of its own; `seals.ts` holds its hash. It asks nothing of any network. */
export const script = `(()=>{'use strict';${rowsScript}${listScript}${detailScript}${openScript}})()`;
