import { open, rename, rm, stat, writeFile } from 'node:fs/promises';

/**
 * Writes a file whole or not at all (faults P5): temporary name beside it, flush, rename. The system's error passes, the temporary file
 * does not stay. A device or a pipe is written to as it is: a rename would put a file in its place.
 */
export async function replaceFile(path: string, text: string | AsyncIterable<string>): Promise<void> {
  if (await isSpecial(path)) return writeFile(path, text);
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(temporary, 'w');
    try {
      await writeFile(file, text);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function isSpecial(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && !found.isFile() && !found.isDirectory();
}
