/**
 * Mixtures of Gaussians under the forward process: x = √ᾱ x0 + √(1 − ᾱ) ε is a mixture again, so the ideal denoiser
 * is a closed form at every noise level.
 */

export interface Mixture {
  /** Centres of the components, x and y interleaved. */
  centres: Float64Array;
  /** Variance of every component per axis; may be 0: then the mixture is of points. */
  variance: readonly [number, number];
  /** Natural logarithms of the weights, which add up to 1; left out: equal weights. */
  logWeights?: Float64Array;
}

/** Fills `out` with E[x0 | x] for points x, both interleaved. 0 ≤ alphaBar < 1. */
export type PosteriorMean = (x: Float32Array, alphaBar: number, out: Float32Array) => void;

/** Less than 2e-9 of the largest share. */
const NEGLIGIBLE = -20;

/** The ideal denoiser of a mixture. Not reentrant across threads, as its scratch space is its own. */
export function mixtureMean(mixture: Mixture): PosteriorMean {
  const { centres, variance } = mixture;
  const exponents = new Float64Array(centres.length / 2);
  return (x, alphaBar, out) => {
    const a = Math.sqrt(alphaBar);
    // Of x given the component, per axis.
    const [vx, vy] = variancesAt(mixture, alphaBar);
    const [gainX, gainY] = [(a * variance[0]) / vx, (a * variance[1]) / vy];
    for (let i = 0; i < x.length; i += 2) {
      const largest = fillExponents(mixture, a, vx, vy, x[i], x[i + 1], exponents);
      let [total, cx, cy] = [0, 0, 0];
      for (let k = 0; k < exponents.length; k++) {
        const below = exponents[k] - largest;
        if (below < NEGLIGIBLE) continue;
        const share = Math.exp(below);
        total += share;
        cx += share * centres[2 * k];
        cy += share * centres[2 * k + 1];
      }
      cx /= total;
      cy /= total;
      out[i] = cx + gainX * (x[i] - a * cx);
      out[i + 1] = cy + gainY * (x[i + 1] - a * cy);
    }
  };
}

const variancesAt = ({ variance }: Mixture, alphaBar: number): [number, number] => [alphaBar * variance[0] + 1 - alphaBar, alphaBar * variance[1] + 1 - alphaBar];

/** log(weight) − half the scaled squared distance of each component; gives back the largest. */
function fillExponents({ centres, logWeights }: Mixture, a: number, vx: number, vy: number, x: number, y: number, exponents: Float64Array): number {
  let largest = -Infinity;
  for (let k = 0; k < exponents.length; k++) {
    const distance = (x - a * centres[2 * k]) ** 2 / vx + (y - a * centres[2 * k + 1]) ** 2 / vy;
    const exponent = logWeights ? logWeights[k] - distance / 2 : -distance / 2;
    exponents[k] = exponent;
    if (exponent > largest) largest = exponent;
  }
  return largest;
}
