import { expect, it } from 'vitest';
import { organisationOf } from '../../src/parsers/distinguished-name.ts';

it.each([
  ['C=VN, O=Bo X, CN=x.gov.vn', 'Bo X'],
  ['C=VN, O=Bo X\\, Y, CN=x.gov.vn', 'Bo X, Y'],
  ['CN=a\\, O=false, C=VN', null],
  ['CN=x.gov.vn', null],
  ['O=, CN=x', null],
  ['CN=x + O=Bo X', 'Bo X'],
  ['', null],
])('organisation of %j', (subject, organisation) => {
  expect(organisationOf(subject)).toBe(organisation);
});
