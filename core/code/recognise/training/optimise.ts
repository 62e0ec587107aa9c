/** Learning rate, averaging, batch size and length of the training. */
import type { Expr, FunctionDefinition, Stmt } from '../../parse/ast';
import { subexpressions } from '../../parse/ast';
import type { Constants } from './constants';
import { agreed, writtenAs, type Told } from './agree';
import { isRelated, type Related } from './related';
import type { CallSite, Place, Survey } from './survey';
import { argumentOf, dotted, plain } from './survey';

const OPTIMISERS = /^(Adam|AdamW|Adamax|NAdam|RAdam|SGD|RMSprop|Adagrad|Lion|adam|adamw|adamax|sgd|rmsprop|adagrad|momentum|lion|FusedAdam|AdamW8bit|Adam8bit)$/;
/** Only where the library is known to be that. */
const OPTIMISER_PATH = /^torch\.optim\.|^optim\.|^optax\.|keras.*optimizers\.|^tf\.(train|optimizers)\.|^tfjs\.train\.|^bitsandbytes\.|^lion_pytorch\.|^(Adam|AdamW|SGD|RMSprop)$/;
const RATES = new Set(['lr', 'learningrate', 'trainlr', 'initlr', 'baselr', 'initiallr', 'lrinit']);
const BATCHES = new Set(['batch', 'bs', 'batchsize', 'trainbatchsize', 'minibatchsize', 'batchsz', 'nbatch', 'trainbs']);
const DECAYS = new Set(['emadecay', 'emabeta', 'emarate', 'emamomentum', 'emamu']);
const STEPS = new Set(['trainsteps', 'trainnumsteps', 'numtrainsteps', 'ntrainsteps', 'maxtrainsteps', 'trainingsteps', 'numtrainingsteps', 'numiterations', 'niters', 'numiters', 'maxsteps', 'totalsteps']);
const FEW_TURNS = 10;
const EPOCHS = new Set(['epochs', 'numepochs', 'nepochs', 'nepoch', 'numepoch', 'maxepochs', 'numtrainepochs']);

export interface TrainingReading {
  learningRate?: Told<number>;
  emaDecay?: Told<number>;
  batchSize?: Told<number>;
  trainSteps?: Told<number>;
  epochs?: Told<number>;
}

export function readOptimisation(file: Survey, constants: Constants, related: Related, dataCalls: readonly CallSite[]): TrainingReading {
  const named = (words: ReadonlySet<string>, fits: (x: number) => boolean) => namedSetting(file, constants, words, fits, related);
  const positive = (x: number) => Number.isFinite(x) && x > 0;
  const count = (x: number) => Number.isInteger(x) && x > 0;
  const rates = optimisers(file, constants, related);
  const averages = averaging(file, constants);
  const batches = batchesOf(file, constants, related, dataCalls);
  const length = lengthOf(file, constants, related);
  const rate = rates ? agreed(rates) : named(RATES, (x) => positive(x) && x < 10);
  const decay = averages ? agreed(averages) : named(DECAYS, (x) => x > 0 && x < 1);
  const batch = batches ? agreed(batches) : named(BATCHES, count);
  return {
    learningRate: rate && rate.value > 0 && rate.value < 10 ? rate : undefined,
    emaDecay: decay && decay.value > 0 && decay.value < 1 ? decay : undefined,
    batchSize: batch && count(batch.value) ? batch : undefined,
    ...(length ?? { trainSteps: named(STEPS, count), epochs: named(EPOCHS, count) }),
  };
}

/** Is this part of the file about another model, or about no training? */
function elsewhere(place: Place, related: Related): boolean {
  return place.definitions.some((d) => !related.classes.has(d.name) && (related.foreign.test(d.name) || related.idle.test(d.name)));
}

/** Rates of the optimisers of the model's own parameters; of unknown parameters where none is known to be its own. Null: no optimiser. */
function optimisers(file: Survey, constants: Constants, related: Related): (Told<number> | null)[] | null {
  const tiers: (Told<number> | null)[][] = [[], []];
  for (const site of file.calls) {
    if (!OPTIMISERS.test(site.name) || !OPTIMISER_PATH.test(site.path) || file.classes.has(site.name) || file.functions.has(site.name)) continue;
    const belongs = ownership(site, constants, related);
    if (belongs === false) continue;
    const torch = /^(torch|optim|bits|lion)|^[A-Z]/.test(site.path);
    const e = argumentOf(site.call, torch ? 1 : 0, 'lr', 'learning_rate', 'learningRate');
    const library = !e && !site.call.args.some((a) => a.star > 0) && /^Adam(W)?$/.test(site.name) && torch;
    const value = library ? { value: 1e-3, source: { span: site.call, origin: 'library' as const, name: 'lr' } } : constants.told(e, 'lr');
    tiers[belongs ? 0 : 1].push(value);
  }
  return tiers[0].length > 0 ? tiers[0] : tiers[1].length > 0 ? tiers[1] : null;
}

