import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addressesOf, agencies } from './agencies.ts';
import type { LabCertificates } from './certificates.ts';
import { run } from './commands.ts';

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

/** Writes a Postfix of its own (configuration, queue and data in `folder`); returns program and arguments for the foreground. */
export async function configureMailServer(folder: string, certificates: LabCertificates): Promise<{ program: string; args: string[] }> {
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
    inet_interfaces: addressesOf(agencies.map(({ exchanger }) => exchanger))
      .map((address) => (address.includes(':') ? `[${address}]` : address))
      .join(', '),
    mynetworks: '127.0.0.0/8 [::1]/128',
    mydestination: '',
    alias_maps: '',
    alias_database: '',
    local_recipient_maps: '',
    // No resolver is reachable from the namespace: without this every greeting would wait for a reverse look-up.
    smtpd_peername_lookup: 'no',
    smtpd_relay_restrictions: 'reject',
    smtpd_banner: '$myhostname ESMTP',
    smtpd_tls_security_level: 'may',
    smtpd_tls_chain_files: `${certificates.mail.key}, ${certificates.mail.certificate}`,
  };
  const main = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  const listeners = agencies.flatMap(({ exchanger }) =>
    addressesOf([exchanger]).map(
      (address) => `${address.includes(':') ? `[${address}]` : address}:25 inet n - n - - smtpd -o myhostname=${exchanger?.name}`,
    ),
  );
  await writeFile(join(home, 'main.cf'), `${main.join('\n')}\n`);
  await writeFile(join(home, 'master.cf'), `${listeners.join('\n')}\n${supporting}`);
  await makeQueue(spool);
  return { program: masterProgram, args: ['-c', home, '-d'] };
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
