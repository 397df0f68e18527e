import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CliError } from '../../../src/cli/cli-error.ts';
import { ConfigError } from '../../../src/cli/config-error.ts';
import { parseConfig } from '../../../src/cli/config-text.ts';
import { loadCriteria } from '../../../src/cli/criteria.ts';
import { readAgencies } from '../../../src/cli/read-agencies.ts';
import { defaultSettings } from '../../../src/model/settings.ts';
import { parseRootHints, RootHintsError } from '../../../src/parsers/root-hints.ts';
import { parseOrigins, parseVrps, RouteDataError } from '../../../src/parsers/route-data.ts';
import { parseTrustAnchors, TrustAnchorError } from '../../../src/parsers/trust-anchor.ts';
import { IgnoreListError, parseIgnoreList } from '../../../src/runner/ignore-list.ts';
import { mutateBytes, withTokens } from '../mutate.ts';
import type { Target } from '../target.ts';

const lists = [
  'id,name_vi,domain,category\nbo,Bộ,bo.gov.vn,ministry\nso,"Sở, ""A""",so.gov.vn,agency\n',
  'bo.gov.vn\n# chú thích\nsở-y-tế.gov.vn\n',
  '{"id":"bo","name_vi":"Bộ","domain":"bo.gov.vn","category":"ministry","hosts":"www.bo.gov.vn"}\n',
].map((text) => Buffer.from(text));
const listTokens = [
  ...[
    ',',
    '"',
    '\n',
    '\r',
    '\0',
    '\ufeff',
    '{',
    '}',
    '[',
    ':',
    '#',
    '..',
    '-',
    '.vn',
    'xn--',
    '127.1',
    '::1',
    '@',
    '/',
    '*.',
    '\u202e',
    'a'.repeat(64),
  ],
  ...['\u0300', 'Đ', 'domain', '__proto__', 'id', '\\u0000', 'null', '1e999', '=cmd()', '%00', '\ufffd'],
];

export const listTarget: Target = {
  name: 'list',
  seeds: lists,
  mutate(random) {
    const seed = random.pick(lists);
    if (random.chance(0.4)) return mutateBytes(seed, random, lists);
    return Buffer.from(withTokens(seed.toString(), random, listTokens));
  },
  async read(input) {
    const read = await readAgencies({
      ...{ domains: [], lists: ['-'], skipInvalid: input.length % 2 === 0, allowedSuffixes: [], optedOut: () => false },
      limits: defaultSettings.input,
      stdin: (async function* () {
        yield input;
      })(),
    });
    await read.discard();
    return read.agencies;
  },
  isDeclared: (error) => error instanceof CliError,
  maxMs: null,
  maxResult: (bytes) => bytes,
};

const files = [
  '- { domain: bo.gov.vn, check: web-connect, reason: đang chuyển, until: 2030-01-01 }\n',
  'lang: vi\nlist: [a.csv]\nconcurrency: 10\n',
  '. 3600000 NS A.ROOT-SERVERS.NET.\nA.ROOT-SERVERS.NET. 3600000 AAAA 2001:503:ba3e::2:30\nA.ROOT-SERVERS.NET. 3600000 A 198.41.0.4\n',
  '. IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D\n',
  '{"roas":[{"asn":"AS1","prefix":"2001:db8::/32","maxLength":48,"ta":"x"}]}',
  'ASN,IP Prefix,Max Length,Trust Anchor\nAS1,2001:db8::/32,48,x\n',
  '2001:db8::/32 1\n192.0.2.0/24\t64500\n',
].map((text) => Buffer.from(text));
const fileTokens = [
  '&a ',
  '*a',
  '<<: ',
  '- ',
  ': ',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '\n',
  '\t',
  '!!js/function ',
  '__proto__: ',
  '---\n',
  '/129',
  '::',
  'AS',
  '1e9',
  '\0',
  ';',
  '(',
  '?',
];

/** Small files of several kinds, each by every reader: a user may name the wrong one. */
const readers: readonly ((text: string) => unknown)[] = [
  (text) => parseIgnoreList(text, { file: 'x.yaml', checks: new Set(['web-connect']), today: '2026-01-01' }),
  (text) => [...parseConfig(text, 'ipv6gov.yaml')].length,
  parseRootHints,
  parseTrustAnchors,
  parseVrps,
  parseOrigins,
];
/** Criteria come from a file. */
const criteriaFile = join(mkdtempSync(join(tmpdir(), 'ipv6gov-fuzz-')), 'criteria.yaml');
process.once('exit', () => rmSync(dirname(criteriaFile), { recursive: true, force: true }));
const declared = [CliError, ConfigError, IgnoreListError, RootHintsError, RouteDataError, TrustAnchorError];

export const fileTarget: Target = {
  name: 'file',
  seeds: files,
  mutate(random) {
    const seed = random.pick(files);
    const text = random.chance(0.4) ? mutateBytes(seed, random, files) : Buffer.from(withTokens(seed.toString(), random, fileTokens));
    return text.subarray(0, 65_536);
  },
  async read(input) {
    const text = input.toString();
    writeFileSync(criteriaFile, text);
    await loadCriteria(criteriaFile, []).catch((error: unknown) => {
      if (!(error instanceof CliError)) throw error;
    });
    for (const read of readers) {
      try {
        read(text);
      } catch (error) {
        if (!declared.some((kind) => error instanceof kind)) throw error;
      }
    }
    return 0;
  },
  isDeclared: () => false,
  maxMs: null,
  maxResult: () => 0,
};
