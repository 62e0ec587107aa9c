/** Models of the score: NCSN (Song & Ermon 2019), score SDEs (Song et al. 2021), and denoisers conditioned on σ (Karras et al. 2022). */
import type { Value } from '../../../interpret/values';
import { comesFrom, nodesOf, operandsOf, operationOf } from '../../graph';
import { match, matchAny, operationsIn, type Template } from '../../match';
import { evaluateAt } from '../../tape';
import { readNetwork } from '../../training/network';
import { FOREIGN, NO_TRAINING } from '../../training/related';
import type { Clue, Family, FileView, Settings } from '../family';
import { count, fraction, positive } from '../named';
import { levelsOf, levelSettings, writtenNumber } from './score-settings';

export const isNoise = (v: Value): boolean => v.kind === 'atom' && v.role === 'noise';
/** What an unknown function, object or network gave: none of the functions of numerical libraries, no transpose. */
export const isCall = (v: Value): boolean => v.kind === 'atom' && (v.role === 'call' || v.prov?.op === 'element' || v.prov?.op.startsWith('attribute ') === true) && !isNoise(v) && v.prov?.op !== 'attribute T' && !NUMERICAL.test(operationOf(v)?.path ?? '');
const NUMERICAL = /^(numpy|scipy|pandas|sklearn|statsmodels|math|jax\.(numpy|scipy|lax))\./;

const noise = { name: 'z', domain: 'real', accepts: isNoise } as const;
const network = { name: 's_θ', domain: 'real', accepts: isCall } as const;

/** ‖σ s_θ(x + σ z) + z‖², the objective of denoising score matching, and its form with the target −z/σ. */
const MATCHING: readonly Template[] = [
  { id: 'weighted', slots: [noise, network, { name: 'σ', domain: 'positive' }], value: (z, s, sigma) => (s * sigma + z) ** 2, upTo: 'factor', needs: [['*'], ['**', 'square', '*']] },
  { id: 'plain', slots: [noise, network, { name: 'σ', domain: 'positive' }], value: (z, s, sigma) => (s + z / sigma) ** 2, upTo: 'factor', needs: [['/'], ['**', 'square', '*']] },
  { id: 'kernel', slots: [noise, network, { name: 'σ', domain: 'positive' }], value: (z, s, sigma) => (s + z / sigma) ** 2 * sigma ** 2, upTo: 'factor', needs: [['/', '**'], ['**', 'square', '*']] },
];
/** −z/σ and −(x̃ − x)/σ² with x̃ = x + σ z. */
const TARGETS: readonly Template[] = [{ id: 'target', slots: [noise, { name: 'σ', domain: 'positive' }], value: (z, sigma) => -z / sigma, needs: [['/', '**']] }];
/** x + α/2 s + √α z, x + α s + √(2α) z. */
const LANGEVIN: readonly Template[] = [
  { id: 'half', slots: [noise, network, { name: 'x', domain: 'real' }, { name: 'α', domain: 'positive' }], value: (z, s, x, a) => x + 0.5 * a * s + Math.sqrt(a) * z, needs: [['sqrt', '**', 'sqrt_'], ['*']] },
  { id: 'whole', slots: [noise, network, { name: 'x', domain: 'real' }, { name: 'α', domain: 'positive' }], value: (z, s, x, a) => x + a * s + Math.sqrt(2 * a) * z, needs: [['sqrt', '**', 'sqrt_'], ['*']] },
];
/** Marginal standard deviation of dx = σᵗ dw (appendix C of Song et al. 2021, and their tutorial). */
const VE_STD: Template = { id: 've', slots: [{ name: 't', domain: 'unit' }, { name: 'σ', domain: 'positive' }], value: (t, s) => Math.sqrt((s ** (2 * t) - 1) / (2 * Math.log(s))), needs: [['sqrt', '**', 'sqrt_'], ['log']] };
/** log of the mean's factor under the VP SDE (eq. 33). */
const vp = (t: number, b0: number, b1: number) => -0.25 * t * t * (b1 - b0) - 0.5 * t * b0;
const VP_MEAN: Template = { id: 'vp', slots: [{ name: 't', domain: 'unit' }, { name: 'β₀', domain: 'positive' }, { name: 'β₁', domain: 'positive' }], value: vp, upTo: 'factor', needs: [['**', '*', 'square']] };
/** σ_min (σ_max/σ_min)ᵗ. */
const GEOMETRIC: Template = { id: 'geometric', slots: [{ name: 't', domain: 'unit' }, { name: 'σ_min', domain: 'positive' }, { name: 'σ_max', domain: 'positive' }], value: (t, a, b) => a * (b / a) ** t, needs: [['**'], ['/']] };
/** Skip scaling of EDM, σ_data²/(σ² + σ_data²), and its loss weight, (σ² + σ_data²)/(σ σ_data)² (table 1 of Karras et al. 2022). */
const EDM: readonly Template[] = [
  { id: 'skip', slots: [{ name: 'σ', domain: 'positive' }, { name: 'σ_data', domain: 'positive' }], value: (s, d) => d * d / (s * s + d * d), needs: [['/'], ['+']] },
  { id: 'weight', slots: [{ name: 'σ', domain: 'positive' }, { name: 'σ_data', domain: 'positive' }], value: (s, d) => (s * s + d * d) / (s * d) ** 2, needs: [['/', '**'], ['+']] },
];
/** What it scales the network's output by, σ σ_data/√(σ² + σ_data²). */
const EDM_OUT: Template = { id: 'out', slots: [{ name: 'σ', domain: 'positive' }, { name: 'σ_data', domain: 'positive' }], value: (s, d) => (s * d) / Math.sqrt(s * s + d * d), needs: [['sqrt', '**', 'rsqrt', 'sqrt_'], ['+'], ['*']] };
const SQUARES = new Set(['**', 'square', 'sum', 'mean', 'reduce_sum', 'reduce_mean', '*', 'mse_loss']);
const POWERS = new Set(['**', 'square', 'mse_loss', 'norm']);

