/** A small encoder and decoder with random weights. */
import type { World } from '../../formulas/evaluate';
import { random } from './random';
import { between, inner, normalDensity, worldOf } from './world';

export function autoencoderWorld(seed: number): World {
  const next = random(seed);
  const vector = (n: number): number[] => Array.from({ length: n }, () => between(next, -1.5, 1.5));
  const [down, up] = [[vector(3), vector(3)], [vector(2), vector(2), vector(2)]];
  const encode = (x: readonly number[]): number[] => down.map((row) => Math.tanh(inner(row, x)));
  const decode = (h: readonly number[]): number[] => up.map((row) => inner(row, h) + 0.1);
  const [x, deviation, bit, logit, raw] = [vector(3), between(next, 0.5, 1.5), between(next, 0.1, 0.9), between(next, -2, 2), vector(3)];
  const size = Math.sqrt(inner(raw, raw));
  return worldOf({
    values: {
      x, code: encode(x), reconstruction: decode(encode(x)), outputDeviation: deviation, dimensions: 3,
      inputBit: bit, outputLogit: logit, crossEntropy: Math.log1p(Math.exp(logit)) - bit * logit, direction: raw.map((value) => value / size),
    },
    functions: () => ({
      encoderNetwork: encode,
      decoderNetwork: decode,
      codeLikelihood: (point: readonly number[], h: readonly number[]) => decode(h).reduce((density, mean, i) => density * normalDensity(point[i], mean, deviation ** 2), 1),
    }),
  });
}
