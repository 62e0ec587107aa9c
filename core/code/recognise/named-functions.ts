/**
 * Which formula a function of the file computes, by the evidence that stands in it: clauses that the recogniser proved by values, and the symbols that its variables were
 * seen to hold. Names say nothing here.
 */
import type { Finding, Range } from '../types';
import type { Span } from '../parse/ast';

/** What is known of one function: what stands in it and in no function within it. */
export interface Inside {
  finding: Finding;
  clauses: ReadonlySet<string>;
  /** Is a variable in it seen to hold the symbol? */
  holds(symbol: string): boolean;
  /** Does the value of a setting stand in it? */
  says(key: keyof Finding['hyperparameters']): boolean;
  /** Is what it returns, at its only place, a variable that holds the symbol, or this very expression? */
  gives(symbol: string, expression: Span): boolean;
}

type Formula = string | ((inside: Inside) => string | null);

/** Later ranks use what earlier ones compute: a sampling step recovers x₀ on its way, a loss draws its sample. */
const RANKS: readonly Readonly<Record<string, Formula>>[] = [
  {
    'computes ᾱ as the running product of 1 − β': 'ddpm.alphaBar',
    'computes the posterior variance β̃ (Ho et al. eq. 7)': 'ddpm.posterior.variance',
  },
  {
    'mixes x₀ and noise with √ᾱ and √(1−ᾱ) (Ho et al. eq. 4)': 'ddpm.forward.sample',
    'recovers x₀ from x_t and ε (Ho et al. eq. 15)': 'parameterisation.x0Theta.epsilon',
    'recovers ε from x_t and x₀': 'parameterisation.epsilon.x0',
    'recovers ε from v and x_t': 'parameterisation.epsilon.v',
    'uses v = √ᾱ ε − √(1−ᾱ) x₀ (Salimans & Ho)': ({ holds }) => (holds('v') ? 'parameterisation.v' : holds('x0Theta') ? 'parameterisation.x0.v' : null),
    'samples z = μ + σ ε (reparameterisation)': 'vae.reparameterised',
    'draws negative samples by frequency to the power ¾': 'word2vec.noise',
    'weighs components by their share of the density (E-step)': 'gmm.responsibility',
    'takes means weighted by the responsibilities (M-step)': 'gmm.mean',
    'maps y = x · exp(s) + t, with s made from another part of x': 'flow.coupling',
    'follows −∇E(x) of a network with noise': 'energy.langevin',
    'divides counts by their sum': 'ngram.frequency',
  },
  {
    'computes the reverse mean from ε_θ (Ho et al. eq. 11)': sampling,
    'computes the posterior mean of x_{t−1} (Ho et al. eq. 7)': ({ holds }) => (holds('x0Theta') === holds('x0') ? null : holds('x0') ? 'ddpm.posterior.mean' : 'ddpm.mean.sample'),
    'takes a DDIM step (Song et al. eq. 12)': 'ddim.step',
    'steps along √ᾱ x̂₀ + √(1−ᾱ) ε_θ (DDIM)': 'ddim.step.deterministic',
    'adds KL(N(μ, σ²) ‖ N(0, 1)) in closed form': divergence,
    'maximises the evidence lower bound': 'vae.elbo',
    'scores negative samples as well': ({ finding }) => (finding.family === 'cbow' ? 'cbow.negative_sampling' : 'word2vec.negative_sampling'),
    'adds log |det J| to the log-density of the base': 'flow.change_of_variables',
    'takes the difference of one network at data and at samples': 'energy.gradient',
    'matches the score of noisy data: ‖σ s + z‖² (denoising score matching)': 'score.loss.noise',
  },
];

/** With noise it is a step: that of a variance, which was told by the noise of this very function, or another one. */
function sampling({ finding, says, holds }: Inside): string {
  const variance = finding.hyperparameters.varianceType?.value;
  if (variance && says('varianceType')) return `ddpm.step.${variance}`;
  return holds('xPrev') ? 'ddpm.step' : 'ddpm.mean.epsilon';
}

const COMPARES = ['compares the input with its reconstruction', 'compares the input with what was decoded from the sample'];

/** Together with the error of the reconstruction it is the loss. */
function divergence({ finding, clauses, holds }: Inside): string | null {
  if (COMPARES.some((text) => clauses.has(text))) return finding.hyperparameters.beta && finding.hyperparameters.beta.value !== 1 ? 'vae.beta' : 'vae.elbo';
  if (holds('logVariance') === holds('encoderDeviation')) return null;
  return holds('logVariance') ? 'vae.kl.diagonal.logvar' : 'vae.kl.diagonal';
}

/** The formula of the highest rank; null where there are two of it, or none. */
export function formulaInside(inside: Inside): string | null {
  for (const rank of [...RANKS].reverse()) {
    const here = Object.entries(rank).filter(([clause]) => inside.clauses.has(clause));
    if (here.length === 0) continue;
    const ids = new Set(here.map(([, formula]) => (typeof formula === 'string' ? formula : formula(inside))));
    return ids.size === 1 ? [...ids][0] : null;
  }
  return scheduleInside(inside);
}

/** A function that gives the betas back. Where it has several schedules to choose from it is none of them. */
function scheduleInside({ finding, says, gives }: Inside): string | null {
  const { schedule, rescaleZeroTerminalSnr } = finding.hyperparameters;
  if (!schedule || schedule.value === 'custom' || rescaleZeroTerminalSnr?.value === true || schedule.origin !== 'folded' || !says('schedule') || !gives('beta', schedule.range)) return null;
  return `schedule.${schedule.value}`;
}

/** All that count. */
export const CLAUSES_NAMED: readonly string[] = RANKS.flatMap((rank) => Object.keys(rank));

export const within = (inner: Pick<Range, 'from' | 'to'>, outer: Span): boolean => outer.from <= inner.from && inner.to <= outer.to;
