import type { Catalogue } from '../i18n/catalogue.ts';
import type { CommandLine } from './command-line.ts';
import { type Io, processIo } from './io.ts';
import type { Invocation } from './options.ts';

/**
 * The command line. Returns the exit code. Everything but the version is loaded when it is needed, so that `--version` costs little
 * more than starting Node (design §9).
 */
export async function main(argv: readonly string[], io: Io = processIo()): Promise<number> {
  if (asksForVersion(argv)) {
    const { toolVersion } = await import('./version.ts');
    await io.out(`${toolVersion()}\n`);
    return 0;
  }
  const [{ chooseLanguage }, { catalogueOf }] = await Promise.all([import('./language.ts'), import('../i18n/language.ts')]);
  const catalogue = catalogueOf(chooseLanguage(argv, io.env));
  try {
    const { parseCommandLine } = await import('./command-line.ts');
    return await perform(parseCommandLine(argv, catalogue), catalogue, io);
  } catch (error) {
    const [{ translateError }, { showError }] = await Promise.all([import('./translate-error.ts'), import('./notes.ts')]);
    const said = translateError(error);
    showError(said, io, catalogue);
    if (said.code === 'internal' && argv.includes('-v') && error instanceof Error) io.err(`${error.stack ?? ''}\n`);
    return said.exitCode;
  }
}

function asksForVersion(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end < 0 ? argv.length : end).includes('--version');
}

/** Reads environment and configuration file, then prints what holds, or does it. */
async function perform(line: CommandLine, catalogue: Catalogue, io: Io): Promise<number> {
  if (line.help !== null) {
    await io.out(line.help);
    return 0;
  }
  const { settleOptions } = await import('./effective-options.ts');
  const options = await settleOptions(line, io.env);
  const { catalogueOf } = await import('../i18n/language.ts');
  const asked = options.get('lang')?.value;
  const spoken = asked === 'vi' || asked === 'en' ? catalogueOf(asked) : catalogue;
  const { invocationOf } = await import('./options.ts');
  const invocation = invocationOf(line.command, line.operands, { options, language: spoken.language });
  if (options.get('print-config')?.value !== true) return dispatch(invocation, spoken, io);
  await io.out((await import('./print-config.ts')).configText(line.command, options, spoken));
  return 0;
}

async function dispatch(invocation: Invocation, catalogue: Catalogue, io: Io): Promise<number> {
  switch (invocation.command) {
    case 'audit':
      return (await import('./audit-command.ts')).auditCommand(invocation.options, catalogue, io);
    case 'demo':
      return (await import('./demo-command.ts')).demoCommand(invocation.options, catalogue, io);
    case 'judge':
      return (await import('./judge-command.ts')).judgeCommand(invocation.options, catalogue, io);
    case 'worker':
      return (await import('./worker-command.ts')).workerCommand(invocation.options, catalogue, io);
    case 'fleet':
      return (await import('./fleet-command.ts')).fleetCommand(invocation.options, catalogue, io);
    case 'diff':
      return (await import('./diff-command.ts')).diffCommand(invocation.options, catalogue, io);
    case 'trend':
      return (await import('./trend-command.ts')).trendCommand(invocation.options, catalogue, io);
    case 'runs':
      return (await import('./runs-command.ts')).runsCommand(invocation.options, catalogue, io);
    case 'prune':
      return (await import('./runs-command.ts')).pruneCommand(invocation.options, catalogue, io);
    case 'completion':
      return (await import('./completion-command.ts')).completionCommand(invocation.options, io);
    case 'explain':
      return (await import('./explain-command.ts')).explainCommand(invocation.options, catalogue, io);
    case 'doctor':
      return (await import('./doctor-command.ts')).doctorCommand(invocation.options, catalogue, io);
  }
}
