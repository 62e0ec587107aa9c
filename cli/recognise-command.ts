import { readFileSync } from 'node:fs';
import { parse } from './arguments';
import { recogniseFiles } from './recognise';
import { UsageError } from './usage';

/** `marginalia recognise FILE… [--json]` */
export async function recognise(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, { json: { type: 'boolean' } });
  if (positionals.length === 0) throw new UsageError('recognise wants at least one file.');
  const { findings, problems } = recogniseFiles(positionals, (file) => readFileSync(file, 'utf8'));
  for (const { file, message } of problems) process.stderr.write(`${file}: ${message}\n`);
  if (values.json) {
    process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  } else {
    for (const { file, line, family, name, framework, hyperparameters, evidence, notes } of findings) {
      process.stdout.write(`${file}:${line}: ${family} "${name}" (${framework})\n`);
      for (const [key, { value, line: at, origin }] of Object.entries(hyperparameters)) {
        const text = Array.isArray(value) ? `array of ${value.length}` : String(value);
        process.stdout.write(`  ${key} = ${text}  (${origin === 'library' ? 'library default' : `line ${at}${origin === 'literal' ? '' : `, ${origin}`}`})\n`);
      }
      for (const clause of [...evidence, ...notes]) process.stdout.write(`  · ${clause}\n`);
    }
    if (findings.length === 0 && problems.length === 0) process.stdout.write('No model was recognised.\n');
  }
  return problems.length > 0 ? 2 : 0;
}
