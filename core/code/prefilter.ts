/**
 * A cheap look at the text before it is parsed. It may only say no where recognition would find nothing:
 * a model needs a running product (`cumprod`, or one kept by hand) and a root, or a scheduler of diffusers.
 */
import { SCHEDULER_NAME as SCHEDULER } from './recognise/diffusers-schedulers';

/** Library functions, `x *= …`, `x = x * …`, `append(x * …)`, and betas as a ratio of neighbouring ᾱ. */
const PRODUCT = /cumprod|cumulative_prod|\bprod\(|cumsum|\*=|\b(\w+)\s*=\s*\1\s*\*|\.append\([^\n]*\*|\baccumulate\b|\[1:\]\s*\//;
const ROOT = /sqrt|\*\*\s*\(?\s*-?(0?\.5|1\s*\/\s*2)|\bpow(er)?\(/;

export function mayHoldDiffusion(text: string): boolean {
  return SCHEDULER.test(text) || (ROOT.test(text) && PRODUCT.test(text) && /numpy|torch|jax|tensorflow|\bmath\b|\bnp\./.test(text));
}

const WORD = /[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/g;

/** All words of a text: names, keywords, and what stands in strings and comments. */
export function wordsOf(text: string): Set<string> {
  const out = new Set<string>();
  WORD.lastIndex = 0;
  for (let match = WORD.exec(text); match; match = WORD.exec(text)) out.add(match[0]);
  return out;
}

/** Of one statement: without either, it defines no schedule. */
export function hasSchedulerOrProduct(text: string): boolean {
  return SCHEDULER.test(text) || PRODUCT.test(text);
}

/** May hold a comment that says what is a model; see `overrides.ts`. */
export function mayBeOverruled(text: string): boolean {
  return text.includes('marginalia:');
}

/** Written by a program: no person reads it. */
export function isMachineWritten(text: string): boolean {
  return text.length > MAX_JAVASCRIPT || MACHINE_WRITTEN.test(text);
}

/** Beyond these a file was written by a bundler or minifier, not by the person who reads it. */
const MAX_JAVASCRIPT = 200_000;
const MACHINE_WRITTEN = /^[^\n]{5000}/m;
const JS_ROOT = /\br?sqrt\b|\*\*\s*\(?\s*-?0?\.5\b|\bpow\([^\n]*\b0?\.5\b/;
/** `cumprod`, `p *= …`, `p = p * …`, a `reduce` or a push with a product in it. */
const JS_PRODUCT = /\bcumprod\b|\*=|\b(\w+)\s*=\s*\1\s*\*|\breduce\([^\n]*\*|\]\s*\*|\*\s*\(?\s*\w+\[|\.push\([^\n]*\*/;
/** 1 − β, or α = 1 − β the other way round. */
const JS_COMPLEMENT = /\b1(\.0*)?\s*-\s*[\w(]|\bsub\(\s*1\b|\bsub\([^\n]*\bones|\bneg\(|\b(scalar|ones(Like)?)\([^\n]*\)\s*\.sub\(|\bones\b|\bsub\(\s*tf\.scalar/;
/** Diffusion mixes with Gaussian noise; code that has none of these words makes or takes none. */
const JS_NOISE = /noise|noisy|gauss|normal|randn|diffus|ddpm|ddim|eps|beta|[εβᾱ]/i;

/**
 * As {@link mayHoldDiffusion}, for TypeScript and JavaScript. Stricter, since most such files are no numerics at all: root,
 * product, complement and noise must all be there.
 */
export function mayHoldDiffusionJavascript(text: string): boolean {
  return text.length <= MAX_JAVASCRIPT && JS_NOISE.test(text) && JS_ROOT.test(text) && JS_PRODUCT.test(text) && JS_COMPLEMENT.test(text) && !MACHINE_WRITTEN.test(text);
}
