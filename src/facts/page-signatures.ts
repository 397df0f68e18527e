import type { BodyEvidence, HttpResponse } from '../model/observation.ts';

/** A page is known by its title (as a whole or by its start) or by words in the first 200 characters of its text; all in lower case. */
interface Signatures {
  titles: readonly string[];
  titleStarts: readonly string[];
  texts: readonly string[];
}

/** Pages that a server shows when nobody gave it a site, when the site is suspended, or that sell the name. */
const defaultPages: Signatures = {
  titles: [
    'domain default page',
    'default web site page',
    'default page',
    'index of /',
    'placeholder page',
    'parked domain',
    'domain parking',
    'iisstart',
    'iis',
  ],
  titleStarts: [
    'welcome to nginx',
    'welcome to openresty',
    'test page for the nginx',
    'test page for the apache',
    'test page for apache',
    'test page for the http server',
    'http server test page',
    'apache2 ubuntu default page',
    'apache2 debian default page',
    'apache http server test page',
    'apache2 default page',
    'iis windows',
    'iis7',
    'iis8',
    'microsoft internet information services',
    'apache tomcat',
    'default plesk page',
    'web server\u2019s default page',
    "web server's default page",
    'caddy works',
    'welcome to xampp',
    'welcome to litespeed',
    'wampserver',
    'account suspended',
    'this domain is for sale',
  ],
  texts: [
    'if you see this page, the nginx web server is successfully installed',
    'the openresty web platform is successfully installed',
    'this is the default welcome page used to test the correct operation of the apache',
    'this page is used to test the proper operation of the',
    "if you're seeing this, you've successfully installed tomcat",
    'if you are the owner of this website, please contact your hosting provider',
    'this is the default page for this domain',
    'web server default page',
    'the site is created successfully',
    'your caddy web server is working',
    'your new web server is ready to use',
    'this account has been suspended',
    'this domain is for sale',
    'buy this domain',
    'this domain is parked',
    'this domain has been registered',
    'future home of something quite cool',
    'tên miền này đã được đăng ký',
  ],
};
/** Whole texts of default pages too short to be told by a part. */
const defaultTexts: ReadonlySet<string> = new Set(['it works!', 'it works', 'default page', 'hello world', 'hello world!']);

/** Pages of web application firewalls and bot filters: somebody answers instead of the site (faults W13). */
const challengePages: Signatures = {
  titles: [
    'just a moment...',
    'ddos-guard',
    'human verification',
    'bot verification',
    'security check',
    'one moment, please...',
    'web page blocked!',
    'request rejected',
  ],
  titleStarts: [
    'attention required! | cloudflare',
    'sucuri website firewall',
    'access denied - sucuri',
    'access denied | ',
    'checking your browser',
    'fortiweb',
    'pardon our interruption',
  ],
  texts: [
    'checking your browser before accessing',
    'checking if the site connection is secure',
    'verifying you are human',
    'verify you are human',
    'enable javascript and cookies to continue',
    'please enable cookies. sorry, you have been blocked',
    'sucuri website firewall',
    'incapsula incident id',
    'the requested url was rejected. please consult with your administrator',
    'pardon our interruption',
    'please wait while your request is being verified',
    "you don't have permission to access this resource. reference",
    'ddos protection by',
    'this request was blocked by the security rules',
    'web page blocked',
  ],
};

function matches(signatures: Signatures, body: BodyEvidence): boolean {
  const title = (body.title ?? '').toLowerCase();
  if (title !== '' && (signatures.titles.includes(title) || signatures.titleStarts.some((start) => title.startsWith(start)))) return true;
  const text = body.textStart.toLowerCase();
  return text !== '' && signatures.texts.some((words) => text.includes(words));
}

/** A known default, placeholder, suspended or parking page. */
export function isDefaultPage(body: BodyEvidence): boolean {
  return matches(defaultPages, body) || defaultTexts.has(body.textStart.toLowerCase());
}

/** A known page of a firewall or bot filter. Their scripts on a page with text of its own are no challenge: many sites carry them. */
export function isChallengeBody(body: BodyEvidence): boolean {
  if (matches(challengePages, body)) return true;
  return (
    body.textLength < 200 &&
    body.resources.some(
      ({ url }) =>
        url.includes('_Incapsula_Resource') || url.includes('/cdn-cgi/challenge-platform/') || url.includes('challenges.cloudflare.com/'),
    )
  );
}

/**
 * Evidence that a firewall or rate limit answered, not the site: `cf-mitigated`, `Retry-After` on 403, 429 or 503, or a known
 * challenge page. A bare 403 or 503 is none (checks.md, "Rules for all").
 */
export function isChallenge(response: HttpResponse): boolean {
  const has = (wanted: string): boolean => response.headers.some(([name]) => name === wanted);
  if (has('cf-mitigated')) return true;
  if ([403, 429, 503].includes(response.status) && has('retry-after')) return true;
  return response.body !== null && isChallengeBody(response.body);
}
