/** The symbols of models of densities: adversarial networks, flows, energies, mixtures and scores. */
import type { SymbolTable } from './table';

const ADVERSARIAL = {
  dataDistribution: {
    tex: 'p_{\\mathrm{data}}', spoken: 'p data', colour: 2,
    meaning: 'The distribution of the data.',
    codeNames: ['real', 'dataset', 'dataloader', 'real_imgs'],
  },
  generatorDistribution: {
    tex: 'p_{\\mathrm{g}}', spoken: 'p g', colour: 1,
    meaning: 'The distribution of what the generator makes of random input.',
    codeNames: ['fake', 'gen_imgs', 'generator', 'netG'],
  },
  discriminator: {
    tex: 'D', spoken: 'capital D', colour: 4,
    meaning: 'The discriminator: the probability that it gives to an example of being data.',
    codeNames: ['netD', 'discriminator', 'D', 'critic'],
  },
  discriminatorOutput: {
    tex: 'd', spoken: 'd', colour: 4,
    meaning: 'The discriminator\'s output at one example, taken as a free number.',
    codeNames: ['output', 'D_x', 'validity', 'real_output'],
  },
  bestDiscriminator: {
    tex: 'D^{*}', spoken: 'capital D star', colour: 3,
    meaning: 'The best discriminator that there can be against this generator.',
    codeNames: ['netD', 'discriminator'],
  },
  averageDistribution: {
    tex: 'm', spoken: 'm', colour: 6,
    meaning: 'The average of the distributions of data and generator.',
    codeNames: ['m', 'mixture'],
  },
  adversarialValue: {
    tex: 'V', spoken: 'capital V', colour: 6,
    meaning: 'The value of the game: the discriminator makes it large, the generator small.',
    codeNames: ['errD', 'd_loss', 'loss_D', 'disc_loss'],
  },
  generatorCriterion: {
    tex: 'C', spoken: 'capital C', colour: 7,
    meaning: 'The value of the game against the best discriminator: what the generator has to make small.',
    codeNames: ['errG', 'g_loss', 'loss_G'],
  },
  jensenShannon: {
    tex: '\\mathrm{JSD}', spoken: 'the Jensen Shannon divergence', colour: 5,
    meaning: 'The Jensen–Shannon divergence between data and generator: 0 when they agree, log 2 when they never overlap.',
    codeNames: ['jsd', 'js_divergence'],
  },
  discriminatorLogit: {
    tex: 'a', spoken: 'a', colour: 5,
    meaning: 'The discriminator\'s output before the sigmoid.',
    codeNames: ['logits', 'fake_logits', 'pred_fake', 'output'],
  },
} satisfies SymbolTable;

/** Code names: nflows, normflows, FrEIA. */
const FLOW = {
  flow: {
    tex: '\\mathbf{f}', spoken: 'f', colour: 1,
    meaning: 'The flow from data to the base distribution: invertible, all its layers together.',
    codeNames: ['flow', 'transform', 'forward', 'encode', 'f'],
  },
  flowDensity: {
    tex: 'p_X', spoken: 'p X', colour: 2,
    meaning: 'The density that the flow gives to an example.',
    codeNames: ['log_prob', 'log_px', 'log_likelihood'],
  },
  baseDensity: {
    tex: 'p_Z', spoken: 'p Z', colour: 3,
    meaning: 'The density of the base distribution, as a rule standard normal.',
    codeNames: ['base_dist', 'q0', 'prior', 'distribution'],
  },
  basePoint: {
    tex: '\\mathbf{z}', spoken: 'z', colour: 7,
    meaning: 'The point of the base distribution to which the flow takes an example.',
    codeNames: ['z', 'noise', 'u'],
  },
  jacobian: {
    tex: '\\det \\mathbf{J}', spoken: 'the determinant of J', colour: 4,
    meaning: 'The determinant of the Jacobian matrix of the flow: its absolute value is the factor by which the flow stretches volume at this point.',
    codeNames: ['logabsdet', 'log_det_jacobian', 'log_det', 'ldj', 'logdet'],
  },
  layerJacobian: {
    tex: '\\det \\mathbf{J}_k', spoken: 'the determinant of J k', colour: 6,
    meaning: 'The determinant of the Jacobian matrix of the k-th layer, at the point that reaches it.',
    codeNames: ['logabsdet', 'log_det', 'ldj'],
  },
  flowLayers: {
    tex: 'K', spoken: 'capital K', colour: 7,
    meaning: 'How many layers the flow has.',
    codeNames: ['num_layers', 'K', 'n_flows', 'len(transforms)'],
  },
  coupledInput: {
    tex: 'x_j', spoken: 'x j', colour: 0,
    meaning: 'The j-th component of the half that a coupling layer changes, before it.',
    codeNames: ['x2', 'x_b', 'x_change', 'transform_split'],
  },
  coupledOutput: {
    tex: 'z_j', spoken: 'z j', colour: 7,
    meaning: 'The j-th component of the half that a coupling layer changes, after it.',
    codeNames: ['y2', 'z_b', 'y_change'],
  },
  logScale: {
    tex: 's_j', spoken: 's j', colour: 6,
    meaning: 'The logarithm of the factor by which component j is stretched; a network computes it from the half that stays.',
    codeNames: ['s', 'log_s', 'log_scale', 'scale'],
  },
  shift: {
    tex: 't_j', spoken: 't j', colour: 1,
    meaning: 'What is added to component j; a network computes it from the half that stays.',
    codeNames: ['t', 'shift', 'translation'],
  },
  coupledSize: {
    tex: 'M', spoken: 'capital M', colour: 5,
    meaning: 'How many components a coupling layer changes.',
    codeNames: ['D - d', 'num_transform_features', 'split_len2'],
  },
} satisfies SymbolTable;

