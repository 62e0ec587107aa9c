/** Restricted Boltzmann machines: units drawn from sigmoid(W v + b) and back through the same weights, by what is computed. */
import type { Span } from '../../../parse/ast';
import type { Value } from '../../../interpret/values';
import { comesFrom, nodesOf, operationOf } from '../../graph';
import { match, type Template } from '../../match';
import type { Clue, FileView } from '../family';

const PRODUCTS = /^(matmul|dot|mm|mv|linear|einsum|tensordot|@|outer|bmm|matMul|ger|multiply_matrix|addmm|mulMat(Vec)?|mulMatrix|matrixMultiply|multiplyMatri(x|ces)|dotProduct|mmul|Outer|outerProduct)$/;
const TURNED = /^(t|T|transpose|Transpose|permute|swapaxes|transposeMat(rix)?)$/;
/** What JavaScript's home-made matrices are called with. */
const DRAWN = /^(bernoulli|Bernoulli|bernoulli_|binomial|RelaxedBernoulli|probToBinary\w*|toBinary\w*|sampleBinary\w*|binarySample\w*)$/;
const LOGISTIC = /^(sigmoid|expit|sigmoid_|logistic|_?logistic|_?sigmoid|Sigmoid|sigm)$/;
const DIFFERENCE = /^([-+]|subMat|minusMat|subtractMat|subtractMatri(x|ces)|Subtract|matrixSubtract)$/;
const UNIFORM = /^(rand|random|uniform|uniform_|random_uniform|random_sample|rand_like|randomUniform|ranf)$/;
const SIGMOID: Template = { id: 'sigmoid', slots: [{ name: 'x', domain: 'real' }], value: (x) => 1 / (1 + Math.exp(-x)), needs: [['exp'], ['/', '**', 'reciprocal']] };

export function boltzmannClues(view: FileView): Clue[] {
  const out: Clue[] = [];
  const library = view.survey.calls.find((s) => s.name === 'BernoulliRBM');
  if (library) out.push({ id: 'library', weight: 1, text: 'calls BernoulliRBM', at: library.call, role: 'anchor' });
  const sigmoids = new Set<Value>();
  for (const { value } of view.computed) if (isSigmoid(value)) sigmoids.add(value);
  const push = (id: string, weight: number, text: string, at: Span) => { out.push({ id, weight, text, at, role: 'anchor' }); };
  for (const { value, at } of view.computed) {
    const o = operationOf(value);
    if (!o) continue;
    if (draws(value, o.op)) push('draw', 0.4, 'draws units with probability sigmoid(W v + b)', at);
    if (freeEnergy(value, o.op)) push('free energy', 0.45, 'computes the free energy −b·v − Σ log(1 + exp(W v + c))', at);
    if (DIFFERENCE.test(o.op) && outerDifference(value)) push('divergence', 0.4, 'takes the difference of v hᵀ at data and after sampling', at);
  }
  // What an expression made more often than is kept is reached from the units that were drawn.
  for (const { value } of view.computed) if (draws(value, operationOf(value)?.op ?? '')) comesFrom(value, (x) => { if (isSigmoid(x)) sigmoids.add(x); return false; }, 60);
  const both = bothWays(sigmoids);
  if (both) push('both ways', 0.4, 'goes from visible to hidden units and back through the same weights', both);
  return out;
}

const known = new WeakMap<Value, boolean>();

function isSigmoid(v: Value): boolean {
  const before = known.get(v);
  if (before !== undefined) return before;
  const now = computesSigmoid(v);
  known.set(v, now);
  return now;
}

function computesSigmoid(v: Value): boolean {
  const op = operationOf(v)?.op;
  if (op && LOGISTIC.test(op)) return true;
  if (appliesSigmoid(v) || isQuotient(v)) return true;
  return (op === '/' || op === '**' || op === 'reciprocal') && nodesOf(v, 12).length < 10 && match(v, SIGMOID) !== null;
}

