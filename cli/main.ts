/** `marginalia`: results on stdout, everything else on stderr; exit codes 0 done, 1 failed, 2 wrong usage or input. */
import { isMainThread, workerData } from 'node:worker_threads';
import { version } from '../package.json';
import { derivations } from './derivations-command';
import { exportModel } from './export-command';
import { recognise } from './recognise-command';
import { serve } from './recognise-workers';
import { sample } from './sample-command';
import { train } from './train-command';
import { USAGE, UsageError } from './usage';
import { isVaeHelper, serveVae } from './vae-threads';

const COMMANDS: Record<string, (args: string[]) => Promise<number>> = { derivations, export: exportModel, recognise, recognize: recognise, sample, train };

async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(USAGE);
    return name === undefined ? 2 : 0;
  }
  if (name === '--version') {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new UsageError(`There is no command "${name}"; there are derivations, export, recognise, sample and train.`);
  return command(args);
}

// Set, not exit(): what is still in a pipe gets out first.
if (!isMainThread) (isVaeHelper(workerData) ? serveVae : serve)();
else main(process.argv.slice(2)).then(
  (code) => { process.exitCode = code; },
  (error: unknown) => {
    process.stderr.write(`marginalia: ${error instanceof Error ? error.message : String(error)}\n`);
    if (error instanceof UsageError) process.stderr.write('Run "marginalia --help" for the options.\n');
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);
