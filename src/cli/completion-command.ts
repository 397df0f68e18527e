import { loadChecks } from '../checks/index.ts';
import { bashCompletion } from './completion/bash.ts';
import { fishCompletion } from './completion/fish.ts';
import { zshCompletion } from './completion/zsh.ts';
import { exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';
import type { CompletionOptions } from './options.ts';

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

/** `ipv6gov completion SHELL`: the script on standard output. */
export async function completionCommand({ shell, language }: CompletionOptions, io: Io): Promise<number> {
  const checks = (await loadChecks()).map(({ id }) => id);
  await io.out(scripts[shell]({ checks, language }));
  return exitCodes.good;
}
