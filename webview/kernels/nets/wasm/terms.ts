/** The terms of the evidence lower bound. */
import type { Ops } from '../contract';
import { TERM } from './exports';
import type { WasmMatrix } from './matrix';
import { bytesOf, expectSame, expectShape, groupsOf, type Place } from './place';

type Terms = Pick<Ops<WasmMatrix>,
  'reparameterise' | 'reparameteriseGradient' | 'bernoulli' | 'bernoulliGradient' | 'gaussian' | 'gaussianGradient' | 'klStandard' | 'klStandardGradient'
  | 'logNormal' | 'logNormalGradient' | 'logMeanExp' | 'logMeanExpGradient'>;
type Kind = (typeof TERM)[keyof typeof TERM];

const LOG_2_PI = Math.log(2 * Math.PI);

export function boundTerms(place: Place): Terms {
  const { wasm } = place.heap;

  /** factor·Σ term + offset of each row; a kind of fewer operands is given its first again. */
  const column = (kind: Kind, operands: WasmMatrix[], factor: number, offset: number): WasmMatrix => {
    const [a, b = a, c = a] = operands;
    expectSame('An operand of a term', a, b, c);
    const out = place.make(a.rows, 1);
    wasm.terms(kind, place.of(a), place.of(b), place.of(c), a.rows, a.columns, factor, offset, out.at);
    return out;
  };

  const gradients = (kind: Kind, operands: WasmMatrix[], weights: WasmMatrix, factor: number, count: number): WasmMatrix[] => {
    const [a, b = a, c = a] = operands;
    expectSame('An operand of a term', a, b, c);
    expectShape('The weights of a term', weights, a.rows, 1);
    const made = Array.from({ length: count }, () => place.make(a.rows, a.columns));
    const [da, db = da, dc = da] = made;
    wasm.termGradients(kind, place.of(a), place.of(b), place.of(c), place.of(weights), a.rows, a.columns, factor, da.at, db.at, dc.at);
    return made;
  };

  const one = (...args: Parameters<typeof gradients>) => gradients(...args)[0];

  return {
    reparameterise(mean, logVariance, noise) {
      expectSame('An operand of a draw', mean, logVariance, noise);
      const out = place.make(mean.rows, mean.columns);
      wasm.reparameterise(place.of(mean), place.of(logVariance), place.of(noise), bytesOf(mean), out.at);
      return out;
    },
    reparameteriseGradient(logVariance, noise, dz) {
      expectSame('An operand of a draw', dz, logVariance, noise);
      const out = place.make(dz.rows, dz.columns);
      wasm.reparameteriseGradient(place.of(logVariance), place.of(noise), place.of(dz), bytesOf(dz), out.at);
      return { mean: dz, logVariance: out };
    },

    bernoulli: (logits, x) => column(TERM.bernoulli, [logits, x], 1, 0),
    bernoulliGradient: (logits, x, weights) => one(TERM.bernoulli, [logits, x], weights, 1, 1),
    gaussian: (mean, x, sigma, constant) => column(TERM.square, [mean, x], 0.5 / sigma ** 2, constant ? mean.columns * (Math.log(sigma) + 0.5 * LOG_2_PI) : 0),
    gaussianGradient: (mean, x, sigma, weights) => one(TERM.square, [mean, x], weights, 1 / sigma ** 2, 1),
    klStandard: (mean, logVariance) => column(TERM.kl, [mean, logVariance], 0.5, 0),
    klStandardGradient(mean, logVariance, weights) {
      const [dMean, dLogVariance] = gradients(TERM.kl, [mean, logVariance], weights, 1, 2);
      return { mean: dMean, logVariance: dLogVariance };
    },
    logNormal: (z, given) => given
      ? column(TERM.normal, [z, given.mean, given.logVariance], -0.5, -0.5 * z.columns * LOG_2_PI)
      : column(TERM.standard, [z], -0.5, -0.5 * z.columns * LOG_2_PI),
    logNormalGradient(z, given, weights) {
      if (!given) return { z: one(TERM.standard, [z], weights, -1, 1), given: null };
      const [dz, mean, logVariance] = gradients(TERM.normal, [z, given.mean, given.logVariance], weights, 1, 3);
      return { z: dz, given: { mean, logVariance } };
    },

    logMeanExp(entries, k) {
      expectShape('A column', entries, entries.rows, 1);
      const groups = groupsOf(entries.rows, k);
      const out = place.make(groups, 1);
      wasm.logMeanExp(place.of(entries), groups, k, out.at);
      return out;
    },
    logMeanExpGradient(entries, k, weights) {
      expectShape('A column', entries, entries.rows, 1);
      const groups = groupsOf(entries.rows, k);
      expectShape('The weights of the groups', weights, groups, 1);
      const out = place.make(entries.rows, 1);
      wasm.logMeanExpGradient(place.of(entries), place.of(weights), groups, k, out.at);
      return out;
    },
  };
}
