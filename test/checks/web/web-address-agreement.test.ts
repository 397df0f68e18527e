import { describe, expect, it } from 'vitest';
import { check } from '../../../src/checks/web/web-address-agreement.ts';
import type { WebAddressAgreement } from '../../../src/facts/web-address-agreement.ts';
import { portalPage } from '../../support/body-evidence.ts';
import { withLeaf } from '../../support/leaf-certificate.ts';
import { apex, find, type HttpSaid, hostSubject, http, v4, v6, v6b, type WebParts } from '../../support/web-evidence.ts';

const url = `https://${apex}/`;
const v6c = '2001:ee0::3';
const three = { [apex]: { 6: [v6, v6b, v6c], 4: [v4] } };
/** The same at v6 and v6c, twice at the first; something else at v6b. */
const odd = (said: HttpSaid, usual: HttpSaid = withLeaf()): WebParts => ({
  hosts: three,
  observations: [
    http(url, v6, usual),
    http(url, v6, { ...usual, round: '2' }),
    http(url, v6b, said),
    http(url, v6c, usual),
    http(url, v4, usual),
  ],
});
const two = (...said: [HttpSaid, HttpSaid]): WebParts => ({
  hosts: { [apex]: { 6: [v6, v6b], 4: [v4] } },
  observations: [http(url, v6, said[0]), http(url, v6b, said[1]), http(url, v4)],
});
const nginx =
  '<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed and working.</p>';
const words = (seed: string): string => Array.from({ length: 600 }, (_, index) => `${seed}${(index * 7919) % 997}`).join(' ');
const otherSite = `<html><head><title>Shop</title></head><body><div><section><article><p>${words('w')}</p></article></section></div></body></html>`;
const silent = { fails: 'refused' } as const;

const rows: [title: string, parts: WebParts, status: string, message: string, cause: string | null, values?: object][] = [
  ['all alike', odd(withLeaf()), 'pass', 'agree', null, { count: 3 }],
  [
    'W23 the default page at one',
    odd({ html: nginx, ...withLeaf() }),
    'fail',
    'default-page',
    null,
    { failing: [`${v6b} (“Welcome to nginx!”)`] },
  ],
  [
    'W23 the certificate of another name at one',
    odd(withLeaf({ names: ['other.vn'], keyFingerprint: 'k2' }, { nameMatches: false })),
    'fail',
    'certificate-of-other-name',
    null,
    { failing: [`${v6b} (other.vn)`] },
  ],
  ['W23 another site at one', odd({ html: otherSite, ...withLeaf() }), 'fail', 'other-site', null, { failing: [`${v6b} (“Shop”)`] }],
  [
    'W15 another page with the same title is no other site',
    odd({ html: otherSite.replace('Shop', /<title>([^<]*)/.exec(portalPage())?.[1] ?? ''), ...withLeaf() }),
    'pass',
    'agree',
    null,
  ],
  ['another status at one', odd({ status: 404, ...withLeaf() }), 'warn', 'status-differs', null, { failing: [`${v6b} (404)`] }],
  ['a redirect at one', odd({ location: 'https://elsewhere.vn/', ...withLeaf() }), 'warn', 'status-differs', null],
  ['another certificate at one', odd(withLeaf({ keyFingerprint: 'k2' })), 'warn', 'certificate-differs', null],
  [
    'another title at one',
    odd({ html: portalPage().replace(/<title>[^<]*/, '<title>Tin moi'), ...withLeaf() }),
    'warn',
    'title-differs',
    null,
    { failing: [`${v6b} (“Tin moi”)`] },
  ],
  [
    'a 500 that a second look did not see again',
    { ...two({}, { status: 500 }), observations: [http(url, v6), http(url, v6b, { status: 500 }), http(url, v6b, { round: 'retest' })] },
    'pass',
    'agree',
    null,
  ],
  ['one of three is dead', odd(silent), 'pass', 'agree-where-measured', null, { unmeasured: [v6b] }],
  ['W13 a challenge at one of three', odd({ status: 403, headers: [['cf-mitigated', 'challenge']] }), 'pass', 'agree-where-measured', null],
  ['one of two is dead', two({}, silent), 'not-applicable', 'one-answers', null, { addresses: [v6], unmeasured: [v6b] }],
  ['W14 one of two limits us', two({}, { status: 429 }), 'inconclusive', 'rate-limited', 'rate-limited', { unmeasured: [v6b] }],
  [
    'W13 one of two challenges us',
    two({}, { status: 403, headers: [['cf-mitigated', 'challenge']] }),
    'inconclusive',
    'waf-challenge',
    'waf-challenge',
  ],
  [
    'V1 one of two could not be measured',
    { ...two({}, silent), run: { provenAround: () => false } },
    'inconclusive',
    'undecided',
    'vantage-web-unproven',
    { unmeasured: [v6b] },
  ],
  ['one address', { hosts: { [apex]: { 6: [v6], 4: [v4] } }, observations: [http(url, v6)] }, 'not-applicable', 'one-address', null],
  [
    'all dead',
    {
      ...two(silent, silent),
      observations: [v6, v6b, v4].flatMap((address) =>
        ['https', 'http'].map((scheme) => http(`${scheme}://${apex}/`, address, address === v4 ? {} : silent)),
      ),
    },
    'not-applicable',
    'no-connection',
    null,
  ],
  ['no AAAA', { hosts: { [apex]: { 4: [v4] } } }, 'not-applicable', 'no-ipv6-address', null],
  ['no address', { hosts: {} }, 'not-applicable', 'no-address', null],
];

describe('web-address-agreement', () => {
  it.each(rows)('%s', (_, parts, status, message, cause, values = {}) => {
    const finding = find(check, parts);
    expect(finding).toMatchObject({ status, message, cause });
    expect(finding.values).toMatchObject(values);
  });

  it('W17 addresses that vary from question to question may differ on purpose', () => {
    const page = { address: v6, status: 200, guarded: null, leaf: null, title: 'a', bodies: [] };
    const fact: WebAddressAgreement = {
      host: apex,
      presence: 'published',
      published: [v6, v6b],
      pages: [page, { ...page, address: v6b, status: 404 }],
      silent: [],
      provenDead: [],
      connection: 'reached',
      cause: null,
      differing: [{ kind: 'status', page: { ...page, address: v6b, status: 404 }, reference: page }],
      varies: true,
    };
    const judge = (varies: boolean) => check.evaluate({ webAddressAgreement: { ...fact, varies } }, hostSubject(apex));
    expect(judge(true)).toMatchObject({ message: 'geo-varies', cause: 'geo-varies', values: { failing: [`${v6b} (404)`] } });
    expect(judge(false)).toMatchObject({ message: 'status-differs' });
  });
});
