/** Settings of the training around a model of any family: how fast, how much at a time, how long, with which optimiser. */
import type { Expr } from '../../parse/ast';
import type { HyperparameterKey } from '../../types';
import { agreed, underName, type Told } from '../training/agree';
import { readOptimisation, turnsOf } from '../training/optimise';
import { idleIn, type Related } from '../training/related';
import { dataCallsOf } from '../training/data';
import { argumentOf, dotted, plain, type CallSite } from '../training/survey';
import { compiledWith, fittedBy } from './fitted';
import type { Family, FileView, Place, Settings } from './family';
import { count, positive, readNamed, type NamedRule } from './named';

/** Other models than the one that is read for; a family adds its own. */
const NOTHING = /(?!)/;

export const RULES: readonly NamedRule[] = [
  { key: 'batchSize', names: ['batchsize', 'bs', 'batchsz', 'minibatchsize', 'trainbatchsize', 'nbatch', 'batchsizetrain', 'sizebatch', 'mbsize', 'batch', 'trainbs', 'mb', 'minibatch', 'batches', 'nseqs', 'numseqs'], fits: count(1_000_000) },
  { key: 'learningRate', names: ['lr', 'learningrate', 'initlr', 'initiallr', 'baselr', 'trainlr', 'learnrate', 'initlearningrate', 'lrate', 'etalr'], fits: positive(10) },
  { key: 'epochs', names: ['epochs', 'numepochs', 'nepochs', 'nepoch', 'numepoch', 'maxepochs', 'maxepoch', 'numtrainepochs', 'trainepochs', 'epoch', 'niter', 'trainingepochs', 'totalepochs', 'epochsize', 'totepochs'], fits: count() },
  { key: 'trainSteps', names: ['trainsteps', 'trainingsteps', 'numtrainsteps', 'maxsteps', 'maxiters', 'maxiter', 'numiters', 'niters', 'numiterations', 'iterations', 'trainiters', 'totalsteps', 'numupdates', 'maxiterations', 'totalstep', 'maxstep', 'totaliters', 'totaliterations'], fits: count() },
];

export const OPTIMISERS = /^(Adam|AdamW|Adamax|NAdam|Nadam|RAdam|SGD|RMSprop|RMSProp|Adagrad|Adadelta|Lion|LBFGS|adam|adamw|adamax|sgd|rmsprop|adagrad|momentum|lion|adadelta|nadam|AdamOptimizer|RMSPropOptimizer|GradientDescentOptimizer|AdagradOptimizer|MomentumOptimizer|AdadeltaOptimizer)$/;
const WORDS: Readonly<Record<string, string>> = { gradientdescent: 'sgd' };

export function readTraining(view: FileView, family: Family, place: Place): Settings {
  const own = new Set(place.definition ? [place.definition.name] : []);
  for (const s of view.survey.calls) if (place.definition && s.definitions.includes(place.definition) && view.survey.classes.has(s.name)) own.add(s.name);
  const related: Related = { classes: own, networks: new Set(), calls: [], foreign: family.foreign ?? NOTHING, idle: idleIn(view.survey), after: place.definition?.kind === 'class' ? place.definition.from : 0 };
  const out: Settings = { ...readOptimisation(view.survey, view.constants, related, dataCallsOf(view.survey)), ...fittedBy(view, place) };
  for (const rule of RULES) {
    if (out[rule.key]) continue;
    if (rule.key === 'trainSteps' && out.epochs) continue;
    const told = readNamed(view, place, rule, family.foreign);
    // One number counts either epochs or steps.
    if (told && !(rule.key === 'epochs' && out.trainSteps?.value === told.value)) out[rule.key] = told;
  }
  // A batch of one in some branch: how the model samples.
  const single = out.batchSize;
  if (single?.value === 1 && view.survey.settings.some((s) => s.tests.length > 0 && s.value.from === single.source.span.from)) delete out.batchSize;
  // What the training is given counts more than what a sampling script calls its batch.
  out.batchSize = fitted(view, family) ?? out.batchSize;
  const calls = fitArguments(view);
  for (const key of ['batchSize', 'epochs'] as const) out[key] ??= calls[key];
  out.batchSize ??= splits(view, family);
  if (!out.trainSteps) out.epochs ??= epochLoops(view, family);
  const compiled = compiledWith(view, place);
  if (compiled) Object.assign(out, { learningRate: undefined }, compiled);
  else {
    out.optimizer ??= optimiser(view, family);
    out.adamBeta1 ??= firstBeta(view, family);
    out.learningRate ??= rate(view, family);
  }
  // `max_steps = 2**32`: as long as one likes.
  if (Number(out.trainSteps?.value) >= 2 ** 31 - 1) delete out.trainSteps;
  // A loop that counts epochs, with one step each.
  if (out.trainSteps && /epoch/i.test(out.trainSteps.source.name)) {
    out.epochs ??= out.trainSteps;
    delete out.trainSteps;
  }
  return out;
}

