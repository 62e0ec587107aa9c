/**
 * Diffusion models whose schedule stands elsewhere (imported, inherited, given by the caller) or is no array (continuous time): by their loss and their steps.
 * What has its schedule in the file is read by `recognise/findings.ts`, which tells more; this is for the rest.
 */
import type { Span } from '../../../parse/ast';
import type { Value } from '../../../interpret/values';
import { comesFrom, nodesOf, operationOf } from '../../graph';
import { plain } from '../../training/survey';
import { matchAny, type Template } from '../../match';
import type { Clue, Family, FileView, Settings } from '../family';
import { count, fraction, nonNegative, positive, word } from '../named';
import { isCall, isNoise, nameAt } from './score-sde';
import { diffusionCalls } from './library';
import { DIFFUSION_RULES, stepsOfDdim } from './rules';

const EVERYWHERE: Span = { from: 0, to: Infinity };
const noise = { name: 'ε', domain: 'real', accepts: isNoise } as const;
/** Data: two noises that are mixed are correlated noise. */
const clean = { name: 'x₀', domain: 'real', accepts: (v: Value): boolean => !isNoise(v) } as const;
/** x_t = √ᾱ x₀ + √(1 − ᾱ) ε, with ᾱ itself or as the square of a cosine. */
const FORWARD: readonly Template[] = [
  { id: 'bar', slots: [noise, clean, { name: 'ᾱ', domain: 'unit' }], value: (e, x, a) => Math.sqrt(a) * x + Math.sqrt(1 - a) * e, needs: [['sqrt', '**', 'sqrt_']] },
  { id: 'angle', slots: [noise, clean, { name: 'θ', domain: 'unit' }], value: (e, x, a) => Math.cos(a) * x + Math.sin(a) * e, needs: [['cos'], ['sin']] },
  { id: 'signal', slots: [noise, clean, { name: '√ᾱ', domain: 'unit' }], value: (e, x, a) => a * x + Math.sqrt(1 - a * a) * e, needs: [['sqrt', '**', 'sqrt_']] },
];
const REAL = 'real' as const;
const UNIT = 'unit' as const;
/** x̂₀ = (x_t − √(1 − ᾱ) ε_θ)/√ᾱ, with ᾱ or the two roots given. */
const ESTIMATE: readonly Template[] = [
  { id: 'bar', slots: [{ name: 'ε_θ', domain: REAL }, { name: 'x_t', domain: REAL }, { name: 'ᾱ', domain: UNIT }], value: (e, x, a) => (x - Math.sqrt(1 - a) * e) / Math.sqrt(a), needs: [['sqrt', '**', 'sqrt_', 'rsqrt']] },
  { id: 'rates', slots: [{ name: 'ε_θ', domain: 'real', accepts: isCall }, { name: 'x_t', domain: 'real' }, { name: '√(1−ᾱ)', domain: 'unit' }, { name: '√ᾱ', domain: 'positive' }], value: (e, x, n, s) => (x - n * e) / s, needs: [['/'], ['-']] },
];
/** One step back along x̂₀ and ε_θ (Song et al. eq. 12 with σ = 0; Liu et al. 2022 eq. 9 is the same), and the mean of Ho et al. eq. 11. */
const STEP: readonly Template[] = [
  {
    id: 'ddim', slots: [{ name: 'ε_θ', domain: REAL }, { name: 'x_t', domain: REAL }, { name: 'ᾱ', domain: UNIT }, { name: 'ᾱ before', domain: UNIT }],
    value: (e, x, a, b) => Math.sqrt(b / a) * (x - Math.sqrt(1 - a) * e) + Math.sqrt(1 - b) * e, needs: [['sqrt', '**', 'sqrt_', 'rsqrt']],
  },
  {
    id: 'mean', slots: [{ name: 'ε_θ', domain: REAL }, { name: 'x_t', domain: REAL }, { name: 'ᾱ', domain: UNIT }, { name: 'α', domain: UNIT }],
    value: (e, x, a, b) => (x - (1 - b) / Math.sqrt(1 - a) * e) / Math.sqrt(b), needs: [['sqrt', '**', 'sqrt_', 'rsqrt']],
  },
  {
    id: 'mean with β', slots: [{ name: 'ε_θ', domain: REAL }, { name: 'x_t', domain: REAL }, { name: 'ᾱ', domain: UNIT }, { name: 'α', domain: UNIT }, { name: 'β', domain: 'positive' }],
    value: (e, x, a, b, beta) => (x - beta / Math.sqrt(1 - a) * e) / Math.sqrt(b), needs: [['sqrt', '**', 'sqrt_', 'rsqrt']],
  },
];
/** Their expressions have at least so many parts. */
const STEP_NODES = 9;

const PREDICTIONS = { epsilon: 'epsilon', eps: 'epsilon', noise: 'epsilon', pred_noise: 'epsilon', x0: 'sample', pred_x0: 'sample', sample: 'sample', xstart: 'sample', start_x: 'sample', v: 'v_prediction', pred_v: 'v_prediction', v_prediction: 'v_prediction', velocity: 'v_prediction' } as const;

const PREDICTION_NAMES = ['predictiontype', 'objective', 'parameterization', 'meantype', 'modelmeantype', 'predtype', 'target', 'prediction'];