/** Words of libraries in code that has a network or trains one: Langevin steps along a known density have none. */
const LEARNT = ['Module', 'Linear', 'Conv2d', 'Dense', 'Conv', 'Sequential', 'layers', 'backward', 'optim', 'optax', 'GradientTape', 'LightningModule', 'parameters', 'minimize', 'load_state_dict', 'state_dict', 'Model', 'LayersModel', 'haiku', 'flax', 'nn', 'network', 'denoiser'];

/** Formulas that only a network that learns scores has. */
const LEARNS = new Set(['matching', 'edm', 'edm loss', 've', 'vp']);

export const SCORE_SDE: Family = {
  id: 'score-sde',
  needs: {
    python: [['randn', 'randn_like', 'normal', 'standard_normal', 'random_normal', 'marginal_prob', 'sigma', 'sigmas', 'sigma_min', 'normal_']],
    javascript: [['randomNormal', 'randn', 'random', 'gaussian'], ['sigma', 'sigmas', 'sigmaMin', 'score', 'langevin']],
  },
  seeds: ['randn', 'randn_like', 'normal', 'standard_normal', 'random_normal', 'randomNormal', 'sigma_min', 'sigmas', 'marginal_prob', 'marginal_prob_std'],
  clues,
  named: [
    { key: 'sigmaMin', names: ['sigmamin', 'sigmaend', 'minsigma', 'sigmalow'], fits: positive(1e6) },
    { key: 'sigmaMax', names: ['sigmamax', 'sigmabegin', 'maxsigma', 'sigmahigh', 'sigmastart'], fits: positive(1e6) },
    { key: 'sigma', names: ['sigma'], fits: positive(1e6) },
    { key: 'betaMin', names: ['betamin', 'beta0', 'bmin'], fits: positive(100) },
    { key: 'betaMax', names: ['betamax', 'beta1', 'bmax'], fits: (x) => positive(1000)(x) && Number(x) > 1 },
    { key: 'noiseLevels', names: ['numscales', 'nsigmas', 'numsigmas', 'numnoiselevels', 'nlevels', 'noiselevels', 'numnoises', 'nscales'], fits: count(100_000) },
    { key: 'snr', names: ['snr', 'targetsnr', 'signaltonoiseratio'], fits: fraction },
    { key: 'samplingSteps', names: ['samplingsteps', 'numsamplingsteps', 'nsamplingsteps', 'numsteps', 'nsamplesteps', 'numdiffusionsteps', 'samplesteps', 'eulersteps', 'neuler', 'numeulersteps', 'nsdesteps'], fits: count(100_000) },
    { key: 'langevinSteps', names: ['nstepseach', 'langevinsteps', 'nlangevin', 'numlangevinsteps', 'stepseach', 'ncorrectorsteps', 'correctorsteps', 'nlangevinsteps', 'stepsperlevel'], fits: count(100_000) },
    { key: 'langevinStepSize', names: ['steplr', 'langevinlr', 'langevinstepsize', 'langevineps', 'stepsize'], fits: positive(10) },
    { key: 'hiddenUnits', names: ['hiddendim', 'hiddensize', 'hiddenunits', 'hidden', 'nhidden', 'hdim'], fits: count(65_536) },
    { key: 'emaDecay', names: ['emadecay', 'emarate', 'ema'], fits: fraction },
    { key: 'imageSize', names: ['imagesize', 'imgsize', 'imageresolution'], fits: count(100_000) },
  ],
  settings,
  foreign: /gan(?![a-z])|GAN|discrim|critic|classif|vae|VAE|teacher|actor|policy|reward/,
};