/** Does it optimise the model's networks? null where that cannot be told. */
function ownership(site: CallSite, constants: Constants, related: Related): boolean | null {
  const objects: Expr[] = [];
  const collect = (e: Expr): void => {
    if (e.kind === 'call' && e.callee.kind === 'attribute' && /^(named_)?parameters$/.test(e.callee.name)) objects.push(e.callee.object);
    else subexpressions(e).forEach(collect);
  };
  site.call.args.forEach((a) => { collect(a.value); });
  let known = false;
  for (const object of objects) {
    const values = constants.values(object);
    const belongs = values.map((v) => isRelated(v, related));
    if (belongs.includes(true)) return true;
    // Another class of this file, where the model's own network is known.
    if (values.length > 0 && values.every((v) => v.kind === 'instance')) known = true;
  }
  if (known && (related.networks.size > 0 || related.calls.length > 0)) return false;
  if (objects.some((o) => related.foreign.test(dotted(o) ?? '')) || related.foreign.test(site.holder) || elsewhere(site, related)) return false;
  return null;
}

/** Position of the decay in what the libraries call an average: ema_pytorch, torch_ema, diffusers, torch.optim.swa_utils. */
const AVERAGES: Readonly<Record<string, number>> = { EMA: -1, ExponentialMovingAverage: 1, EMAModel: 1, ModelEma: 1, ModelEmaV2: 1, get_ema_multi_avg_fn: 0, get_ema_avg_fn: 0 };
const DECAY_WORD = /^(ema_?)?(decay|beta|mu|alpha|rate|momentum|gamma)$/i;

function averaging(file: Survey, constants: Constants): (Told<number> | null)[] | null {
  const out: (Told<number> | null)[] = [];
  for (const site of file.calls) {
    // Behind a switch (`if args.use_ema`) that is off or open.
    if (site.tests.some((t) => mentionsEma(t) && constants.of(t)?.value !== true)) continue;
    const own = file.classes.get(site.name);
    if (own && /ema|movingaverage/i.test(plain(own.name))) {
      // What the class was given, or its default.
      const init = own.body.find((s): s is FunctionDefinition => s.kind === 'function' && s.name === '__init__');
      const p = init?.params.find((x) => DECAY_WORD.test(x.name));
      const passed = p && init ? argumentOf(site.call, init.params.indexOf(p) - 1, p.name) : undefined;
      if (p) out.push(passed ? constants.told(passed, p.name) : constants.told(p.default, p.name));
    } else if (!own && Object.hasOwn(AVERAGES, site.name)) {
      const e = argumentOf(site.call, AVERAGES[site.name], 'decay', 'beta', 'mu', 'ema_decay');
      if (e) out.push(constants.told(e, 'decay'));
    }
  }
  return out.length > 0 ? out : null;
}

function mentionsEma(test: Expr): boolean {
  return ((test.kind === 'name' || test.kind === 'attribute') && /ema/i.test(test.name)) || subexpressions(test).some(mentionsEma);
}

/** What is drawn for one step: the loader's batch, or n of the data function in the training loop. */
function batchesOf(file: Survey, constants: Constants, related: Related, dataCalls: readonly CallSite[]): (Told<number> | null)[] | null {
  const out: (Told<number> | null)[] = [];
  for (const site of file.calls) {
    if (related.idle.test(site.holder) || elsewhere(site, related)) continue;
    if (site.name === 'DataLoader') {
      const e = argumentOf(site.call, 1, 'batch_size');
      if (e) out.push(constants.told(e, 'batch_size'));
    } else if (site.name === 'batch' && site.path !== 'batch' && /data|^\./i.test(site.path) && site.call.args.length > 0) out.push(constants.told(site.call.args[0].value, 'batch'));
  }
  if (out.length > 0) return out;
  const loops = new Set(trainingSteps(file, related).flatMap((s) => s.loops));
  for (const site of dataCalls) {
    if (!site.loops.some((l) => loops.has(l))) continue;
    const e = argumentOf(site.call, 0, 'n', 'n_samples', 'batch_size', 'batch', 'size', 'num_samples');
    if (e) out.push(constants.told(e, 'n'));
  }
  return out.length > 0 ? out : null;
}

