/** Which schedules a run computed, what speaks for a diffusion model around each, and what its tensors are. */
import type { Span } from '../parse/ast';
import { asArray, scan } from '../interpret/arrays';
import type { Machine, Observation } from '../interpret/machine';
import type { ArrayValue, Atom, LinearValue, Value } from '../interpret/values';
import { isJoined } from '../interpret/values';
import { matchEta, matchForm } from './formulas';
import type { Role } from './roles';
import { close, Schedule } from './roles';
import { beforeRescaling } from './schedule';

export interface Clue {
  strength: 'strong' | 'medium' | 'weak';
  text: string;
  at: Span;
  /** Lexical owner, dotted; empty for the module. */
  owner: string;
}

export type Prediction = 'epsilon' | 'sample' | 'v_prediction';

/** A setting that a formula tells by its shape. */
export interface Sighting<V> {
  value: V;
  at: Span;
  owner: string;
  /** What the formula computes, or the target of the loss: the variable that holds it names the place. */
  holds: Value;
}

/** One schedule of the file, with all that refers to it. */
export interface Group {
  schedule: Schedule;
  betas: Observation<ArrayValue>;
  /** ᾱ was computed from a choice between several schedules that the file leaves open. */
  open: boolean;
  clues: Clue[];
  roles: Map<Value, Role>;
  prediction: Sighting<Prediction>[];
  /** Steps from x_t along a noise that their function is given: its caller asks the network. */
  given: Sighting<Prediction>[];
  variance: Sighting<'fixed_small' | 'fixed_large'>[];
  sampler: Sighting<'ddpm' | 'ddim'>[];
  /** Owners of the code that trains a network. */
  trainers: Set<string>;
}

export function groupsOf(m: Machine): Group[] {
  const arrays = arraysOf(m);
  const groups = candidates(arrays).map(({ betas, open }): Group => ({ schedule: new Schedule(betas.value.data), betas, open, clues: [], roles: new Map(), prediction: [], given: [], variance: [], sampler: [], trainers: new Set() }));
  for (const group of groups) {
    arrayClues(group, arrays);
    for (const form of m.trace.forms) formClues(group, form);
    lossClues(group, m);
    loopClues(group, m);
  }
  return groups;
}

/** Arrays of the trace, and lists of numbers that variables hold. */
function arraysOf(m: Machine): Observation<ArrayValue>[] {
  const out = m.trace.arrays.slice();
  for (const o of m.trace.occurrences.values()) {
    for (const v of o.values) {
      const a = numbersOf(v);
      if (a) out.push({ value: a, at: v.kind === 'array' && v.prov ? v.prov.at : o, owner: o.owner, unit: '' });
    }
  }
  return out;
}

/** An array or a list of at least three numbers, as an array; lists give a new one each time. */
export function numbersOf(v: Value): ArrayValue | null {
  if (v.kind === 'array') return v.data.length >= 3 ? v : null;
  return v.kind === 'sequence' && v.items.length >= 3 ? asArray(v) : null;
}

/** Arrays in [0, 1), the last maybe 1, whose complement's running product the file computes as well: betas and ᾱ. */
function candidates(arrays: Observation<ArrayValue>[]): Pick<Group, 'betas' | 'open'>[] {
  const key = (n: number, last: number) => `${n}:${last.toPrecision(8)}`;
  const byEnd = new Map<string, ArrayValue[]>();
  for (const { value } of arrays) {
    const k = key(value.data.length, value.data[value.data.length - 1]);
    byEnd.set(k, [...(byEnd.get(k) ?? []), value].slice(0, 40));
  }
  const seen = new Set<string>();
  const out: Pick<Group, 'betas' | 'open'>[] = [];
  const done = new Set<Float64Array>();
  for (const o of arrays) {
    const d = o.value.data;
    if (done.has(d) || !isBetas(d)) continue;
    done.add(d);
    const id = [d.length, ...[0, d.length >> 1, d.length - 1].map((i) => d[i].toPrecision(10))].join();
    if (seen.has(id)) continue;
    const bars = scan(d.map((b) => 1 - b), (bar, alpha) => bar * alpha);
    const end = bars[bars.length - 1];
    const found = [...(byEnd.get(key(d.length, end)) ?? []), ...(byEnd.get(key(d.length + 1, end)) ?? [])];
    const matches = (a: Float64Array) => bars.every((b, i) => close(a[a.length - bars.length + i], b));
    const products = found.filter((a) => a.data !== d && (a.data.length === d.length || a.data[0] === 1) && matches(a.data));
    if (products.length === 0) continue;
    // Elsewhere a last β of 1 is clipped before it is used.
    if (d[d.length - 1] === 1 && !beforeRescaling(o.value)) continue;
    seen.add(id);
    out.push({ betas: o, open: products.every(isJoined) });
    if (out.length >= 12) break;
  }
  return out;
}