/** 1/(1 + exp(…)), of whatever sum. */
function isQuotient(v: Value): boolean {
  const isOne = (x: Value | undefined) => x?.kind === 'number' && x.value === 1;
  const o = operationOf(v);
  const below = o?.op === '/' && isOne(o.args[0]) ? operationOf(o.args[1]) : null;
  return below?.op === '+' && below.args.some(isOne) && below.args.some((a) => operationOf(a)?.op === 'exp');
}

/** `activate(x, sigmoid)`: a function of the file's own or another file's that takes it as an argument. */
function appliesSigmoid(v: Value): boolean {
  if (v.prov?.op !== 'call') return false;
  return v.prov.args.slice(1).some((a) => (a.kind === 'function' ? LOGISTIC.test(a.definition.name) : a.kind === 'atom' && LOGISTIC.test(a.prov?.op.replace(/^(name|attribute) /, '') ?? '')));
}

/** Bernoulli(p), binomial(1, p), p > u, sign(p − u). */
function draws(v: Value, op: string): boolean {
  const named = DRAWN.test(op);
  const compared = /^(>|<|>=|<=|sign|relu|floor|ceil|greater|less|round|heaviside)$/.test(op);
  if (!named && !compared) return false;
  const fromSigmoid = comesFrom(v, isSigmoid, 24);
  return fromSigmoid && (named || comesFrom(v, (x) => UNIFORM.test(operationOf(x)?.op ?? ''), 16));
}

function freeEnergy(v: Value, op: string): boolean {
  if (!/^(sum|reduce_sum|mean|reduce_mean)$/.test(op)) return false;
  const inner = operationOf(v)?.args[0];
  if (!inner) return false;
  const made = operationOf(inner);
  const soft = made && (made.op === 'softplus' || made.op === 'log1p' || (made.op === 'log' && nodesOf(inner, 8).some((n) => operationOf(n)?.op === 'exp')));
  return soft === true && comesFrom(inner, (x) => PRODUCTS.test(operationOf(x)?.op ?? ''), 16);
}

/** v₀ h₀ᵀ − vₖ hₖᵀ, the second after units were drawn. */
function outerDifference(v: Value): boolean {
  const products = (operationOf(v)?.args ?? []).filter((a) => product(a));
  return products.length === 2 && products.every((p) => comesFrom(p, isSigmoid, 60));
}

function product(v: Value): boolean {
  const o = operationOf(v);
  if (!o) return false;
  return PRODUCTS.test(o.op) || (/^(settled|\/|mean|reduce_mean|sum|\*|neg)$/.test(o.op) && o.args.slice(0, 1).some(product));
}

/** Weights that one sigmoid uses as they are and another one transposed. */
function bothWays(sigmoids: ReadonlySet<Value>): Span | null {
  const plain = new Set<Value>();
  const turned = new Map<Value, Span>();
  for (const s of sigmoids) {
    for (const n of within(s)) {
      const o = operationOf(n);
      if (!o || !PRODUCTS.test(o.op)) continue;
      const transposed = o.keywords?.has('transpose_b') || o.keywords?.has('transpose_a') || o.args.slice(2).some((a) => a.kind === 'boolean' && a.value);
      for (const a of o.args) {
        const w = operationOf(a);
        const attribute = a.kind === 'bound' && a.name === 'T' ? a.object : a.prov?.op === 'attribute T' ? a.prov.args[0] : null;
        if (attribute) turned.set(attribute, s.prov!.at);
        else if (w && TURNED.test(w.op) && w.args[0]) turned.set(w.args[0], s.prov!.at);
        else if (transposed) turned.set(a, s.prov!.at);
        else plain.add(a);
      }
    }
  }
  for (const [w, at] of turned) if (plain.has(w)) return at;
  return null;
}

/** What went into it, not far. */
function within(v: Value): Value[] {
  const seen = new Set<Value>([v]);
  for (const x of seen) {
    if (seen.size > 24) break;
    if (x !== v && x.prov?.op === 'call' && isSigmoid(x)) continue;
    for (const y of x.prov?.args ?? []) if (y.kind === 'atom' || y.kind === 'linear') seen.add(y);
    if (x.kind === 'linear') for (const y of x.terms.keys()) seen.add(y);
  }
  return [...seen];
}
