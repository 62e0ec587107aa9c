/** Which library a file's model is written with, by what it imports and calls. */
import type { Language } from '../interpret/machine';
import type { Framework } from '../types';

/** The first that fits; a library that is built on another stands before it. */
const PYTHON: readonly (readonly [Framework, RegExp])[] = [
  ['gensim', /^[ \t]*(from|import)[ \t]+gensim\b|\bgensim\.models\b/m],
  ['lightning', /^[ \t]*(from|import)[ \t]+(pytorch_lightning|lightning)\b|\b(pl|L)\.LightningModule\b/m],
  ['haiku', /^[ \t]*(from|import)[ \t]+haiku\b|\bhk\.(transform|Module|Linear)\b/m],
  ['flax', /^[ \t]*(from|import)[ \t]+flax\b|\bnnx\.Module\b/m],
  ['pytorch', /^[ \t]*(from|import)[ \t]+torch\b|\btorch\.|\bnn\.Module\b/m],
  ['jax', /^[ \t]*(from|import)[ \t]+jax\b|\bjnp\.|\bjax\./m],
  ['keras', /^[ \t]*(from|import)[ \t]+(keras|tensorflow\.keras|tensorflow\.contrib\.keras)\b|\btf\.keras\.|\bkeras\./m],
  ['tensorflow', /^[ \t]*(from|import)[ \t]+tensorflow\b|\btf\.\w/m],
  ['diffusers', /^[ \t]*(from|import)[ \t]+diffusers\b/m],
  ['sklearn', /^[ \t]*(from|import)[ \t]+sklearn\b/m],
  ['numpy', /^[ \t]*(from|import)[ \t]+numpy\b|\bnp\.\w/m],
];
const JAVASCRIPT: readonly (readonly [Framework, RegExp])[] = [
  ['jax-js', /@jax-js\/|['"]jax-js['"]/],
  ['tfjs', /@tensorflow\/tfjs|\btf\.\w/],
];

export function frameworkOf(text: string, language: Language): Framework {
  for (const [framework, pattern] of language === 'javascript' ? JAVASCRIPT : PYTHON) if (pattern.test(text)) return framework;
  return language === 'javascript' ? 'javascript' : 'python';
}
