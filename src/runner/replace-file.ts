import { open, rename, rm, writeFile } from 'node:fs/promises';

/** Writes a file whole or not at all (faults P5): temporary name beside it, flush, rename. The system's error passes, the temporary file does not stay. */
export async function replaceFile(path: string, text: string | AsyncIterable<string>): Promise<void> {
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
