/** Symbols of energies, and of diffusion that meets other models. */
import { LATENT_DIFFUSION_SYMBOLS } from './latent-diffusion';
import type { SymbolTable } from './table';

/** Code names: usual PyTorch code of energy-based models. */
const ENERGIES = {
  shortRun: {
    tex: 'r', spoken: 'r', colour: 7,
    meaning: 'The distribution of points that a few steps of a Markov chain make of examples, held fixed while the parameters move.',
    codeNames: ['x_k', 'short_run', 'neg_samples', 'fake_imgs'],
  },
  statistic: {
    tex: 'f', spoken: 'f', colour: 6,
    meaning: 'A statistic: a fixed number for each example, which an exponential family multiplies by its parameter.',
    codeNames: ['features', 'suff_stats', 'T'],
  },
} satisfies SymbolTable;

/** Code names: usual PyTorch code of Langevin samplers. */
const LANGEVIN = {
  wellCentre: {
    tex: '\\mathbf{c}', spoken: 'c', colour: 2,
    meaning: 'The centre of a quadratic energy: the point at which it is lowest.',
    codeNames: ['center', 'mu', 'mean'],
  },
  wellVariance: {
    tex: 'v', spoken: 'v', colour: 4,
    meaning: 'The variance of every component under the Gaussian that belongs to a quadratic energy.',
    codeNames: ['var', 'variance', 'sigma2'],
  },
  langevinKeep: {
    tex: '\\rho', spoken: 'rho', colour: 3,
    meaning: 'What one Langevin step keeps of the way from the centre of a quadratic energy.',
    codeNames: ['decay', 'rho', 'contraction'],
  },
  runMean: {
    tex: '\\mathbf{m}_k', spoken: 'm k', colour: 7,
    meaning: 'The mean of the points of many Langevin chains after k steps.',
    codeNames: ['samples.mean(0)', 'mean', 'mu_k'],
  },
  runVariance: {
    tex: 'u_k', spoken: 'u k', colour: 0,
    meaning: 'The variance of every component over many Langevin chains after k steps.',
    codeNames: ['samples.var(0)', 'var', 'var_k'],
  },
  stationaryVariance: {
    tex: 'u_{\\infty}', spoken: 'u infinity', colour: 7,
    meaning: 'The variance at which Langevin steps of one fixed size leave every component in the long run.',
    codeNames: ['stationary_var', 'var_inf'],
  },
  negativeSample: {
    tex: '\\mathbf{x}^{-}_i', spoken: 'negative sample x i', colour: 5,
    meaning: 'The i-th of several independent samples of the model.',
    codeNames: ['x_neg', 'neg_x', 'fake_imgs', 'samples'],
  },
  negativeSamples: {
    tex: '\\mathbf{x}^{-}_{1:N}', spoken: 'the N negative samples', colour: 3,
    meaning: 'Several independent samples of the model together: one batch of negative examples.',
    codeNames: ['x_neg', 'neg_x', 'fake_imgs', 'samples'],
  },
  negativeCount: {
    tex: 'N', spoken: 'capital N', colour: 7,
    meaning: 'How many samples of the model are drawn for one estimate of the gradient.',
    codeNames: ['batch_size', 'n_samples', 'num_neg'],
  },
  batchDistribution: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 6,
    meaning: 'The distribution of several independent samples of an energy-based model together.',
    codeNames: ['sampler', 'sample_p_d', 'replay_buffer'],
  },
} satisfies SymbolTable;

/** Code names: usual NumPy and PyTorch code. */
const VECTOR_FIELDS = {
  scoreMatrix: {
    tex: '\\mathbf{A}', spoken: 'A', colour: 4, matrix: true,
    meaning: 'The matrix of a linear score model without constraints: any square matrix, not symmetric as a rule.',
    codeNames: ['A', 'linear.weight', 'W'],
  },
  symmetricPart: {
    tex: '\\mathbf{S}', spoken: 'S', colour: 3, matrix: true,
    meaning: 'The symmetric part of a matrix: the mean of the matrix and its transpose.',
    codeNames: ['S', '0.5 * (A + A.T)', 'sym'],
  },
  skewPart: {
    tex: '\\mathbf{K}', spoken: 'K', colour: 6, matrix: true,
    meaning: 'The antisymmetric part of a matrix: half of the matrix less its transpose. It turns points around the origin.',
    codeNames: ['K', '0.5 * (A - A.T)', 'skew'],
  },
  firstDirection: {
    tex: '\\mathbf{u}', spoken: 'u', colour: 1,
    meaning: 'Any direction in the space of examples; a path may bend along it.',
    codeNames: ['u', 'v', 'direction'],
  },
  secondDirection: {
    tex: '\\mathbf{w}', spoken: 'w', colour: 5,
    meaning: 'Any other direction in the space of examples, along which a vector is looked at.',
    codeNames: ['w', 'v', 'direction'],
  },
  otherEnd: {
    tex: '\\mathbf{y}', spoken: 'y', colour: 3,
    meaning: 'Another point of the space of examples, at which a path ends.',
    codeNames: ['y', 'x1', 'end'],
  },
  pathPoint: {
    tex: '\\boldsymbol{\\gamma}', spoken: 'gamma', colour: 5,
    meaning: 'The point that a path has reached at a time between 0 and 1.',
    codeNames: ['gamma', 'path', 'x_t'],
  },
  pathTime: {
    tex: '\\tau', spoken: 'tau', colour: 7,
    meaning: 'The time along a path from one point to another: 0 where it starts and 1 where it ends.',
    codeNames: ['t', 'tau', 'times'],
  },
  pathVelocity: {
    tex: '\\dot{\\boldsymbol{\\gamma}}', spoken: 'gamma dot', colour: 2,
    meaning: 'The velocity of a path: its derivative by time, a vector.',
    codeNames: ['dgamma', 'velocity', 'dx_dt'],
  },
  isotropicVariance: {
    tex: 'v', spoken: 'v', colour: 7,
    meaning: 'The variance of every component of data that are Gaussian around zero and alike in all directions.',
    codeNames: ['var', 'sigma2', 'data_var'],
  },
} satisfies SymbolTable;