const ENERGY = {
  energy: {
    tex: 'E_\\theta', spoken: 'E theta', colour: 1,
    meaning: 'The energy: a network\'s one number for an example, low where examples are likely.',
    codeNames: ['energy', 'energy_fn', 'ebm', 'model', 'f'],
  },
  parameters: {
    tex: '\\theta', spoken: 'theta', colour: 4,
    meaning: 'The parameters of the model: the numbers that training changes.',
    codeNames: ['parameters', 'params', 'theta'],
  },
  energyModel: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 2,
    meaning: 'The density that belongs to the energy.',
    codeNames: ['log_prob', 'p'],
  },
  partition: {
    tex: 'Z_\\theta', spoken: 'Z theta', colour: 3,
    meaning: 'The partition function: what makes the densities add up to 1. It cannot be computed for images.',
    codeNames: ['log_Z', 'partition', 'logz'],
  },
  modelSample: {
    tex: '\\mathbf{x}^{-}', spoken: 'negative sample x', colour: 5,
    meaning: 'A sample of the model: a negative example.',
    codeNames: ['x_neg', 'neg_x', 'fake_imgs', 'x_sample', 'neg_img'],
  },
  langevinPoint: {
    tex: "\\mathbf{x}'", spoken: 'x prime', colour: 7,
    meaning: 'The point after a Langevin step.',
    codeNames: ['x', 'inp_imgs', 'x_k', 'samples'],
  },
  langevinStep: {
    tex: '\\lambda', spoken: 'lambda', colour: 6,
    meaning: 'The step size of Langevin sampling: the variance of the noise of one step.',
    codeNames: ['step_size', 'sgld_lr', 'alpha', 'step_lr'],
  },
} satisfies SymbolTable;

