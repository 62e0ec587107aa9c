/** Every small slip that a formula invites, at every place of its tree. */
import { add, children, div, isLetter, letter, letterOf, mul, neg, num, pow, sqrt, sub, sym, withChildren, type Expr, type Index, type Letter } from '../../formulas/expr';
import type { SymbolId } from '../../formulas/symbols';

export interface Mutant {
  what: string;
  expr: Expr;
}

/** What the lines around speak of: any of it may be written in the place of another. */
export interface Surroundings {
  symbols: readonly SymbolId[];
  functions: readonly SymbolId[];
  letters: readonly Letter[];
}

/** Everything that the expressions speak of. */
export function surroundingsOf(exprs: readonly Expr[]): Surroundings {
  const [symbols, functions, letters] = [new Set<SymbolId>(), new Set<SymbolId>(), new Set<Letter>()];
  const visit = (e: Expr): void => {
    if (e.kind === 'symbol') symbols.add(e.id);
    const counted = e.kind === 'symbol' && e.index ? letterOf(e.index) : null;
    if (counted) letters.add(counted.letter);
    if (e.kind === 'letter') letters.add(e.letter);
    if (e.kind === 'apply') functions.add(e.id);
    children(e).forEach(visit);
  };
  exprs.forEach(visit);
  return { symbols: [...symbols], functions: [...functions], letters: [...letters] };
}

const NONE: Surroundings = { symbols: [], functions: [], letters: [] };

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

function atRoot(e: Expr, around: Surroundings): Mutant[] {
  switch (e.kind) {
    case 'number':
      return [{ what: `${e.value} → ${e.value + 1}`, expr: num(e.value + 1) }];
    case 'symbol': {
      const others = around.symbols.length ? around.symbols.filter((id) => id !== e.id) : (CONFUSED[e.id] ?? []);
      const swaps = others.map((id): Mutant => ({ what: `${e.id} → ${id}`, expr: sym(id, e.index && (around.symbols.length || SEQUENCES.includes(id)) ? e.index : undefined) }));
      if (isLetter(e.index) && around.letters.includes(e.index)) {
        swaps.push({ what: `${e.id}: no index`, expr: sym(e.id) });
        swaps.push(...around.letters.filter((letter) => letter !== e.index).map((letter): Mutant => ({ what: `${e.id}: index ${letter}`, expr: sym(e.id, letter) })));
      }
      if (SEQUENCES.includes(e.id)) swaps.push({ what: `${e.id}: index`, expr: sym(e.id, e.index === undefined ? 't-1' : undefined) });
      // A member of a chain beside the one that is meant.
      const counted = e.index === undefined || e.index === 't-1' ? null : letterOf(e.index);
      if (counted) {
        const beside = counted.offset === 0 ? ([-1, 1] as const) : ([0] as const);
        swaps.push(...beside.map((by): Mutant => ({ what: `${e.id}: index ${counted.letter}${by || ''}`, expr: sym(e.id, `${counted.letter}${by === 0 ? '' : by === 1 ? '+1' : '-1'}` as Index) })));
      }
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
      return [{ what: 'lower bound + 1', expr: { ...e, from: e.from + 1 } }, { what: 'product ↔ sum', expr: { ...e, kind: e.kind === 'sum' ? 'product' : 'sum' } }, ...(e.after ? [{ what: 'from the first term', expr: { ...e, after: undefined } }] : [])];
    case 'letter':
      return [{ what: `${e.letter} + 1`, expr: add(e, num(1)) }, ...around.letters.filter((l) => l !== e.letter).map((l): Mutant => ({ what: `${e.letter} → ${l}`, expr: letter(l) }))];
    case 'kronecker':
      return [{ what: 'δ → 1', expr: num(1) }, { what: 'δ → 0', expr: num(0) }];
    case 'hadamard':
      return [{ what: 'drop first factor', expr: e.right }, { what: 'drop last factor', expr: e.left }];
    case 'inverse':
      return [{ what: 'drop inverse', expr: e.arg }];
    case 'transpose':
      return [{ what: 'drop transpose', expr: e.arg }];
    case 'trace':
      return [{ what: 'trace → determinant', expr: { ...e, kind: 'det' } }];
    case 'det':
      return [{ what: 'determinant → trace', expr: { ...e, kind: 'trace' } }];
    case 'power':
      return [{ what: 'drop exponent', expr: e.base }, { what: 'exponent + 1', expr: { ...e, exponent: add(e.exponent, num(1)) } }];
    case 'total':
    case 'integral':
      return [{ what: 'drop sum', expr: e.body }];
    case 'definite':
      return [{ what: 'drop integral', expr: e.body }, { what: 'swap bounds', expr: { ...e, from: e.to, to: e.from } }];
    case 'argmax':
    case 'argmin':
      return [{ what: 'largest ↔ smallest', expr: { ...e, kind: e.kind === 'argmax' ? 'argmin' : 'argmax' } }];
    case 'entropy':
      return [{ what: 'entropy → its negative', expr: neg(e) }];
    case 'crossEntropy':
      return [{ what: 'swap sides', expr: { ...e, left: e.right, right: e.left } }, { what: 'cross-entropy → divergence', expr: { ...e, kind: 'kl' } }];
    case 'beside':
      return [];
    case 'expectation':
      return [{ what: 'drop expectation', expr: e.body }, { what: 'expectation → sum', expr: { kind: 'total', over: e.over, body: e.body } }];
    case 'kl':
      return [{ what: 'swap sides', expr: { ...e, left: e.right, right: e.left } }, { what: 'divergence → cross-entropy', expr: { ...e, kind: 'crossEntropy' } }];
    case 'derivative':
      return [{ what: 'drop derivative', expr: e.body }, ...around.symbols.filter((id) => id !== e.by).map((by): Mutant => ({ what: `derivative by ${by}`, expr: { ...e, by } }))];
    case 'function':
      return e.args.map((arg, i) => ({ what: `${e.name} → its argument ${i}`, expr: arg }));
    case 'dot':
      return [{ what: 'dot with itself', expr: { ...e, right: e.left } }];
    case 'apply':
      return [
        ...(e.id === 'epsilonTheta' ? [{ what: 'ε_θ → ε', expr: sym('epsilon') }] : []),
        ...around.functions.filter((id) => id !== e.id).map((id): Mutant => ({ what: `${e.id} → ${id}`, expr: { ...e, id } })),
      ];
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

/** All expressions with exactly one slip. With surroundings every symbol is mistaken for every other of them, without for those that are most like it. */
export function mutantsOf(expr: Expr, around: Surroundings = NONE): Mutant[] {
  const parts = children(expr);
  return [
    ...atRoot(expr, around),
    ...parts.flatMap((part, i) =>
      mutantsOf(part, around).map(({ what, expr: mutated }) => ({ what: `${expr.kind}.${i} › ${what}`, expr: withChildren(expr, parts.map((other, j) => (j === i ? mutated : other))) }))),
  ];
}
