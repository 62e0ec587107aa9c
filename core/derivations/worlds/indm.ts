/**
 * A flow on the line that makes Gaussian latent variables of the data, and a chain of Gaussian steps behind it. Reversed steps come from conditioning
 * two neighbours, the density of an example is the derivative of its distribution function, means over chains run over the nodes of every noise.
 */
import { differentiate } from '../../formulas/differentiate';
import type { Outcome, World } from '../../formulas/evaluate';
import type { SymbolId } from '../../formulas/symbols';
import { remembered } from '../../remembered';
import { inWorlds } from './cases';
import { unitNodes } from './legendre';
import { normal, random } from './random';
import { between, normalDensity, normalNodes, sum, worldOf } from './world';

interface Options {
  /** The sampler is the reversed chain, tilted towards one side: given z₀ both make the same chains. */
  tilted?: boolean;
  /** A span of time that goes to zero. */
  short?: number;
}

interface Gaussian {
  mean: number;
  variance: number;
}

const density = (x: number, { mean, variance }: Gaussian): number => normalDensity(x, mean, variance);
/** The chance to be below z. */
const below = (z: number, of: Gaussian): number => 0.5 + (z - of.mean) * sum(unitNodes(20).map(({ at, weight }) => weight * density(of.mean + (z - of.mean) * at, of)));
const nodesOf = (of: Gaussian, n = 4): { value: number; weight: number }[] => normalNodes(n).map(({ at, weight }) => ({ value: of.mean + Math.sqrt(of.variance) * at, weight }));
const integralOver = (of: Gaussian, n = 4): Outcome[] => nodesOf(of, n).map(({ value, weight }) => ({ value, weight: weight / density(value, of) }));

