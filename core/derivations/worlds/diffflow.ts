/** Short chains on the line that are walked forward with drawn noise; the backward noise is solved for. Means over trajectories run over the nodes of the data and of every noise. */
import type { Outcome, World } from '../../formulas/evaluate';
import type { SymbolId } from '../../formulas/symbols';
import { stepSymbols } from '../render';
import type { DerivationStep } from '../types';
import { normal, random } from './random';
import { between, normalDensity, normalNodes, worldOf } from './world';

interface Options {
  /** A chain at rest, whose backward process is the same chain. */
  reversible?: boolean;
  /** Length in time of a step, where noise and steps go to zero. */
  small?: number;
}

interface Path {
  points: number[];
  noise: number[];
  weight: number;
}

export function diffflowWorld(seed: number, step: DerivationStep, { reversible = false, small }: Options = {}): World {
  const next = random(seed);
  const T = seed % 5 === 0 ? 3 : 2;
  const [kappa, bend] = [between(next, 0.6, 1.2), between(next, 0.1, 0.3)];
  const [pull, offset, mean, spread] = [between(next, 0.1, 0.7), between(next, -0.4, 0.4), between(next, -2.4, 2.4), between(next, 0.4, 1.5)];
  const linear = reversible || step.relation === 'at-most' || stepSymbols(step).includes('shrinkRate');
  const delta = small ?? between(next, 0.1, 0.3);
  const free = Array.from({ length: T }, () => between(next, 0.6, 1.2));
  const strength = free.map((g) => (small ? Math.sqrt(small / 10) : reversible ? Math.sqrt((1 - (1 - kappa * delta) ** 2) / delta) : g));
  const drift = (x: number): number => (linear ? -kappa * x : -kappa * x + bend * Math.tanh(x) + offset);
  // Without a score the backward process is that of a flow.
  const score = (x: number): number => (small ? 0 : reversible ? (-2 * kappa * x) / strength[0] ** 2 : linear ? -pull * x : -pull * x + 0.3 * Math.sin(x));

  const forth = (x: number, n: number, noise: number): number => x + drift(x) * delta + strength[n - 1] * Math.sqrt(delta) * noise;
  const back = (x: number, n: number, noise: number): number => x - (drift(x) - strength[n - 1] ** 2 * score(x)) * delta + strength[n - 1] * Math.sqrt(delta) * noise;
  const needed = (before: number, x: number, n: number): number => (before - back(x, n, 0)) / (back(x, n, 1) - back(x, n, 0));
  const walk = (start: number, noise: number[]): number[] => noise.reduce<number[]>((points, z, i) => [...points, forth(points[i], i + 1, z)], [start]);
  const data = (x: number): number => normalDensity(x, mean, spread);
  const last = reversible ? 1 : between(next, 0.4, 2);
  const start = (x: number): number => normalDensity(x, 0, last);

  const nodes = normalNodes(4);
  const starts = normalNodes(2).map(({ at, weight }) => ({ x: mean + Math.sqrt(spread) * at, weight }));
  const overPaths = step.relation === 'at-most' || stepSymbols(step).includes('wholeTrajectory');
  const paths = !overPaths ? [] : Array.from({ length: T }).reduce<Path[]>((made) => made.flatMap(({ points, noise, weight }) => nodes.map((node) => {
    const noises = [...noise, node.at];
    return { points: walk(points[0], noises), noise: noises, weight: weight * node.weight };
  })), starts.map(({ x, weight }) => ({ points: [x], noise: [], weight })));
  const drawn = Array.from({ length: T }, () => normal(next));
  // Far from where the drift is zero the limit is approached from one side.
  const here: Path = { points: walk(small ? 2 : mean + Math.sqrt(spread) * normal(next), drawn), noise: drawn, weight: 0 };

  // Densities by changing variables to the noise; the pair of points says which step it was.
  const forward = new Map<string, number>();
  const backward = new Map<string, number>();
  const whole = new Map<unknown, { forth: number; back: number }>();
  for (const path of [here, ...paths]) {
    let [f, b] = [data(path.points[0]), start(path.points[T])];
    path.noise.forEach((noise, i) => {
      const [before, x] = [path.points[i], path.points[i + 1]];
      const width = strength[i] * Math.sqrt(delta);
      const [there, away] = [normalDensity(noise, 0, 1) / width, normalDensity(needed(before, x, i + 1), 0, 1) / width];
      forward.set(`${x} ${before}`, there);
      backward.set(`${before} ${x}`, away);
      f *= there;
      b *= away;
    });
    whole.set(path.points, { forth: f, back: b });
  }
  const t = 1 + (seed % T);
  const partsOf = ({ points, noise }: Path): NonNullable<Outcome['parts']> => [
    { id: 'x0', value: points[0] }, { id: 'xEnd', value: points[T] },
    ...noise.flatMap((z, i) => [i + 1, ...(i + 1 === t ? [undefined] : [])].flatMap((n) => [
      { id: 'xt' as const, n, value: points[i + 1] }, { id: 'xPrev' as const, n, value: points[i] }, { id: 'forwardNoise' as const, n, value: z },
      { id: 'backwardNoise' as const, n, value: needed(points[i], points[i + 1], i + 1) },
    ])),
  ];
  // The model's own end, stepped as mean and variance; only where all is linear.
  let [centre, variance] = [0, last];
  for (let n = T; n > 0; n--) [centre, variance] = [back(centre, n, 0), (back(1, n, 0) - back(0, n, 0)) ** 2 * variance + (back(0, n, 1) - back(0, n, 0)) ** 2];

  const parts = partsOf(here);
  const loss = paths.reduce((sum, { points, noise, weight }) => sum + weight * (noise.reduce((half, _, i) => half + needed(points[i], points[i + 1], i + 1) ** 2 / 2, 0) - Math.log(start(points[T]))), 0);
  const world = worldOf({
    values: {
      ...Object.fromEntries(parts.filter(({ n }) => n === undefined).map(({ id, value }) => [id, value])),
      T, wholeTrajectory: here.points, stepTime: delta, stepDiffusion: strength[t - 1], shrinkRate: kappa, pathLoss: loss,
    },
    functions: () => ({
      flowDrift: drift, scoreNetwork: score, dataDistribution: data, startDensity: start, standardDensity: (x: number) => normalDensity(x, 0, 1),
      pathStep: (x: number, before: number) => forward.get(`${x} ${before}`), returnStep: (before: number, x: number) => backward.get(`${before} ${x}`),
      forwardPaths: (path: readonly number[]) => whole.get(path)?.forth, backwardPaths: (path: readonly number[]) => whole.get(path)?.back,
      backwardMarginal: (x: number) => (linear ? normalDensity(x, centre, variance) : undefined),
    }),
    outcomes: {
      x0: starts.map(({ x, weight }) => ({ value: x, weight: weight / data(x) })),
      wholeTrajectory: paths.map((path) => ({ value: path.points, weight: path.weight / whole.get(path.points)!.forth, parts: partsOf(path) })),
      // One step from the same point, with every noise.
      forwardNoise: normalNodes(6).map(({ at, weight }) => {
        const [before, x] = [here.points[t - 1], forth(here.points[t - 1], t, at)];
        return { value: at, weight: weight / normalDensity(at, 0, 1), parts: [{ id: 'xt', value: x }, { id: 'backwardNoise', value: needed(before, x, t) }] };
      }),
    },
    letters: { t },
  });
  const members: Partial<Record<SymbolId, (n: number) => number | undefined>> = { stepDiffusion: (n) => strength[n - 1] };
  return {
    ...world,
    symbol: (id, index, n) => (index === undefined ? world.symbol(id, index, n) : n === undefined ? undefined : members[id]?.(n) ?? parts.find((part) => part.id === id && part.n === n)?.value),
  };
}
