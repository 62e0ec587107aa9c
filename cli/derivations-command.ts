/** `marginalia derivations`: the list, or the proof that every line holds and every slip would be noticed. */
import { DERIVATIONS } from '../core/derivations';
import { verify, type Verification } from '../core/derivations/verify/verify';
import { parse } from './arguments';
import { UsageError } from './usage';

export function derivations(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, { verify: { type: 'boolean' }, json: { type: 'boolean' } });
  for (const id of positionals) if (!DERIVATIONS.some((d) => d.id === id)) throw new UsageError(`There is no derivation "${id}"; "marginalia derivations" lists them.`);
  const chosen = positionals.length === 0 ? DERIVATIONS : DERIVATIONS.filter(({ id }) => positionals.includes(id));
  if (!values.verify) {
    const list = chosen.map(({ id, title, source, after = [], steps }) => ({ id, title, source: `${source.paper}, ${source.equation}`, after, steps: steps.length }));
    const width = Math.max(...list.map(({ id }) => id.length));
    process.stdout.write(values.json ? `${JSON.stringify(list, null, 2)}\n` : list.map(({ id, title, steps }) => `${id.padEnd(width)}  ${title} (${steps} lines)\n`).join(''));
    return Promise.resolve(0);
  }
  const report = verify(chosen, () => performance.now() / 1000);
  process.stdout.write(values.json ? `${JSON.stringify({ ...report, seconds: Math.round(report.seconds * 10) / 10 }, null, 2)}\n` : written(report));
  return Promise.resolve(report.failed.length === 0 && report.mutants.survivors.length === 0 ? 0 : 1);
}

function written(r: Verification): string {
  const { killed, total, equivalent, survivors } = r.mutants;
  const lines = [
    `${r.derivations} derivations, ${r.steps} lines: ${r.numeric} numeric, ${r.beside} beside, ${r.definitions} definitions`,
    `largest residual ${r.worstResidual.toExponential(1)}`,
    `${total} mutants: ${killed} killed, ${equivalent} equivalent, ${survivors.length} survive`,
    ...r.failed.map((f) => `  does not hold: ${f.derivation} ${f.step}, ${f.label} (${f.case}): ${f.residual === null ? 'no number' : f.residual.toExponential(1)}`),
    ...survivors.map((s) => `  survives: ${s}`),
    `${r.seconds.toFixed(1)} s`,
  ];
  return `${lines.join('\n')}\n`;
}