function isBetas(d: Float64Array): boolean {
  // The last is 1 where the schedule was rescaled to end without signal (Lin et al. 2023).
  if (d.length < 3 || !d.every((x, i) => x >= 0 && (x < 1 || (x === 1 && i === d.length - 1)))) return false;
  // The first may be 0 (a placeholder for t = 0); a schedule adds noise at every other step.
  return d.every((x, i) => i === 0 || x > 0);
}

const ARRAY_WORDS: Record<string, string> = {
  'alphaBar': 'computes ᾱ as the running product of 1 − β',
  'alphaBar √ᾱ': 'computes √ᾱ',
  'alphaBar √(1−ᾱ)': 'computes √(1−ᾱ)',
  'betaTilde': 'computes the posterior variance β̃ (Ho et al. eq. 7)',
  'mu √ᾱ_{t−1}β/(1−ᾱ)': 'computes the posterior mean coefficients (Ho et al. eq. 7)',
};

function arrayClues(group: Group, arrays: Observation<ArrayValue>[]): void {
  const known = new Map<Float64Array, Role | null>();
  const roleOf = (data: Float64Array): Role | null => {
    let role = known.get(data);
    if (role === undefined) known.set(data, (role = group.schedule.arrayRole(data)));
    return role;
  };
  const seen = new Set<string>();
  for (const { value, at, owner } of arrays) {
    const role = roleOf(value.data);
    if (!role) continue;
    const id = role.holds ? `${role.symbol} ${role.holds}` : role.symbol;
    const words = ARRAY_WORDS[id];
    if (!words || seen.has(`${id}@${at.from}`)) continue;
    seen.add(`${id}@${at.from}`);
    group.clues.push({ strength: id === 'alphaBar' ? 'weak' : 'medium', text: words, at, owner });
  }
}

