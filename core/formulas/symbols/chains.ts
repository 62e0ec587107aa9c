/** Further symbols of diffusion chains: whole trajectories, their densities, terms of the bound. */
import type { SymbolTable } from './table';

/** Code names: diffusers, then lucidrains (denoising-diffusion-pytorch), improved-diffusion. */
const POINTS = {
  trajectory: {
    tex: '\\mathbf{x}_{1:T}', spoken: 'x one to capital T', colour: 4,
    meaning: 'All noisy points of one chain together, from the first step to the last, without the data.',
    codeNames: ['trajectory', 'intermediates', 'xs'],
  },
  wholeTrajectory: {
    tex: '\\mathbf{x}_{0:T}', spoken: 'x nought to capital T', colour: 1,
    meaning: 'All points of one chain together, from the data to the last step.',
    codeNames: ['trajectory', 'all_images', 'imgs', 'xs'],
  },
  history: {
    tex: '\\mathbf{x}_{0:t-1}', spoken: 'everything before x t', colour: 5,
    meaning: 'All points of the chain before step t, from the data on.',
    codeNames: ['history', 'previous'],
  },
  future: {
    tex: '\\mathbf{x}_{t:T}', spoken: 'x t to capital T', colour: 6,
    meaning: 'All points of the chain from step t to the last.',
    codeNames: ['future', 'later'],
  },
  trio: {
    tex: '\\mathbf{x}_{t-1:t+1}', spoken: 'x t with both neighbours', colour: 3,
    meaning: 'Three points of the chain in a row: the one at step t with the one before and the one after.',
    codeNames: ['neighbours', 'window'],
  },
  xFirst: {
    tex: '\\mathbf{x}_1', spoken: 'x one', colour: 5,
    meaning: 'The point after the first step of noise: the noisy point that is nearest to the data.',
    codeNames: ['x_1', 'x1', 'sample'],
  },
  xEnd: {
    tex: '\\mathbf{x}_T', spoken: 'x capital T', colour: 6,
    meaning: 'The last point of the forward chain, from which sampling starts: almost pure noise.',
    codeNames: ['latents', 'x_T', 'init_noise', 'img', 'sample'],
  },
  xBeforeEnd: {
    tex: '\\mathbf{x}_{T-1}', spoken: 'x at capital T minus one', colour: 1,
    meaning: 'The point of the forward chain before its last one.',
    codeNames: ['x_prev', 'prev_sample'],
  },
  xNext: {
    tex: '\\mathbf{x}_{t+1}', spoken: 'x at t plus one', colour: 1,
    meaning: 'The point one step further from the data.',
    codeNames: ['x_next', 'next_sample'],
  },
} satisfies SymbolTable;

const DISTRIBUTIONS = {
  forwardStep: {
    tex: 'q', spoken: 'q', colour: 3,
    meaning: 'A step of the forward process: how the next point is distributed when the one before it is known.',
    codeNames: ['forward_process', 'q_step', 'add_noise'],
  },
  forwardNext: {
    tex: 'q', spoken: 'q', colour: 1,
    meaning: 'How the next point of the forward process is distributed when all points before it are known.',
    codeNames: ['q_next', 'forward_process'],
  },
  forwardKernel: {
    tex: 'q', spoken: 'q', colour: 5,
    meaning: 'The forward process in one jump: how a noisy point is distributed when only the data is known.',
    codeNames: ['q_sample', 'q_mean_variance', 'add_noise', 'q_xt_x0'],
  },
  forwardPosterior: {
    tex: 'q', spoken: 'q', colour: 1,
    meaning: 'The posterior of the forward process: how a point is distributed when a later point and the data are known.',
    codeNames: ['q_posterior', 'q_posterior_mean_variance', 'q_posterior_mean'],
  },
  forwardPosteriorAll: {
    tex: 'q', spoken: 'q', colour: 3,
    meaning: 'How a point of the forward process is distributed when all later points and the data are known.',
    codeNames: ['q_posterior', 'posterior'],
  },
  forwardJoint: {
    tex: 'q', spoken: 'q', colour: 2,
    meaning: 'How probable a whole trajectory of the forward process is when the data is known. It has no parameters.',
    codeNames: ['forward_process', 'q'],
  },
  forwardPair: {
    tex: 'q', spoken: 'q', colour: 4,
    meaning: 'How probable two neighbouring points of the forward process are together when the data is known.',
    codeNames: ['q_pair', 'joint'],
  },
  forwardTrio: {
    tex: 'q', spoken: 'q', colour: 1,
    meaning: 'How probable three points in a row of the forward process are together when the data is known.',
    codeNames: ['q_triple', 'joint'],
  },
  forwardBridge: {
    tex: 'q', spoken: 'q', colour: 4,
    meaning: 'How a point of the forward process is distributed when both of its neighbours are known.',
    codeNames: ['bridge', 'q_bridge'],
  },
  forwardLeap: {
    tex: 'q', spoken: 'q', colour: 5,
    meaning: 'Two steps of the forward process at once: how a point is distributed when the one two steps before is known.',
    codeNames: ['q_two_steps', 'q_leap'],
  },
  reverseJoint: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 5,
    meaning: 'How probable the model finds a whole chain, data and noisy points together.',
    codeNames: ['p_sample_loop', 'reverse_process', 'p_theta'],
  },
  reverseStep: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 0,
    meaning: 'A step of sampling: how the model distributes the point one step closer to the data when the present one is known.',
    codeNames: ['p_sample', 'p_mean_variance', 'step', 'reverse_step'],
  },
  startDensity: {
    tex: 'p', spoken: 'p', colour: 6,
    meaning: 'The distribution from which sampling starts, standard normal as a rule. It has no parameters.',
    codeNames: ['randn', 'init_noise', 'prior'],
  },
} satisfies SymbolTable;

