/** Results: one JSON value or a line each on stdout, files where they were asked for. */
import { open, rename, rm } from 'node:fs/promises';
import { UsageError } from './usage';

export function print(result: Record<string, unknown>, json: unknown): void {
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else for (const [key, value] of Object.entries(result)) process.stdout.write(`${key}: ${typeof value === 'number' ? Number(value.toPrecision(4)) : String(value)}\n`);
}

/** Before minutes of work: can the file be written? Leaves what is there as it is. */
export async function requireWritable(flag: string, file: string | undefined): Promise<void> {
  if (file === undefined) return;
  try {
    await (await open(file, 'r+')).close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unwritable(flag, error);
    try {
      await (await open(file, 'wx')).close();
      await rm(file);
    } catch (cause) {
      throw unwritable(flag, cause);
    }
  }
}

const unwritable = (flag: string, error: unknown) => new UsageError(`--${flag} cannot be written: ${(error as Error).message}`);

/** Whole or not at all: a program that is killed while it writes leaves the file before it. */
export async function replaceFile(file: string, bytes: Uint8Array): Promise<void> {
  const draft = `${file}.${process.pid}.part`;
  const handle = await open(draft, 'w');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}
