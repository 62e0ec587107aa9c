/** Variational autoencoders: the bound, the divergence in the forms that code has, and the reconstruction terms. Bounds and divergences in nats; the encoder and the prior have independent components. */
import { add, apply, conditional, div, expectation, fn, kl, mul, neg, normSq, num, pow, product, power, sub, sum, sym, type Expr } from './expr';
import { formula, type Formula } from './formula';
import { HIGGINS_2017, KINGMA_2014 } from './sources';

const [one, two] = [num(1), num(2)];
const half = div(one, two);
const log = (of: Expr): Expr => fn('log', of);
const [x, z, mu, sigma, ell] = [sym('x'), sym('latent'), sym('encoderMean'), sym('encoderDeviation'), sym('logVariance')];

export const encoder = conditional('encoder', z, x);
export const prior = apply('prior', z);
export const likelihood = conditional('likelihood', x, z);
/** From the encoder to the prior. */
export const regulariser = kl('latent', encoder, prior);

const [zs, J] = [sym('latentVector'), sym('latentSize')];
const [muJ, varianceJ, ellJ] = [sym('componentMean', 'j'), pow(sym('componentDeviation', 'j'), 2), sym('componentLogVariance', 'j')];
/** From the encoder to the prior, all components. */
export const wholeRegulariser = kl('latentVector', conditional('encoder', zs, x), apply('prior', zs));
const overComponents = (body: Expr): Expr => sum(1, J, body, 'j');

const [output, C, D, bit, chance] = [sym('reconstruction'), sym('reconstructionWeight'), sym('dimensions'), sym('pixel', 'i'), sym('pixelProbability', 'i')];
const bernoulli = conditional('bernoulliLikelihood', x, z);
const reconstructionTerm = expectation('latent', encoder, log(likelihood));

export const REPARAMETERISED = formula('vae.reparameterised', 'A latent variable from mean, deviation and noise', z, add(mu, mul(sigma, sym('latentNoise'))), KINGMA_2014('section 2.4'));
export const DEVIATION_FROM_LOGVAR = formula('vae.deviation.logvar', 'Standard deviation from the logarithm of the variance', sigma, fn('exp', div(ell, two)), KINGMA_2014('appendix C'), 'ℓ is log σ², not log σ');
export const KL_COMPONENT = formula('vae.kl.component', 'Divergence to the standard normal, one component', regulariser, mul(half, sub(sub(add(pow(mu, 2), pow(sigma, 2)), one), log(pow(sigma, 2)))), KINGMA_2014('appendix B'), 'one component; σ is the standard deviation');
export const KL_COMPONENT_LOGVAR = formula('vae.kl.component.logvar', 'Divergence to the standard normal, one component, by logvar', regulariser, mul(half, sub(sub(add(pow(mu, 2), fn('exp', ell)), one), ell)), KINGMA_2014('appendix B'), 'one component; ℓ is log σ²');
export const KL_DIAGONAL = formula('vae.kl.diagonal', 'Divergence to the standard normal, all components', wholeRegulariser, mul(half, overComponents(sub(sub(add(pow(muJ, 2), varianceJ), one), log(varianceJ)))), KINGMA_2014('appendix B'), 'sum over components, not their mean');
export const KL_DIAGONAL_LOGVAR = formula('vae.kl.diagonal.logvar', 'Divergence to the standard normal as code has it', wholeRegulariser, neg(mul(half, overComponents(sub(sub(add(one, ellJ), pow(muJ, 2)), fn('exp', ellJ))))), KINGMA_2014('eq. 10'), 'sum over components, not their mean; ℓ is log σ²');
export const ELBO = formula('vae.elbo', 'Evidence lower bound: reconstruction less divergence', 'elbo', sub(reconstructionTerm, regulariser), KINGMA_2014('eq. 3'), 'to be made large; the loss is its negative');
export const VAE_LOSS_SQUARED = formula('vae.loss.squared', 'Loss with squared error', 'vaeLoss', add(mul(C, expectation('latent', encoder, normSq(sub(x, apply('decoderNetwork', z))))), regulariser), KINGMA_2014('appendix C.2'), 'C = 1/(2σ²) for a Gaussian decoder; squared error summed over components');
export const BERNOULLI_LIKELIHOOD = formula('vae.likelihood.bernoulli', 'Bernoulli likelihood of an example', bernoulli, product(1, D, mul(power(chance, bit), power(sub(one, chance), sub(one, bit))), 'i'), KINGMA_2014('appendix C.1'), 'components are 0 or 1');
export const BINARY_CROSS_ENTROPY = formula('vae.loss.bernoulli', 'Binary cross-entropy', neg(log(bernoulli)), neg(sum(1, D, add(mul(bit, log(chance)), mul(sub(one, bit), log(sub(one, chance)))), 'i')), KINGMA_2014('eq. 11'), 'sum over components, not their mean');
export const BETA_OBJECTIVE = formula('vae.beta', 'Objective of a beta-VAE', 'betaObjective', sub(sym('reconstructionTerm'), mul(sym('klWeight'), regulariser)), HIGGINS_2017('section 2'), 'to be made large; β = 1 is the evidence lower bound');
export const MEAN_SQUARED_ERROR = formula('loss.mse', 'Mean squared error', 'meanSquaredError', div(normSq(sub(x, output)), D), KINGMA_2014('appendix C.2'), 'mean over components: D times smaller than the squared distance');

export const LATENT_FORMULAS: readonly Formula[] = [
  REPARAMETERISED, DEVIATION_FROM_LOGVAR, KL_COMPONENT, KL_COMPONENT_LOGVAR, KL_DIAGONAL, KL_DIAGONAL_LOGVAR, ELBO, VAE_LOSS_SQUARED, BERNOULLI_LIKELIHOOD, BINARY_CROSS_ENTROPY, BETA_OBJECTIVE, MEAN_SQUARED_ERROR,
];