/** σ s_θ + z inside a square: the network's output on an input with z in it, and z itself, with the same sign. With opposite signs it is the noise that is found. */
function isScoreSum(v: Value): boolean {
  const form = v.kind === 'atom' && v.prov?.op === 'settled' ? v.prov.args[0] : v;
  if (form.kind !== 'linear' || form.terms.size !== 2) return false;
  const [a, b] = [...form.terms];
  const [z, s] = isNoise(a[0]) ? [a, b] : [b, a];
  if (!isNoise(z[0]) || isNoise(s[0]) || !(z[1].v[0] * s[1].v[0] > 0)) return false;
  return comesFrom(s[0], (x) => isCall(x) && comesFrom(x, (y) => y === z[0], 200), 60);
}

/** −z/σ with levels σ that are known: noise with a coefficient below 0 that depends on the level. */
function isScoreTarget(v: Value): boolean {
  if (v.kind !== 'linear' || v.terms.size !== 1) return false;
  const [[z, c]] = v.terms;
  return isNoise(z) && c.index.length > 0 && c.v.every((x) => x < 0 || Number.isNaN(x)) && new Set(c.v).size > 1;
}

/** x + c₁ s + c₂ z with known steps: c₂² = 2 c₁. */
function isLangevinStep(v: Value): boolean {
  if (v.kind !== 'linear' || v.terms.size !== 3) return false;
  const terms = [...v.terms];
  const z = terms.find(([a]) => isNoise(a));
  const s = terms.find(([a]) => a !== z?.[0] && isCall(a));
  const x = terms.find((t) => t !== z && t !== s);
  if (!z || !s || !x?.[1].v.every((c) => c === 1)) return false;
  return z[1].v.every((c, w) => Math.abs(c * c - 2 * s[1].v[w]) <= 1e-9 * c * c && c > 0);
}

