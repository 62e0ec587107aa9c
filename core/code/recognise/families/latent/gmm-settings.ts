/** What the structure of a mixture tells: how many components, and of which covariance. */
import type { Settings, FileView, Place } from '../family';
import { agreed, underName, type Told } from '../../training/agree';
import { argumentOf, plain } from '../../training/survey';
import { turnsOf } from '../../training/optimise';
import { walkExpressions, type Expr } from '../../../parse/ast';

export function settingsOfGmm(view: FileView, place: Place): Settings {
  const { tolerance, turns } = stopOf(view);
  return { components: componentsOf(view, place) ?? sharesOf(view), maxIterations: iterationsOf(view) ?? turns, tolerance };
}

/** Turns of the loop in which the file's steps are called: `for i in range(100): r = e_step(x); m_step(x, r)`. */
function iterationsOf(view: FileView): Told<number> | undefined {
  const steps = view.survey.calls.filter((s) => /e_?step|m_?step|expect|maximi[sz]/i.test(s.name) && !/optim|Opt/.test(s.path) && s.loops.length === 1);
  return agreed(steps.map((s) => {
    const [loop] = s.loops;
    if (loop.kind !== 'for' || loop.iterable.kind !== 'call') return null;
    const c = view.constants.number(argumentOf(loop.iterable, loop.iterable.args.length > 1 ? 1 : 0));
    return c && Number.isInteger(c.value) && c.value > 1 ? { value: c.value, source: underName(c.source, 'iterations') } : null;
  }));
}

/** Where it stops: `if abs(ll - before) < 1e-5: break`, and the one loop around that. */
function stopOf(view: FileView): { tolerance?: Told<number>; turns?: Told<number> } {
  const limits: (Told<number> | null)[] = [];
  const differences = new Set<Expr>();
  walkExpressions(view.m.body, (e) => {
    if (e.kind !== 'compare' || !/^<=?$/.test(e.op) || e.left.kind !== 'call') return;
    const [inner] = e.left.args;
    const f = e.left.callee.kind === 'attribute' || e.left.callee.kind === 'name' ? e.left.callee.name : '';
    if (!/^f?abs$/.test(f) || inner?.value.kind !== 'binary' || inner.value.op !== '-') return;
    const c = view.constants.number(e.right);
    limits.push(c && c.value > 0 && c.value < 1 ? { value: c.value, source: underName(c.source, 'tolerance') } : null);
    differences.add(e.left);
  });
  const loops = view.survey.calls.filter((s) => differences.has(s.call) && s.loops.length === 1);
  return { tolerance: agreed(limits), turns: loops.length === 1 ? (turnsOf(loops[0].loops[0], view.constants) ?? undefined) : undefined };
}

/** Components begin with equal weights: `weight: 1 / K`. */
function sharesOf(view: FileView): Told<number> | undefined {
  return agreed(view.survey.settings.filter((s) => /^(share|weights?|pi|priors?|mix|phi|mixing\w*|coef\w*)$/.test(plain(s.name))).flatMap(({ value: e }) => {
    if (e.kind !== 'binary' || e.op !== '/' || e.left.kind !== 'number' || e.left.value !== 1) return [];
    const c = view.constants.number(e.right);
    return c && Number.isInteger(c.value) && c.value > 1 ? [{ value: c.value, source: underName(c.source, 'components') }] : [];
  }));
}

/** Of the categorical distribution: `Categorical(torch.ones(5))`. */
function componentsOf(view: FileView, place: Place): Told<number> | undefined {
  const sites = view.survey.calls.filter((s) => s.name === 'Categorical' && (!place.definition || s.definitions.includes(place.definition)));
  return agreed(sites.flatMap((s) => {
    const inner = argumentOf(s.call, 0, 'probs', 'logits');
    if (inner?.kind !== 'call') return [];
    const c = view.constants.number(inner.args[0]?.value);
    return c && Number.isInteger(c.value) && c.value > 1 ? [{ value: c.value, source: underName(c.source, 'components') }] : [];
  }));
}
