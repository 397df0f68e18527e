import { chmod, copyFile, mkdir, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { labPath } from './commands.ts';

/**
 * Debian's AppArmor profiles tie some daemons, by the path of the program, to their folders in /etc and /var: where AppArmor is
 * on, the lab runs copies of them, which no profile names.
 */
export async function unconfined(folder: string, program: string): Promise<string> {
  if (!(await isAppArmorOn())) return program;
  const home = join(folder, 'programs');
  await mkdir(home, { recursive: true });
  const copy = join(home, program);
  for (const from of labPath.split(delimiter)) {
    const found = await copyFile(join(from, program), copy).then(
      () => true,
      () => false,
    );
    if (!found) continue;
    await chmod(copy, 0o755);
    return copy;
  }
  return program;
}

async function isAppArmorOn(): Promise<boolean> {
  const text = await readFile('/sys/module/apparmor/parameters/enabled', 'utf8').catch(() => '');
  return text.startsWith('Y');
}