function formClues(group: Group, form: Observation<LinearValue>): void {
  const match = matchForm(form.value, group.schedule) ?? matchEta(form.value, group.schedule);
  if (!match) return;
  const { roles } = group;
  const give = (value: Value, role: Role) => { if (!roles.has(value)) roles.set(value, role); };
  const clue = (text: string) => group.clues.push({ strength: 'strong', text, at: form.at, owner: form.owner });
  const here = { at: form.at, owner: form.owner, holds: form.value };
  const predicts = (value: Prediction) => group.prediction.push({ value, ...here });
  const ddim = (text: string) => {
    group.sampler.push({ value: 'ddim', ...here });
    clue(text);
  };
  const { first, second } = match;
  switch (match.formula) {
    case 'mix':
      if (isModelOutput(first) && second.role !== 'noise' && !isModelOutput(second)) {
        give(second, { symbol: 'xt' });
        give(form.value, { symbol: 'epsilonTheta', holds: 'ε from v' });
        predicts('v_prediction');
        clue('recovers ε from v and x_t');
      } else if (isModelOutput(second) || roles.get(second)?.symbol === 'epsilonTheta') {
        give(first, { symbol: 'x0Theta' });
        give(second, { symbol: 'epsilonTheta' });
        give(form.value, { symbol: 'xPrev' });
        ddim('steps along √ᾱ x̂₀ + √(1−ᾱ) ε_θ (DDIM)');
      } else {
        give(first, { symbol: 'x0' });
        give(second, { symbol: 'epsilon' });
        give(form.value, { symbol: 'xt' });
        clue('mixes x₀ and noise with √ᾱ and √(1−ᾱ) (Ho et al. eq. 4)');
      }
      return;
    case 'difference-v':
      if (isModelOutput(second)) {
        give(first, { symbol: 'xt' });
        give(form.value, { symbol: 'x0Theta' });
        predicts('v_prediction');
      } else if (first.role === 'noise') {
        give(first, { symbol: 'epsilon' });
        give(second, { symbol: 'x0' });
        give(form.value, { symbol: 'v' });
      }
      clue('uses v = √ᾱ ε − √(1−ᾱ) x₀ (Salimans & Ho)');
      return;
    case 'x0-from-epsilon':
      give(first, { symbol: 'xt' });
      give(second, { symbol: 'epsilonTheta' });
      give(form.value, { symbol: 'x0Theta' });
      if (isModelOutput(second)) predicts('epsilon');
      else if (isGiven(second)) group.given.push({ value: 'epsilon', ...here });
      clue('recovers x₀ from x_t and ε (Ho et al. eq. 15)');
      return;
    case 'epsilon-from-x0':
      give(first, { symbol: 'xt' });
      give(second, { symbol: 'x0Theta' });
      if (isModelOutput(second) || clampsModelOutput(second)) predicts('sample');
      else if (isGiven(second)) group.given.push({ value: 'sample', ...here });
      clue('recovers ε from x_t and x₀');
      return;
    case 'reverse-mean':
      give(first, { symbol: 'xt' });
      give(second, { symbol: 'epsilonTheta' });
      if (isModelOutput(second)) predicts('epsilon');
      else if (isGiven(second)) group.given.push({ value: 'epsilon', ...here });
      clue('computes the reverse mean from ε_θ (Ho et al. eq. 11)');
      return step(group, form, match, give);
    case 'posterior-mean':
      give(second, { symbol: 'xt' });
      give(first, first.role === 'parameter' ? { symbol: 'x0' } : { symbol: 'x0Theta' });
      if (isModelOutput(first) || clampsModelOutput(first)) predicts('sample');
      clue('computes the posterior mean of x_{t−1} (Ho et al. eq. 7)');
      // With noise added it is a sampling step, and there x₀ is a guess.
      if (match.noise && roles.get(first)?.symbol === 'x0') roles.set(first, { symbol: 'x0Theta' });
      return step(group, form, match, give);
    case 'posterior-from-v':
      give(first, { symbol: 'xt' });
      if (isModelOutput(second)) predicts('v_prediction');
      clue('computes the posterior mean of x_{t−1} (Ho et al. eq. 7)');
      return step(group, form, match, give);
    case 'ddim-from-x0':
      give(first, { symbol: 'x0Theta' });
      give(second, { symbol: 'xt' });
      give(form.value, { symbol: 'xPrev' });
      ddim('takes a DDIM step (Song et al. eq. 12)');
      return;
    case 'ddim-from-v':
      give(first, { symbol: 'xt' });
      give(form.value, { symbol: 'xPrev' });
      if (isModelOutput(second)) predicts('v_prediction');
      ddim('takes a DDIM step (Song et al. eq. 12)');
      return;
    case 'ddim-eta': case 'ddim-expanded':
      give(first, { symbol: 'xt' });
      give(second, { symbol: 'epsilonTheta' });
      give(form.value, { symbol: 'xPrev' });
      if (isModelOutput(second)) predicts('epsilon');
      ddim('takes a DDIM step (Song et al. eq. 12)');
      return;
  }
}

