import { beforeAll, describe, expect, it } from 'vitest';
import { loadScenarios } from '../../src/testbed/scenario.ts';
import { type Audited, auditScenarios } from '../support/audit-scenarios.ts';

/** Sites of every kind that leads further: pictures, style sheets, dependencies elsewhere, mail in both families. */
const ids = ['healthy', 'page-many-images', 'dependency-healthy', 'smtp-greylisted', 'redirect-to-literal'];

let audited: Audited;
beforeAll(async () => {
  audited = await auditScenarios((await loadScenarios()).filter(({ id }) => ids.includes(id)));
}, 240_000);

/** How often each address was asked each thing. */
function counts(port: number): Map<string, number> {
  const found = new Map<string, number>();
  for (const { port: at, address, detail } of audited.requestLog) {
    if (at !== port) continue;
    const key = `${address} ${detail}`;
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  return found;
}

describe('L4 nothing intrusive', () => {
  it('mail servers are greeted and left: no MAIL, no RCPT, no word of ours before theirs', () => {
    const said = [...counts(25).keys()].map((key) => key.split(' ')[1]);
    expect(said.length).toBeGreaterThan(10);
    expect(new Set(said)).toEqual(new Set(['connect', 'EHLO', 'STARTTLS', 'QUIT']));
  });

  it('a page is fetched a few times from each address, other things once or twice, and nothing is crawled', () => {
    const https = [...counts(443)];
    const pages = https.filter(([key]) => / GET https:\/\/[^/]+\/$/.test(key));
    const others = https.filter(([key]) => key.includes(' GET ') && !/ GET https:\/\/[^/]+\/$/.test(key));
    expect(pages.length).toBeGreaterThan(10);
    // Two rounds for likeness, one with large headers, one by a protocol of its own, each for the host asked.
    expect(pages.filter(([, count]) => count > 4)).toEqual([]);
    expect(others.length).toBeGreaterThan(2);
    expect(others.filter(([, count]) => count > 2)).toEqual([]);
  });

  it('of a page with hundreds of pictures only the style sheet is read', () => {
    const paths = audited.requestLog.flatMap(
      ({ detail }) => /^GET https?:\/\/(?:www\.)?page-many-images\.gov\.vn(\/.*)$/.exec(detail)?.[1] ?? [],
    );
    expect(new Set(paths)).toEqual(new Set(['/', '/giao-dien/chinh.css']));
  });
});
