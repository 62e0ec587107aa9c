/** y = x · exp(s) + t with log |det J| = Σ s, by what is computed of what: couplings and autoregressive flows alike. */
import type { Observation } from '../../../interpret/machine';
import type { Value } from '../../../interpret/values';
import { comesFrom, operationOf, type Operation } from '../../graph';

/** What the scale is made positive with. */
const SCALES = /^(exp|exp_|sigmoid|softplus|expit|sigmoid_)$/;
const SUMS = /^(sum|reduce_sum|mean|reduce_mean|sum_|sumRight|sum_except_batch|einsum)$/;
const LOGS = /^(log|log_|logsigmoid|log_sigmoid|logSigmoid|log1p)$/;
/** Leave the numbers alone. */
const SAME = /^(settled|view|reshape|squeeze|unsqueeze|expand|permute|transpose|contiguous|join|abs|flatten|expand_dims|add_|clamp|clip)$/;

export interface Affine {
  at: Observation<Value>;
  /** σ, as it is used. */
  scale: Value;
  /** Its logarithm, where it is exp of something. */
  log: Value | null;
  /** What is scaled, and what the scale was computed from, share an input. */
  coupled: boolean;
  shifted: boolean;
}

function bare(v: Value): { value: Value; made: Operation | null } {
  let value = v;
  for (let i = 0; i < 4; i++) {
    const made = operationOf(value);
    if (!made || !SAME.test(made.op) || !made.args[0]) return { value, made };
    [value] = made.args;
  }
  return { value, made: operationOf(value) };
}

/** Signs do not matter: of −a, a. */
function unsigned(v: Value): Value {
  const { value, made } = bare(v);
  if (value.kind === 'linear' && value.terms.size === 1 && value.constant.v.every((x) => x === 0)) return [...value.terms.keys()][0];
  return made?.op === 'neg' || made?.op === 'negative' ? made.args[0] : value;
}

function isScale(v: Value): Value | null {
  const { value, made } = bare(v);
  if (made && SCALES.test(made.op)) return value;
  // σ(s) + 1e-6, 2 σ(s).
  if (value.kind === 'linear' && value.terms.size === 1) {
    const [atom] = value.terms.keys();
    const inner = operationOf(atom);
    if (inner && SCALES.test(inner.op)) return atom;
  }
  return null;
}

/** x · σ or x / σ, and what x is. */
function scaled(v: Value): { scale: Value; x: Value } | null {
  const { made } = bare(v);
  if (!made || (made.op !== '*' && made.op !== '/') || made.args.length < 2) return null;
  const [a, b] = made.args;
  const second = isScale(b);
  if (second) return { scale: second, x: a };
  const first = made.op === '*' ? isScale(a) : null;
  return first ? { scale: first, x: b } : null;
}

/** All affine maps whose scale is made positive by a function. */
export function affinesOf(computed: readonly Observation<Value>[]): Affine[] {
  const out: Affine[] = [];
  for (const at of computed) {
    const o = operationOf(at.value);
    if (!o || !['+', '-', '*', '/'].includes(o.op)) continue;
    const direct = scaled(at.value);
    const inner = o.op === '+' || o.op === '-' ? o.args.map(scaled).find((s) => s !== null) : null;
    const found = direct ?? inner;
    if (!found) continue;
    const made = operationOf(found.scale);
    const log = made?.op.startsWith('exp') && made.args[0] ? unsigned(made.args[0]) : null;
    // p log p, the terms of an entropy.
    if (log && unsigned(found.x) === log) continue;
    const before = operationOf(bare(found.x).value);
    const shifted = !direct || before?.op === '+' || before?.op === '-';
    out.push({ at, scale: found.scale, log, coupled: made?.args[0] !== undefined && movedBy(found.x, shifted && direct ? before : null).every((x) => share(x, made.args[0])), shifted });
  }
  return out;
}

/** What is scaled; of x − t both, since t alone shares its input with s anyway. */
function movedBy(x: Value, sum: Operation | null): readonly Value[] {
  return sum ? sum.args.slice(0, 2) : [x];
}

