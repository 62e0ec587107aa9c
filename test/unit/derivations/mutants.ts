/** Every small slip that a formula invites, at every place of its tree. */
import { children, div, mul, neg, num, pow, sqrt, sub, sym, withChildren, type Expr } from '../../../core/formulas/expr';
import type { SymbolId } from '../../../core/formulas/symbols';

export interface Mutant {
  what: string;
  expr: Expr;
}

const CONFUSED: Partial<Record<SymbolId, readonly SymbolId[]>> = {
  beta: ['alpha', 'alphaBar', 'betaTilde'],
  alpha: ['beta', 'alphaBar'],
  alphaBar: ['alpha', 'beta', 'alphaBarPrev'],
  alphaBarPrev: ['alphaBar', 'alpha', 'beta'],
  betaTilde: ['beta', 'alpha'],
  xt: ['xPrev', 'x0'],
  xPrev: ['xt', 'x0'],
  x0: ['xt', 'epsilon', 'x0Theta'],
  x0Theta: ['x0', 'xt'],
  epsilon: ['z', 'x0'],
  sigma: ['betaTilde', 'eta'],
  z: ['epsilon'],
  mu: ['xt', 'x0'],
  betaStart: ['betaEnd'],
  betaEnd: ['betaStart'],
  snr: ['gamma', 'alphaBar'],
  gamma: ['snr'],
  t: ['T'],
  T: ['t'],
};
const SEQUENCES: readonly SymbolId[] = ['beta', 'alpha'];

function atRoot(e: Expr): Mutant[] {
  switch (e.kind) {
    case 'number':
      return [{ what: `${e.value} → ${e.value + 1}`, expr: num(e.value + 1) }];
    case 'symbol': {
      const swaps = (CONFUSED[e.id] ?? []).map((id): Mutant => ({ what: `${e.id} → ${id}`, expr: sym(id, e.index && SEQUENCES.includes(id) ? e.index : undefined) }));
      if (SEQUENCES.includes(e.id)) swaps.push({ what: `${e.id}: index`, expr: sym(e.id, e.index === undefined ? 't-1' : undefined) });
      if (e.index === '1' || e.index === 'T') swaps.push({ what: `${e.id}: no end`, expr: sym(e.id) }, { what: `${e.id}: other end`, expr: sym(e.id, e.index === '1' ? 'T' : '1') });
      if (e.id === 't') swaps.push({ what: 't → t − 1', expr: sub(e, num(1)) });
      return swaps;
    }
    case 'add':
      return [{ what: '+ → −', expr: { ...e, kind: 'sub' } }, { what: 'drop first term', expr: e.right }, { what: 'drop last term', expr: e.left }];
    case 'sub':
      return [{ what: '− → +', expr: { ...e, kind: 'add' } }, { what: 'drop first term', expr: neg(e.right) }, { what: 'drop last term', expr: e.left }, { what: 'swap terms', expr: sub(e.right, e.left) }];
    case 'mul':
      return [{ what: 'drop first factor', expr: e.right }, { what: 'drop last factor', expr: e.left }];
    case 'div':
      return [{ what: 'turn over', expr: div(e.right, e.left) }, { what: 'drop denominator', expr: e.left }, { what: 'fraction → product', expr: mul(e.left, e.right) }];
    case 'neg':
      return [{ what: 'drop minus', expr: e.arg }];
    case 'sqrt':
      return [{ what: 'drop root', expr: e.arg }];
    case 'normSq':
      return [{ what: 'drop square', expr: sqrt(e) }];
    case 'pow':
      return [{ what: 'drop exponent', expr: e.base }, { what: 'exponent + 1', expr: pow(e.base, e.exponent + 1) }, { what: '− exponent', expr: pow(e.base, -e.exponent) }];
    case 'product':
    case 'sum':
      return [{ what: 'lower bound + 1', expr: { ...e, from: e.from + 1 } }, { what: 'product ↔ sum', expr: { ...e, kind: e.kind === 'sum' ? 'product' : 'sum' } }];
    case 'function':
      return e.args.map((arg, i) => ({ what: `${e.name} → its argument ${i}`, expr: arg }));
    case 'dot':
      return [{ what: 'dot with itself', expr: { ...e, right: e.left } }];
    case 'apply':
      return e.id === 'epsilonTheta' ? [{ what: 'ε_θ → ε', expr: sym('epsilon') }] : [];
    case 'gaussian':
      return [
        { what: 'mean → −mean', expr: { ...e, mean: neg(e.mean) } },
        { what: 'variance → its root', expr: { ...e, variance: sqrt(e.variance) } },
        { what: 'variance → its square', expr: { ...e, variance: pow(e.variance, 2) } },
      ];
    case 'density':
      return [
        { what: 'density without its last condition', expr: { ...e, given: e.given.slice(0, -1) } },
        ...(['xt', 'xPrev', 'x0'] as const).filter((id) => id !== e.of).map((id): Mutant => ({ what: `density of ${id}`, expr: { ...e, of: id } })),
        ...e.given.flatMap((given, i) => (['xt', 'xPrev', 'x0'] as const).filter((id) => id !== given).map((id): Mutant => ({ what: `density given ${id}`, expr: { ...e, given: e.given.with(i, id) } }))),
      ];
  }
}

/** All expressions with exactly one slip. */
export function mutantsOf(expr: Expr): Mutant[] {
  const parts = children(expr);
  return [
    ...atRoot(expr),
    ...parts.flatMap((part, i) =>
      mutantsOf(part).map(({ what, expr: mutated }) => ({ what: `${expr.kind}.${i} › ${what}`, expr: withChildren(expr, parts.map((other, j) => (j === i ? mutated : other))) }))),
  ];
}