export const DDPM: Family = {
  id: 'ddpm',
  needs: {
    python: [['randn', 'randn_like', 'normal', 'standard_normal', 'random_normal', 'normal_', 'noise_like', 'denoising_diffusion_pytorch']],
    javascript: [['randomNormal', 'randn', 'gaussian', 'noise', 'modelOutput', 'predX0', 'predNoise', 'eps', 'epsilon', 'scheduler', 'sqrt'], ['alphasCumprod', 'alphaBar', 'diffusion', 'ddpm', 'DDPM', 'qSample', 'timesteps', 'alphaBars', 'predictNoise', 'alpha_bar', 'alpha_bars', 'alphas_cumprod', 'alphaProdT', 'diffusionStep', 'ddim', 'DDIM', 'alphaCumprod']],
  },
  seeds: ['randn', 'randn_like', 'normal', 'standard_normal', 'random_normal', 'randomNormal', 'noise_like', 'GaussianDiffusion', 'GaussianDiffusion1D'],
  clues,
  calls: diffusionCalls,
  named: [
    ...DIFFUSION_RULES,
    { key: 'predictionType', names: PREDICTION_NAMES, fits: word, convert: (x) => (typeof x === 'string' && Object.hasOwn(PREDICTIONS, x.toLowerCase()) ? PREDICTIONS[x.toLowerCase() as keyof typeof PREDICTIONS] : null) },
    { key: 'eta', names: ['eta', 'ddimeta'], fits: nonNegative(1) },
    { key: 'guidanceScale', names: ['guidancescale', 'cfgscale', 'guidw', 'unconditionalguidancescale'], fits: positive(1000) },
    { key: 'emaDecay', names: ['emadecay', 'emarate', 'ema', 'emabeta'], fits: fraction },
    { key: 'imageSize', names: ['imagesize', 'imgsize', 'imageresolution'], fits: count(100_000) },
    { key: 'hiddenUnits', names: ['hiddendim', 'hiddensize', 'hiddenunits', 'nhidden', 'hdim'], fits: count(65_536) },
  ],
  settings: (view, { definition }) => ({ ...stepsOfDdim(view, definition), ...predictionOf(view, definition?.kind === 'class' ? definition : EVERYWHERE) }),
  foreign: /gan(?![a-z])|GAN|discrim|critic|classif|vae|VAE|teacher|actor|policy|reward/,
};

/** One of two values that are compared is noise, the other what a network makes of an input with that noise in it: the guess. */
function guessOfNoise(pair: readonly Value[]): Value | null {
  const target = pair.length === 2 ? pair.find(isNoise) : undefined;
  const guess = target && pair.find((v) => v !== target && isCall(v));
  return target && guess && comesFrom(guess, (v) => v === target, 400) ? guess : null;
}

/** Values that are compared somewhere: by operators and functions, by losses of libraries, and `self.criterion(noise, network(x_t, t))`. */
function* compared(view: FileView): Iterable<{ pair: readonly Value[]; at: Span }> {
  for (const { value, at } of view.computed) {
    const o = operationOf(value);
    // Products and stacks compare nothing.
    if (o && !/^(@|\*|mm|mv|bmm|dot|matmul|mul|multiply|einsum|cat|concat\w*|stack)$/.test(o.op) && (o.op !== '' || o.callee?.kind === 'atom')) yield { pair: o.args, at };
  }
  for (const { value, at } of view.m.trace.losses) yield { pair: value, at };
}

/** The network is trained to find the noise: where that stands. */
export function predictionOf(view: FileView, inside: Span): Settings {
  // A choice that the file leaves open.
  if (view.survey.parameters.some((p) => PREDICTION_NAMES.includes(plain(p.parameter.name)))) return {};
  for (const { pair, at } of compared(view)) {
    if (inside.from <= at.from && at.to <= inside.to && guessOfNoise(pair)) return { predictionType: { value: 'epsilon', source: { span: at, origin: 'folded', name: 'loss' } } };
  }
  return {};
}

function clues(view: FileView): Clue[] {
  const out: Clue[] = [];
  const add = (id: string, weight: number, text: string, at: { from: number; to: number }, role: Clue['role'] = 'anchor') => out.push({ id, weight, text, at, role });
  for (const { pair, at } of compared(view)) {
    const guess = guessOfNoise(pair);
    if (!guess) continue;
    add('epsilon', 0.8, 'trains a network to find the noise in its own input', at);
    if (comesFrom(guess, (v) => v.kind === 'atom' && v.role === 'index', 400)) add('steps', 0.3, 'at a step t that is drawn', at);
  }
  for (const { value, at } of view.computed) {
    const o = operationOf(value);
    if (!o) continue;
    if ((o.op === '+' || o.op === 'add') && comesFrom(value, isNoise, 60) && matchAny(value, FORWARD)) add('forward', 0.7, 'mixes data and noise: √ᾱ x₀ + √(1 − ᾱ) ε', at);
    if (/^([-+*/]|add|sub|mul|div)$/.test(o.op) && nodesOf(value, STEP_NODES).length > STEP_NODES && matchAny(value, STEP)) add('step', 0.8, 'takes a step back along ε_θ (Ho et al. eq. 11, Song et al. eq. 12)', at);
    if ((o.op === '/' || o.op === '*') && matchAny(value, ESTIMATE)) add('estimate', 0.4, 'estimates x̂₀ = (x_t − √(1 − ᾱ) ε_θ)/√ᾱ', at);
  }
  const words = [...view.words].join(' ');
  if (/diffus|ddpm|denois|ddim/i.test(words)) add('name', 0.3, 'is called a diffusion model', nameAt(view, /diffus|ddpm|ddim|denois/i), 'support');
  if (/alphas?_?(cum)?_?(prod|bar|hat)|alphasCumprod|alphaBars?\b|sqrt_alphas?|signal_rates?|q_sample|qSample/i.test(words)) add('schedule', 0.3, 'uses ᾱ', nameAt(view, /q_sample|qSample|diffusion_schedule|alpha/i), 'support');
  if (/flow_?match|rectified|conditional_?flow|\bcfm\b/i.test(words)) add('flow matching', -1.5, 'is flow matching', nameAt(view, /flow/i), 'support');
  return out;
}
