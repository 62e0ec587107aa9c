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

const BLOCK = 2048;
const WORD_CHARACTER = /[\w$\u0080-\uffff]/;

/** The words of one text over its edits: only what has changed is looked at again. */
export class Words {
  private text: string | null = null;
  /** How often each word stands there; made when the text is changed for the first time. */
  private counts: Map<string, number> | null = null;
  private words: ReadonlySet<string> = new Set();

  of(text: string): ReadonlySet<string> {
    const before = this.text;
    if (text === before) return this.words;
    if (before === null) this.words = wordsOf(text);
    else {
      if (!this.counts) this.count((this.counts = new Map()), before, 1);
      const [from, end] = changedIn(before, text);
      // The set is made anew only where a word has come or gone.
      this.words = this.replaced(this.counts, before.slice(from, before.length - end), text.slice(from, text.length - end));
    }
    this.text = text;
    return this.words;
  }

  private replaced(counts: Map<string, number>, old: string, fresh: string): ReadonlySet<string> {
    const known = counts.size;
    this.count(counts, fresh, 1);
    const grown = counts.size !== known;
    const gone = this.count(counts, old, -1);
    return grown || gone ? new Set(counts.keys()) : this.words;
  }

  /** True: a word is there no longer. */
  private count(counts: Map<string, number>, text: string, by: number): boolean {
    let gone = false;
    WORD.lastIndex = 0;
    for (let match = WORD.exec(text); match; match = WORD.exec(text)) {
      const n = (counts.get(match[0]) ?? 0) + by;
      if (n > 0) counts.set(match[0], n);
      else gone = counts.delete(match[0]) || gone;
    }
    return gone;
  }
}

/** How many characters both texts begin and end with, the words that the change touches left whole. */
function changedIn(a: string, b: string): [from: number, end: number] {
  const most = Math.min(a.length, b.length);
  let from = 0;
  // Whole blocks first, which are compared faster than characters are.
  while (from + BLOCK <= most && a.slice(from, from + BLOCK) === b.slice(from, from + BLOCK)) from += BLOCK;
  while (from < most && a.charCodeAt(from) === b.charCodeAt(from)) from++;
  const rest = most - from;
  let end = 0;
  while (end + BLOCK <= rest && a.slice(a.length - end - BLOCK, a.length - end) === b.slice(b.length - end - BLOCK, b.length - end)) end += BLOCK;
  while (end < rest && a.charCodeAt(a.length - 1 - end) === b.charCodeAt(b.length - 1 - end)) end++;
  while (from > 0 && WORD_CHARACTER.test(a[from - 1])) from--;
  while (end > 0 && WORD_CHARACTER.test(a[a.length - end])) end--;
  return [from, end];
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
  return text.length > MAX_JAVASCRIPT || hasLongLine(text);
}

function hasLongLine(text: string): boolean {
  let from = 0;
  for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
    if (to - from >= LONG_LINE) return true;
    from = to + 1;
  }
  return text.length - from >= LONG_LINE;
}

/** Beyond these a file was written by a bundler or minifier, not by the person who reads it. */
const MAX_JAVASCRIPT = 200_000;
const LONG_LINE = 5000;
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
  return text.length <= MAX_JAVASCRIPT && JS_NOISE.test(text) && JS_ROOT.test(text) && JS_PRODUCT.test(text) && JS_COMPLEMENT.test(text) && !hasLongLine(text);
}
