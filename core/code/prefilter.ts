/**
 * A cheap look at the text before it is parsed. It may only say no where recognition would find nothing:
 * a model needs a running product (`cumprod`, or one kept by hand) and a root, or a scheduler of diffusers.
 */

const SCHEDULER = /\bDD[PI]MScheduler\b/;
/** Library functions, `x *= …`, `x = x * …`, `append(x * …)`, and betas as a ratio of neighbouring ᾱ. */
const PRODUCT = /cumprod|cumulative_prod|\bprod\(|cumsum|\*=|\b(\w+)\s*=\s*\1\s*\*|\.append\([^\n]*\*|\baccumulate\b|\[1:\]\s*\//;
const ROOT = /sqrt|\*\*\s*\(?\s*-?(0?\.5|1\s*\/\s*2)|\bpow(er)?\(/;

export function mayHoldDiffusion(text: string): boolean {
  return SCHEDULER.test(text) || (ROOT.test(text) && PRODUCT.test(text) && /numpy|torch|jax|tensorflow|\bmath\b|\bnp\./.test(text));
}
