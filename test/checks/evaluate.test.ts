import { describe, expect, it } from 'vitest';
import type { CheckDefinition, Outcome } from '../../src/checks/define-check.ts';
import { evaluateCheck, skippedFinding } from '../../src/checks/evaluate.ts';
import type { AgencyContext } from '../../src/facts/context.ts';
import { known, unknown } from '../../src/facts/fact.ts';
import type { Subject } from '../../src/model/subject.ts';
import { findingText } from '../../src/reports/message.ts';

const subject: Subject = { kind: 'host', name: 'x.gov.vn', service: 'portal', deciding: true, sibling: null, preference: null };
const text = { vi: 'Thấy {what}.', en: 'Saw {what}.' };

function checkThat(evaluate: () => Outcome<string>): CheckDefinition {
  const messages = {
    good: { status: 'pass', ...text },
    bad: { status: 'fail', ...text, fix: { vi: 'Sửa {what}.', en: 'Mend {what}.' } },
  } as const;
  return {
    id: 'probe',
    area: 'web',
    subject: 'host',
    level: 'required',
    title: text,
    why: text,
    references: [],
    needs: ['webAddresses'],
    messages,
    evaluate,
  };
}

function contextWith(fact: unknown): AgencyContext {
  return { cache: new Map([['fact webAddresses host x.gov.vn portal', fact]]) } as unknown as AgencyContext;
}

describe('evaluateCheck', () => {
  it('a known fact is judged; its observations stand behind the finding', () => {
    const finding = evaluateCheck(
      checkThat(() => ({ message: 'bad', values: { what: 'dust' } })),
      contextWith(known({}, ['o1', 'o1', 'o2'])),
      subject,
    );
    expect(finding).toMatchObject({
      status: 'fail',
      message: 'bad',
      cause: null,
      values: { what: 'dust' },
      observations: ['o1', 'o2'],
      host: 'x.gov.vn',
      service: 'portal',
    });
  });

  it('R3 an unknown fact is inconclusive with its cause, and the check never sees it', () => {
    let seen = false;
    const check = checkThat(() => {
      seen = true;
      return { message: 'good' };
    });
    expect(evaluateCheck(check, contextWith(unknown('dns-timeout', ['o1'])), subject)).toMatchObject({
      status: 'inconclusive',
      message: 'not-measured',
      cause: 'dns-timeout',
      confidence: 0,
    });
    expect(seen).toBe(false);
  });

  it('P12 a throwing check is inconclusive, check-error', () => {
    const check = checkThat(() => {
      throw new Error('boom');
    });
    expect(evaluateCheck(check, contextWith(known({})), subject)).toMatchObject({
      status: 'inconclusive',
      cause: 'check-error',
      values: { detail: 'boom' },
    });
  });

  it('an undeclared message is a check-error too', () => {
    expect(
      evaluateCheck(
        checkThat(() => ({ message: 'other' })),
        contextWith(known({})),
        subject,
      ),
    ).toMatchObject({ status: 'inconclusive', cause: 'check-error' });
  });
});

describe('findingText', () => {
  const check = checkThat(() => ({ message: 'bad', values: { what: ['a', 'b'] } }));
  const finding = evaluateCheck(check, contextWith(known({})), subject);

  it('fills text and fix in both languages', () => {
    expect(findingText(finding, check)).toEqual({
      text: { vi: 'Thấy a, b.', en: 'Saw a, b.' },
      fix: { vi: 'Sửa a, b.', en: 'Mend a, b.' },
    });
  });

  it.each([
    [[], '–'],
    [['1', '2', '3', '4', '5', '6'], '1, 2, 3, 4, 5, 6'],
    [['1', '2', '3', '4', '5', '6', '7'], '1, 2, 3, 4, 5, 6, … (7)'],
  ])('a list of %j shows as %s', (what, shown) => {
    expect(findingText({ ...finding, values: { what } }, check).text.en).toBe(`Saw ${shown}.`);
  });

  it('what was not measured is told by its cause', () => {
    const open = { ...finding, status: 'inconclusive', message: 'not-measured', cause: 'vantage-no-ipv6' } as const;
    expect(findingText(open, check).text).toEqual({
      vi: 'Chưa đo được: nơi đo không có IPv6 hoạt động',
      en: 'Not measured: the vantage has no working IPv6',
    });
  });

  it('what was switched off says so', () => {
    expect(findingText(skippedFinding(check, subject), check).text.en).toBe('Switched off on request (--only, --skip).');
  });
});
