/** One path of the probability flow of a mixture, from data to noise. Densities are those of the mixture, not what the path gives. */
import type { Outcome, World } from '../../formulas/evaluate';
import { traceOf, type Matrix } from '../../math/matrix';
import { remembered } from '../../remembered';
import { diffused, mixtureParts, pathOf, velocityOf } from './diffused';
import { anySde, linearSde, valueOf } from './linear-sde';
import { point, random } from './random';
import { between, each, normalDensity, normalNodes, worldOf } from './world';

type Point = readonly number[];

/** Probes with the identity as their mean square: signs, or normal numbers by a quadrature. */
function probes(normal: boolean): { outcomes: Outcome[]; chances: readonly number[] } {
  const axis = normal ? normalNodes(4) : [{ at: 1, weight: 0.5 }, { at: -1, weight: 0.5 }];
  const pairs = axis.flatMap((first) => axis.map((second) => ({ value: [first.at, second.at], chance: first.weight * second.weight })));
  return { outcomes: each(pairs.map(({ value }) => value)), chances: pairs.map(({ chance }) => chance) };
}

function make(seed: number): World {
  const next = random(seed);
  const sde = anySde(next);
  const parts = mixtureParts(next, 2);
  const law = diffused(parts, sde);
  const velocity = velocityOf(law, sde);
  const start = point(next).map((value) => 0.8 * value);
  const path = pathOf(velocity, start, 0);
  const time = between(next, 0.2, 0.8);
  const jacobian = (x: Point, when: number): Matrix => law.curvature(x, when).map((row, i) => row.map((value, j) => (i === j ? valueOf(sde.drift, when) : 0) - (valueOf(sde.squared, when) / 2) * value));
  const divergence = remembered((when: number): number => traceOf(jacobian(path(when), when)));
  const base = (z: Point): number => z.reduce((density, value) => density * normalDensity(value, 0, 1), 1);
  // The log-likelihood as if the end of the path had the density of the base.
  const computed = Math.log(law.density(start, 0)) + Math.log(base(path(1)) / law.density(path(1), 1));
  const scale = between(next, 1.5, 4);
  const scaled = diffused(parts.map((part) => ({ ...part, mean: part.mean.map((value) => scale * value), covariance: part.covariance.map((row) => row.map((value) => scale ** 2 * value)) })), linearSde([0], [0]));
  const { outcomes, chances } = probes(seed % 2 === 0);
  const values = outcomes.map(({ value }) => value);
  // Made once: they are asked for at every call.
  const functions = {
    timeDensity: law.density,
    flowVelocity: velocity,
    flowPath: path,
    pathDivergence: divergence,
    baseDensity: base,
    pixelDensity: (y: Point) => scaled.density(y, 0),
    probeDensity: (value: Point) => chances[values.indexOf(value)] as number | undefined,
  };
  return worldOf({
    values: {
      continuousTime: time, flowPoint: path(time), velocityJacobian: jacobian(path(time), time), probe: values[Math.floor(next() * values.length)], identityMatrix: [[1, 0], [0, 1]],
      flowLogLikelihood: computed, dimensions: 2, bitsPerDimension: -Math.log2(law.density(start, 0)) / 2, pixelScale: scale, pixelPoint: start.map((value) => scale * value),
    },
    functions: () => functions,
    outcomes: { probe: outcomes },
  });
}

/** One world for all lines. */
export const sdeLikelihoodWorld = remembered(make);
