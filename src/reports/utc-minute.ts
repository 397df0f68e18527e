/** A UTC time stamp to the minute, as people read it: `2026-11-24 03:15 UTC`. Anything else stays as it is. */
export function utcMinute(iso: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(iso) ? `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC` : iso;
}