/** Code names: scikit-learn's GaussianMixture, then usual NumPy code. */
const MIXTURE = {
  mixtureDensity: {
    tex: 'p', spoken: 'p', colour: 7,
    meaning: 'The density of the mixture.',
    codeNames: ['score_samples', 'log_prob', 'likelihood'],
  },
  mixtureSize: {
    tex: 'K', spoken: 'capital K', colour: 7,
    meaning: 'How many components the mixture has.',
    codeNames: ['n_components', 'K', 'k'],
  },
  mixtureWeight: {
    tex: '\\pi_k', spoken: 'pi k', colour: 2,
    meaning: 'The share of component k in the mixture.',
    codeNames: ['weights_', 'weights', 'pi', 'phi'],
  },
  mixtureMean: {
    tex: '\\boldsymbol{\\mu}_k', spoken: 'mu k', colour: 1,
    meaning: 'The mean of component k.',
    codeNames: ['means_', 'mu', 'means'],
  },
  mixtureDeviation: {
    tex: '\\sigma_k', spoken: 'sigma k', colour: 3,
    meaning: 'The standard deviation of component k in every direction.',
    codeNames: ['covariances_', 'sigma', 'cov', 'std'],
  },
  responsibility: {
    tex: 'r_k', spoken: 'r k', colour: 4,
    meaning: 'The responsibility: how probable it is that component k made the example.',
    codeNames: ['resp', 'responsibilities', 'gamma', 'log_resp'],
  },
  anyShare: {
    tex: 'q_k', spoken: 'q k', colour: 5,
    meaning: 'Any shares of the components in an example, which add up to 1.',
    codeNames: ['q', 'resp'],
  },
  mixtureBound: {
    tex: 'F', spoken: 'capital F', colour: 6,
    meaning: 'A lower bound on the log-likelihood of an example, for any shares.',
    codeNames: ['lower_bound_', 'elbo', 'lower_bound'],
  },
  dataPoint: {
    tex: '\\mathbf{x}_i', spoken: 'x i', colour: 0,
    meaning: 'The i-th example of the data.',
    codeNames: ['X', 'x', 'data'],
  },
  dataSize: {
    tex: 'N', spoken: 'capital N', colour: 7,
    meaning: 'How many examples there are.',
    codeNames: ['n_samples', 'N', 'len(X)'],
  },
  pointShare: {
    tex: 'r_{ik}', spoken: 'r i k', colour: 4,
    meaning: 'The responsibility of component k for example i, held fixed in the M-step.',
    codeNames: ['resp', 'responsibilities', 'gamma'],
  },
  effectiveCount: {
    tex: 'N_k', spoken: 'N k', colour: 1,
    meaning: 'How many examples component k has made, each counted by its responsibility.',
    codeNames: ['nk', 'N_k', 'Nk', 'resp.sum(axis=0)'],
  },
  newMean: {
    tex: '\\hat{\\boldsymbol{\\mu}}_k', spoken: 'mu hat k', colour: 6,
    meaning: 'The mean of component k after the M-step.',
    codeNames: ['means_', 'mu', 'means'],
  },
  newDeviation: {
    tex: '\\hat{\\sigma}_k', spoken: 'sigma hat k', colour: 3,
    meaning: 'The standard deviation of component k after the M-step.',
    codeNames: ['covariances_', 'sigma', 'cov'],
  },
  newWeight: {
    tex: '\\hat{\\pi}_k', spoken: 'pi hat k', colour: 2,
    meaning: 'The share of component k after the M-step.',
    codeNames: ['weights_', 'weights', 'pi'],
  },
} satisfies SymbolTable;

/** Code names: score_sde_pytorch, then ncsnv2. */
const SCORE = {
  noisy: {
    tex: '\\tilde{\\mathbf{x}}', spoken: 'x tilde', colour: 1,
    meaning: 'An example with noise of the level sigma added.',
    codeNames: ['perturbed_data', 'perturbed_samples', 'x_t', 'noisy'],
  },
  noiseLevel: {
    tex: '\\sigma', spoken: 'sigma', colour: 2,
    meaning: 'The noise level: the standard deviation of the noise that was added, in units of the data.',
    codeNames: ['sigma', 'std', 'used_sigmas', 'marginal_prob_std'],
  },
  perturbation: {
    tex: '\\mathbf{z}', spoken: 'z', colour: 5,
    meaning: 'The standard normal noise that was scaled and added to an example.',
    codeNames: ['z', 'noise'],
  },
  kernel: {
    tex: 'q_\\sigma', spoken: 'q sigma', colour: 4,
    meaning: 'The density of the noisy point when the example is known: the perturbation kernel.',
    codeNames: ['marginal_prob', 'perturbation_kernel'],
  },
  noisyDensity: {
    tex: 'p_\\sigma', spoken: 'p sigma', colour: 6,
    meaning: 'The density of noisy points over all the data.',
    codeNames: ['p_sigma', 'marginal'],
  },
  denoiser: {
    tex: 'p_\\sigma', spoken: 'p sigma', colour: 7,
    meaning: 'How probable each example is when only its noisy point is known.',
    codeNames: ['posterior'],
  },
  scoreNetwork: {
    tex: '\\mathbf{s}_\\theta', spoken: 's theta', colour: 3,
    meaning: 'The network\'s estimate of the score: the direction in which the density grows, and how steeply; in diffusion models it is that of noisy points.',
    codeNames: ['score', 'score_fn', 'score_model', 'scorenet'],
  },
  scoreLoss: {
    tex: 'L', spoken: 'capital L', colour: 6,
    meaning: 'The loss of denoising score matching for one example and one noise level, weighted by the variance.',
    codeNames: ['loss', 'losses', 'dsm_loss'],
  },
  nextNoiseLevel: {
    tex: "\\sigma'", spoken: 'sigma prime', colour: 6,
    meaning: 'The next, smaller noise level, at which a sampling step arrives.',
    codeNames: ['adjacent_sigma', 'sigma_next', 'sigmas'],
  },
  nextNoisy: {
    tex: "\\tilde{\\mathbf{x}}'", spoken: 'x tilde prime', colour: 7,
    meaning: 'The point after a sampling step.',
    codeNames: ['x', 'x_mean', 'x_next'],
  },
} satisfies SymbolTable;

export const DENSITY_SYMBOLS = { ...ADVERSARIAL, ...FLOW, ...ENERGY, ...MIXTURE, ...SCORE };
