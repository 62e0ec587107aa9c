/** Two networks that are trained in turn: two sets of parameters, each with an optimiser, a gradient or a step of its own. */
import type { Expr } from '../../../parse/ast';
import { subexpressions } from '../../../parse/ast';
import { argumentOf, dotted, type CallSite } from '../../training/survey';
import type { FileView } from '../family';
import { originsOf } from '../origins';

export const OPTIMISERS = /^(Adam|AdamW|Adamax|NAdam|Nadam|RAdam|SGD|RMSprop|RMSProp|Adagrad|Adadelta|adam|adamw|adamax|sgd|rmsprop|adagrad|momentum|AdamOptimizer|RMSPropOptimizer|GradientDescentOptimizer|MomentumOptimizer|AdagradOptimizer|adabelief)$/;
const PARAMETERS = /^(named_)?parameters$|^(trainable_variables|trainable_weights|trainableVariables|trainableWeights|getWeights|get_weights|get_all_params|params)$/;

/** One part of the training, and whose parameters it changes. */
export interface Side {
  site: CallSite;
  /** Names of the networks or sets of variables. */
  of: readonly string[];
}

/** Evidence that two sets of parameters are trained apart; empty where there is one or none. */
export function sidesOf(view: FileView): Side[] {
  for (const found of [byParameters(view), byVariables(view), byTapes(view), byBatches(view), byStates(view), bySteps(view)]) {
    if (found.length < 2) continue;
    const [first] = found;
    if (found.some((s) => s.of.every((k) => !first.of.includes(k)))) return found;
  }
  return [];
}

/** `self.g_opt.step()` and `self.d_opt.step()`, each given to the class that trains: optimisers of another file. */
function bySteps(view: FileView): Side[] {
  const clears = new Set(view.survey.calls.filter((s) => s.name === 'zero_grad').map((s) => ownerOf(s)));
  return view.survey.calls.filter((s) => s.name === 'step' && s.call.args.length === 0).flatMap((site): Side[] => {
    const owner = ownerOf(site);
    return owner !== null && clears.has(owner) && /opt/i.test(owner) ? [{ site, of: [owner] }] : [];
  });
}

function ownerOf(s: CallSite): string | null {
  return s.call.callee.kind === 'attribute' ? dotted(s.call.callee.object) : null;
}

/** `Adam(G.parameters())`, `Adam(params=D.parameters())`, also through a variable. */
function byParameters(view: FileView): Side[] {
  const origins = originsOf(view);
  return view.survey.calls.filter((s) => OPTIMISERS.test(s.name) && !view.survey.classes.has(s.name)).flatMap((site) => {
    const direct = site.call.args.flatMap((a) => ownersIn(a.value));
    // Other arguments (`lr=hp['lr']` of an opened `args.params`) say nothing where the networks are named.
    const of = direct.length > 0 ? direct : origins.calls(site.call.args.map((a) => a.value), site, () => true).flatMap((s) => ownersIn(s.call));
    // `Adam(G_params)`: a list of its own.
    const list = of.length === 0 && site.call.args[0] ? dotted(site.call.args[0].value) : null;
    return of.length > 0 ? [{ site, of: [...new Set(of)] }] : list !== null && /param|vars|weights|theta/i.test(list) ? [{ site, of: [list] }] : [];
  });
}

/** Objects whose parameters are taken in an expression. */
export function ownersIn(e: Expr): string[] {
  if (e.kind === 'attribute' && PARAMETERS.test(e.name)) {
    const owner = dotted(itself(e.object));
    if (owner || e.object.kind !== 'call') return owner ? [owner] : [];
  }
  return (e.kind === 'call' ? [e.callee, ...e.args.map((a) => a.value)] : subexpressions(e)).flatMap(ownersIn);
}

/** `net.to(device)`, `net.cuda()`, `net.train()` are the network. */
function itself(e: Expr): Expr {
  return e.kind === 'call' && e.callee.kind === 'attribute' && /^(to|cuda|cpu|train|float|double|half|type|apply|eval)$/.test(e.callee.name) ? itself(e.callee.object) : e;
}

