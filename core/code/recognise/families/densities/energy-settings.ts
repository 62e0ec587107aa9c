/** Settings of an energy-based model that its code tells. */
import type { Expr } from '../../../parse/ast';
import { subexpressions } from '../../../parse/ast';
import { agreed, underName, type Told } from '../../training/agree';
import { argumentOf, dotted, plain } from '../../training/survey';
import type { FileView, Place, Settings } from '../family';
import { count, nonNegative, positive, readNamed, type NamedRule } from '../named';
import { originsOf } from '../origins';
import { langevinSteps, NOISE, type LangevinStep } from './langevin';

/** Of Langevin dynamics, only where a network is sampled by it. */
const LANGEVIN: readonly NamedRule[] = [
  { key: 'langevinSteps', names: ['langevinsteps', 'nlangevin', 'mcmcsteps', 'nmcmcsteps', 'numlangevinsteps', 'ldsteps', 'sgldsteps', 'nstepslangevin', 'numlangevin', 'samplestep', 'samplesteps', 'lsteps', 'nsgld', 'mcmciters', 'nummcmcsteps', 'stepssampling', 'nldsteps', 'nsgldsteps', 'numstepssampling', 'sgldnsteps'], fits: count(100_000) },
  { key: 'langevinStepSize', names: ['langevinstepsize', 'steplr', 'sgldlr', 'ldstepsize', 'mcmcstepsize', 'langevinlr', 'stepsize', 'sgldstepsize', 'steplength', 'samplestepsize', 'langevineps', 'sglddelta', 'stepsz', 'stepsizelangevin'], fits: positive(1e5) },
  { key: 'langevinNoise', names: ['langevinnoise', 'sgldstd', 'noisescale', 'langevinnoisestd', 'noiseld', 'sgldnoise', 'ldnoise', 'mcmcnoise', 'langevinnoisescale', 'stepnoise', 'noisemag', 'langevinstd'], fits: nonNegative(100) },
];
/** Said of the step's own function only. */
const OWN: Readonly<Record<string, RegExp>> = {
  langevinSteps: /^(n_?steps?|num_?steps?|steps?|k|l|iterations|n_?iters?|max_?steps|eta_steps)$/i,
  langevinStepSize: /^(alpha|eps|epsilon|lr|lambd|eta|delta)$/i,
  langevinNoise: /^(noise(_?(std|sigma|level))?|sigma|std)$/i,
};
const GIBBS: NamedRule = { key: 'gibbsSteps', names: ['k', 'cdk', 'gibbssteps', 'ngibbs', 'cdsteps', 'gibbsiters', 'nsampling', 'numgibbs', 'gibbssamplingsteps', 'kstep', 'kcd', 'numgibbssteps', 'gibbsnum', 'cdkstep', 'ngibbssteps', 'numcd', 'contrastivedivergenceiter', 'ngibbssamplingsteps', 'numstepscd', 'gibbs', 'ncd'], fits: count(10_000) };

export function energySettings(view: FileView, place: Place): Settings {
  const steps = langevinSteps(view);
  const library = view.survey.calls.filter((s) => s.name === 'BernoulliRBM');
  const first = library[0];
  if (library.length === 1) {
    const passed = (position: number, name: string) => view.constants.told(argumentOf(first.call, position, name), name) ?? undefined;
    return { hiddenUnits: passed(0, 'n_components'), learningRate: passed(1, 'learning_rate'), batchSize: passed(2, 'batch_size'), epochs: passed(3, 'n_iter') };
  }
  const named = (rule: NamedRule) => readNamed(view, place, rule);
  if (steps.length === 0) return /boltzmann|rbm/i.test(view.text) ? { gibbsSteps: named(GIBBS) } : {};
  const out: Settings = { langevinSteps: turnsOf(view, steps) };
  out.langevinNoise = noiseOf(view, steps);
  out.langevinStepSize = sizeOf(view, steps);
  for (const rule of LANGEVIN) out[rule.key] ??= ownOf(view, steps, rule) ?? trainedWith(view, steps, rule) ?? named(rule);
  return out;
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
    const t = view.constants.told(stop, 'steps');
    return t ? [t] : [];
  }));
}

