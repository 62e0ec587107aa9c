/** An energy on the line with one parameter. Integrals are sums over even grids, which for such smooth and fast falling functions are exact to rounding. */
import type { Outcome, Value, World } from '../../formulas/evaluate';
import type { SymbolId } from '../../formulas/symbols';
import { random } from './random';
import { between, normalDensity, sum, worldOf } from './world';

const REACH = 8.4;
const STEP = 0.3;
/** Middle points of a grid; `shift` moves it, so that a sum of the world is not the sum of the line. */
const grid = (shift = 0): number[] => Array.from({ length: Math.round((2 * REACH) / STEP) + 1 }, (_, i) => -REACH + STEP * (i + shift));

interface Options {
  /** The noise level, where it goes to zero. */
  small?: number;
  /** Which of two examples is looked at; all else is the same. */
  other?: boolean;
}

export function recoveryWorld(seed: number, { small, other }: Options = {}): World {
  const next = random(seed);
  const [a, b, theta] = [between(next, 0.8, 1.4), between(next, 0.3, 0.8), between(next, 0.4, 1.2)];
  const energyOf = (x: number, at: number): number => (a * x ** 2) / 2 + at * Math.cos(1.1 * x + b * at) + 0.3 * at * x;
  const slopeOf = (x: number, at: number): number => a * x - 1.1 * at * Math.sin(1.1 * x + b * at) + 0.3 * at;
  const [free, noise, second] = [between(next, 0.5, 1), between(next, 0.4, 1.6), between(next, -1, 1)];
  const [sigma, noisy] = [small ?? free, between(next, -1.2, 1.2)];
  const x = other ? second : noisy - sigma * noise;
  // Little noise: a grid as narrow as the noise, around the noisy point.
  const scale = small ? small * 1.2 : 1;
  const points = (shift: number): number[] => grid(shift).map((u) => (small ? noisy + scale * u : u));
  const weigh = (f: (at: number) => number): number => STEP * scale * sum(points(0.4).map(f));
  const parameters = (look: (id: SymbolId) => Value): number => look('parameters') as number;
  const exponent = (at: number, from: number): number => ((at - from) / sigma) ** 2 / 2;
  const partition = STEP * sum(grid(0.4).map((at) => Math.exp(-energyOf(at, theta))));
  const model = (at: number): number => Math.exp(-energyOf(at, theta)) / partition;
  const tangent = (at: number, from: number): number => energyOf(from, theta) + slopeOf(from, theta) * (at - from);
  return worldOf({
    values: {
      x, noisy, noiseLevel: sigma, parameters: theta, modelSample: second + 0.4, partition,
      recoveryPartition: weigh((at) => Math.exp(-energyOf(at, theta) - exponent(at, noisy))),
    },
    functions: (look) => ({
      energy: (at: number) => energyOf(at, parameters(look)),
      energyModel: model,
      kernel: (at: number, from: number) => normalDensity(at, from, sigma ** 2),
      noisyModel: (at: number) => weigh((from) => model(from) * normalDensity(at, from, sigma ** 2)),
      recovery: (at: number, from: number) => 1 / weigh((to) => Math.exp(energyOf(at, parameters(look)) + exponent(at, from) - energyOf(to, parameters(look)) - exponent(to, from))),
      tangentEnergy: tangent,
      tangentRecovery: (at: number, from: number) => 1 / weigh((to) => Math.exp(exponent(at, from) - exponent(to, from) - slopeOf(from, theta) * (to - at))),
    }),
    outcomes: { modelSample: points(0).map((value): Outcome => ({ value, weight: STEP * scale })) },
  });
}
