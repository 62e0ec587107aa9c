/** The formula of a family, for the hover over a model's header, and the same with the numbers that the file gives. */
import type { FamilyId, Finding } from '../code/types';
import { formulaById } from './index';
import { liveWith, type Live } from './live';
import { noiseDistribution } from './words';
import { num } from './expr';

/** What a model of this family computes. */
const OF_FAMILY: Readonly<Record<FamilyId, string>> = {
  'ddpm': 'ddpm.step', 'ddim': 'ddim.step', 'score-sde': 'score.loss', 'vae': 'vae.elbo', 'autoencoder': 'loss.mse',
  'skip-gram': 'word2vec.negative_sampling', 'cbow': 'cbow.mean', 'n-gram': 'ngram.frequency',
  'gan': 'gan.value', 'normalizing-flow': 'flow.change_of_variables', 'energy-based': 'energy.density', 'autoregressive': 'autoregressive.chain_rule', 'gmm': 'gmm.density',
};

/** Clauses that say that a model is another one of its family than the formula is of. */
const COUNTED = 'counts words by those before them';

/** Null where the file says that its model is another game, or another loss, than the formula has. */
export function formulaOfFamily({ family, hyperparameters: h, evidence }: Finding): string | null {
  if (family === 'gan' && h.ganLoss && h.ganLoss.value !== 'minimax' && h.ganLoss.value !== 'non-saturating') return null;
  if (family === 'skip-gram' && h.hierarchicalSoftmax?.value === true) return null;
  if (family === 'skip-gram' && evidence.some(({ text }) => text === 'scores all words of the vocabulary with looked-up vectors' || text === 'maps a word to its vector, and the vector to all words')) return 'word2vec.softmax';
  // A neural one has no counts.
  if (family === 'n-gram' && !evidence.some(({ text }) => text === COUNTED)) return null;
  return OF_FAMILY[family];
}

const closedForm = ({ evidence }: Finding): boolean => evidence.some(({ text }) => text === 'adds KL(N(μ, σ²) ‖ N(0, 1)) in closed form');

/** A formula of the family in which a setting of the file is a number. Of several settings the one that says most. */
export function liveOfFamily(finding: Finding): Live | null {
  const { family, hyperparameters: h } = finding;
  const number = (key: keyof typeof h): number | null => (typeof h[key]?.value === 'number' && Number.isFinite(h[key].value) ? h[key].value : null);
  const [beta, latentSize, negative, exponent, components] = [number('beta'), number('latentSize'), number('negative'), number('nsExponent'), number('components')];
  switch (family) {
    case 'vae':
      if (beta !== null && beta !== 1) return liveWith(formulaById('vae.beta'), { klWeight: beta });
      return latentSize !== null && closedForm(finding) ? liveWith(formulaById('vae.kl.diagonal.logvar'), { latentSize }) : null;
    case 'skip-gram': case 'cbow':
      if (exponent !== null && exponent !== 0.75) return { parts: [formulaById('word2vec.noise').defines, noiseDistribution(num(exponent))] };
      if (negative === null || negative < 1 || h.hierarchicalSoftmax?.value === true) return null;
      return liveWith(formulaById(family === 'cbow' ? 'cbow.negative_sampling' : 'word2vec.negative_sampling'), { negatives: negative });
    case 'gmm':
      return components === null ? null : liveWith(formulaById('gmm.density'), { mixtureSize: components });
    default:
      return null;
  }
}
