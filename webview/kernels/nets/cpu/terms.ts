/** The terms of the evidence lower bound and their derivatives, in float64. */
import { sigmoid, softplus } from '../activations';
import { assertShape, map, sumOfRows, zeros, type CpuMatrix } from './matrix';

const LOG_TWO_PI = Math.log(2 * Math.PI);

interface Normal {
  mean: CpuMatrix;
  logVariance: CpuMatrix;
}

function assertSame(what: string, a: CpuMatrix, b: CpuMatrix): void {
  assertShape(what, b, a.rows, a.columns);
}

export function reparameterise(mean: CpuMatrix, logVariance: CpuMatrix, noise: CpuMatrix): CpuMatrix {
  assertSame('The log-variance', mean, logVariance);
  assertSame('The noise', mean, noise);
  return map(mean, (value, i) => value + Math.exp(logVariance.data[i] / 2) * noise.data[i]);
}

export function reparameteriseGradient(logVariance: CpuMatrix, noise: CpuMatrix, dz: CpuMatrix): Normal {
  return { mean: map(dz, (d) => d), logVariance: map(dz, (d, i) => (d * noise.data[i] * Math.exp(logVariance.data[i] / 2)) / 2) };
}

export function bernoulli(logits: CpuMatrix, x: CpuMatrix): CpuMatrix {
  assertSame('The data', logits, x);
  // −x·log σ(a) − (1 − x)·log(1 − σ(a)) = softplus(a) − x·a
  return sumOfRows(logits.rows, logits.columns, (i) => softplus(logits.data[i]) - x.data[i] * logits.data[i]);
}

export function bernoulliGradient(logits: CpuMatrix, x: CpuMatrix, weights: CpuMatrix): CpuMatrix {
  return map(logits, (a, i) => weights.data[Math.floor(i / logits.columns)] * (sigmoid(a) - x.data[i]));
}

export function gaussian(mean: CpuMatrix, x: CpuMatrix, sigma: number, constant: boolean): CpuMatrix {
  assertSame('The data', mean, x);
  const shift = constant ? LOG_TWO_PI / 2 + Math.log(sigma) : 0;
  return sumOfRows(mean.rows, mean.columns, (i) => (x.data[i] - mean.data[i]) ** 2 / (2 * sigma * sigma) + shift);
}

export function gaussianGradient(mean: CpuMatrix, x: CpuMatrix, sigma: number, weights: CpuMatrix): CpuMatrix {
  return map(mean, (m, i) => (weights.data[Math.floor(i / mean.columns)] * (m - x.data[i])) / (sigma * sigma));
}

export function klStandard(mean: CpuMatrix, logVariance: CpuMatrix): CpuMatrix {
  assertSame('The log-variance', mean, logVariance);
  return sumOfRows(mean.rows, mean.columns, (i) => (mean.data[i] ** 2 + Math.exp(logVariance.data[i]) - 1 - logVariance.data[i]) / 2);
}

export function klStandardGradient(mean: CpuMatrix, logVariance: CpuMatrix, weights: CpuMatrix): Normal {
  const weight = (i: number) => weights.data[Math.floor(i / mean.columns)];
  return { mean: map(mean, (m, i) => weight(i) * m), logVariance: map(logVariance, (l, i) => (weight(i) * (Math.exp(l) - 1)) / 2) };
}

export function logNormal(z: CpuMatrix, given: Normal | null): CpuMatrix {
  if (!given) return sumOfRows(z.rows, z.columns, (i) => -(LOG_TWO_PI + z.data[i] ** 2) / 2);
  const { mean, logVariance } = given;
  assertSame('The mean', z, mean);
  assertSame('The log-variance', z, logVariance);
  return sumOfRows(z.rows, z.columns, (i) => -(LOG_TWO_PI + logVariance.data[i] + (z.data[i] - mean.data[i]) ** 2 * Math.exp(-logVariance.data[i])) / 2);
}

export function logNormalGradient(z: CpuMatrix, given: Normal | null, weights: CpuMatrix): { z: CpuMatrix; given: Normal | null } {
  const weight = (i: number) => weights.data[Math.floor(i / z.columns)];
  if (!given) return { z: map(z, (value, i) => -weight(i) * value), given: null };
  const { mean, logVariance } = given;
  // (z − μ)/σ²
  const pull = map(z, (value, i) => weight(i) * (value - mean.data[i]) * Math.exp(-logVariance.data[i]));
  return {
    z: map(pull, (value) => -value),
    given: { mean: pull, logVariance: map(pull, (value, i) => (value * (z.data[i] - mean.data[i]) - weight(i)) / 2) },
  };
}

/** Per group: its greatest entry, and log Σ exp. */
function logSumExp(column: CpuMatrix, k: number): Float64Array {
  if (column.columns !== 1 || column.rows % k !== 0) throw new RangeError(`A column of a multiple of ${k} entries is wanted, not [${column.rows}, ${column.columns}].`);
  return Float64Array.from({ length: column.rows / k }, (_, n) => {
    const group = column.data.subarray(n * k, (n + 1) * k);
    const most = Math.max(...group);
    if (!Number.isFinite(most)) return most;
    return most + Math.log(group.reduce((sum, value) => sum + Math.exp(value - most), 0));
  });
}

export function logMeanExp(column: CpuMatrix, k: number): CpuMatrix {
  const out = zeros(column.rows / k, 1);
  out.data.set(logSumExp(column, k).map((value) => value - Math.log(k)));
  return out;
}

export function logMeanExpGradient(column: CpuMatrix, k: number, weights: CpuMatrix): CpuMatrix {
  const total = logSumExp(column, k);
  return map(column, (value, i) => weights.data[Math.floor(i / k)] * Math.exp(value - total[Math.floor(i / k)]));
}
