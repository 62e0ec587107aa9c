/** What all models of this subject stand on: Bayes, likelihood, divergences, gradients. In the order in which they may be read. */
import { BAYES_EVIDENCE } from './bayes-evidence';
import { BAYES_VS_FREQUENTIST } from './bayes-vs-frequentist';
import { ENTROPY_CROSS_ENTROPY } from './entropy-cross-entropy';
import { GENERATIVE_DISCRIMINATIVE } from './generative-discriminative';
import { GRADIENT_DESCENT } from './gradient-descent';
import { GMM_EM } from './gmm-em';
import { JENSEN } from './jensen';
import { JENSEN_SHANNON } from './jensen-shannon';
import { KL_GAUSSIANS } from './kl-gaussians';
import { KL_PROPERTIES } from './kl-properties';
import { LATENT_VARIABLE_MARGINAL } from './latent-variable-marginal';
import { MLE_IS_MIN_KL } from './mle-is-min-kl';
import { MLE_MAP } from './mle-map';
import { SOFTMAX_JACOBIAN } from './softmax-jacobian';
import type { Derivation } from '../types';

export const FOUNDATIONS: readonly Derivation[] = [BAYES_EVIDENCE, MLE_MAP, BAYES_VS_FREQUENTIST, GENERATIVE_DISCRIMINATIVE, JENSEN, KL_PROPERTIES, ENTROPY_CROSS_ENTROPY, JENSEN_SHANNON, MLE_IS_MIN_KL, KL_GAUSSIANS, LATENT_VARIABLE_MARGINAL, GMM_EM, SOFTMAX_JACOBIAN, GRADIENT_DESCENT];