/** Mean alone is μ; with fresh noise it is x_{t−1}, and the noise's coefficient tells the variance. */
function step(group: Group, form: Observation<LinearValue>, match: NonNullable<ReturnType<typeof matchForm>>, give: (v: Value, r: Role) => void): void {
  // q(x_{t−1} | x_t, x₀) is also written for training; with noise, or from the network's output, it is a step.
  if (match.noise || match.formula !== 'posterior-mean' || group.roles.get(match.first)?.symbol === 'x0Theta') group.sampler.push({ value: 'ddpm', at: form.at, owner: form.owner, holds: form.value });
  if (!match.noise) {
    give(form.value, { symbol: 'muTheta' });
    return;
  }
  give(match.noise.atom, { symbol: 'z' });
  give(form.value, { symbol: 'xPrev' });
  const { coefficient } = match.noise;
  for (const [value, of] of [['fixed_small', (p) => Math.sqrt((p.beta * (1 - p.prev)) / (1 - p.bar))], ['fixed_large', (p) => Math.sqrt(p.beta)]] as const satisfies [string, (p: { beta: number; prev: number; bar: number }) => number][]) {
    if (group.schedule.equals(coefficient, match.index, of)) group.variance.push({ value, at: form.at, owner: form.owner, holds: form.value });
  }
}

function isGiven(value: Value): boolean {
  return value.kind === 'atom' && value.role === 'parameter';
}

/** A call of something unknown with a tensor and an index among its arguments: ε_θ(x_t, t). */
export function isModelOutput(value: Value, depth = 0): boolean {
  if (value.kind === 'linear' && depth > 0) return [...value.terms.keys()].every((a) => isModelOutput(a, depth + 1));
  if (value.kind !== 'atom' || !value.prov || depth > 6) return false;
  const { op, args } = value.prov;
  if (op === 'call') return mentions(args.slice(1));
  return (op === 'element' || op === 'index' || op === 'settled' || op.startsWith('attribute')) && args.length > 0 && isModelOutput(args[0], depth + 1);
}

function clampsModelOutput(atom: Atom): boolean {
  return atom.prov?.op === 'clamp' && isModelOutput(atom.prov.args[0]);
}

/** Do the arguments hold both an index and a tensor, however packed (`net(cat([x, t / T]))`)? */
function mentions(args: readonly Value[]): boolean {
  const seen = new Set<Value>(args);
  let index = false;
  let tensor = false;
  for (const v of seen) {
    if (seen.size > 200) break;
    if (v.kind === 'atom') {
      if (v.indexed) index = true;
      else if (v.role !== 'index') tensor = true;
      v.prov?.args.slice(0, 8).forEach((a) => seen.add(a));
    } else if (v.kind === 'linear') {
      if (v.constant.index.length > 0) index = true;
      for (const atom of v.terms.keys()) seen.add(atom);
    } else if (v.kind === 'sequence') v.items.slice(0, 8).forEach((i) => seen.add(i));
    else if (v.kind === 'dict') for (const entry of [...v.entries.values()].slice(0, 8)) seen.add(entry);
  }
  return index && tensor;
}

function lossClues(group: Group, m: Machine): void {
  for (const { value: [a, b], at, owner } of m.trace.losses) {
    for (const [prediction, target] of [[a, b], [b, a]] as const) {
      if (prediction.kind !== 'atom' || !isModelOutput(prediction)) continue;
      const role = group.roles.get(target);
      const of = role?.symbol === 'v' ? 'v_prediction' : role?.symbol === 'epsilon' ? 'epsilon' : role?.symbol === 'x0' ? 'sample' : null;
      if (!of) continue;
      if (of === 'epsilon' && !group.roles.has(prediction)) group.roles.set(prediction, { symbol: 'epsilonTheta' });
      if (of === 'sample' && !group.roles.has(prediction)) group.roles.set(prediction, { symbol: 'x0Theta' });
      group.prediction.push({ value: of, at, owner, holds: target });
      group.trainers.add(owner);
      group.clues.push({ strength: 'weak', text: `trains a network to predict ${of === 'epsilon' ? 'ε' : of === 'sample' ? 'x₀' : 'v'}`, at, owner });
    }
  }
}

function loopClues(group: Group, m: Machine): void {
  const n = group.schedule.betas.length;
  for (const { value, at, owner } of m.trace.reverseLoops) {
    if (value.kind === 'sequence' && Math.abs(value.items.length - n) <= 1) group.clues.push({ strength: 'weak', text: 'loops over t from T downwards', at, owner });
  }
}
