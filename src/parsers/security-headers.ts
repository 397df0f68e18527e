type Headers = readonly (readonly [string, string])[];

/** Protections a response switches on, as numbers that can be compared: more is stronger. Null: not there, or of no effect. */
export interface SecurityHeaders {
  /** Seconds; 0 counts as absent (RFC 6797 §6.1.1). */
  hsts: { maxAgeSeconds: number; includeSubDomains: boolean } | null;
  /** Directive names, sorted, and the `unsafe-*` sources allowed anywhere. */
  csp: { directives: string[]; unsafe: string[] } | null;
  /** Index in `frameOptions`. */
  frameOptions: number | null;
  /** Index in `referrerPolicies`. */
  referrerPolicy: number | null;
  /** Flags by cookie name: secure, httponly, samesite. */
  cookies: Map<string, string[]>;
}

const maxParts = 100;

/** By strength: index 0 is none. */
export const frameOptions = ['', 'SAMEORIGIN', 'DENY'];

/** Weakest first (Referrer Policy, W3C, §3). */
export const referrerPolicies = [
  'unsafe-url',
  'no-referrer-when-downgrade',
  'origin',
  'origin-when-cross-origin',
  'strict-origin-when-cross-origin',
  'same-origin',
  'strict-origin',
  'no-referrer',
];

/** Reads the security headers of one response. Linear in the text; unknown values count as absent. */
export function readSecurityHeaders(headers: Headers): SecurityHeaders {
  const all = (name: string): string[] => headers.flatMap(([key, value]) => (key === name ? [value] : []));
  return {
    hsts: readHsts(all('strict-transport-security')[0]),
    csp: readCsp(all('content-security-policy')),
    frameOptions: frameOptionsOf(all('x-frame-options')[0]),
    referrerPolicy: referrerPolicyOf(all('referrer-policy')),
    cookies: new Map(all('set-cookie').slice(0, maxParts).map(readCookie)),
  };
}

function partsOf(value: string, separator: string): string[] {
  return value
    .split(separator, maxParts)
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== '');
}

function readHsts(value: string | undefined): SecurityHeaders['hsts'] {
  const parts = partsOf(value ?? '', ';');
  const age = parts
    .find((part) => part.startsWith('max-age='))
    ?.slice(8)
    .replaceAll('"', '');
  const maxAgeSeconds = age !== undefined && /^[0-9]{1,12}$/.test(age) ? Number(age) : 0;
  return maxAgeSeconds === 0 ? null : { maxAgeSeconds, includeSubDomains: parts.includes('includesubdomains') };
}

function readCsp(values: readonly string[]): SecurityHeaders['csp'] {
  const directives = values.flatMap((value) => partsOf(value, ';')).map((part) => part.split(' ', maxParts));
  if (directives.length === 0) return null;
  const unsafe = directives.flatMap(([, ...sources]) => sources.filter((source) => source.startsWith("'unsafe-")));
  return { directives: [...new Set(directives.map(([name = '']) => name))].sort(), unsafe: [...new Set(unsafe)].sort() };
}

function frameOptionsOf(value: string | undefined): number | null {
  const strength = frameOptions.indexOf(value?.trim().toUpperCase() ?? '');
  return strength > 0 ? strength : null;
}

/** The last policy that is known counts (Referrer Policy §8.1). */
function referrerPolicyOf(values: readonly string[]): number | null {
  const known = values.flatMap((value) => partsOf(value, ',')).filter((policy) => referrerPolicies.includes(policy));
  const last = known.at(-1);
  return last === undefined ? null : referrerPolicies.indexOf(last);
}

function readCookie(value: string): [string, string[]] {
  const [pair = '', ...attributes] = value.split(';', maxParts);
  const [name = ''] = pair.split('=', 1);
  const flags = attributes.map((attribute) => attribute.trim().toLowerCase());
  const strict = flags.some((flag) => flag === 'samesite=lax' || flag === 'samesite=strict');
  return [
    name.trim().slice(0, 100),
    [...(flags.includes('secure') ? ['Secure'] : []), ...(flags.includes('httponly') ? ['HttpOnly'] : []), ...(strict ? ['SameSite'] : [])],
  ];
}
