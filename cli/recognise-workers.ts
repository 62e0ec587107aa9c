/** Many files, on all cores: each thread takes a few at a time, and what they find is put together in the order of the files. */
import { availableParallelism } from 'node:os';
import { parentPort, Worker } from 'node:worker_threads';
import { recogniseFiles, type Recognised } from './recognise';
import { readSibling, readText } from './recognise-access';

/** Fewer are read before a thread has started. */
const MIN_FILES = 80;
const MAX_THREADS = 8;
/** Files differ much in what they cost: small portions end together. */
const PORTION = 8;

interface Task {
  index: number;
  files: string[];
}

interface Done {
  index: number;
  result: Recognised;
}

const read = (files: readonly string[]): Recognised => recogniseFiles(files, readText, readSibling);

/** `progress` is told how many more files have been read. `script`: this program, which in a thread calls `serve`. */
export async function recogniseAll(files: readonly string[], progress: (count: number) => void, script: string): Promise<Recognised> {
  const tasks: Task[] = [];
  for (let i = 0; i < files.length; i += PORTION) tasks.push({ index: tasks.length, files: files.slice(i, i + PORTION) });
  const results: Recognised[] = [];
  const threads = files.length < MIN_FILES ? 1 : Math.min(MAX_THREADS, availableParallelism());
  if (threads < 2) {
    for (const { files: some } of tasks) {
      results.push(read(some));
      progress(some.length);
    }
  } else {
    let next = 0;
    await Promise.all(Array.from({ length: threads }, () => new Promise<void>((resolve, reject) => {
      const worker = new Worker(script);
      const give = () => {
        if (next < tasks.length) worker.postMessage(tasks[next++]);
        else void worker.terminate();
      };
      worker.on('online', give);
      worker.on('message', ({ index, result }: Done) => {
        results[index] = result;
        progress(tasks[index].files.length);
        give();
      });
      worker.on('error', reject);
      worker.on('exit', () => resolve());
    })));
  }
  return { findings: results.flatMap((r) => r.findings), problems: results.flatMap((r) => r.problems) };
}

/** What a thread does: it answers each portion. */
export function serve(): void {
  parentPort?.on('message', ({ index, files }: Task) => {
    parentPort?.postMessage({ index, result: read(files) } satisfies Done);
  });
}
