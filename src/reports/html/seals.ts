/**
 * SHA-256 of the style sheet and the scripts, for the content policy of the page: nothing else may run or style it. Constants, because
 * reports are pure and have no hash function; `npm run docs` writes them anew after a change.
 */
export const styleHash = 'sha256-Lq2RPX2p92fl6B7Fp25XkzS52sxCZVKSOSMfFEUquEw=';
export const earlyScriptHash = 'sha256-Du+OJKJSbdUgz5nrHeWWINvez6XKDDU/tyj/5c2uvwo=';
export const scriptHash = 'sha256-UMz0P0dXbaFwD3GwhmJGwFNgUOqFKaXwuN2GLrK/gOk=';
