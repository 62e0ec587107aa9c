/** What the structure of a mixture tells: how many components, and of which covariance. */
import type { Settings, FileView, Place } from '../family';
import { agreed, type Told } from '../../training/agree';
import { argumentOf } from '../../training/survey';

export function settingsOfGmm(view: FileView, place: Place): Settings {
  return { components: componentsOf(view, place), maxIterations: iterationsOf(view) };
}

/** Turns of the loop in which the file's steps are called: `for i in range(100): r = e_step(x); m_step(x, r)`. */
function iterationsOf(view: FileView): Told<number> | undefined {
  const steps = view.survey.calls.filter((s) => /e_?step|m_?step|expect|maximi[sz]/i.test(s.name) && !/optim|Opt/.test(s.path) && s.loops.length === 1);
  return agreed(steps.map((s) => {
    const [loop] = s.loops;
    if (loop.kind !== 'for' || loop.iterable.kind !== 'call') return null;
    const c = view.constants.number(argumentOf(loop.iterable, loop.iterable.args.length > 1 ? 1 : 0));
    return c && Number.isInteger(c.value) && c.value > 1 ? { value: c.value, source: c.source.name ? c.source : { ...c.source, name: 'iterations' } } : null;
  }));
}

/** Of the categorical distribution: `Categorical(torch.ones(5))`. */
function componentsOf(view: FileView, place: Place): Told<number> | undefined {
  const sites = view.survey.calls.filter((s) => s.name === 'Categorical' && (!place.definition || s.definitions.includes(place.definition)));
  return agreed(sites.flatMap((s) => {
    const inner = argumentOf(s.call, 0, 'probs', 'logits');
    if (inner?.kind !== 'call') return [];
    const c = view.constants.number(inner.args[0]?.value);
    return c && Number.isInteger(c.value) && c.value > 1 ? [{ value: c.value, source: c.source.name ? c.source : { ...c.source, name: 'components' } }] : [];
  }));
}
