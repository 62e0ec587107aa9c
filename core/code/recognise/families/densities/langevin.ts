/** x ← x − α ∂E(x)/∂x + noise, with a network for E: by the flow of data in the text. */
import type { Expr, FunctionDefinition, Span } from '../../../parse/ast';
import { subexpressions } from '../../../parse/ast';
import { dotted, type CallSite } from '../../training/survey';
import type { FileView } from '../family';
import { applicationsOf, chainsOf, type Application } from '../adversarial/networks';
import { originsOf } from '../origins';
import { mentions } from './change-of-variables';

export const NOISE = /^(randn|randn_like|normal|normal_|random_normal|standard_normal|randomNormal|normal_like|randn_tensor|Normal|MultivariateNormal|sample_n)$/;
const SCORED = /cross_?entropy|criterion|mse|l1_?loss|nll_?loss|bce|hinge/i;
/** Densities that are written down, not learnt. */
const KNOWN = /log_?p|prob|density|posterior|potential|target|likelihood/i;
const LOOPS = /^(while_loop|fori_loop|scan)$/;
const LAYER = /^(Linear|Dense|dense|Conv\w*|conv\w*|MLP|linear|BatchNorm\w*|Sequential|Module)$|net$/i;

export interface LangevinStep {
  at: Span;
  site: CallSite;
  /** What is moved. */
  input: string;
}

export function langevinOf(view: FileView): Span[] {
  return langevinSteps(view).map((s) => s.at);
}

