import { describe, expect, it } from 'vitest';
import type { MessageDefinition } from '../../../src/checks/define-check.ts';
import { check as dns64Safe } from '../../../src/checks/ipv6-only/dns64-safe.ts';
import { check as ipv6OnlyDependencies } from '../../../src/checks/ipv6-only/ipv6-only-dependencies.ts';
import { check as ipv6OnlyPage } from '../../../src/checks/ipv6-only/ipv6-only-page.ts';
import { check as webAddresses } from '../../../src/checks/web/web-addresses.ts';
import { check as webConnect } from '../../../src/checks/web/web-connect.ts';
import { check as webContent } from '../../../src/checks/web/web-content.ts';
import { check as webDependencies } from '../../../src/checks/web/web-dependencies.ts';
import { check as webLiterals } from '../../../src/checks/web/web-literals.ts';
import { check as webRedirects } from '../../../src/checks/web/web-redirects.ts';
import { check as webResponse } from '../../../src/checks/web/web-response.ts';
import { check as webSymmetry } from '../../../src/checks/web/web-symmetry.ts';
import { check as webTls } from '../../../src/checks/web/web-tls.ts';
import { check as webTransfer } from '../../../src/checks/web/web-transfer.ts';

const checks = [
  webAddresses,
  webConnect,
  webTls,
  webResponse,
  webRedirects,
  webContent,
  webTransfer,
  webSymmetry,
  webLiterals,
  webDependencies,
  ipv6OnlyPage,
  ipv6OnlyDependencies,
  dns64Safe,
];
const messages = checks.flatMap(({ id, messages }) =>
  Object.entries(messages as Record<string, MessageDefinition>).map(([message, definition]) => ({ name: `${id} ${message}`, definition })),
);
const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

describe('messages of web and ipv6-only checks', () => {
  it.each(messages)('V11 $name has both languages, and a fix where something is to be done', ({ definition }) => {
    const { status, vi, en, fix } = definition;
    expect(new Set(placeholders(vi))).toEqual(new Set(placeholders(en)));
    expect(vi).not.toBe(en);
    if (!['warn', 'fail', 'inconclusive'].includes(status)) return;
    expect(fix?.vi.length).toBeGreaterThan(15);
    expect(fix?.en.length).toBeGreaterThan(10);
  });
});
