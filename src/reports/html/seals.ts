/**
 * SHA-256 of the style sheet and the scripts, for the content policy of the page: nothing else may run or style it. Constants, because
 * reports are pure and have no hash function; `npm run docs` writes them anew after a change.
 */
export const styleHash = 'sha256-+BzV5sAhhhqE1bGcNgQ5aGZRCj1w2dkjJUN+bnEwljQ=';
export const earlyScriptHash = 'sha256-Du+OJKJSbdUgz5nrHeWWINvez6XKDDU/tyj/5c2uvwo=';
export const scriptHash = 'sha256-uvUbsGoPXpTgUrtOGDmUV+1vZ1loIpWZ+ecg9vtfjZk=';