/** Gradients of a network's output with respect to its input, that move the input, with noise near. */
export function langevinSteps(view: FileView): LangevinStep[] {
  const applications = applicationsOf(view);
  if (applications.length === 0) return [];
  const learned = [...view.survey.imports.values()].some((p) => /^(torch|tensorflow|keras|flax|haiku|jax)/.test(p)) && (view.survey.calls.some((s) => LAYER.test(s.name)) || /\.parameters\(|nn\.Module/.test(view.text) || [...view.survey.imports.values()].some((p) => /(^|\.)(models?|nets?|networks?)\b/i.test(p)));
  return view.survey.calls.flatMap((site): LangevinStep[] => {
    const gradient = gradientOf(view, site, applications);
    if (!gradient || !isRepeated(view, site) || KNOWN.test(gradient.key) || (!learned && !/model|net|ebm|^E$|energy|^f$/i.test(gradient.key))) return [];
    const { input } = gradient;
    const f = site.definitions[site.definitions.length - 1];
    const near = (s: CallSite) => s.definitions[s.definitions.length - 1] === f;
    const noise = view.survey.calls.some((s) => near(s) && NOISE.test(s.name) && (site.loops.length === 0 || s.loops.some((l) => site.loops.includes(l)) || s.loops.length === 0 && draws(view, s)));
    return noise && moves(view, input, near) ? [{ at: site.call, site, input }] : [];
  });
}

/** Noise made before the loop and filled again in it: `noise.normal_()`. */
function draws(view: FileView, s: CallSite): boolean {
  const name = s.holder;
  return name !== '' && view.survey.calls.some((c) => c.loops.length > 0 && /^normal_$/.test(c.name) && c.path.startsWith(`${name}.`));
}

/** In a loop itself, or in a step that a loop calls. */
function isRepeated(view: FileView, site: CallSite): boolean {
  if (site.loops.length > 0) return true;
  const f = site.definitions[site.definitions.length - 1];
  if (!f) return false;
  return view.survey.calls.some((s) => (s.name === f.name && s.loops.length > 0) || (LOOPS.test(s.name) && s.call.args.some((a) => mentions([a.value], f.name))) || (s.name === f.name && s.definitions.some((d) => view.survey.calls.some((c) => c.name === d.name && c.loops.length > 0))));
}

function gradientOf(view: FileView, site: CallSite, applications: readonly Application[]): { input: string; key: string } | null {
  const { call } = site;
  if (/^(grad|gradient|gradients)$/.test(site.name) && call.args.length >= 2) return byArguments(view, site, applications);
  // `energy.backward()`, then `x.grad`.
  if (site.name === 'backward' && call.callee.kind === 'attribute') return byBackward(view, site, call.callee.object, applications);
  // A function of the file that returns such a gradient.
  const own = originsOf(view).functionOf(site);
  if (own) return byWrapper(view, site, own, applications);
  // `jax.grad(energy)(x)`, also through a name.
  if (call.callee.kind === 'call' && /(^|\.)grad$/.test(dotted(call.callee.callee) ?? '')) return byFunction(call.args.map((a) => a.value), call.callee);
  const made = dotted(call.callee);
  const f = made ? originsOf(view).given(made, site).map((a) => a.value).find((v) => v.kind === 'call' && gradients(v)) : undefined;
  return f ? byFunction(call.args.map((a) => a.value), f) : null;
}

function byWrapper(view: FileView, site: CallSite, f: FunctionDefinition, applications: readonly Application[]): { input: string; key: string } | null {
  const inner = view.survey.calls.find((s) => s.definitions[s.definitions.length - 1] === f && /^(grad|gradient|gradients)$/.test(s.name) && s.call.args.length >= 2);
  const gradient = inner && byArguments(view, inner, applications);
  const { assignments } = originsOf(view);
  // `x = x.detach().requires_grad_()` under another name.
  const copied = (p: string) => gradient !== null && gradient !== undefined && assignments.some((a) => a.name === gradient.input && a.definitions.at(-1) === f && !sum(a.value) && mentions([a.value], p));
  const position = gradient ? f.params.findIndex((p) => p.name === gradient.input || (p.name !== 'self' && copied(p.name))) : -1;
  const given = position < 0 ? undefined : site.call.args[position - (f.params[0]?.name === 'self' ? 1 : 0)]?.value;
  const input = given ? dotted(given) : null;
  return gradient && input && originsOf(view).returnsOf(f).length > 0 ? { input, key: gradient.key } : null;
}

/** `jax.grad(f)`, `jit(grad(f))`, `vmap(jax.grad(f))`. */
function gradients(e: Expr): boolean {
  return e.kind === 'call' && (/(^|\.)(grad|value_and_grad)$/.test(dotted(e.callee) ?? '') || e.args.some((a) => gradients(a.value)));
}

function byFunction(args: readonly Expr[], gradient: Expr): { input: string; key: string } | null {
  const names = args.map((e) => dotted(e)).filter((n): n is string => n !== null && !/param|state|model|rng|key/i.test(n));
  const of = gradient.kind === 'call' ? gradient.args.map((a) => dotted(a.value)).find((n) => n !== null) : null;
  return names[0] ? { input: names[0], key: of ?? 'model' } : null;
}

function byArguments(view: FileView, site: CallSite, applications: readonly Application[]): { input: string; key: string } | null {
  const [outputs, inputs] = site.call.args.map((a) => a.value);
  const target = inputs.kind === 'sequence' && inputs.items.length >= 1 && inputs.items.length <= 2 ? inputs.items[0] : inputs;
  const input = dotted(target);
  if (!input || /param|weight|variables|var_list/i.test(input)) return null;
  const found = applied(view, outputs, site, applications);
  return found && { input, key: found.key };
}

/** Is the value what a network gives, not a loss with a target? */
function applied(view: FileView, e: Expr, site: CallSite, applications: readonly Application[]): Application | null {
  const sites = new Map(applications.map((a) => [a.site, a]));
  const made = originsOf(view).calls([e], site, (s) => !sites.has(s));
  if (made.some((s) => SCORED.test(s.name))) return null;
  const found = made.find((s) => sites.has(s));
  return found ? sites.get(found)! : null;
}

function byBackward(view: FileView, site: CallSite, outputs: Expr, applications: readonly Application[]): { input: string; key: string } | null {
  const application = applied(view, outputs, site, applications);
  if (!application) return null;
  const input = application.inputs.map(dotted).find((n): n is string => n !== null && view.text.includes(`${n}.grad`));
  return input ? { input, key: application.key } : null;
}

/** The input is given anew from itself, or changed in place. */
function moves(view: FileView, input: string, near: (s: CallSite) => boolean): boolean {
  const bare = input.replace(/\.data$/, '');
  const changed = view.survey.calls.some((s) => near(s) && /^(add_|sub_|copy_|assign|assign_add|assign_sub|append)$/.test(s.name) && s.call.callee.kind === 'attribute' && (dotted(s.call.callee.object) ?? '').replace(/\.data$/, '') === bare);
  if (changed) return true;
  return originsOf(view).assignments.some((a) => a.name === bare && (a.augmented || mentions([a.value], bare) || mentions([a.value], `${bare}.data`)) && hasSum(a)) || returnsMoved(view, bare, near);
}

function hasSum(a: { value: Expr; augmented: boolean }): boolean {
  return a.augmented || sum(a.value);
}

function sum(e: Expr): boolean {
  return (e.kind === 'binary' && (e.op === '+' || e.op === '-')) || (e.kind === 'call' && e.callee.kind === 'attribute' && /^(add|sub|add_|sub_)$/.test(e.callee.name)) || subexpressions(e).some(sum);
}

/** A step that returns x − α g + noise under another name. */
function returnsMoved(view: FileView, input: string, near: (s: CallSite) => boolean): boolean {
  const site = view.survey.calls.find(near);
  const f = site?.definitions[site.definitions.length - 1];
  if (f?.kind !== 'function') return false;
  const origins = originsOf(view);
  return origins.returnsOf(f).some((e) => mentions([e], input) && sum(e)) || origins.assignments.some((a) => a.definitions[a.definitions.length - 1] === f && mentions([a.value], input) && sum(a.value) && origins.returnsOf(f).some((e) => mentions([e], a.name)));
}

/** E(data) − E(samples) of one network, the samples made by no other one. */
export function contrastsOf(view: FileView): Span[] {
  const applications = applicationsOf(view);
  const chains = chainsOf(view, applications).filter((c) => c.fed === 'noise' || c.both);
  const origins = originsOf(view);
  const out: Span[] = [];
  const sites = new Map(applications.map((a) => [a.site, a]));
  const reach = (e: Expr, at: { definitions: CallSite['definitions'] }) => origins.calls([e], at, (s) => !sites.has(s)).flatMap((s) => (sites.has(s) ? [sites.get(s)!] : []));
  const visit = (e: Expr, here: { definitions: CallSite['definitions'] }, depth = 0): void => {
    if (e.kind === 'binary' && (e.op === '-' || e.op === '+')) {
      const [left, right] = [reach(e.left, here), reach(e.right, here)];
      const negative = e.op === '-' || negated(e.left) !== negated(e.right);
      const same = left.length === 1 && right.length === 1 && left[0].key === right[0].key && left[0].site !== right[0].site;
      if (negative && same && !chains.some((c) => c.outer.key === left[0].key)) out.push(e);
    }
    if (depth < 6) for (const sub of subexpressions(e)) visit(sub, here, depth + 1);
  };
  if (applications.length >= 2) for (const a of origins.results()) visit(a.value, { definitions: a.definitions as CallSite['definitions'] });
  return out;
}

/** A sampler of the project's is given the network: `sample_langevin(x, model, …)`. */
export function samplersOf(view: FileView): Span[] {
  return view.survey.calls.filter((s) => /langevin|sgld|^sample_q$|mcmc_?sampl|contrastive_div/i.test(s.name) && s.call.args.length >= 2 && !view.survey.functions.has(s.name)).map((s) => s.call);
}

function negated(e: Expr): boolean {
  return e.kind === 'unary' ? e.op === '-' : e.kind === 'call' ? (e.callee.kind === 'attribute' && negated(e.callee.object)) || e.args.some((a) => negated(a.value)) : e.kind === 'binary' && negated(e.left);
}
