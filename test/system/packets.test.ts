import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../src/model/observation.ts';
import { builtTool } from '../support/built-tool.ts';
import { driveInNamespace, inNamespace } from '../support/namespace.ts';
import { special4, special6 } from '../support/special-addresses.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ipv6gov-packets-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const agency = (id: string, slot: number) => ({ id, slot, title: { vi: id, en: id }, expect: [] });
const owned = (id: string) => ({ name: { vi: id, en: id }, domain: `${id}.gov.vn` });

/** Every kind of operation at every special address, as if a probe had been led there. */
function everyOperation(): Operation[] {
  const question = {
    name: 'a.gov.vn',
    type: 'AAAA',
    recursionDesired: false,
    checkingDisabled: false,
    dnssecOk: false,
    udpPayloadBytes: 1232,
  };
  return [...special6, ...special4].flatMap((address): Operation[] => {
    const target = { address, family: address.includes(':') ? 6 : 4, round: '1' } as const;
    return [
      { op: 'dns-query', request: { ...target, port: 53, transport: 'udp', ...question } },
      { op: 'dns-query', request: { ...target, port: 53, transport: 'tcp', ...question } },
      { op: 'tcp-connect', request: { ...target, port: 80 } },
      { op: 'tls-handshake', request: { ...target, port: 443, serverName: 'a.gov.vn', alpn: [] } },
      { op: 'http-request', request: { ...target, port: 80, scheme: 'http', host: 'a.gov.vn', path: '/', shape: 'page' } },
      { op: 'smtp-session', request: { ...target, port: 25, host: 'mx.a.gov.vn' } },
    ];
  });
}

/** An agency whose names, mail, name servers, redirects and page lead to special addresses, each by its own way. */
function trap() {
  const [web6, mail6, name6] = [special6, ['fd00::25', '::1', 'fe80::25'], ['fd00::53', '::1', '64:ff9b::7f00:1']];
  return {
    ...agency('trap', 1),
    agency: owned('trap'),
    changes: {
      remove: ['www AAAA', 'www A'],
      add: [
        ...web6.map((address) => `www AAAA ${address}`),
        ...special4.map((address) => `www A ${address}`),
        '@ NS ns3',
        ...name6.map((address) => `ns3 AAAA ${address}`),
        'ns3 A 127.0.0.1',
        '@ MX 20 mx2',
        ...mail6.map((address) => `mx2 AAAA ${address}`),
        'mx2 A 10.0.0.25',
        'inside AAAA fd00::80',
        'inside A 169.254.169.254',
        'mta-sts AAAA fd00::81',
        'mta-sts A 10.0.0.81',
        '_mta-sts TXT v=STSv1; id=1;',
      ],
      parent: { addGlue: ['ns3 AAAA fd00::53', 'ns3 A 10.0.0.53'] },
      web: [
        { host: '@', scheme: 'http', do: { redirect: 'http://inside.trap.gov.vn/' } },
        {
          host: '@',
          scheme: 'https',
          do: {
            head: ['<link rel=stylesheet href="https://inside.trap.gov.vn/a.css">', '<script src="http://[fd00::9]/a.js"></script>'],
            body: ['<img src="http://169.254.169.254/latest/meta-data/">', '<img src="http://[::ffff:127.0.0.1]/">'],
          },
        },
      ],
    },
  };
}

describe('A3 A4 nothing is sent to special addresses', () => {
  it('A3 A4 no operation sends one packet to a special address, and each says why', async () => {
    const operations = everyOperation();
    const refused = await driveInNamespace({ kind: 'operations', policy: 'public', operations });
    expect(refused.outcomes?.map((failure) => failure?.code)).toEqual(operations.map(() => 'address-refused'));
    expect([refused.left, refused.special]).toEqual([0, 0]);
    // The counters can count: where a lab allows private addresses, the same operations send.
    const allowed = await driveInNamespace({ kind: 'operations', policy: 'allow-private', operations });
    expect(allowed.left).toBeGreaterThan(50);
    expect(allowed.special).toBeGreaterThan(5);
  });

  it('A3 A4 an agency that leads there by AAAA, NS, MX, redirect, page and policy host is audited without one packet', async () => {
    const request = { kind: 'audit', scenarios: [trap()], real: 'unknown' } as const;
    const audited = await driveInNamespace(request);
    expect([audited.left, audited.special]).toEqual([0, 0]);
    expect(audited.findings).toContain('trap address-scope www.trap.gov.vn fail none-global null');
    const allowed = await driveInNamespace({ ...request, addressPolicy: 'allow-private' });
    expect(allowed.left).toBeGreaterThan(20);
  });
});

it('L2 an operator who opted out sees no packet', async () => {
  const out = { ...agency('out', 2), agency: owned('out'), changes: { optedOut: ['web', 'mail'] } };
  const request = { kind: 'audit', scenarios: [out], real: 'opted-out' } as const;
  expect((await driveInNamespace(request)).left).toBe(0);
  expect((await driveInNamespace({ ...request, ignoreOptOut: true })).left).toBeGreaterThan(5);
});

describe('only probing uses the network', () => {
  it.each([
    ['--version', ['--version']],
    ['--help', ['audit', '--help']],
    ['explain', ['explain', 'web-connect']],
    ['completion', ['completion', 'bash']],
    ['demo, which stays on loopback', ['demo', '-f', 'json']],
  ])('%s sends nothing', async (_title, args) => {
    const ended = await inNamespace(process.execPath, [
      (await builtTool()).command,
      ...args,
      ...(args[0] === 'demo' ? ['--run-dir', dir] : []),
    ]);
    expect({ code: ended.code, left: ended.left }).toEqual({ code: 0, left: 0 });
  });

  it('judge sends nothing: evidence is judged where it lies', async () => {
    const runDir = join(dir, 'judged');
    const { command } = await builtTool();
    const measured = await inNamespace(process.execPath, [command, 'demo', '-f', 'json', '--run-dir', runDir]);
    const [id = ''] = await readdir(runDir);
    const judged = await inNamespace(process.execPath, [command, 'judge', id, '-f', 'json', '--run-dir', runDir]);
    expect({ code: judged.code, left: judged.left, special: judged.special }).toEqual({ code: measured.code, left: 0, special: 0 });
    expect(JSON.parse(judged.out)).toMatchObject({ schema: 'ipv6gov.report/1', run: { id } });
  });

  it('L3 doctor asks only the root, warns of the contact and the name that nobody gave, and ends with 3 where it hears nothing', async () => {
    const doctor = [(await builtTool()).command, 'doctor', '--lang', 'en'];
    const given = ['--contact', 'https://a.gov.vn/', '--helo', 'probe.a.gov.vn'];
    // Side by side: each waits a minute for what does not come.
    const [ended, named] = await Promise.all([inNamespace(process.execPath, doctor), inNamespace(process.execPath, [...doctor, ...given])]);
    expect({ code: ended.code, left: ended.left > 0 }).toEqual({ code: 3, left: true });
    expect(ended.err).toContain('No --contact is given');
    expect(ended.err).toContain('--helo');
    expect(named.err).not.toMatch(/--contact|--helo/);
  });

  it('an audit does, so that the counter is no ornament', async () => {
    const ended = await inNamespace('timeout', [
      '--preserve-status',
      '-s',
      'INT',
      '6',
      process.execPath,
      (await builtTool()).command,
      'audit',
      'a.gov.vn',
      '--run-dir',
      dir,
    ]);
    expect(ended.left).toBeGreaterThan(0);
  });
});