function clues(view: FileView): Clue[] {
  const out: Clue[] = [];
  const add = (id: string, weight: number, text: string, at: { from: number; to: number }, role: Clue['role'] = 'anchor') => out.push({ id, weight, text, at, role });
  // Two measurements are weighed by the same formulas.
  const learnt = LEARNT.some((w) => view.words.has(w));
  for (const { value, at } of view.computed) {
    const o = operationOf(value);
    if (!o) continue;
    const sums = o.op === '+' || o.op === '-';
    // A walk through all that a value is made of: only for those that may be such a formula.
    const noisy = (sums || SQUARES.has(o.op)) && comesFrom(value, isNoise, 60);
    if (noisy && SQUARES.has(o.op) && ((POWERS.has(o.op) && o.args.slice(0, 1).some(isScoreSum)) || matchAny(value, MATCHING))) add('matching', 1, 'matches the score of noisy data: ‖σ s + z‖² (denoising score matching)', at);
    if (noisy && sums && (isLangevinStep(value) || matchAny(value, LANGEVIN))) add('langevin', 0.6, 'takes Langevin steps along the score: x + α/2 s + √α z', at);
    if ((o.op === 'sqrt' || o.op === '**') && match(value, VE_STD)) add('ve', 0.8, 'has the standard deviation √((σ²ᵗ − 1)/(2 log σ)) of the variance-exploding SDE', at);
    if (sums && isVpMean(value)) add('vp', 0.8, 'has the mean of the variance-preserving SDE: −¼ t²(β₁ − β₀) − ½ tβ₀', at);
    if (o.op === '*' && match(value, GEOMETRIC)) add('geometric', 0.4, 'has noise levels σ_min (σ_max/σ_min)ᵗ', at);
    if (learnt && (o.op === '/' || o.op === '*') && isEdmOut(value)) add('edm out', 0.3, 'scales the network’s output by σ σ_data/√(σ² + σ_data²) (EDM)', at);
    if (o.op === '*' && match(value, EDM[1])) add('edm loss', 0.7, 'weighs by σ² + σ_data² (EDM)', at);
    if (o.op === '/' && isEdm(value)) add(match(value, EDM[1]) ? 'edm loss' : 'edm', 0.7, 'weighs by σ² + σ_data² (EDM)', at);
  }
  for (const { value: [a, b], at } of view.m.trace.losses) {
    const target = [a, b].find((v) => isScoreTarget(v) || matchAny(v, TARGETS));
    if (target && isCall(target === a ? b : a)) add('matching', 1, 'matches the score −z/σ of noisy data', at);
    if (isToldSigma(a, b) || isToldSigma(b, a)) add('denoiser', 0.6, 'trains a denoiser that is told the noise level σ', at);
  }
  const levels = levelsOf(view.m);
  if (levels) add('levels', 0.5, `has ${levels.value} noise levels in geometric progression`, levels.source.span, 'support');
  const words = [...view.words].join(' ');
  if (!out.some((c) => LEARNS.has(c.id)) && !learnt) add('nothing learnt', -1, 'learns nothing', { from: 0, to: 0 }, 'support');
  const named = /score[_ ]?(fn|net|model|match|based|sde)|ScoreNet|score_function|\bncsn|NCSN|langevin|marginal_prob|\bVESDE|\bVPSDE|anneal\w*langevin/i.exec(words);
  if (named) add('name', 0.3, 'is called a score model', nameAt(view, /score|ncsn|langevin|sde|marginal_prob/i), 'support');
  return out;
}

/** With σ_data known, a function of σ alone. */
function isEdm(value: Value): boolean {
  if (matchAny(value, EDM)) return true;
  return nodesOf(value).some((n) => {
    if (n === value || n.kind !== 'atom') return false;
    const at = (x: number) => evaluateAt(value, new Map([[n, x]]));
    const points = [0.3, 0.8, 1.7, 2.9];
    const constant = (f: (x: number) => number) => {
      const [first, ...rest] = points.map(f);
      return Number.isFinite(first) && first > 1e-6 && rest.every((x) => Math.abs(x / first - 1) < 1e-7);
    };
    return constant((x) => { const y = at(x); return (y * x * x) / (1 - y); }) || constant((x) => (at(x) * x * x - 1) / (x * x));
  });
}

