import { test } from 'node:test';
import assert from 'node:assert/strict';
import { gaussianKl, gaussianNll, logUpperTail, mills, normalCdf, normalPdf, normalQuantile, truncatedNormal } from '../../../core/math/gaussian';

function close(actual: number, expected: number, what: string, tolerance = 1e-12): void {
  assert.ok(Math.abs(actual - expected) <= tolerance * Math.abs(expected) + 1e-300, `${what}: ${actual}, reference ${expected}`);
}

/** ∫ f over [a, b] by Simpson's rule. */
function integrate(f: (x: number) => number, a: number, b: number, n = 4000): number {
  const h = (b - a) / n;
  let sum = f(a) + f(b);
  for (let i = 1; i < n; i++) sum += f(a + i * h) * (i % 2 === 1 ? 4 : 2);
  return (sum * h) / 3;
}

test('Φ: tabulated values in the middle and far in the tail', () => {
  // Abramowitz & Stegun, tables 26.1 and 26.2; Q(10) = 7.6198530241605e-24.
  close(normalCdf(0), 0.5, 'Φ(0)');
  close(normalCdf(1), 0.841344746068543, 'Φ(1)');
  close(normalCdf(-1.96), 0.0249978951482204, 'Φ(−1.96)');
  close(normalCdf(-10), 7.61985302416052e-24, 'Φ(−10)', 1e-11);
  close(logUpperTail(10), Math.log(7.61985302416052e-24), 'log Q(10)');
  close(logUpperTail(-2), Math.log(normalCdf(2)), 'log Q(−2)');
  close(logUpperTail(1e5), -(1e10) / 2 - Math.log(1e5) - Math.log(2 * Math.PI) / 2, 'log Q(1e5)', 1e-9);
  for (const z of [0, 0.5, 2.9, 3.1, 8]) close(mills(z), integrate((u) => Math.exp(-z * u - (u * u) / 2), 0, 40, 40_000), `mills(${z})`, 1e-10);
});

test('Φ⁻¹ undoes Φ to rounding, in both tails', () => {
  for (const p of [1e-300, 1e-12, 0.001, 0.3, 0.5]) close(normalCdf(normalQuantile(p)), p, `p = ${p}`, 1e-12);
  for (const p of [0.1, 0.025, 2 ** -20]) assert.equal(normalQuantile(1 - p), -normalQuantile(1 - (1 - p)));
  close(normalQuantile(0.975), 1.95996398454005, 'p = 0.975');
  assert.deepEqual([0, 1].map(normalQuantile), [-Infinity, Infinity]);
  assert.ok([NaN, -0.1].every((p) => !Number.isFinite(normalQuantile(p))));
});

test('truncated normals: mass and mean by quadrature', () => {
  for (const [centre, width, low, high] of [[0.2, 0.7, -1, 0.4], [3, 0.5, -1, 0], [-4, 1, 1, 2.5], [0, 2, 0.1, 0.2]]) {
    const density = (x: number): number => normalPdf((x - centre) / width) / width;
    const { logMass, mean } = truncatedNormal(centre, width, low, high);
    const mass = integrate(density, low, high);
    close(Math.exp(logMass), mass, `mass about ${centre}`, 1e-9);
    close(mean, integrate((x) => x * density(x), low, high) / mass, `mean about ${centre}`, 1e-9);
  }
});

test('KL and negative log-likelihood by quadrature; no cancellation near equality', () => {
  const density = (x: number, m: number, v: number): number => Math.exp(-((x - m) ** 2) / (2 * v)) / Math.sqrt(2 * Math.PI * v);
  for (const [a, p, b, q] of [[0.3, 0.5, -0.4, 1.2], [0, 2, 1, 0.7]]) {
    const expected = integrate((x) => density(x, a, p) * Math.log(density(x, a, p) / density(x, b, q)), a - 9 * Math.sqrt(p), a + 9 * Math.sqrt(p));
    close(gaussianKl((a - b) ** 2, p, q, 1), expected, 'KL', 1e-9);
    close(gaussianNll((a - b) ** 2, q, 1), -Math.log(density(a, b, q)), 'NLL');
    close(gaussianKl(2 * (a - b) ** 2, p, q, 2), 2 * expected, 'KL in two dimensions', 1e-9);
  }
  assert.equal(gaussianKl(0, 0.3, 0.3, 2), 0);
  // ½(r − 1 − log r) is (r − 1)²/4 to first order.
  close(gaussianKl(0, 1 + 2 ** -20, 1, 1), 2 ** -40 / 4, 'nearly equal', 1e-4);
  assert.ok(Number.isFinite(gaussianKl(1, 1e-30, 1, 2)));
});