/** `for index in permutation.split(64)` around a step of training. */
function splits(view: FileView, family: Family): Told<number> | undefined {
  const loops = new Set(view.survey.calls.filter((s) => /^(step|backward|minimize)$/.test(s.name) && !s.definitions.some((d) => family.foreign?.test(d.name) === true || idleIn(view.survey).test(d.name))).flatMap((s) => s.loops));
  return agreed([...loops].flatMap((l) => {
    const e = l.kind === 'for' ? l.iterable : undefined;
    if (e?.kind !== 'call' || e.callee.kind !== 'attribute' || e.callee.name !== 'split') return [];
    const c = view.constants.number(e.args[e.callee.object.kind === 'name' && e.callee.object.name === 'torch' ? 1 : 0]?.value);
    return c && Number.isInteger(c.value) && c.value > 0 ? [{ value: c.value, source: underName(c.source, 'split') }] : [];
  }));
}

/** `for epoch in range(30)`: what is done in it may be written in any way. */
function epochLoops(view: FileView, family: Family): Told<number> | undefined {
  const loops = new Set(view.survey.calls.filter((s) => !s.definitions.some((d) => family.foreign?.test(d.name) === true || idleIn(view.survey).test(d.name))).flatMap((s) => s.loops));
  return agreed([...loops].flatMap((l) => (l.kind === 'for' && l.target.kind === 'name' && /^_?(i_?|n_?|cur_?)?epochs?(_?(i|idx|num|no|count|number))?$|^ep$/i.test(l.target.name) ? [turnsOf(l, view.constants)] : [])));
}

/** TensorFlow's and Keras' optimisers by their other names: `tf.train.AdamOptimizer(0.001)`, `Nadam(learning_rate=…)`. */
function rate(view: FileView, family: Family): Told<number> | undefined {
  const told = optimiserCalls(view, family).flatMap((s) => {
    const torch = /^(torch|optim)\b/.test(s.path);
    const c = view.constants.number(argumentOf(s.call, torch ? 1 : 0, 'learning_rate', 'lr', 'learningRate'));
    // TensorFlow's and Keras' default, as PyTorch's.
    const bare = /^Adam(Optimizer)?$/.test(s.name) && !torch && /^(tf|tensorflow|keras|optimizers)\b|^Adam$/.test(s.path) && view.framework !== 'pytorch' && !s.call.args.some((a) => a.star > 0 || a.name === undefined || /^(lr|learning_?rate)$/i.test(a.name));
    if (bare) return [{ value: 1e-3, source: { span: s.call, origin: 'library' as const, name: 'learning_rate' } }];
    return c && c.value > 0 && c.value < 10 ? [{ value: c.value, source: underName(c.source, 'learning_rate') }] : [];
  });
  return agreed(told);
}

/** β₁ where it is written: `betas=(0.5, 0.999)`, `beta_1=0.5`, `b1=0.5`. */
function firstBeta(view: FileView, family: Family): Told<number> | undefined {
  return agreed(optimiserCalls(view, family).filter((s) => /adam/i.test(s.name)).flatMap((s) => {
    const e = argumentOf(s.call, -1, 'betas', 'beta1', 'beta_1', 'b1');
    const c = view.constants.number(e?.kind === 'sequence' ? e.items[0] : e);
    return c && c.value >= 0 && c.value < 1 ? [{ value: c.value, source: underName(c.source, 'beta1') }] : [];
  }));
}

function optimiserCalls(view: FileView, family: Family): CallSite[] {
  const { calls, classes, functions } = view.survey;
  return calls.filter((s) => OPTIMISERS.test(s.name) && !classes.has(s.name) && !functions.has(s.name) && !s.definitions.some((d) => family.foreign?.test(d.name)));
}

