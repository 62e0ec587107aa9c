/** A finite game: every generator is a map from a few random inputs to examples, every discriminator a table. */
import type { World } from '../../formulas/evaluate';
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import { random } from './random';
import { between, each, probabilities, sum, worldOf } from './world';

const [XS, ZS] = [[0.4, 1.3, -0.8, 2.1], [31, 32, 33, 34, 35]];

export const minimaxWorld = (seed: number, step: DerivationStep): World => made(seed, step, false);
/** The data is what one of the generators makes, and the present moves are that generator and the discriminator that says one half. */
export const minimaxTight = (seed: number, step: DerivationStep): World => made(seed, step, true);

function made(seed: number, step: DerivationStep, tight: boolean): World {
  const next = random(seed);
  const noise = probabilities(next, ZS.length);
  // Every map reaches at least two of the examples.
  const maps = [0, 1, 2].map((k) => ZS.map((_, i) => (i < 2 ? (i + k) % XS.length : Math.floor(next() * XS.length))));
  /** How probable each example is: what is left of the noise when all else is taken away. */
  const pushed = maps.map((map) => XS.map((_, x) => (map.includes(x) ? 1 - sum(noise.filter((_p, z) => map[z] !== x)) : 0)));
  const data = tight ? pushed[0] : probabilities(next, XS.length);
  // One half is a move where a line needs it; elsewhere it would settle who is safest in most games.
  const symbols = stepSymbols(step);
  const fair = tight || (symbols.includes('minimaxValue') && symbols.length === 1);
  const tables = [0, 1, 2, 3].map((k) => XS.map(() => (fair && k === 0 ? 0.5 : between(next, 0.15, 0.85))));
  // The value as the logarithm of one product: the likelihood of the classifier to the power of each chance.
  const value = (g: number, d: number): number => Math.log(XS.reduce((product, _, x) => product * tables[d][x] ** data[x] * (1 - tables[d][x]) ** pushed[g][x], 1));
  const matrix = maps.map((_, g) => tables.map((__, d) => value(g, d)));
  const columns = tables.map((_, d) => matrix.map((row) => row[d]));
  const [g, d] = tight ? [0, 0] : [Math.floor(next() * maps.length), Math.floor(next() * tables.length)];
  const table = tables[d];
  // Weights are vectors, and nothing between two of them is a move.
  const move = (i: number, of: number): number[] => [of, i + 1];
  const moved = (weights: readonly number[], of: number, many: number): number | undefined => (weights[0] === of && weights[1] >= 1 && weights[1] <= many ? weights[1] - 1 : undefined);
  const best = (list: readonly number[], sign: 1 | -1): number => list.findIndex((v) => sign * v === Math.max(...list.map((u) => sign * u)));
  const [uppers, lowers] = [matrix.map((row) => Math.max(...row)), columns.map((column) => Math.min(...column))];
  const at = (x: number): number => XS.indexOf(x);
  return worldOf({
    values: {
      x: XS[Math.floor(next() * XS.length)], generatorNoise: ZS[Math.floor(next() * ZS.length)], discriminatorOutput: tight ? 0.5 : between(next, 0.1, 0.9), discriminatorLogit: between(next, -2, 2),
      realLabel: Number(next() < 0.5), adversarialValue: matrix[g][d],
      discriminatorLoss: -sum(XS.map((_, x) => (data[x] / 2) * Math.log(table[x]) + (pushed[g][x] / 2) * Math.log1p(-table[x]))),
      saturatingLoss: Math.log(XS.reduce((product, _, x) => product * (1 - table[x]) ** pushed[g][x], 1)),
      nonSaturatingLoss: -Math.log(XS.reduce((product, _, x) => product * table[x] ** pushed[g][x], 1)),
      generatorWeights: move(g, 7), discriminatorWeights: move(d, 8), safeGenerator: move(best(uppers, -1), 7), safeDiscriminator: move(best(lowers, 1), 8),
      minimaxValue: Math.min(...uppers), maximinValue: Math.max(...lowers),
    },
    functions: () => ({
      dataDistribution: (x: number) => data[at(x)],
      generatorDistribution: (x: number) => pushed[g][at(x)],
      discriminator: (x: number) => table[at(x)],
      generatorInput: (z: number) => noise[ZS.indexOf(z)],
      generatorMap: (z: number) => XS[maps[g][ZS.indexOf(z)]],
      sameValue: (a: number, b: number) => (typeof a === 'number' && typeof b === 'number' ? Number(a === b) : undefined),
      exampleLoss: (x: number, y: number) => (y === 1 ? -Math.log(table[at(x)]) : y === 0 ? -Math.log(1 - table[at(x)]) : undefined),
      gameValue: (first: readonly number[], second: readonly number[]) => matrix[moved(first, 7, maps.length) ?? -1]?.[moved(second, 8, tables.length) ?? -1],
      discriminatorAnswer: (weights: readonly number[]) => {
        const i = moved(weights, 7, maps.length);
        return i === undefined ? undefined : move(best(matrix[i], 1), 8);
      },
      generatorAnswer: (weights: readonly number[]) => {
        const i = moved(weights, 8, tables.length);
        return i === undefined ? undefined : move(best(columns[i], -1), 7);
      },
    }),
    outcomes: { x: each(XS), generatorNoise: each(ZS), generatorWeights: each(maps.map((_, i) => move(i, 7))), discriminatorWeights: each(tables.map((_, i) => move(i, 8))) },
  });
}
