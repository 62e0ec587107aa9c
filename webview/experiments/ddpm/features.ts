/** How the network is told its noise level: by the log-SNR λ = log(ᾱ/(1 − ᾱ)) instead of an index t, so that it fits every schedule and every T. */

/** λ is clamped to this range: noise of 0.7% of the data to data of 0.7% of the noise. */
export const LOG_SNR_RANGE = [-10, 10] as const;

const FREQUENCIES = 8;

/** f(λ) with s = the position of λ in its range, −1 … 1: s, and sin and cos of kπs/2 for k = 1 … 8. Length 17. λ may be infinite. */
export function logSnrFeatures(logSnr: number): number[] {
  const [low, high] = LOG_SNR_RANGE;
  const s = (2 * (Math.min(Math.max(logSnr, low), high) - low)) / (high - low) - 1;
  const waves = Array.from({ length: FREQUENCIES }, (_, k) => ((k + 1) * Math.PI * s) / 2);
  return [s, ...waves.map(Math.sin), ...waves.map(Math.cos)];
}
