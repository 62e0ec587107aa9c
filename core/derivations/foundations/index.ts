/** What all models of this subject stand on: Bayes, likelihood, divergences, gradients. In the order in which they may be read. */
import { BAYES_EVIDENCE } from './bayes-evidence';
import { BAYES_VS_FREQUENTIST } from './bayes-vs-frequentist';
import { ENTROPY_CROSS_ENTROPY } from './entropy-cross-entropy';
import { GRADIENT_DESCENT } from './gradient-descent';
import { JENSEN } from './jensen';
import { KL_GAUSSIANS } from './kl-gaussians';
import { KL_PROPERTIES } from './kl-properties';
import { LATENT_VARIABLE_MARGINAL } from './latent-variable-marginal';
import { MLE_IS_MIN_KL } from './mle-is-min-kl';
import { MLE_MAP } from './mle-map';
import { SOFTMAX_JACOBIAN } from './softmax-jacobian';
import type { Derivation } from '../types';

export const FOUNDATIONS: readonly Derivation[] = [BAYES_EVIDENCE, MLE_MAP, BAYES_VS_FREQUENTIST, JENSEN, KL_PROPERTIES, ENTROPY_CROSS_ENTROPY, MLE_IS_MIN_KL, KL_GAUSSIANS, LATENT_VARIABLE_MARGINAL, SOFTMAX_JACOBIAN, GRADIENT_DESCENT];