/** Parameters of the functions that the steps stand in. */
function ownOf(view: FileView, steps: readonly LangevinStep[], rule: NamedRule): Told<number> | undefined {
  return agreed(steps.flatMap(({ site }) => {
    const f = site.definitions[site.definitions.length - 1];
    const p = f?.kind === 'function' ? (f.params.find((x) => rule.names.includes(plain(x.name))) ?? f.params.find((x) => OWN[rule.key].test(x.name))) : undefined;
    if (!p) return [];
    const seen = view.constants.parameter(p);
    const t = typeof seen?.value === 'number' ? { value: seen.value, source: underName(seen.source, p.name) } : view.constants.told(p.default, p.name);
    return t && rule.fits(t.value) ? [t] : [];
  }));
}

/** Where samplers and pictures take other numbers than the training does: what the training passes by name. */
function trainedWith(view: FileView, steps: readonly LangevinStep[], rule: NamedRule): Told<number> | undefined {
  const names = new Set(steps.flatMap(({ site }) => {
    const f = site.definitions.at(-1);
    return f?.kind === 'function' ? f.params.filter((p) => rule.names.includes(plain(p.name)) || OWN[rule.key].test(p.name)).map((p) => p.name) : [];
  }));
  return agreed(view.survey.settings.flatMap((s) => {
    if (!names.has(s.name) || s.callee === '' || !s.definitions.some((d) => d.kind === 'function' && /^_?(train|fit|learn|optimi[sz]e)/i.test(d.name))) return [];
    const t = view.constants.told(s.value, s.name);
    return t && rule.fits(t.value) ? [t] : [];
  }));
}

/** Changes in place where the step is. */
function inPlace(view: FileView, site: LangevinStep['site']): LangevinStep['site'][] {
  return view.survey.calls.filter((s) => /^(add_|sub_)$/.test(s.name) && s.definitions.at(-1) === site.definitions.at(-1) && s.loops.length > 0 && s.loops.some((l) => site.loops.includes(l)));
}

/** α of `x.data.add_(-α * gradient)`. */
function sizeOf(view: FileView, steps: readonly LangevinStep[]): Told<number> | undefined {
  return agreed(steps.flatMap(({ site }) => inPlace(view, site).flatMap((s) => {
    const e = s.call.args[0]?.value;
    if (s.call.args.length !== 1 || e.kind !== 'binary' || e.op !== '*' || e.right.kind === 'call' || e.left.kind === 'call') return [];
    const t = view.constants.told(e.left.kind === 'unary' && e.left.op === '-' ? e.left.operand : e.left, 'step size');
    return t && t.value > 0 ? [t] : [];
  })));
}

/** `noise.normal_(0, 0.005)`, `0.01 * randn_like(x)`, `tf.random.normal(shape, stddev=0.005)` where the step is. */
function noiseOf(view: FileView, steps: readonly LangevinStep[]): Told<number> | undefined {
  const out: Told<number>[] = [];
  for (const { site } of steps) {
    const f = site.definitions[site.definitions.length - 1];
    const near = (x: { definitions: readonly unknown[] }) => x.definitions[x.definitions.length - 1] === f;
    for (const s of view.survey.calls.filter((x) => near(x) && NOISE.test(x.name) && (x.loops.length > 0 || site.loops.length === 0))) {
      const e = s.name === 'normal_' ? argumentOf(s.call, 1, 'std') : argumentOf(s.call, -1, 'stddev', 'std', 'scale');
      const t = e && view.constants.told(e, 'noise');
      if (t) out.push(t);
    }
    const visit = (e: Expr): void => {
      if (e.kind === 'binary' && e.op === '*') for (const [a, b] of [[e.left, e.right], [e.right, e.left]] as const) {
        const t = b.kind === 'call' && /^(randn|randn_like|normal)$/.test(dotted(b.callee)?.split('.').pop() ?? '') ? view.constants.told(a, 'noise') : undefined;
        if (t) out.push(t);
      }
      subexpressions(e).forEach(visit);
    };
    for (const a of originsOf(view).results().filter(near)) visit(a.value);
    // `x.data.add_(randn_like(x) * c)`.
    for (const s of inPlace(view, site)) s.call.args.forEach((a) => { visit(a.value); });
  }
  return agreed(out.filter((t) => t.value > 0));
}
