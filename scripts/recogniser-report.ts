/**
 * How much of the fixtures the reader finds, through the same code as the command line.
 *
 *   npm run recogniser:report                      a table by family and framework, and every miss
 *   npm run --silent recogniser:report -- --json   the figures alone
 *   npm run recogniser:report -- FOLDER            other fixtures than test/fixtures/code
 */
import { parseArgs } from 'node:util';
import { casesOf, score, type Count } from './lib/recogniser-score';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
const root = positionals[0] ?? 'test/fixtures/code';
const cases = casesOf(root);
const { all, blind, rows, misses, wrong } = score(root, cases);

if (values.json) {
  console.log(JSON.stringify({ ...all, blindHalf: blind }));
} else {
  const of = ({ found, total }: Count) => `${found} of ${total}`;
  const lines = [
    ['family', 'framework', 'models', 'hyper-parameters'],
    ...rows.map((r) => [r.family, r.framework, of(r.models), of(r.hyperparameters)]),
    ['all', '', of(all.families), of(all.hyperparameters)],
    ['blind half', '', of(blind.families), of(blind.hyperparameters)],
  ];
  const widths = lines[0].map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  console.log(lines.map((line) => line.map((text, i) => text.padEnd(widths[i])).join('  ').trimEnd()).join('\n'));
  console.log(`\nfalse lenses: ${all.falseLenses} (blind half: ${blind.falseLenses}) in ${cases.length} files, ${cases.filter((c) => c.expected.length === 0).length} of them to be silent`);
  const show = (x: unknown) => {
    const text = JSON.stringify(x) ?? 'nothing';
    return text.length > 160 ? `${text.slice(0, 157)}…` : text;
  };
  for (const { file, family, name, line } of wrong) console.log(`  false: ${file}:${line}: ${family} "${name}"`);
  if (misses.length > 0) console.log('\nmissed');
  for (const { file, family, key, expected, got } of misses) console.log(`  ${file}: ${key === null ? family : `${family}.${key}`}: expected ${show(expected)}, came ${show(got)}`);
}