/** What adding Gaussians, completing a square and comparing two Gaussians need. */
const GAUSSIANS = {
  stepNoise: {
    tex: '\\boldsymbol{\\epsilon}_t', spoken: 'epsilon t', colour: 6,
    meaning: 'The standard normal noise that step t of the forward process adds, independent of all before.',
    codeNames: ['noise', 'eps', 'torch.randn_like(x)'],
  },
  noiseBefore: {
    tex: '\\bar{\\boldsymbol{\\epsilon}}_{t-1}', spoken: 'epsilon bar at t minus one', colour: 7,
    meaning: 'All the noise of the steps before step t together, scaled so that it is standard normal.',
    codeNames: ['noise', 'eps'],
  },
  noiseSum: {
    tex: '\\mathbf{s}', spoken: 's', colour: 7,
    meaning: 'The sum of two independent Gaussian vectors.',
    codeNames: ['s', 'total'],
  },
  noisePart: {
    tex: '\\mathbf{u}', spoken: 'u', colour: 0,
    meaning: 'The first of two independent Gaussian vectors that are added; the second is what it lacks of the sum.',
    codeNames: ['u', 'first'],
  },
  firstVariance: {
    tex: 'a', spoken: 'a', colour: 5,
    meaning: 'The variance of every component of the first of two Gaussian vectors.',
    codeNames: ['var1', 'a'],
  },
  secondVariance: {
    tex: 'b', spoken: 'b', colour: 1,
    meaning: 'The variance of every component of the second of two Gaussian vectors.',
    codeNames: ['var2', 'b'],
  },
  origin: {
    tex: '\\mathbf{0}', spoken: 'the zero vector', colour: 3,
    meaning: 'The vector all of whose components are zero: the mean of pure noise.',
    codeNames: ['zeros', 'torch.zeros_like(x)', 'np.zeros'],
  },
  posteriorExponent: {
    tex: 'Q_t', spoken: 'capital Q t', colour: 0,
    meaning: 'The exponent of the posterior without its factor of minus one half, as a function of the earlier point.',
    codeNames: ['exponent', 'quad'],
  },
  squareCoefficient: {
    tex: 'A_t', spoken: 'capital A t', colour: 2,
    meaning: 'What multiplies the squared length of the earlier point in the exponent of the posterior, taken without its factor of minus one half: one over the variance of the posterior.',
    codeNames: ['precision', 'posterior_precision'],
  },
  linearCoefficient: {
    tex: '\\mathbf{b}_t', spoken: 'b t', colour: 3,
    meaning: 'The vector whose inner product with the earlier point is the linear term of the exponent of the posterior.',
    codeNames: ['pull', 'shift', 'precision_mean'],
  },
  constantCoefficient: {
    tex: 'c_t', spoken: 'c t', colour: 4,
    meaning: 'What does not depend on the earlier point in the exponent of the posterior, taken without its factor of minus one half.',
    codeNames: ['const', 'rest'],
  },
} satisfies SymbolTable;

export const CHAIN_SYMBOLS = { ...POINTS, ...DISTRIBUTIONS, ...GAUSSIANS };