/** The one `batch_size` that Keras' `fit` is given. */
function fitted(view: FileView, family: Family): Told<number> | undefined {
  return agreed(view.survey.calls.filter((s) => (s.name === 'fit' || (/^(train|train_model|training)$/.test(s.name) && s.call.callee.kind === 'attribute')) && !s.definitions.some((d) => family.foreign?.test(d.name))).flatMap((s) => {
    const e = argumentOf(s.call, -1, 'batch_size', 'batchSize');
    const c = view.constants.number(e);
    return c && Number.isInteger(c.value) && c.value > 0 ? [{ value: c.value, source: underName(c.source, 'batch_size') }] : [];
  }));
}

/** Keras' `model.fit(x, x, batch_size=128, epochs=10)` and its relatives. */
function fitArguments(view: FileView): Partial<Record<HyperparameterKey, Told<number>>> {
  const out: Partial<Record<HyperparameterKey, Told<number>>> = {};
  for (const { call, name, path } of view.survey.calls) {
    if (!/^(fit|fit_generator|fitDataset|flow|next_batch|batch|train_on_batch)$/.test(name)) continue;
    for (const [key, ...words] of [['batchSize', 'batch_size', 'batchSize'], ['epochs', 'epochs', 'nb_epoch']] as const) {
      const c = view.constants.number(argumentOf(call, -1, ...words));
      if (c && !out[key]) out[key] = { value: c.value, source: underName(c.source, words[0]) };
    }
    // `mnist.train.next_batch(100)`, `dataset.batch(64)`.
    if ((name === 'next_batch' || name === 'batch') && !out.batchSize && call.args.length > 0 && !/\b(test|valid(ation)?|eval)\w*\.next_batch$/.test(path)) {
      const c = view.constants.number(call.args[0].value);
      if (c && Number.isInteger(c.value) && c.value > 0) out.batchSize = { value: c.value, source: underName(c.source, 'batch') };
    }
  }
  return out;
}

/** The one optimiser of the file, by its class or by its name in `compile(optimizer='adam')`. */
function optimiser(view: FileView, family: Family): Told<string> | undefined {
  const found = new Map<string, Told<string>>();
  const add = (name: string, told: Told<string>) => {
    const value = optimiserWord(name);
    found.set(value, { ...told, value });
  };
  const reference = (e: Expr) => {
    const name = dotted(e)?.split('.').pop();
    if (name && /^[A-Z]/.test(name) && OPTIMISERS.test(name) && !view.survey.classes.has(name)) add(name, { value: name, source: { span: e, origin: 'literal', name } });
  };
  for (const s of optimiserCalls(view, family)) {
    add(s.name, { value: s.name, source: { span: s.call.callee, origin: 'literal', name: s.name } });
  }
  for (const s of view.survey.settings) {
    if (plain(s.name) !== 'optimizer') continue;
    const c = view.constants.of(s.value);
    if (typeof c?.value === 'string' && OPTIMISERS.test(c.value)) add(c.value, { value: c.value, source: { ...c.source, name: c.source.name || s.name } });
  }
  // `opt_func=optim.Adam`, `partial(Adam, eps=1e-5)`: the class itself is handed over.
  for (const s of view.survey.settings) if (/^opt(im|imizer)?_?(func|fn|class|cls|type)?$/i.test(s.name)) reference(s.value);
  for (const s of view.survey.calls) if (s.name === 'partial' && s.call.args[0]) reference(s.call.args[0].value);
  // `model.compile('adam', 'mse')`.
  for (const s of view.survey.calls) {
    const first = s.name === 'compile' ? s.call.args[0] : undefined;
    const c = first && !first.name ? view.constants.of(first.value) : null;
    if (typeof c?.value === 'string' && OPTIMISERS.test(c.value)) add(c.value, { value: c.value, source: { ...c.source, name: c.source.name || 'optimizer' } });
  }
  return found.size === 1 ? [...found.values()][0] : undefined;
}

/** `RMSPropOptimizer` and `RMSprop` are "rmsprop". */
export function optimiserWord(name: string): string {
  const word = name.toLowerCase().replace(/optimizer$/, '');
  return WORDS[word] ?? word;
}
