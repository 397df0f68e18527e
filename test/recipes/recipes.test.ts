import { describe, expect, it } from 'vitest';
import { loadChecks } from '../../src/checks/index.ts';
import { main } from '../../src/cli/main.ts';
import { addressScope } from '../../src/model/address-registry.ts';
import { reverseName } from '../../src/parsers/reverse-name.ts';
import { recipes } from '../../src/recipes/index.ts';
import { zoneReverse } from '../../src/recipes/mail.ts';
import { recipeLines } from '../../src/recipes/recipe.ts';
import { fakeIo } from '../support/cli-io.ts';

const all = [...new Set(Object.values(recipes).flat())];
const lines = all.flatMap((recipe) => [...recipeLines(recipe, 'en'), ...recipeLines(recipe, 'vi')]);

/** Of the list of checks, not all built yet. */
const planned = ['large-answer-ipv6', 'ns-diversity-ipv6', 'ns-name-alias', 'https-record', 'dnssec-aaaa', 'address-set'];

describe('recipes', () => {
  // A new check needs no recipe (design R5), so only those that weigh most are insisted on.
  it('every required check has one', async () => {
    const required = (await loadChecks()).filter(({ level }) => level === 'required').map(({ id }) => id);
    expect(required.filter((id) => (recipes[id] ?? []).length === 0)).toEqual([]);
  });

  it('belong to checks', async () => {
    const known = new Set([...(await loadChecks()).map(({ id }) => id), ...planned]);
    expect(Object.keys(recipes).filter((id) => !known.has(id))).toEqual([]);
  });

  it('name the software of the issue', () => {
    const named = all.map(({ software }) => software).join(' ');
    for (const software of ['nginx', 'Apache', 'IIS', 'BIND', 'NSD', 'PowerDNS', 'Postfix', 'Exchange', 'Cloudflare', 'nftables'])
      expect(named).toContain(software);
  });

  it('hold addresses of the documentation alone', () => {
    const found = lines.flatMap((line) => line.match(/\b2001:[0-9a-f:]+|\b(?:192|198|203)\.[0-9.]{5,}/g) ?? []);
    expect(found.length).toBeGreaterThan(20);
    expect(
      found.map((text) => text.replace(/:$/, '')).filter((address) => !/^(2001:db8:|192\.0\.2\.|198\.51\.100\.)/.test(address)),
    ).toEqual([]);
    expect(addressScope('2001:db8::1', 'public').usable).toBe(false);
  });

  it('close what they open', () => {
    for (const recipe of all) {
      const text = recipeLines(recipe, 'en')
        .filter((line) => !line.startsWith(`${recipe.comment} `))
        .join('\n');
      for (const [open, close] of ['{}', '()', '[]']) {
        const count = (sign = ''): number => text.split(sign).length;
        expect([recipe.software, count(open)]).toEqual([recipe.software, count(close)]);
      }
    }
  });

  it('the reverse name is that of the address', () => {
    const [origin = '', record = ''] = zoneReverse.lines.filter((line): line is string => typeof line === 'string');
    const name = `${record.split(' ', 1)[0]}.${origin.replace('$ORIGIN ', '').replace(/\.$/, '')}`;
    expect(name).toBe(reverseName('2001:db8:25::25'));
  });
});

it.each(['vi', 'en'] as const)('explain shows them in %s', async (language) => {
  const { io, seen } = fakeIo();
  await main(['explain', 'web-connect', '--lang', language], io);
  expect(seen.out).toContain('    listen [::]:443 ssl;');
  expect(seen.out).toContain(language === 'vi' ? 'Cấu hình mẫu' : 'Sample configuration');
  expect(seen.out).toContain(language === 'vi' ? '# cùng một khối' : '# one block for both families');
});