/** Calls that stand for one step of training: `optimiser.step()`, else `loss.backward()`, else TensorFlow's. */
function trainingSteps(file: Survey, related: Related): CallSite[] {
  const inside = (s: CallSite) => s.loops.length > 0;
  const calls = file.calls.filter((s) => !s.definitions.some((d) => related.foreign.test(d.name)));
  const steps = calls.filter((s) => s.name === 'step' && s.call.args.length === 0 && /opt/i.test(s.path));
  const updates = calls.filter((s) => /^(backward|minimize|apply_gradients|applyGradients|apply_updates|train_on_batch|trainOnBatch)$/.test(s.name));
  const marks = steps.length > 0 ? steps : updates.some(inside) ? updates : [...updates, ...sessionRuns(calls, updates)];
  // A step in a function of its own happens where that is called.
  return marks.flatMap((s) => {
    const f = s.definitions[s.definitions.length - 1];
    const around = f?.kind === 'function' ? calls.filter((c) => c.name === f.name && inside(c) && !c.definitions.includes(f)) : [];
    // One epoch in a function of its own, called in a loop over epochs.
    if (s.loops.length === 1 && isOverData(s.loops[0]) && around.length > 0 && around.every((c) => c.loops.length === 1)) return around.map((c) => ({ ...s, loops: [c.loops[0], s.loops[0]] }));
    return inside(s) ? [s] : around;
  });
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** `for batch in loader`: no count of steps. */
function isOverData(loop: Place['loops'][number]): boolean {
  if (loop.kind !== 'for') return false;
  let e = loop.iterable;
  while (e.kind === 'call' && /^(tqdm|enumerate|track)$/.test((dotted(e.callee) ?? '').split('.').pop()!) && e.args.length > 0) e = e.args[0].value;
  return !(e.kind === 'call' && /^(x?range|trange|<range>|zip)$/.test(dotted(e.callee) ?? ''));
}

/** TensorFlow 1: `sess.run([loss, train_op])` with what `minimize` gave, by itself or through a function of the file. */
function sessionRuns(calls: readonly CallSite[], updates: readonly CallSite[]): CallSite[] {
  const made = updates.flatMap((s) => {
    const f = s.definitions[s.definitions.length - 1];
    return [s, ...(f ? calls.filter((c) => c.name === f.name) : [])];
  });
  const names = new Set(made.map((s) => lastOf(s.holder)).filter((n) => n !== ''));
  if (names.size === 0) return [];
  const mentions = (e: Expr): boolean => names.has(lastOf(dotted(e) ?? '')) || subexpressions(e).some(mentions);
  return calls.filter((s) => s.name === 'run' && s.loops.length > 0 && s.call.args[0] && mentions(s.call.args[0].value));
}

/** Turns of the training loop: of the outer of two, epochs. Null where no such loop is seen. */
function lengthOf(file: Survey, constants: Constants, related: Related): Pick<TrainingReading, 'trainSteps' | 'epochs'> | null {
  const steps = trainingSteps(file, related).filter((s) => !elsewhere(s, related));
  if (steps.length === 0) return null;
  const turns = (s: CallSite) => turnsOf(s.loops[0], constants);
  const depths = steps.map((s) => depthOf(s, constants));
  if (depths.every((d) => d === 1)) return { trainSteps: agreed(steps.map(turns)) };
  if (!depths.every((d) => d === 2)) return {};
  // `while it < n`, where the inner loop counts: steps, however often the data is gone through.
  const counted = steps.every((s) => { const [outer, inner] = s.loops; return outer.kind === 'while' && outer.test.kind === 'compare' && counts(inner.body, dotted(outer.test.left)); });
  return { [counted ? 'trainSteps' : 'epochs']: agreed(steps.map(turns)) };
}

/** Loops around a step, without those of a few turns inside: several steps of one network for each of another are no epochs. */
function depthOf(s: CallSite, constants: Constants): number {
  let depth = s.loops.length;
  while (depth > 1 && (turnsOf(s.loops[depth - 1], constants)?.value ?? Infinity) <= FEW_TURNS) depth--;
  return depth;
}

function counts(body: readonly Stmt[], name: string | null): boolean {
  return name !== null && body.some((s) => s.kind === 'augmented' && s.op.startsWith('+') && dotted(s.target) === name);
}

/** How often a loop turns, where it counts. */
export function turnsOf(loop: CallSite['loops'][number], constants: Constants): Told<number> | null {
  if (loop.kind === 'while') {
    const { test } = loop;
    return test.kind === 'compare' && test.op === '<' ? constants.told(test.right, dotted(test.right) ?? 'steps') : null;
  }
  let e = loop.iterable;
  // `tqdm(range(n))`, `enumerate(range(n))`.
  for (let inner: Expr | undefined = e; inner; ) {
    e = inner;
    const name: string = e.kind === 'call' ? ((dotted(e.callee) ?? '').split('.').pop() ?? '') : '';
    inner = e.kind !== 'call' || e.args.length === 0 ? undefined : /^(tqdm|enumerate|track)$/.test(name) ? e.args[0].value
      // `zip(range(n), batches)`: as long as it counts.
      : name === 'zip' ? e.args.map((a) => a.value).find((a) => a.kind === 'call' && /^(x?range|trange)$/.test(dotted(a.callee) ?? '')) : undefined;
  }
  if (e.kind !== 'call' || !/^(x?range|trange|<range>)$/.test(dotted(e.callee) ?? '')) return null;
  const [a, b, c] = e.args.map((x) => x.value);
  if (c || !a) return javascriptRange(a, b, c, constants);
  const [start, stop] = b ? [constants.number(a)?.value, b] : [0, a];
  const target = loop.target.kind === 'name' ? loop.target.name : loop.target.kind === 'sequence' && loop.target.items[0]?.kind === 'name' ? loop.target.items[0].name : 'steps';
  // `range(n + 1)` with a number that has a name: n is what was chosen.
  if (start === 0) return constants.told(stop.kind === 'binary' && stop.op === '+' && dotted(stop.left) !== null && constants.number(stop.right)?.value === 1 ? stop.left : stop, target);
  // `range(1, n + 1)`
  if (start === 1 && stop.kind === 'binary' && stop.op === '+' && constants.number(stop.right)?.value === 1) return constants.told(stop.left, target);
  // `range(1, epochs)`: what was chosen is the number that has a name.
  if (start === 1 && dotted(stop) !== null) return constants.told(stop, target);
  const end = constants.number(stop);
  return end && start !== undefined ? { value: end.value - start, source: { ...end.source, origin: 'folded', name: target } } : null;
}

/** A counting `for` was lowered to a range of three. */
function javascriptRange(a: Expr | undefined, b: Expr | undefined, c: Expr | undefined, constants: Constants): Told<number> | null {
  if (!a || !b || !c || constants.number(a)?.value !== 0 || constants.number(c)?.value !== 1) return null;
  return constants.told(b, 'steps');
}

/** Is it passed to a function of the file that is given other numbers elsewhere? */
export function differs(file: Survey, constants: Constants, s: { name: string; callee: string }): boolean {
  const p = file.functions.get(s.callee)?.params.find((x) => x.name === s.name);
  if (!p) return false;
  const seen = constants.values({ kind: 'name', name: p.name, from: p.from, to: p.to }).flatMap((v) => (v.kind === 'number' ? [v.value] : []));
  return new Set(seen).size > 1;
}

/** A name alone tells, where nothing shows the setting at work: what is passed or assigned, else defaults of parameters. */
export function namedSetting(file: Survey, constants: Constants, words: ReadonlySet<string>, fits: (x: number) => boolean, related: Related): Told<number> | undefined {
  const settings = file.settings.filter((s) => words.has(plain(s.name)) && !differs(file, constants, s) && !elsewhere(s, related) && !related.foreign.test(s.callee) && !related.idle.test(s.callee));
  const fitting = (e: Expr | undefined, name: string, origin: 'default' | 'config' | null) => {
    const c = constants.told(e, name);
    // Under its own name it may be something else: `batch_size=n_images`.
    return c && fits(c.value) && words.has(plain(c.source.name)) ? [writtenAs(c, origin)] : [];
  };
  const explicit = settings.flatMap((s) => fitting(s.value, s.name, s.option ? 'config' : null));
  if (explicit.length > 0) return agreed(explicit);
  return agreed(file.parameters.filter((s) => words.has(plain(s.parameter.name)) && !elsewhere(s, related)).flatMap(({ parameter: p }) => fitting(p.default, p.name, 'default')));
}