function indmWorld(seed: number, { tilted = false, short }: Options = {}): World {
  const next = random(seed);
  const T = seed % 6 === 0 ? 3 : 2;
  const t = 1 + (seed % T);
  const side = seed % 2 === 0 ? 1 : -1;
  const [a, b, c, d] = [-side * between(next, 1.2, 1.5), between(next, 0.8, 1.5), between(next, -1, 1), between(next, 0.5, 1.2)];
  const flow = (x: number): number => a + b * Math.asinh((x - c) / d);
  const inverse = (z: number): number => c + d * Math.sinh((z - a) / b);
  const stretch = (z: number): number => (d / b) * Math.cosh((z - a) / b);

  const betas = Array.from({ length: T }, () => between(next, 0.15, 0.5));
  const marginals: Gaussian[] = [{ mean: between(next, -0.8, 0.8), variance: between(next, 0.4, 1.4) }];
  for (const beta of betas) {
    const { mean, variance } = marginals.at(-1)!;
    marginals.push({ mean: Math.sqrt(1 - beta) * mean, variance: (1 - beta) * variance + beta });
  }
  const [first, last] = [marginals[0], marginals[T]];
  // Neighbours are jointly Gaussian; the earlier one given the later one, for step n.
  const reversed = (n: number): { gain: number; shift: number; variance: number } => {
    const [before, here] = [marginals[n - 1], marginals[n]];
    const gain = (Math.sqrt(1 - betas[n - 1]) * before.variance) / here.variance;
    return { gain, shift: before.mean - gain * here.mean, variance: before.variance - gain ** 2 * here.variance };
  };
  /** From the mean, over the variance. */
  const trueScore = (z: number, n: number): number => (marginals[n].mean - z) / marginals[n].variance;

  // Where the flow bends, between its centre and zero: both parts of the drift have the same sign and do not drown in rounding.
  const z0 = a + side * between(next, 0.6, 1.1);
  const here = betas.reduce<number[]>((points, beta) => [...points, Math.sqrt(1 - beta) * points.at(-1)! + Math.sqrt(beta) * normal(next)], [z0]);
  // At the points of this chain the network is off by more than rounding.
  const lines = betas.map((_, i) => {
    const slope = -between(next, 0.5, 1.2);
    return { slope, height: trueScore(here[i + 1], i + 1) - slope * here[i + 1] + side * between(next, 0.3, 0.9) };
  });
  const tilt = between(next, 0.3, 0.8);
  const reach = [1];
  for (let n = 1; n <= T; n++) reach.push(reach[n - 1] * reversed(n).gain);
  const score = (z: number, n: number): number => (tilted
    ? trueScore(z, n) + (reversed(n).variance * tilt * reach[n - 1] * Math.sqrt(1 - betas[n - 1])) / betas[n - 1]
    : lines[n - 1].slope * z + lines[n - 1].height);
  const start: Gaussian = tilted ? { mean: last.mean + last.variance * tilt * reach[T], variance: last.variance } : { mean: between(next, -0.5, 0.5), variance: between(next, 0.7, 1.4) };
  const sampled = (z: number, n: number): Gaussian => ({ mean: (z + betas[n - 1] * score(z, n)) / Math.sqrt(1 - betas[n - 1]), variance: reversed(n).variance });
  let end = start;
  for (let n = T; n > 0; n--) {
    const [zero, one] = [sampled(0, n), sampled(1, n)];
    end = { mean: zero.mean + (one.mean - zero.mean) * end.mean, variance: (one.mean - zero.mean) ** 2 * end.variance + zero.variance };
  }

  const steps = new Map<number, number>();
  const chainsFrom = (starts: readonly { value: number; weight: number }[]): { points: number[]; weight: number }[] => betas.reduce(
    (made, beta) => made.flatMap(({ points, weight }) => nodesOf({ mean: Math.sqrt(1 - beta) * points.at(-1)!, variance: beta }, 2).map((node) => ({ points: [...points, node.value], weight: weight * node.weight }))),
    starts.map(({ value, weight }) => ({ points: [value], weight })),
  );
  const forth = (z: number, before: number, n: number): number => density(z, { mean: Math.sqrt(1 - betas[n - 1]) * before, variance: betas[n - 1] });
  const diffusedGiven = (points: readonly number[]): number => betas.reduce((p, _, i) => p * forth(points[i + 1], points[i], i + 1), 1);
  const modelled = (points: readonly number[]): number => betas.reduce((p, _, i) => p * density(points[i], sampled(points[i + 1], i + 1)), density(points[T], start));

  const [all, given] = [chainsFrom(nodesOf(first, 2)), chainsFrom([{ value: z0, weight: 1 }])];
  for (const points of [here, ...all.map((chain) => chain.points), ...given.map((chain) => chain.points)]) points.forEach((value, n) => steps.set(value, n));
  const back = { mean: reversed(t).shift + reversed(t).gain * here[t], variance: reversed(t).variance };
  const before = integralOver(back);
  before.forEach(({ value }) => steps.set(value as number, t - 1));
  const ends = integralOver(last);
  ends.forEach(({ value }) => steps.set(value as number, T));
  /** The step between two points that follow each other. */
  const between2 = (earlier: number, later: number): number | undefined => {
    const n = steps.get(later);
    return n !== undefined && steps.get(earlier) === n - 1 ? n : undefined;
  };
  const partsOf = (points: readonly number[]): NonNullable<Outcome['parts']> => [
    { id: 'firstCode', value: points[0] }, { id: 'lastCode', value: points[T] }, { id: 'wholeCodeChain', value: points }, { id: 'codeChain', value: points.slice(1) },
    ...betas.flatMap((_, i) => [i + 1, ...(i + 1 === t ? [undefined] : [])].flatMap((n) => [{ id: 'codeStep' as const, n, value: points[i + 1] }, { id: 'codeBefore' as const, n, value: points[i] }])),
  ];
  const parts = partsOf(here);
  const data = (x: number): number => density(flow(x), first) / stretch(flow(x));
  const [rate, x] = [between(next, 0.5, 1.5), inverse(z0)];
  const bent = (d / b ** 2) * Math.sinh((z0 - a) / b);
  const world = worldOf({
    values: {
      ...Object.fromEntries(parts.filter(({ n }) => n === undefined).map(({ id, value }) => [id, value])),
      x, T, t, beta: betas[t - 1], alpha: 1 - betas[t - 1], sigma: Math.sqrt(reversed(t).variance), noiseRate: rate, shortTime: short ?? 0.1, latentNoise: 0.7,
    },
    functions: () => ({
      latentFlow: flow, flowInverse: inverse, dataDistribution: data,
      evidence: (at: number) => differentiate((to) => below(flow(to as number), end), at) as number,
      latentModel: (z: number) => density(z, end), latentData: (z: number) => density(z, first),
      codeDiffused: (z: number) => (steps.get(z) === 0 ? undefined : density(z, marginals[steps.get(z) ?? t])),
      codeForward: (z: number, earlier: number) => { const n = between2(earlier, z); return n && forth(z, earlier, n); },
      codeReverse: (z: number, later: number) => { const n = between2(z, later); return n && density(z, { mean: reversed(n).shift + reversed(n).gain * later, variance: reversed(n).variance }); },
      codeSampler: (z: number, later: number) => { const n = between2(z, later); return n && density(z, sampled(later, n)); },
      codePaths: (points: readonly number[]) => density(points[0], first) * diffusedGiven(points),
      codeModelPaths: modelled,
      codeEncoder: (points: readonly number[], from: number) => diffusedGiven([from, ...points]),
      startDensity: (z: number) => density(z, start), standardDensity: (z: number) => normalDensity(z, 0, 1),
      codeScore: trueScore, scoreNetwork: score,
      dataDrift: (at: number) => (at === x ? rate * (bent - z0 * stretch(z0)) / 2 : undefined), dataDiffusion: (at: number) => (at === x ? Math.sqrt(rate) * stretch(z0) : undefined),
    }),
    outcomes: {
      x: nodesOf(first).map(({ value, weight }) => ({ value: inverse(value), weight: weight / data(inverse(value)) })),
      firstCode: integralOver(first), lastCode: ends, codeBefore: before,
      latentNoise: integralOver({ mean: 0, variance: 1 }, 6),
      wholeCodeChain: all.map(({ points, weight }) => ({ value: points, weight: weight / (density(points[0], first) * diffusedGiven(points)), parts: partsOf(points) })),
      codeChain: given.map(({ points, weight }) => ({ value: points.slice(1), weight: weight / diffusedGiven(points), parts: partsOf(points) })),
    },
    letters: { t },
  });
  const members: Partial<Record<SymbolId, (n: number) => number | undefined>> = { beta: (n) => betas[n - 1], alpha: (n) => 1 - betas[n - 1], sigma: (n) => Math.sqrt(reversed(n).variance) };
  return {
    ...world,
    symbol: (id, index, n) => (index === undefined ? world.symbol(id, index, n) : n === undefined ? undefined : members[id]?.(n) ?? parts.find((part) => part.id === id && part.n === n)?.value),
  };
}

const [free, tilted] = [remembered((seed: number) => indmWorld(seed)), remembered((seed: number) => indmWorld(seed, { tilted: true }))];
const shorter = Array.from({ length: 4 }, (_, n) => remembered((seed: number) => indmWorld(seed, { short: 0.01 / 10 ** n })));

/** One world serves all lines. */
export const indmCases = inWorlds(free, { tight: tilted, limit: (seed, n) => shorter[n](seed) });
