/** The worlds of the DDIM sampler, and in them the family of steps from conditioning a joint Gaussian whose two points share their noise. */
import type { Outcome, Value, World } from '../../formulas/evaluate';
import type { SymbolId } from '../../formulas/symbols';
import { stepSymbols } from '../render';
import type { Case, DerivationStep } from '../types';
import { remembered } from '../../remembered';
import { makeWorld } from './diffusion';
import { normalDensity, normalNodes } from './world';

type Point = readonly number[];

const density = (x: Point, mean: (axis: number) => number, variance: number): number => x.reduce((product, value, axis) => product * normalDensity(value, mean(axis), variance), 1);

function familyWorld(seed: number, eta: number | undefined, network: boolean): World {
  const base = makeWorld(seed, { sampler: 'ddim', ...(eta !== undefined && { eta }) });
  const read = (id: SymbolId): Value => base.symbol(id, undefined, undefined)!;
  const [x0, epsilon, z] = (['x0', 'epsilon', 'z'] as const).map((id) => read(id) as Point);
  const [here, before, sigma] = (['alphaBar', 'alphaBarPrev', 'sigma'] as const).map((id) => read(id) as number);
  // The same noise in both points, and fresh noise on top in the earlier one: x_{t−1} = √ᾱ_{t−1} x_0 + old·ε + σz.
  const old = Math.sqrt(1 - before - sigma ** 2);
  const sampled = x0.map((value, axis) => Math.sqrt(before) * value + old * epsilon[axis] + sigma * z[axis]);
  const xPrev = network ? (read('xPrev') as Point) : sampled;
  const covariance = old * Math.sqrt(1 - here);
  const gain = covariance / (1 - here);
  const [back, left] = [covariance / (1 - before), 1 - here - covariance ** 2 / (1 - before)];
  // Where x_t may be when x_{t−1} and x_0 are known: over these nodes the mixture of x_t becomes an exact sum.
  const centre = (axis: number): number => Math.sqrt(here) * x0[axis] + back * (xPrev[axis] - Math.sqrt(before) * x0[axis]);
  const nodes: Outcome[] = normalNodes(8).flatMap((a) => normalNodes(8).map((b) => {
    const value = [a, b].map(({ at }, axis) => centre(axis) + Math.sqrt(left) * at);
    return { value, weight: (a.weight * b.weight) / density(value, centre, left) };
  }));
  const values: Partial<Record<SymbolId, Value>> = { xPrev, stepPointWeight: gain, stepDataWeight: Math.sqrt(before) - gain * Math.sqrt(here) };
  const conditional = (at: Point, now: Point, from: Point): number =>
    density(at, (axis) => Math.sqrt(before) * from[axis] + gain * (now[axis] - Math.sqrt(here) * from[axis]), 1 - before - covariance ** 2 / (1 - here));
  return {
    ...base,
    symbol: (id, index, n) => (index === undefined && id in values ? values[id] : base.symbol(id, index, n)),
    call: (id, args, look) => (id === 'implicitStep' ? conditional(...(args as [Point, Point, Point])) : base.call(id, args, look)),
    outcomes: (id) => (id === 'xt' ? nodes : undefined),
  };
}

/** Lines without a network are about the step that knows the data, the others about the sampler's. */
export function ddimFamilyCases(step: DerivationStep): Case[] {
  const eta = step.assuming && 'eta' in step.assuming ? step.assuming.eta : undefined;
  const network = stepSymbols(step).some((id) => id === 'epsilonTheta' || id === 'x0Theta');
  return [{ name: network ? 'sampler' : 'family', world: remembered((seed: number) => familyWorld(seed, eta, network)) }];
}