/** The same of the scale of the output: 1/y² − 1/σ² is 1/σ_data². */
function isEdmOut(value: Value): boolean {
  if (match(value, EDM_OUT)) return true;
  const ops = operationsIn(value);
  if (!ops.has('+') || !['sqrt', '**', 'rsqrt', 'sqrt_'].some((o) => ops.has(o))) return false;
  const leaves = nodesOf(value, 24).filter((n) => n !== value && n.kind === 'atom' && operandsOf(n) === null);
  if (leaves.length !== 1) return false;
  const [first, ...rest] = [0.3, 0.8, 1.7, 2.9].map((x) => { const y = evaluateAt(value, new Map([[leaves[0], x]])); return 1 / (y * y) - 1 / (x * x); });
  return Number.isFinite(first) && first > 1e-6 && rest.every((c) => Math.abs(c / first - 1) < 1e-6);
}

/** A network that restores data from its own noisy input, and is told how noisy that is. */
function isToldSigma(guess: Value, clean: Value): boolean {
  const o = operationOf(guess);
  if (!o || o.args.length < 2 || NUMERICAL.test(o.path ?? '')) return false;
  const noisy = o.args.find((a) => comesFrom(a, isNoise, 60) && comesFrom(a, (v) => v === clean, 60));
  return noisy !== undefined && o.args.some((a) => a !== noisy && a.kind === 'atom' && comesFrom(noisy, (v) => v === a, 60));
}

/** With β₀ and β₁ known, a polynomial c₁t² + c₂t with both coefficients below 0; else the formula. */
export function isVpMean(value: Value): boolean {
  return match(value, VP_MEAN) !== null || vpEnds(value) !== null;
}

/** β₀ and β₁ of a mean in which they are known. */
export function vpEnds(value: Value): { betaMin: number; betaMax: number } | null {
  const ops = operationsIn(value);
  if (!ops.has('*') || !(ops.has('**') || ops.has('square'))) return null;
  const leaves = nodesOf(value, 12).filter((n) => n !== value && n.kind === 'atom' && operandsOf(n) === null);
  if (leaves.length !== 1) return null;
  for (const t of leaves) {
    const at = (x: number) => evaluateAt(value, new Map([[t, x]]));
    const [a, b] = [at(0.5), at(1)];
    if (!Number.isFinite(a) || !Number.isFinite(b)) continue;
    const square = 2 * b - 4 * a;
    const linear = b - square;
    // 4c₁ = −(β₁ − β₀), 2c₂ = −β₀, of the sizes that such schedules have.
    if (!(square < -0.5 && linear < -1e-4 && linear > square)) continue;
    if ([0, 0.2, 0.8].every((x) => Math.abs(at(x) - (square * x * x + linear * x)) < 1e-9)) return { betaMin: -2 * linear, betaMax: -2 * linear - 4 * square };
  }
  return null;
}

/** End points of the SDE where the mean tells them, and levels where they are computed. */
function settings(view: FileView): Settings {
  const out: Settings = { ...levelSettings(view), ...readNetwork(view.survey, view.constants, { classes: new Set(), networks: new Set(), calls: [], foreign: FOREIGN, idle: NO_TRAINING }) };
  for (const { value } of view.computed) {
    const ends = vpEnds(value);
    if (!ends) continue;
    out.betaMin = writtenNumber(value, ends.betaMin);
    out.betaMax = writtenNumber(value, ends.betaMax);
    break;
  }
  return out;
}

/** The first definition or call with such a name. */
export function nameAt(view: FileView, pattern: RegExp): { from: number; to: number } {
  const d = [...view.survey.classes.values(), ...view.survey.functions.values()].find((x) => pattern.test(x.name));
  const at = d?.nameSpan ?? view.survey.calls.find((s) => pattern.test(s.name))?.call.callee ?? view.m.body[0];
  return at ? { from: at.from, to: at.to } : { from: 0, to: 0 };
}
