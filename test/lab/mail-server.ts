import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Agency, agencies } from './agencies.ts';
import type { Certificate, LabCertificates } from './certificates.ts';
import { run } from './commands.ts';
import type { MailSide } from './model.ts';
import type { Command } from './name-servers.ts';

const masterProgram = '/usr/lib/postfix/sbin/master';

/** The services that smtpd needs for a greeting, EHLO, STARTTLS and the refusal of a message; nothing is ever delivered. */
const supporting = `cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
`;

/** Writes a Postfix of its own (configuration, queue and data in `folder`); returns how to run it in the foreground. */
export async function configureMailServer(folder: string, certificates: LabCertificates): Promise<Command> {
  const home = join(folder, 'postfix');
  const [spool, data] = [join(home, 'spool'), join(home, 'data')];
  for (const part of [home, spool, data]) await mkdir(part, { recursive: true });
  await run('chown', ['postfix', data]);
  await chmod(data, 0o700);
  const settings: Record<string, string> = {
    compatibility_level: '3.6',
    queue_directory: spool,
    data_directory: data,
    maillog_file: join(home, 'log'),
    maillog_file_prefixes: home,
    myhostname: 'mx.tot.gov.vn',
    inet_protocols: 'all',
    mynetworks: '127.0.0.0/8 [::1]/128',
    mydestination: '',
    alias_maps: '',
    alias_database: '',
    local_recipient_maps: '',
    // Several hundred listeners, and the tarpit holds processes.
    default_process_limit: '300',
    // No resolver is reachable from the namespace: without this every greeting would wait for a reverse look-up.
    smtpd_peername_lookup: 'no',
    smtpd_relay_restrictions: 'reject',
    smtpd_banner: '$myhostname ESMTP',
    smtpd_client_connection_count_limit: '0',
    smtpd_tls_security_level: 'may',
    smtpd_tls_chain_files: chainFiles(certificates.mail),
  };
  const main = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  const listeners = postfixListeners().map(({ agency, address, options }) => {
    const own = [`myhostname=mx.${agency.domain}`, ...options].map((option) =>
      masterOption(option.replaceAll('%wrong-name%', chainFiles(certificates.wrongName))),
    );
    return `${socketName(address)} inet n - n - - smtpd ${own.join(' ')}`;
  });
  await writeFile(join(home, 'main.cf'), `${main.join('\n')}\n`);
  await writeFile(join(home, 'master.cf'), `${listeners.join('\n')}\n${supporting}`);
  await makeQueue(spool);
  return { name: 'postfix', program: masterProgram, args: ['-c', home, '-d'] };
}

/** The other mail server: a process of aiosmtpd for each address. */
export function otherMailServers(certificates: LabCertificates): Command[] {
  const others = agencies.filter(({ mail }) => mail?.program === 'aiosmtpd');
  return others.flatMap(({ address: { m4, m6 } }) =>
    [m4, m6].map((address) => ({
      name: `aiosmtpd ${address}`,
      program: 'aiosmtpd',
      args: ['-n', '-l', `${address}:25`, '--tlscert', certificates.mail.certificate, '--tlskey', certificates.mail.key, '--no-requiretls'],
    })),
  );
}

/** Every address where mail is taken, by whatever program. */
export function mailAddresses(): string[] {
  const others = agencies.filter(({ mail }) => mail?.program === 'aiosmtpd').flatMap(({ address: { m4, m6 } }) => [m4, m6]);
  return [...postfixListeners().map(({ address }) => address), ...others];
}

function postfixListeners(): { agency: Agency; address: string; options: MailSide & object }[] {
  return agencies.flatMap((agency) => {
    const { mail, address } = agency;
    if (mail?.program === 'aiosmtpd') return [];
    const [four, six] = mail?.atWeb === true ? [address.w4, address.w6] : [address.m4, address.m6];
    const sides: [string, MailSide][] = [
      [four, mail?.ipv4 === undefined ? [] : mail.ipv4],
      [six, mail?.ipv6 === undefined ? [] : mail.ipv6],
    ];
    return sides.flatMap(([at, options]) => (options === null ? [] : [{ agency, address: at, options }]));
  });
}

function socketName(address: string): string {
  return address.includes(':') ? `[${address}]:25` : `${address}:25`;
}

function chainFiles({ key, certificate }: Certificate): string {
  return `${key}, ${certificate}`;
}

/** A value with spaces stands in braces (master(5)). */
function masterOption(option: string): string {
  const [name = '', value = ''] = [option.slice(0, option.indexOf('=')), option.slice(option.indexOf('=') + 1)];
  const bare = value.startsWith('{') ? value.slice(1, -1) : value;
  return bare.includes(' ') ? `-o { ${name} = ${bare} }` : `-o ${name}=${bare}`;
}

/** The folders and owners that `postfix check` demands (postfix-files); made here so that nothing outside the lab is touched. */
async function makeQueue(spool: string): Promise<void> {
  const own = ['active', 'bounce', 'corrupt', 'defer', 'deferred', 'flush', 'hold', 'incoming', 'private', 'saved', 'trace'];
  const grouped: readonly [string, number][] = [
    ['maildrop', 0o730],
    ['public', 0o710],
  ];
  await mkdir(join(spool, 'pid'));
  for (const name of own) await mkdir(join(spool, name), { mode: 0o700 });
  await run('chown', ['postfix', ...own.map((name) => join(spool, name))]);
  for (const [name, mode] of grouped) {
    await mkdir(join(spool, name));
    await run('chown', ['postfix:postdrop', join(spool, name)]);
    await chmod(join(spool, name), mode);
  }
}