/** Do both come from one input? Weights and constants do not count. */
function share(a: Value, b: Value): boolean {
  const roots = inputsOf(a);
  for (const r of inputsOf(b)) if (roots.has(r)) return true;
  return false;
}

/** Unknowns that nothing made: arguments, data, draws. */
function inputsOf(v: Value): Set<Value> {
  const out = new Set<Value>();
  const seen = new Set<Value>([v]);
  for (const x of seen) {
    if (seen.size > 200) break;
    const { prov } = x;
    if (x.kind === 'atom' && (x.role === 'parameter' || x.role === 'noise' || prov?.op === 'carried' || (prov?.op === 'element' && !prov.args.some((p) => p.kind === 'atom')))) out.add(x);
    for (const y of prov?.args ?? []) if (y.kind !== 'instance' && y.kind !== 'module' && y.kind !== 'function') seen.add(y);
    if (x.kind === 'linear') for (const y of x.terms.keys()) seen.add(y);
    if (x.kind === 'sequence') for (const y of x.items.slice(0, 8)) seen.add(y);
  }
  return out;
}

export interface Determinant {
  affine: Affine;
  at: Observation<Value>;
}

/** Σ s of one of the maps, perhaps with a mask before it: the logarithm of its determinant. */
export function determinantsOf(computed: readonly Observation<Value>[], affines: readonly Affine[]): Determinant[] {
  if (affines.length === 0) return [];
  const byLog = new Map<Value, Affine>();
  const byScale = new Map<Value, Affine>();
  for (const a of affines) {
    // The best of those with one scale: it is coupled and shifted.
    const rank = (x: Affine | undefined) => (x ? Number(x.coupled) * 2 + Number(x.shifted) : -1);
    if (a.log && rank(a) > rank(byLog.get(a.log))) byLog.set(a.log, a);
    if (rank(a) > rank(byScale.get(a.scale))) byScale.set(a.scale, a);
  }
  const out: Determinant[] = [];
  for (const at of computed) {
    const o = operationOf(at.value);
    if (!o || !(SUMS.test(o.op) || o.op === '*' || o.op === '+' || o.op === '-')) continue;
    const sum = SUMS.test(o.op);
    for (const part of sum ? o.args.slice(0, 1) : o.args) {
      const affine = logOf(part, byLog, byScale, sum);
      if (affine && (sum || !isNormal(computed, at.value, affine))) out.push({ affine, at });
    }
  }
  return out;
}

/** log σ beside (x / σ)², as in the logarithm of a normal density: no change of variables. */
function isNormal(computed: readonly Observation<Value>[], log: Value, affine: Affine): boolean {
  return computed.some(({ value }) => /^[-+]$/.test(operationOf(value)?.op ?? '') && squares(value, affine) && comesFrom(value, (x) => x === log, 24));
}

function squares(v: Value, affine: Affine): boolean {
  return comesFrom(v, (x) => {
    const o = operationOf(x);
    return o !== null && (/^(square|pow|power|\*\*)$/.test(o.op) || (o.op === '*' && o.args[0] === o.args[1])) && o.args[0] !== undefined && bare(o.args[0]).value === bare(affine.at.value).value;
  }, 24);
}

/** ± s or log σ; `alone`: a sum is taken of it. Else only with a mask before it, or as a logarithm. */
function logOf(part: Value, byLog: ReadonlyMap<Value, Affine>, byScale: ReadonlyMap<Value, Affine>, alone: boolean): Affine | undefined {
  const v = unsigned(part);
  const made = operationOf(v);
  if (alone && byLog.has(v)) return byLog.get(v);
  if (made && LOGS.test(made.op) && made.args[0]) {
    const scale = isScale(made.args[0]) ?? bare(made.args[0]).value;
    if (byScale.has(scale)) return byScale.get(scale);
    // log σ(s) of σ(s).
    if (/sigmoid/i.test(made.op)) for (const [s, a] of byScale) if (operationOf(s)?.args[0] === made.args[0]) return a;
  }
  if (alone && made?.op === '*') for (const x of made.args) { const found = logOf(x, byLog, byScale, true); if (found) return found; }
  return undefined;
}