/** Code names: recovery_likelihood, then usual PyTorch code. */
const RECOVERY = {
  recovery: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 7,
    meaning: 'The recovery likelihood: the density that an energy-based model gives to an example when its noisy version is known.',
    codeNames: ['recovery_likelihood', 'log_p_cond', 'conditional_ebm'],
  },
  noisyModel: {
    tex: 'p_\\sigma', spoken: 'p sigma', colour: 6,
    meaning: 'The density of noisy points when the examples are drawn from the model.',
    codeNames: ['p_sigma', 'marginal'],
  },
  recoveryPartition: {
    tex: '\\tilde{Z}_\\theta', spoken: 'Z theta tilde', colour: 3,
    meaning: 'The partition function of the recovery likelihood; it depends on the noisy point.',
    codeNames: ['log_Z_tilde', 'log_z'],
  },
  tangentEnergy: {
    tex: '\\hat{E}_\\theta', spoken: 'E theta hat', colour: 6,
    meaning: 'The energy replaced by its tangent at the noisy point: its value there plus its gradient times the way.',
    codeNames: ['linear_energy', 'taylor', 'first_order'],
  },
  tangentRecovery: {
    tex: 'r', spoken: 'r', colour: 3,
    meaning: 'The recovery likelihood when the energy is replaced by its tangent at the noisy point.',
    codeNames: ['normal_approx', 'q', 'approx'],
  },
} satisfies SymbolTable;

/** Code names: DiffFlow, then usual PyTorch code. */
const DIFFUSION_FLOW = {
  flowDrift: {
    tex: '\\mathbf{f}_\\theta', spoken: 'f theta', colour: 4,
    meaning: 'The drift of the forward process that a network learns: where a point moves in one unit of time, but for the noise.',
    codeNames: ['f', 'drift', 'forward_drift', 'f_net'],
  },
  stepDiffusion: {
    tex: 'g_t', spoken: 'g t', colour: 2,
    meaning: 'How strong the noise of step t is: its variance for each unit of time is the square of this.',
    codeNames: ['g', 'diffusion', 'diffusion_coef'],
  },
  stepTime: {
    tex: '\\Delta', spoken: 'Delta', colour: 5,
    meaning: 'The length in time of one step of a chain that stands for a differential equation.',
    codeNames: ['dt', 'delta_t', 'step_size'],
  },
  forwardNoise: {
    tex: '\\delta_t', spoken: 'forward noise delta t', colour: 6,
    meaning: 'The standard normal noise that step t of the forward process drew.',
    codeNames: ['noise', 'delta_f', 'eps'],
  },
  backwardNoise: {
    tex: '\\tilde{\\delta}_t', spoken: 'backward noise delta t', colour: 1,
    meaning: 'The noise that the backward process would have to draw at step t to go along the same trajectory.',
    codeNames: ['delta_b', 'backward_noise', 'z'],
  },
  pathStep: {
    tex: 'p_{\\mathrm{F}}', spoken: 'p F', colour: 3,
    meaning: 'A step of a forward process that is learned: the density of the next point when the one before is known.',
    codeNames: ['forward_step', 'log_prob_f', 'transition'],
  },
  returnStep: {
    tex: 'p_{\\mathrm{B}}', spoken: 'p B', colour: 6,
    meaning: 'A step of a backward process that is learned: the density of the point before when the present one is known.',
    codeNames: ['backward_step', 'log_prob_b', 'reverse_transition'],
  },
  forwardPaths: {
    tex: 'p_{\\mathrm{F}}', spoken: 'p F', colour: 4,
    meaning: 'The density of whole trajectories that begin as data and follow the learned forward process.',
    codeNames: ['p_forward', 'log_pf'],
  },
  backwardPaths: {
    tex: 'p_{\\mathrm{B}}', spoken: 'p B', colour: 5,
    meaning: 'The density of whole trajectories that begin as noise and follow the learned backward process.',
    codeNames: ['p_backward', 'log_pb'],
  },
  backwardMarginal: {
    tex: 'p_{\\mathrm{B}}', spoken: 'p B', colour: 7,
    meaning: 'The density of the points at which the backward process ends: what the model samples.',
    codeNames: ['p_model', 'log_px', 'samples'],
  },
  pathLoss: {
    tex: 'L', spoken: 'capital L', colour: 3,
    meaning: 'The loss of a diffusion normalizing flow: the mean of half the sum of the squared backward noises, less the log-density of the last point under the noise that sampling starts from.',
    codeNames: ['loss', 'nll'],
  },
  shrinkRate: {
    tex: '\\kappa', spoken: 'kappa', colour: 4,
    meaning: 'How fast a fixed linear drift shrinks every point, for each unit of time.',
    codeNames: ['kappa', 'theta', 'beta'],
  },
} satisfies SymbolTable;

export const HYBRID_SYMBOLS = { ...ENERGIES, ...LANGEVIN, ...VECTOR_FIELDS, ...RECOVERY, ...DIFFUSION_FLOW, ...LATENT_DIFFUSION_SYMBOLS };
