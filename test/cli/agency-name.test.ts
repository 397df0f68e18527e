import { describe, expect, it } from 'vitest';
import { isUnder, readableName, readName } from '../../src/cli/agency-name.ts';
import { defaultSettings } from '../../src/model/settings.ts';

const read = (typed: string) => readName(typed, defaultSettings.input);
const label63 = 'a'.repeat(63);
const longest = `${`${label63}.`.repeat(3)}${'b'.repeat(61)}`;

describe('A1 A2 names of the input', () => {
  it.each<[string, string]>([
    ['mic.gov.vn', 'mic.gov.vn'],
    ['gov.vn', 'gov.vn'],
    ['MIC.GOV.VN', 'mic.gov.vn'],
    ['mic.gov.vn.', 'mic.gov.vn'],
    ['  mic.gov.vn\t', 'mic.gov.vn'],
    ['1cua.gov.vn', '1cua.gov.vn'],
    ['a-b.gov.vn', 'a-b.gov.vn'],
    ['3com.vn', '3com.vn'],
    ['127.0.0.1.vn', '127.0.0.1.vn'],
    ['tỉnh-mẫu.vn'.normalize('NFC'), 'xn--tnh-mu-0e8b9i.vn'],
    ['tỉnh-mẫu.vn'.normalize('NFD'), 'xn--tnh-mu-0e8b9i.vn'],
    ['TỈNH-MẪU.VN', 'xn--tnh-mu-0e8b9i.vn'],
    ['xn--tnh-mu-0e8b9i.vn', 'xn--tnh-mu-0e8b9i.vn'],
    ['đà-nẵng.gov.vn', 'xn---nng-zna70au54p.gov.vn'],
    [`${label63}.vn`, `${label63}.vn`],
    [longest, longest],
  ])('%s is accepted', (typed, name) => {
    expect(read(typed)).toEqual({ name });
  });

  it.each<[string, string]>([
    ['', 'empty'],
    ['   ', 'empty'],
    ['192.0.2.1', 'ip-address'],
    ['127.1', 'ip-address'],
    ['0x7f.1', 'ip-address'],
    ['0x7f000001', 'ip-address'],
    ['2130706433', 'ip-address'],
    ['010.0.0.1', 'ip-address'],
    ['mic.gov.1', 'ip-address'],
    ['mic.gov.0x', 'ip-address'],
    ['１２７.1', 'ip-address'],
    ['[::1]', 'ip-address'],
    ['::1', 'ip-address'],
    ['2001:db8::1', 'ip-address'],
    ['[2001:db8::1]:443', 'ip-address'],
    ['192.0.2.0/24', 'ip-address'],
    ['localhost', 'single-label'],
    ['vn', 'single-label'],
    ['demmo', 'single-label'],
    ['https://mic.gov.vn', 'url'],
    ['HTTP://mic.gov.vn/', 'url'],
    ['//mic.gov.vn', 'url'],
    ['mic.gov.vn:443', 'port'],
    ['mic.gov.vn/', 'path'],
    ['gov.vn/..', 'path'],
    ['mic.gov.vn?x=1', 'path'],
    ['mic.gov.vn#x', 'path'],
    ['mic\\gov.vn', 'path'],
    ['user@mic.gov.vn', 'user-info'],
    ['user:pass@mic.gov.vn', 'user-info'],
    ['*.gov.vn', 'wildcard'],
    ['a..vn', 'empty-label'],
    ['.mic.gov.vn', 'empty-label'],
    ['mic.gov.vn..', 'empty-label'],
    ['.', 'empty-label'],
    ['-a.vn', 'hyphen'],
    ['a-.vn', 'hyphen'],
    ['a.-vn', 'hyphen'],
    ['a_b.gov.vn', 'underscore'],
    ['_dmarc.gov.vn', 'underscore'],
    [`${label63}a.vn`, 'label-too-long'],
    [`${longest}b`, 'name-too-long'],
    ['x'.repeat(2_000), 'name-too-long'],
    ['mic gov.vn', 'blank'],
    ['mic\u00a0.vn', 'blank'],
    ['mic\u0000.gov.vn', 'control-character'],
    ['mic\u001b[31m.gov.vn', 'control-character'],
    ['mic\u0085x.gov.vn', 'control-character'],
    ['mic\u202e.gov.vn', 'hidden-character'],
    ['mic\u200b.gov.vn', 'hidden-character'],
    ['mic\u2066.gov.vn', 'hidden-character'],
    ['mi\u00adc.gov.vn', 'hidden-character'],
    ['mic。gov.vn', 'bad-character'],
    ['mic%2egov.vn', 'bad-character'],
    ['mic,gov.vn', 'bad-character'],
    ["mic'.gov.vn", 'bad-character'],
    ['mic😀.vn', 'bad-character'],
    ['xn--zz.vn', 'bad-idn'],
    ['xn--.vn', 'hyphen'],
  ])('%j is refused: %s', (typed, problem) => {
    expect(read(typed)).toEqual({ problem });
  });
});

describe('names', () => {
  it('are shown in Unicode', () => {
    const result = read('tỉnh-mẫu.vn');
    expect('name' in result && readableName(result.name)).toBe('tỉnh-mẫu.vn');
    expect(readableName('mic.gov.vn')).toBe('mic.gov.vn');
  });

  it.each([
    ['mic.gov.vn', 'gov.vn', true],
    ['gov.vn', 'gov.vn', true],
    ['evilgov.vn', 'gov.vn', false],
    ['mic.gov.vn.example', 'gov.vn', false],
  ])('%s under %s: %s', (name, suffix, expected) => {
    expect(isUnder(name, suffix)).toBe(expected);
  });
});
