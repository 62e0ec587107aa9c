/** The evidence lower bound of given examples, and the importance weighted bounds beside it. */
import type { Matrix, Ops } from '../../../kernels/nets';
import type { VaeSettings } from '../manifest';
import { constantOf } from './loss';
import type { Model } from './model';
import { noiseOf } from './noise';
import type { Bound } from './types';

/** Samples that pass through the decoder at once. */
const SAMPLES_AT_ONCE = 1024;

interface Asked<M extends Matrix> {
  ops: Ops<M>;
  model: Model<M>;
  settings: VaeSettings;
  size: number;
}

export async function boundOf<M extends Matrix>({ ops, model, settings, size }: Asked<M>, values: Float32Array | Uint8Array, count: number, ks: readonly number[], seed: number): Promise<Bound> {
  if (values.length !== count * size) throw new RangeError(`${values.length} numbers were given for ${count} rows of ${size}.`);
  const drawn = settings.noise === 'yes';
  const wanted = drawn ? ks : [];
  const k = Math.max(1, ...wanted);
  const constant = constantOf(settings, size);
  const reconstructions = new Float32Array(count);
  const kls = new Float32Array(count);
  const perDimension: number[] = [];
  const bounds = wanted.map(() => 0);
  const chunk = Math.max(1, Math.floor(SAMPLES_AT_ONCE / k));
  for (let from = 0; from < count; from += chunk) {
    const rows = Math.min(chunk, count - from);
    const x = ops.input(values.subarray(from * size, (from + rows) * size), rows, size);
    const { reconstruction, kl, logRatio, closed } = model.forward(x, k, noiseOf(ops, { seed, importanceSamples: k }, `bound/${k}`, from), wanted.length > 0);
    const [ofReconstruction, ofKl, ofRatio, mean, logVariance] = await Promise.all([reconstruction, kl, logRatio, closed?.mean, closed?.logVariance].map((matrix) => (matrix ? ops.read(matrix) : null)));
    ops.reset();
    for (let r = 0; r < rows; r++) {
      reconstructions[from + r] = meanOf(ofReconstruction!, r * k, k) + constant;
      if (ofKl) kls[from + r] = meanOf(ofKl, (r * ofKl.length) / rows, ofKl.length / rows);
    }
    if (mean && logVariance) addPerDimension(perDimension, mean, logVariance, closed!.mean.columns, rows / count / (mean.length / closed!.mean.columns));
    if (ofRatio) wanted.forEach((samples, i) => { bounds[i] += importance(ofReconstruction!, ofRatio, rows, k, samples) - rows * constant; });
  }
  return {
    count,
    reconstruction: meanOf(reconstructions, 0, count),
    kl: meanOf(kls, 0, count),
    reconstructions,
    kls,
    klPerDimension: Float32Array.from(perDimension.length > 0 ? perDimension : new Array<number>(settings.latentSize).fill(0)),
    importance: wanted.map((samples, i) => ({ k: samples, bound: bounds[i] / count })),
  };
}

function meanOf(values: ArrayLike<number>, from: number, count: number): number {
  let sum = 0;
  for (let i = from; i < from + count; i++) sum += values[i];
  return sum / count;
}

function addPerDimension(into: number[], mean: Float32Array, logVariance: Float32Array, columns: number, weight: number): void {
  for (let i = 0; i < mean.length; i++) into[i % columns] = (into[i % columns] ?? 0) + (weight * (mean[i] ** 2 + Math.exp(logVariance[i]) - 1 - logVariance[i])) / 2;
}

/** Sum over examples of log (1/samples) Σ w, averaged over as many disjoint groups as the k samples of each hold. */
function importance(reconstruction: Float32Array, logRatio: Float32Array, rows: number, k: number, samples: number): number {
  const groups = Math.floor(k / samples);
  let total = 0;
  for (let r = 0; r < rows; r++) {
    for (let g = 0; g < groups; g++) {
      const logWeights = Array.from({ length: samples }, (_, s) => logRatio[r * k + g * samples + s] - reconstruction[r * k + g * samples + s]);
      const most = Math.max(...logWeights);
      total += (most + Math.log(logWeights.reduce((sum, value) => sum + Math.exp(value - most), 0) / samples)) / groups;
    }
  }
  return total;
}