/** TensorFlow 1: `minimize(loss, var_list=d_vars)`; tfjs: `optimizer.minimize(f, true, vars)`; Theano: `updates.adam(loss, params)`. */
function byVariables(view: FileView): Side[] {
  return view.survey.calls.flatMap((site): Side[] => {
    if (site.name === 'minimize' || site.name === 'compute_gradients' || site.name === 'computeGradients') {
      const e = argumentOf(site.call, -1, 'var_list', 'varList', 'variables') ?? site.call.args[2]?.value ?? (site.call.args[1]?.value.kind === 'name' ? site.call.args[1].value : undefined);
      const of = e ? named(e) : null;
      // `def train_op(loss, var_list): … minimize(loss, var_list=var_list)`: each call of it trains what it is given.
      const passed = e?.kind === 'name' && /var|param|weight|theta/i.test(e.name) ? passedTo(view, site, e.name) : [];
      if (passed.length > 1) return passed;
      const optimiser = site.call.callee.kind === 'attribute' ? dotted(site.call.callee.object) : null;
      const key = of ?? optimiser;
      return key ? [{ site, of: [key] }] : [];
    }
    if (/updates\.(adam|rmsprop|sgd|momentum)$/i.test(site.path) && site.call.args[1]) return [{ site, of: [named(site.call.args[1].value) ?? String(site.call.from)] }];
    return [];
  });
}

/** What the function around `site` is given as `parameter`, by each of its calls. */
function passedTo(view: FileView, site: CallSite, parameter: string): Side[] {
  const f = site.definitions.at(-1);
  if (f?.kind !== 'function') return [];
  const index = f.params.filter((p) => !/^(self|this)$/.test(p.name)).findIndex((p) => p.name === parameter);
  if (index < 0) return [];
  const origins = originsOf(view);
  return view.survey.calls.filter((s) => origins.functionOf(s) === f).flatMap((s) => {
    const given = argumentOf(s.call, index, parameter);
    const key = given ? named(given) : null;
    return key ? [{ site: s, of: [key] }] : [];
  });
}

function named(e: Expr): string | null {
  // `weights.values()`, `list(weights.values())`: a dictionary of variables.
  if (e.kind === 'call' && e.callee.kind === 'attribute' && e.callee.name === 'values') return dotted(e.callee.object);
  if (e.kind === 'call' && e.callee.kind === 'name' && e.callee.name === 'list' && e.args.length === 1) return named(e.args[0].value);
  return dotted(e) ?? ownersIn(e)[0] ?? (e.kind === 'call' ? e.args.map((a) => (a.value.kind === 'string' ? a.value.value : null)).find((x) => x !== null) ?? null : null);
}

/** TensorFlow 2: `tape.gradient(loss, G.trainable_variables)`; `torch.autograd.grad` is no training. */
function byTapes(view: FileView): Side[] {
  return view.survey.calls.filter((s) => s.name === 'gradient' || s.name === 'apply_gradients' || s.name === 'applyGradients').flatMap((site) => {
    const of = site.call.args.flatMap((a) => ownersIn(a.value));
    return of.length > 0 ? [{ site, of }] : [];
  });
}

/** Keras: two models are fed batches, one of them with the other one frozen in it. */
function byBatches(view: FileView): Side[] {
  const sides = view.survey.calls.filter((s) => /^(train_on_batch|trainOnBatch)$/.test(s.name) && s.call.callee.kind === 'attribute').flatMap((site) => {
    const owner = site.call.callee.kind === 'attribute' ? dotted(site.call.callee.object) : null;
    return owner ? [{ site, of: [owner] }] : [];
  });
  const frozen = view.survey.settings.some((s) => s.name === 'trainable' && s.callee === '' && view.constants.of(s.value)?.value === false);
  if (sides.length === 0 && !frozen) return [];
  if (sides.length >= 2) return sides;
  // The loop is elsewhere: what is compiled after the freezing.
  return view.survey.calls.filter((s) => s.name === 'compile' && s.call.callee.kind === 'attribute').flatMap((site) => {
    const owner = site.call.callee.kind === 'attribute' ? dotted(site.call.callee.object) : null;
    return owner && frozen ? [{ site, of: [owner] }] : [];
  });
}

/** JAX: gradients of two loss functions, or two states with an optimiser each. */
function byStates(view: FileView): Side[] {
  if (view.framework !== 'jax' && view.framework !== 'flax' && view.framework !== 'haiku') return [];
  const gradients = view.survey.calls.filter((s) => /^(grad|value_and_grad)$/.test(s.name)).flatMap((site) => {
    const f = site.call.args[0]?.value;
    const name = f ? dotted(f) : null;
    return name ? [{ site, of: [name] }] : [];
  });
  const optimisers = view.survey.calls.filter((s) => (/^optax\./.test(s.path) && OPTIMISERS.test(s.name)) || /TrainState\.create$|^create_train_state$|optim\.Adam/.test(s.path));
  return optimisers.length >= 2 || view.survey.calls.filter((s) => s.name === 'apply_gradients' || s.name === 'apply_gradient').length >= 2 ? gradients : [];
}
