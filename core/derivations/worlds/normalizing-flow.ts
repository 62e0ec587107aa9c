/** Coupling layers in four dimensions. Determinants come from numerical Jacobians, the density of one layer from the Gaussians that it implies. */
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import { differentiate } from '../../formulas/differentiate';
import type { World } from '../../formulas/evaluate';
import { point, random, type Random } from './random';
import { between, inner, normalDensity, nth, worldOf } from './world';

const LAYERS = 3;
type Map4 = (x: readonly number[]) => number[];

interface Coupling {
  /** Of the half that changes, given the half that stays. */
  scales(kept: readonly number[]): number[];
  shifts(kept: readonly number[]): number[];
}

function coupling(next: Random): Coupling {
  const net = (size: number): ((kept: readonly number[]) => number[]) => {
    const rows = [0, 1].map(() => ({ weights: point(next), bias: between(next, -0.5, 0.5) }));
    return (kept) => rows.map(({ weights, bias }) => size * Math.tanh(inner(weights, kept) + bias));
  };
  return { scales: net(0.8), shifts: net(1.2) };
}

/** @param sign −1 turns the first changed component round, so that the determinant is negative. */
const layer = ({ scales, shifts }: Coupling, sign = 1): Map4 => ([a, b, c, d]) => {
  const [s, t] = [scales([a, b]), shifts([a, b])];
  return [a, b, sign * (c * Math.exp(s[0]) + t[0]), d * Math.exp(s[1]) + t[1]];
};
const swapped = (f: Map4): Map4 => ([a, b, c, d]) => {
  const [p, q, r, s] = f([c, d, a, b]);
  return [r, s, p, q];
};

const jacobian = (f: Map4, x: readonly number[]): number => determinant(x.map((_, row) => [...(differentiate((at) => f(at as readonly number[])[row], x) as readonly number[])]));

function determinant(matrix: number[][]): number {
  const rows = matrix.map((row) => [...row]);
  let det = 1;
  for (let i = 0; i < rows.length; i++) {
    const pivot = rows.reduce((best, row, r) => (r >= i && Math.abs(row[i]) > Math.abs(rows[best][i]) ? r : best), i);
    if (pivot !== i) [rows[i], rows[pivot], det] = [rows[pivot], rows[i], -det];
    det *= rows[i][i];
    for (let r = i + 1; r < rows.length; r++) {
      const factor = rows[r][i] / rows[i][i];
      rows[r] = rows[r].map((value, column) => value - factor * rows[i][column]);
    }
  }
  return det;
}

export function flowWorld(seed: number, step: DerivationStep): World {
  const next = random(seed);
  const symbols = stepSymbols(step);
  const sign = symbols.includes('logScale') || next() < 0.5 ? 1 : -1;
  const couplings = Array.from({ length: LAYERS }, () => coupling(next));
  const x = [...point(next), ...point(next)];
  const first = couplings[0];
  const layers = couplings.map((c, i) => (i % 2 === 0 ? layer(c, i === 0 ? sign : 1) : swapped(layer(c))));
  const several = symbols.includes('layerJacobian');
  const flow: Map4 = several ? (at) => layers.reduce((point4, f) => f(point4), [...at]) : layers[0];
  const reached = layers.map((_, i) => layers.slice(0, i).reduce((at, f) => f(at), x));
  const base = (z: readonly number[]): number => z.reduce((density, value) => density * normalDensity(value, 0, 1), 1);
  // The half that stays is standard normal; the other one, given it, is what the inverse makes of a standard normal.
  const density = ([a, b, ...changed]: readonly number[]): number => {
    const [s, t] = [first.scales([a, b]), first.shifts([a, b])];
    return changed.reduce((product, value, i) => product * normalDensity(value, -t[i] * Math.exp(-s[i]), Math.exp(-2 * s[i])), base([a, b]));
  };
  const kept = x.slice(0, 2);
  return worldOf({
    values: { x, basePoint: flow(x), jacobian: jacobian(flow, x), coupledSize: 2, dimensions: 4, flowLayers: LAYERS },
    members: {
      coupledInput: nth(x.slice(2)), coupledOutput: nth(flow(x).slice(2)), logScale: nth(first.scales(kept)), shift: nth(first.shifts(kept)),
      layerJacobian: nth(layers.map((f, i) => jacobian(f, reached[i]))),
    },
    functions: () => ({ flow, baseDensity: base, flowDensity: several ? (_x: readonly number[]) => undefined : density }),
    letters: { j: 1 + Math.floor(next() * 2), k: 1 + Math.floor(next() * LAYERS) },
  });
}
