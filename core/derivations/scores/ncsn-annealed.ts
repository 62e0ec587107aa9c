/** Noise conditional score networks: one network for all noise levels, and sampling from the largest to the smallest. */
import { add, apply, conditional, div, expectation, fn, gaussian, gradient, letter, mul, neg, normSq, num, pow, power, sqrt, sub, sum, sym, type Expr } from '../../formulas/expr';
import { SONG_ERMON_2019 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { ncsnWorld } from '../worlds/ncsn';

const [one, four] = [num(1), num(4)];
const half = div(one, num(2));
const [x, noisy, z, fresh] = [sym('x'), sym('noisy'), sym('perturbation'), sym('z')];
const [level, D, L, last] = [sym('ladderLevel', 'i'), sym('dimensions'), sym('ladderSize'), sym('smallestLevel')];
const [alpha, weight, epsilon, loss, snr] = [sym('annealedStep', 'i'), sym('levelWeight', 'i'), sym('baseStep'), sym('levelLoss', 'i'), sym('stepSnr', 'i')];
const h = sym('driftStep');
const variance = pow(level, 2);
const kernel = conditional('kernel', noisy, x);
const target = gradient('noisy', fn('log', kernel));
const perturbed = add(x, mul(level, z));
const network = (at: Expr): Expr => apply('scoreNetwork', at, level);
const standard = (of: Expr): Expr => gaussian(of, sym('zeroVector'), one);
const overNoise = (body: Expr): Expr => expectation('perturbation', standard(z), body);
const overBoth = (body: Expr): Expr => expectation('x', apply('dataDistribution', x), overNoise(body));
const overFresh = (body: Expr): Expr => expectation('z', standard(fresh), body);
const scaled = mul(half, overBoth(normSq(add(mul(level, network(perturbed)), z))));
const allLevels = (body: Expr): Expr => mul(div(one, L), sum(1, L, body, 'i'));
const drift = mul(div(alpha, num(2)), network(noisy));

export const NCSN_ANNEALED: Derivation = {
  id: 'ncsn-annealed',
  title: 'Scores at many noise levels, and annealed Langevin sampling',
  shows:
    'Why the objectives of all noise levels are weighted by the variance of the noise, which gives every level targets of the same size. And why the step of annealed Langevin sampling goes with that variance too, so that the signal-to-noise ratio of a step is the same at every level.',
  source: SONG_ERMON_2019('eq. 5 and 6, sections 4.1 to 4.3, algorithm 1'),
  prerequisites: [
    'Denoising score matching: the target is the score of the kernel that adds the noise.',
    'A Langevin step goes half the step size along the score and adds noise whose variance is the step size.',
    'The mean squared length of a standard normal vector is its number of components.',
  ],
  after: ['score-matching-denoising', 'langevin'],
  given: ['x', 'perturbation', 'z', 'zeroVector', 'dimensions', 'dataDistribution', 'scoreNetwork', 'ladderLevel', 'ladderSize', 'smallestLevel', 'baseStep'],
  cases: inWorlds(ncsnWorld),
  steps: [
    {
      label: 'The noise levels (section 4.1)',
      left: div(level, sym('ladderLevel', 'i+1')), relation: 'equal', right: sym('levelRatio'), kind: 'definition',
      why: 'There are L levels from the largest to the smallest, and each is r times as large as the next. The largest is to blur all the data into one cloud, the smallest is to be too small to see.',
    },
    {
      label: 'Each level from the smallest',
      left: level, relation: 'equal', right: mul(last, power(sym('levelRatio'), sub(L, letter('i')))), kind: 'numeric',
      why: 'From level i to the last one there are L − i steps, each a factor r. On a logarithmic scale the levels lie evenly.',
    },
    {
      label: 'Perturb an example',
      left: noisy, relation: 'equal', right: perturbed, kind: 'definition',
      why: 'Standard normal noise z, scaled by the level, is added. The example is not shrunk.',
    },
    {
      label: 'The kernel',
      left: kernel, relation: 'equal', right: gaussian(noisy, x, variance), kind: 'definition',
      why: 'The same as a density at level i: a Gaussian around the example.',
    },
    {
      label: 'The target',
      left: target, relation: 'equal', right: neg(div(sub(noisy, x), variance)), kind: 'numeric',
      why: 'The gradient of the exponent. It points from the noisy point back to its example.',
    },
    {
      label: 'The target from the noise',
      left: target, relation: 'equal', right: neg(div(z, level)), kind: 'numeric',
      why: 'The way from the example to the noisy point is σ z, and one σ cancels.',
    },
    {
      label: 'The objective of one level (eq. 5)',
      left: loss, relation: 'equal', right: mul(half, overBoth(normSq(add(network(perturbed), div(z, level))))), kind: 'definition',
      why: 'Denoising score matching at level i, half the mean squared distance from the target. One network serves all levels and is told the level. The paper takes the mean over noisy points; here they are written as x + σz.',
    },
    {
      label: 'How large the targets are',
      left: overNoise(normSq(div(z, level))), relation: 'equal', right: div(D, variance), kind: 'numeric',
      why: 'The mean squared length of z is its number of components D. So targets are longer the smaller the noise; without weights the small levels would rule the objective.',
    },
    {
      label: 'The weight (section 4.2)',
      left: weight, relation: 'equal', right: variance, kind: 'definition',
      why: 'λ(σ) = σ² is chosen. Song and Ermon found that a trained network\'s score is about in proportion to 1 over σ, so that with this weight all levels count about alike.',
    },
    {
      label: 'Weighted targets have the same size',
      left: mul(weight, overNoise(normSq(div(z, level)))), relation: 'equal', right: D, kind: 'numeric',
      why: 'The weight cancels the variance below. Every component of the weighted target has the mean square 1 at every level.',
    },
    {
      label: 'The weighted objective of one level',
      left: mul(weight, loss), relation: 'equal', right: scaled, kind: 'numeric',
      why: 'The factor σ² goes into the square as σ. What is compared with the noise is −σ times the network\'s output, which is therefore an estimate of z, as in DDPM.',
    },
    {
      label: 'All levels (eq. 6)',
      left: sym('annealedLoss'), relation: 'equal', right: allLevels(mul(weight, loss)), kind: 'definition',
      why: 'The mean of the weighted objectives. Training draws a level for each example.',
    },
    {
      label: 'All levels, with targets of unit size',
      left: sym('annealedLoss'), relation: 'equal', right: allLevels(scaled), kind: 'numeric',
      why: 'The line for one level was put into the sum.',
    },
    {
      label: 'The step size of a level (algorithm 1)',
      left: alpha, relation: 'equal', right: div(mul(epsilon, variance), pow(last, 2)), kind: 'definition',
      why: 'Sampling starts with several Langevin steps at the largest level and goes on to smaller ones, each time from where it stopped. Step sizes go with the variance of the level; at the last level the step size is ε.',
    },
    {
      label: 'A step at level i (algorithm 1)',
      left: sym('nextNoisy'), relation: 'equal', right: add(noisy, drift, mul(sqrt(alpha), fresh)), kind: 'definition',
      why: 'A Langevin step with the network in the place of the score and with fresh noise z.',
    },
    {
      label: 'The step size in code',
      left: h, relation: 'equal', right: div(alpha, num(2)), kind: 'definition',
      why: 'The code of Song and Ermon names half of it: what it calls step_size multiplies the score itself, and its step_lr stands where half of ε stands here.',
    },
    {
      label: 'The step as code has it',
      left: sym('nextNoisy'), relation: 'equal', right: add(noisy, mul(h, network(noisy)), mul(sqrt(mul(num(2), h)), fresh)), kind: 'numeric',
      why: 'Half of α multiplies the score, and twice this half is the variance of the noise.',
    },
    {
      label: 'From one level to the next',
      left: div(alpha, sym('annealedStep', 'i+1')), relation: 'equal', right: pow(sym('levelRatio'), 2), kind: 'numeric',
      why: 'ε and the smallest level cancel, and what is left is the square of the quotient of two levels.',
    },
    {
      label: 'Signal and noise of a step (section 4.3)',
      left: snr, relation: 'equal', right: div(normSq(drift), overFresh(normSq(mul(sqrt(alpha), fresh)))), kind: 'definition',
      why: 'The squared length of what goes along the score, over the mean squared length of what is random. If it is too small the chain only diffuses; if it is too large the chain is hardly random.',
    },
    {
      label: 'The noise of a step',
      left: overFresh(normSq(mul(sqrt(alpha), fresh))), relation: 'equal', right: mul(alpha, D), kind: 'numeric',
      why: 'Each of the D components has the variance α.',
    },
    {
      label: 'The signal-to-noise ratio',
      left: snr, relation: 'equal', right: div(mul(alpha, normSq(network(noisy))), mul(four, D)), kind: 'numeric',
      why: 'A factor comes out of a squared length squared: α²/4 above and α D below, and one α cancels. The paper leaves D out, which is the same at every level.',
    },
    {
      label: 'Put the step size in',
      left: snr, relation: 'equal', right: mul(div(epsilon, mul(four, mul(D, pow(last, 2)))), normSq(mul(level, network(noisy)))), kind: 'numeric',
      why: 'The level\'s variance goes into the squared length as σ. In front of it nothing depends on the level any more. Behind it stands what estimates the noise, up to its sign.',
    },
    {
      label: 'The same at every level',
      left: overNoise(div(mul(alpha, normSq(div(z, level))), mul(four, D))), relation: 'equal', right: div(epsilon, mul(four, pow(last, 2))), kind: 'numeric',
      why: 'The mean ratio if the network put out the target itself: D over σ² for the squared length. It does not depend on i. The best network puts out the mean of the targets, whose mean squared length is at most that of the targets. So at noisy points of this level this is an upper bound of its mean ratio, near the truth where the noise can be told from the data.',
    },
  ],
};
