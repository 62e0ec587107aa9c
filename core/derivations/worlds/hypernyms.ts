/** Pairs of vectors, and the matrices and offsets that fit them best: by orthogonal columns, without normal equations. */
import type { World } from '../../formulas/evaluate';
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import { random } from './random';
import { between, combine, inner, nth, rootOf, sum, worldOf } from './world';

const [PAIRS, DIMENSIONS, CLUSTERS] = [7, 2, 2];
type Rows = readonly (readonly number[])[];

const column = (rows: Rows, c: number): number[] => rows.map((row) => row[c]);
const times = (matrix: Rows, x: readonly number[]): number[] => matrix.map((row) => inner(row, x));
const squared = (x: readonly number[]): number => inner(x, x);

/** The matrix M whose errors Σ ‖M x_i − y_i‖² are smallest: directions of the inputs are made orthogonal one after the other, and what each explains is taken away. */
function fit(xs: Rows, ys: Rows): number[][] {
  const directions: { direction: number[]; mix: number[] }[] = [];
  xs[0].forEach((_, c) => {
    let direction = column(xs, c);
    let mix = xs[0].map((__, other) => Number(other === c));
    for (const before of directions) {
      const part = inner(direction, before.direction) / squared(before.direction);
      direction = combine(1, direction, -part, before.direction);
      mix = combine(1, mix, -part, before.mix);
    }
    directions.push({ direction, mix });
  });
  return ys[0].map((_, row) => {
    const target = column(ys, row);
    return directions.reduce((sofar, { direction, mix }) => combine(1, sofar, inner(target, direction) / squared(direction), mix), xs[0].map(() => 0));
  });
}

export const hypernymWorld = (seed: number, step: DerivationStep): World => made(seed, step, false);
/** What is compared is the same: the model that could do better has nothing to gain. */
export const contentedWorld = (seed: number, step: DerivationStep): World => made(seed, step, true);

function made(seed: number, step: DerivationStep, tight: boolean): World {
  const next = random(seed);
  const vector = (): number[] => Array.from({ length: DIMENSIONS }, () => between(next, -1.5, 1.5));
  const xs = Array.from({ length: PAIRS }, vector);
  const longer = xs.map((x) => [...x, 1]);
  const cluster = xs.map((_, n) => (n + seed) % CLUSTERS);
  const noise = xs.map(vector);
  /** What no matrix explains of the noise, of all pairs or of each cluster by itself. */
  const unexplained = (inputs: Rows, groups: readonly number[]): number[][] => {
    const fits = [...new Set(groups)].map((group) => fit(inputs.filter((_, n) => groups[n] === group), noise.filter((_, n) => groups[n] === group)));
    return noise.map((e, n) => combine(1, e, -1, times(fits[[...new Set(groups)].indexOf(groups[n])], inputs[n])));
  };
  const free = Array.from({ length: DIMENSIONS }, vector);
  const move = vector();
  const ofClusters = stepSymbols(step).includes('clusterProjection');
  const ys = !tight ? noise.map((e, n) => combine(1, e, 1, times(free, xs[n])))
    : ofClusters ? unexplained(xs, cluster).map((e, n) => combine(1, e, 1, times(free, xs[n])))
      : unexplained(longer, cluster.map(() => 0)).map((e, n) => combine(1, combine(1, e, 1, xs[n]), 1, move));
  const best = fit(xs, ys);
  const projection = tight && !ofClusters ? best : Array.from({ length: DIMENSIONS }, vector);
  const fitted = [0, 1].map((group) => fit(xs.filter((_, n) => cluster[n] === group), ys.filter((_, n) => cluster[n] === group)));
  const bestOffset = move.map((_, c) => rootOf((o) => sum(xs.map((x, n) => ys[n][c] - x[c] - o)), -50, 50));
  return worldOf({
    values: {
      relationPairs: PAIRS, clusters: CLUSTERS, hyponymMatrix: move.map((_, c) => column(xs, c)), hypernymMatrix: move.map((_, c) => column(ys, c)),
      projection, bestProjection: best, offset: vector(), bestOffset, extendedProjection: fit(longer, ys),
      projectionLoss: sum(xs.flatMap((x, n) => projection.map((row, c) => (inner(row, x) - ys[n][c]) ** 2))) / PAIRS,
    },
    members: { hyponymVector: nth(xs), hypernymVector: nth(ys), extendedVector: nth(longer), clusterProjection: nth(fitted) },
    functions: () => ({ inCluster: (pair: number, group: number) => (pair <= PAIRS && group <= CLUSTERS ? Number(cluster[pair - 1] === group - 1) : undefined) }),
    letters: { i: 1 + Math.floor(next() * PAIRS), k: 1 + (seed % CLUSTERS) },
  });
}
