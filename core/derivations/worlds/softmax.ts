/** Random logits; probabilities after the largest was subtracted, as code computes them. */
import type { World } from '../../formulas/evaluate';
import { random } from './random';
import { between, nth, worldOf } from './world';

const V = 5;

export function softmaxWorld(seed: number): World {
  const next = random(seed);
  const logits = Array.from({ length: V }, () => between(next, -2, 2));
  const top = Math.max(...logits);
  const raised = logits.map((a) => Math.exp(a - top));
  const whole = raised.reduce((a, b) => a + b, 0);
  const label = Math.floor(next() * V);
  const [j, k] = [1 + Math.floor(next() * V), 1 + Math.floor(next() * V)];
  return worldOf({
    values: { vocabularySize: V, exponentialSum: Math.exp(top) * whole, logitShift: between(next, -1.5, 1.5), labelLoss: Math.log(whole) - Math.log(raised[label]) },
    members: { logit: nth(logits), wordProbability: nth(raised.map((value) => value / whole)), oneHot: (n) => (n < 1 || n > V ? undefined : Number(n - 1 === label)) },
    // The same entry twice in every third world, and that of the label in every fourth.
    letters: { j, k: seed % 3 === 0 ? j : seed % 4 === 0 ? label + 1 : k, l: 1 + Math.floor(next() * V) },
  });
}
