import { parse } from './arguments';
import { block } from './recognise-print';
import { filesOf } from './recognise-walk';
import { recogniseAll } from './recognise-workers';
import { UsageError } from './usage';

/** `marginalia recognise PATH… [--json]` */
export async function recognise(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, { json: { type: 'boolean' } });
  if (positionals.length === 0) throw new UsageError('recognise wants at least one file or folder.');
  let failed = false;
  const complain = (file: string, message: string) => {
    failed = true;
    process.stderr.write(`${file}: ${message}\n`);
  };
  const files = filesOf(positionals, complain);
  const named = new Set(positionals);
  const progress = new Progress(files.length);
  const { findings, problems } = await recogniseAll(files, (count) => progress.add(count), __filename);
  progress.end();
  for (const { file, message } of problems) {
    // What a folder holds besides is told, but only what was asked for by name is a failure.
    if (named.has(file)) complain(file, message);
    else process.stderr.write(`${file}: ${message}\n`);
  }
  if (values.json) process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  else if (findings.length > 0) process.stdout.write(`${findings.map(block).join('\n\n')}\n`);
  else if (!failed) process.stdout.write(files.length === 1 ? 'No model was recognised.\n' : `No model was recognised in ${files.length} files.\n`);
  return failed ? 2 : 0;
}

/** On a terminal only: elsewhere it would fill a log. */
class Progress {
  private done = 0;
  private told = 0;

  constructor(private readonly total: number) {}

  add(count: number): void {
    this.done += count;
    const now = Date.now();
    if (!process.stderr.isTTY || this.total < 2 || now - this.told < 100) return;
    this.told = now;
    process.stderr.write(`\rreading ${this.done} of ${this.total} files`);
  }

  end(): void {
    if (this.told > 0) process.stderr.write('\r\x1b[K');
  }
}
