/** Standard normal distribution and Gaussians in float64, accurate in both tails. */

const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

/** φ(z), the standard normal density. */
export const normalPdf = (z: number): number => Math.exp((-z * z) / 2) / ROOT_TWO_PI;

/** Mills' ratio (1 − Φ(z))/φ(z) for z ≥ 0: Taylor series of the error function near zero, continued fraction beyond. */
export function mills(z: number): number {
  if (z > 3) {
    let fraction = z;
    for (let k = 40; k > 0; k--) fraction = z + k / fraction;
    return 1 / fraction;
  }
  // Φ(z) − ½ = φ(z) Σ z^(2k+1)/(1·3·5…(2k+1)) (Marsaglia 2004).
  let [term, sum] = [z, z];
  for (let k = 1; term > 1e-17; k++) {
    term *= (z * z) / (2 * k + 1);
    sum += term;
  }
  return 0.5 / normalPdf(z) - sum;
}

/** Φ(z), the standard normal distribution function; its relative error stays small far into the left tail. */
export const normalCdf = (z: number): number => (z < 0 ? normalPdf(z) * mills(-z) : 1 - normalPdf(z) * mills(z));

/** log(1 − Φ(z)), finite wherever z² is. */
export const logUpperTail = (z: number): number => (z > 0 ? -(z * z) / 2 - Math.log(ROOT_TWO_PI) + Math.log(mills(z)) : Math.log1p(-normalCdf(z)));

/**
 * Φ⁻¹(p) for p in (0, 1); ∓∞ at 0 and 1. Halley's steps from a start within 4.5e-4 (Abramowitz & Stegun 26.2.23) in the tail that p lies in.
 */
export function normalQuantile(p: number): number {
  const tail = Math.min(p, 1 - p);
  if (!(tail > 0)) return p >= 1 ? Infinity : p <= 0 ? -Infinity : NaN;
  const root = Math.sqrt(-2 * Math.log(tail));
  let z = root - (2.515517 + 0.802853 * root + 0.010328 * root ** 2) / (1 + 1.432788 * root + 0.189269 * root ** 2 + 0.001308 * root ** 3);
  for (let i = 0; i < 3; i++) {
    const ratio = (normalCdf(-z) - tail) / normalPdf(z);
    // ratio is (Q(z) − tail)/φ; the second derivative of Q adds z/2.
    z += ratio / (1 - (ratio * z) / 2);
  }
  return p < 0.5 ? -z : z;
}

/** Log mass in [low, high] and mean there of N(centre, width²), stable where the interval lies far in a tail. */
export function truncatedNormal(centre: number, width: number, low: number, high: number): { logMass: number; mean: number } {
  let from = (low - centre) / width;
  let to = (high - centre) / width;
  // Both tails by the right one.
  const mirrored = from + to < 0;
  if (mirrored) [from, to] = [-to, -from];
  let logMass: number;
  let offset: number;
  if (from > 0) {
    // Shares of the density at `from`: Q(z) = φ(z)·mills(z).
    const drop = Math.exp((from * from - to * to) / 2);
    const mass = mills(from) - drop * mills(to);
    logMass = -(from * from) / 2 + Math.log(mass) - Math.log(ROOT_TWO_PI);
    offset = (1 - drop) / mass;
  } else {
    const mass = 1 - normalPdf(from) * mills(-from) - normalPdf(to) * mills(to);
    logMass = Math.log(mass);
    offset = (normalPdf(from) - normalPdf(to)) / mass;
  }
  const mean = centre + width * (mirrored ? -offset : offset);
  return { logMass, mean: Math.min(Math.max(mean, low), high) };
}

/** −log N(x; mean, variance · I) from the squared distance ‖x − mean‖², in nats. */
export const gaussianNll = (squaredDistance: number, variance: number, dimensions: number): number =>
  squaredDistance / (2 * variance) + (dimensions / 2) * Math.log(2 * Math.PI * variance);

/** KL(N(a, p·I) ‖ N(b, q·I)) from ‖a − b‖², in nats. */
export function gaussianKl(squaredDistance: number, p: number, q: number, dimensions: number): number {
  const ratio = p / q;
  // log1p loses less where the variances are nearly equal, log where they are far apart.
  const logRatio = Math.abs(ratio - 1) < 0.5 ? Math.log1p(ratio - 1) : Math.log(ratio);
  return (dimensions * (ratio - 1 - logRatio) + squaredDistance / q) / 2;
}
