/** Settings of an energy-based model that its code tells. */
import type { Expr } from '../../../parse/ast';
import { agreed, type Told } from '../../training/agree';
import { argumentOf, dotted } from '../../training/survey';
import type { FileView, Place, Settings } from '../family';
import { langevinSteps, type LangevinStep } from './langevin';

export function energySettings(view: FileView, _place: Place): Settings {
  const steps = langevinSteps(view);
  const library = view.survey.calls.filter((s) => s.name === 'BernoulliRBM');
  const first = library[0];
  if (library.length === 1) {
    return { hiddenUnits: told(view, argumentOf(first.call, 0, 'n_components'), 'n_components'), learningRate: told(view, argumentOf(first.call, 1, 'learning_rate'), 'learning_rate'),
      batchSize: told(view, argumentOf(first.call, 2, 'batch_size'), 'batch_size'), epochs: told(view, argumentOf(first.call, 3, 'n_iter'), 'n_iter') };
  }
  return { langevinSteps: turnsOf(view, steps) };
}

function told(view: FileView, e: Expr | undefined, name: string): Told<number> | undefined {
  const c = view.constants.number(e);
  return c ? { value: c.value, source: c.source.name ? c.source : { ...c.source, name } } : undefined;
}

/** Turns of the loop around the step. */
function turnsOf(view: FileView, steps: readonly LangevinStep[]): Told<number> | undefined {
  return agreed(steps.flatMap(({ site }) => {
    const loop = site.loops[site.loops.length - 1];
    if (loop?.kind !== 'for') return [];
    let e = loop.iterable;
    while (e.kind === 'call' && /(^|\.)(tqdm|enumerate)$/.test(dotted(e.callee) ?? '') && e.args[0]) e = e.args[0].value;
    if (e.kind !== 'call' || !/^(range|trange|<range>)$/.test(dotted(e.callee) ?? '')) return [];
    const stop = e.args.length === 1 ? e.args[0].value : e.args.length === 3 ? e.args[1].value : undefined;
    const t = told(view, stop, 'steps');
    return t ? [t] : [];
  }));
}
