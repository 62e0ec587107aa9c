/** A smooth energy over a few points of the plane; and chains over a quadratic energy, whose mean and variance are stepped by quadrature. */
import { differentiate } from '../../formulas/differentiate';
import type { Outcome, Value, World } from '../../formulas/evaluate';
import type { SymbolId } from '../../formulas/symbols';
import { stepSymbols } from '../render';
import type { DerivationStep } from '../types';
import { normal, point, random } from './random';
import { between, combine, each, inner, normalDensity, normalNodes, rootOf, sum, worldOf } from './world';

type Point = readonly number[];

/** Energies that know where the parameters, or the parts of a well, have been moved to. */
function general(seed: number, batch: boolean): World {
  const next = random(seed);
  const points = [point(next), point(next), point(next)];
  const [direction, theta, b] = [point(next), between(next, 0.4, 1.4), between(next, 0.5, 1.5)];
  const energyOf = (x: Point, at: number): number => (at * inner(x, x)) / 2 + b * Math.cos(1.3 * at + inner(direction, x));
  const parameters = (look: (id: SymbolId) => Value): number => look('parameters') as number;
  // Distances from the first energy keep the exponentials small.
  const model = (x: Point, at: number): number => 1 / sum(points.map((other) => Math.exp(energyOf(x, at) - energyOf(other, at))));
  const x = points[Math.floor(next() * points.length)];
  const [step, z, N] = [between(next, 0.1, 0.6), point(next), 2 + (seed % 2)];
  const waves = Math.sin(1.3 * theta + inner(direction, x));
  const slope = x.map((value, i) => theta * value - b * waves * direction[i]);
  const tuples = Array.from({ length: points.length ** N }, (_, code) => Array.from({ length: N }, (__, i) => points[Math.floor(code / points.length ** i) % points.length]));
  return worldOf({
    values: {
      x, modelSample: points[0], parameters: theta, langevinStep: step, z, negativeCount: N, negativeSamples: tuples[0],
      partition: sum(points.map((at) => Math.exp(-energyOf(at, theta)))),
      langevinPoint: combine(1, x, 1, combine(-step / 2, slope, Math.sqrt(step), z)),
    },
    functions: (look) => ({
      energy: (at: Point) => energyOf(at, parameters(look)),
      energyModel: (at: Point) => model(at, parameters(look)),
      batchDistribution: (all: readonly Point[]) => all.reduce((p, at) => p * model(at, theta), 1),
    }),
    outcomes: {
      x: each(points), modelSample: each(points),
      ...(batch && { negativeSamples: tuples.map((tuple): Outcome => ({ value: tuple, weight: 1, parts: tuple.map((value, i) => ({ id: 'negativeSample', n: i + 1, value })) })) }),
    },
    letters: { i: 1 },
  });
}

/** Not two: that would hide a factor of two. */
const D = 3;

/** @param small the step size, where it goes to zero. */
function quadratic(seed: number, stationary: boolean, small?: number): World {
  const next = random(seed);
  const vector = (): number[] => Array.from({ length: D }, () => normal(next));
  const [centre, start, x, z] = [vector(), vector(), vector(), vector()];
  const [variance, first] = [between(next, 0.6, 1.6), between(next, 0.3, 2)];
  const step = small ?? between(next, 0.2, 1);
  // Along one axis: the chain moves every component by itself.
  const moved = (at: number, axis: number, noise: number): number =>
    at - (step / 2) * (differentiate((y) => ((y as number) - centre[axis]) ** 2 / (2 * variance), at) as number) + Math.sqrt(step) * noise;
  const after = (mean: number, spread: number, axis: number): { mean: number; spread: number } => {
    const ends = normalNodes(2).flatMap((a) => normalNodes(2).map((b) => ({ at: moved(mean + Math.sqrt(spread) * a.at, axis, b.at), weight: a.weight * b.weight })));
    const middle = sum(ends.map(({ at, weight }) => weight * at));
    return { mean: middle, spread: sum(ends.map(({ at, weight }) => weight * (at - middle) ** 2)) };
  };
  const means = [start];
  const spreads = [first];
  for (let k = 0; k < 6; k++) {
    const stepped = means[k].map((mean, axis) => after(mean, spreads[k], axis));
    means.push(stepped.map(({ mean }) => mean));
    spreads.push(stepped[0].spread);
  }
  const last = rootOf((u) => after(0, u, 0).spread - u, 1e-6, 60);
  const k = 2 + (seed % 3);
  const [middle, spread] = stationary ? [centre, last] : [means[k], spreads[k]];
  const well = (look: (id: SymbolId) => Value): [Point, number] => [look('wellCentre') as Point, look('wellVariance') as number];
  const nodes: Outcome[] = normalNodes(2).flatMap((a) => normalNodes(2).flatMap((b) => normalNodes(2).map((c) => {
    const value = [a, b, c].map(({ at }, i) => middle[i] + Math.sqrt(spread) * at);
    return { value, weight: (a.weight * b.weight * c.weight) / value.reduce((p, entry, i) => p * normalDensity(entry, middle[i], spread), 1) };
  })));
  return worldOf({
    values: {
      x, z, langevinStep: step, langevinPoint: x.map((value, axis) => moved(value, axis, z[axis])), wellCentre: centre, wellVariance: variance, dimensions: D,
      langevinKeep: moved(centre[0] + 1, 0, 0) - centre[0], stationaryVariance: last, modelSample: vector(),
    },
    members: { runMean: (n) => means[n], runVariance: (n) => spreads[n] },
    functions: (look) => ({ energy: (at: Point) => sum(combine(1, at, -1, well(look)[0]).map((gap) => gap ** 2)) / (2 * well(look)[1]) }),
    outcomes: { modelSample: nodes },
    letters: { k },
  });
}

const OF_WELL: readonly SymbolId[] = ['wellCentre', 'wellVariance', 'langevinKeep', 'runMean', 'runVariance', 'stationaryVariance'];

export function ebmLangevinWorld(seed: number, step: DerivationStep): World {
  const symbols = stepSymbols(step);
  return OF_WELL.some((id) => symbols.includes(id)) ? quadratic(seed, symbols.includes('stationaryVariance')) : general(seed, symbols.includes('negativeSamples') || symbols.includes('negativeSample'));
}

/** Towards the limit the steps become smaller. */
export const smallSteps = (seed: number, n: number): World => quadratic(seed, true, 0.1 / 10 ** n);
