/** Small networks whose weights lean on two parameters, and a finite set of codes with a table of what each makes. */
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import type { Value, World } from '../../formulas/evaluate';
import { random } from './random';
import { between, each, inner, normalDensity, nth, probabilities, rootOf, sum, worldOf } from './world';

const [D, N, ZS, XS] = [3, 4, [1, 2, 3, 4], [11, 12, 13]];
const isFinite = (step: DerivationStep): boolean => stepSymbols(step).some((id) => id === 'evidence' || id === 'posterior');

export const objectiveWorld = (seed: number, step: DerivationStep): World => (isFinite(step) ? finite(seed, false) : networks(seed, false));
/** Only one code can make the example; or the predicted probability is the component itself. */
export const objectiveTight = (seed: number, step: DerivationStep): World => (isFinite(step) ? finite(seed, true) : networks(seed, true));

function networks(seed: number, tight: boolean): World {
  const next = random(seed);
  const draw = (n: number): number[] => Array.from({ length: n }, () => between(next, -1.2, 1.2));
  const [down, lean, up, shift] = [[draw(D), draw(D)], [draw(D), draw(D)], [draw(2), draw(2), draw(2)], [draw(2), draw(2), draw(2)]];
  const encode = (x: readonly number[]): number[] => down.map((row, i) => Math.tanh(inner(row, x) + inner(lean[i], x) / 3));
  const decode = (h: readonly number[], [a, b]: readonly number[]): number[] => up.map((row, i) => inner(row, h) + a * inner(shift[i], h) + 0.3 * b * (i + 1));
  const [parameters, deviation, data, k] = [[between(next, -0.8, 0.8), between(next, -0.8, 0.8)], between(next, 0.7, 1.5), Array.from({ length: N }, () => draw(D)), Math.floor(N * next())];
  const rebuilt = data.map((x) => decode(encode(x), parameters));
  const errors = data.map((x, i) => sum(x.map((value, axis) => (value - rebuilt[i][axis]) ** 2)));
  // Zero of the slope of the negative log-likelihood, per variance.
  const variance = rootOf((v) => sum(errors) / v - N * D, 1e-6, 1e3);
  const bits = Array.from({ length: D }, () => Number(next() < 0.5));
  const chances = bits.map(() => between(next, 0.2, 0.8));
  const grey = between(next, 0.15, 0.85);
  const outputBit = tight ? grey : between(next, 0.2, 0.8);
  const logit = Math.log(outputBit / (1 - outputBit));
  return worldOf({
    values: {
      x: data[k], dataSize: N, dimensions: D, parameters, outputDeviation: deviation, bestDeviation: Math.sqrt(variance), squaredErrors: sum(errors),
      inputBit: grey, outputBit, crossEntropy: Math.log1p(Math.exp(logit)) - logit * grey, code: encode(data[k]),
    },
    members: { dataPoint: nth(data), pointReconstruction: nth(rebuilt), pixel: nth(bits), pixelProbability: nth(chances) },
    functions: (look: (id: 'parameters') => Value) => ({
      encoderNetwork: encode,
      decoderNetwork: (h: readonly number[]) => decode(h, look('parameters') as readonly number[]),
      codeLikelihood: (x: readonly number[], h: readonly number[]) => decode(h, look('parameters') as readonly number[]).reduce((density, mean, axis) => density * normalDensity(x[axis], mean, deviation ** 2), 1),
      bernoulliLikelihood: (x: readonly number[], h: readonly number[]) => (x.length === D && h.length === 2 ? bits.reduce((chance, bit, i) => chance * (bit === 1 ? chances[i] : 1 - chances[i]), 1) : undefined),
    }),
    letters: { i: 1 + k, j: 1 + (seed % D) },
  });
}

function finite(seed: number, tight: boolean): World {
  const next = random(seed);
  // Where only one code can make an example, code z makes example z modulo three, and the last code makes what no other can.
  const flat = probabilities(next, ZS.length * XS.length);
  const chosen = Math.floor(XS.length * next());
  const table = ZS.map((_, i) => XS.map((__, j) => flat[i * XS.length + j] * (tight && j === chosen && i !== chosen ? 0 : 1)));
  const all = sum(table.flat());
  const joint = (z: number, x: number): number => (ZS.includes(z) && XS.includes(x) ? table[ZS.indexOf(z)][XS.indexOf(x)] / all : NaN);
  const ofZ = (z: number): number => sum(XS.map((x) => joint(z, x)));
  const ofX = (x: number): number => sum(ZS.map((z) => joint(z, x)));
  const codes = XS.map((_, j) => (tight ? ZS[j] : ZS[Math.floor(ZS.length * next())]));
  return worldOf({
    values: { x: XS[chosen], latent: ZS[Math.floor(ZS.length * next())] },
    functions: () => ({
      prior: ofZ,
      evidence: ofX,
      likelihood: (x: number, z: number) => joint(z, x) / ofZ(z),
      posterior: (z: number, x: number) => joint(z, x) / ofX(x),
      encoderNetwork: (x: number) => codes[XS.indexOf(x)],
    }),
    outcomes: { latent: each(ZS) },
  });
}
