/** Symbols of stochastic and ordinary differential equations. */
import type { SymbolTable } from './table';

/** Code names: usual NumPy and PyTorch code, then torchsde. */
const ITO = {
  diffusionState: {
    tex: 'X', spoken: 'capital X', colour: 0, codeNames: ['x', 'X', 'y', 'x_t'],
    meaning: 'The present value of a diffusion in one dimension: the value of a random path with a drift and a Brownian part.',
  },
  stateIncrement: {
    tex: '\\Delta X', spoken: 'delta X', colour: 3, codeNames: ['dx', 'dX', 'x_next - x'],
    meaning: 'By how much the diffusion changes in one short step of time.',
  },
  timeIncrement: {
    tex: '\\Delta \\tau', spoken: 'delta tau', colour: 5, codeNames: ['dt', 'h', 'step_size'],
    meaning: 'The length of one short step of time.',
  },
  brownianIncrement: {
    tex: '\\Delta W', spoken: 'delta W', colour: 4, codeNames: ['dW', 'dw', 'np.sqrt(dt) * z'],
    meaning: 'By how much a Brownian motion changes in one short step of time: a normal number whose variance is the length of the step.',
  },
  incrementDensity: {
    tex: 'p', spoken: 'p', colour: 7, codeNames: ['norm.pdf', 'normal'],
    meaning: 'The density of the change of a Brownian motion in one short step of time.',
  },
  itoDrift: {
    tex: 'a', spoken: 'a', colour: 1, codeNames: ['drift', 'f', 'mu', 'sde.drift'],
    meaning: 'The drift of a diffusion in one dimension: its mean change per time, at a value and a time.',
  },
  itoDiffusion: {
    tex: 'b', spoken: 'b', colour: 2, codeNames: ['diffusion', 'g', 'sigma', 'sde.diffusion'],
    meaning: 'The diffusion coefficient in one dimension: what multiplies the change of the Brownian motion, at a value and a time.',
  },
  itoFunction: {
    tex: 'F', spoken: 'capital F', colour: 6, codeNames: ['F', 'f', 'phi', 'np.log'],
    meaning: 'A smooth function of the value of a diffusion.',
  },
  itoTimeFunction: {
    tex: 'G', spoken: 'capital G', colour: 6, codeNames: ['G', 'u', 'v'],
    meaning: 'A smooth function of the value of a diffusion and of time.',
  },
  transformedDrift: {
    tex: 'A', spoken: 'capital A', colour: 1, codeNames: ['drift_f', 'drift'],
    meaning: 'The drift of the function of the diffusion: its mean change per time.',
  },
  transformedDiffusion: {
    tex: 'B', spoken: 'capital B', colour: 2, codeNames: ['diffusion_f', 'diffusion'],
    meaning: 'The diffusion coefficient of the function of the diffusion.',
  },
  growthRate: {
    tex: '\\mu', spoken: 'mu', colour: 1, codeNames: ['mu', 'r', 'rate'],
    meaning: 'The drift of a geometric Brownian motion per unit of its value: the rate at which its mean grows.',
  },
  volatility: {
    tex: '\\sigma', spoken: 'sigma', colour: 2, codeNames: ['sigma', 'vol', 'volatility'],
    meaning: 'The diffusion coefficient of a geometric Brownian motion per unit of its value.',
  },
  brownianValue: {
    tex: 'W_\\tau', spoken: 'W tau', colour: 4, codeNames: ['W', 'w', 'np.cumsum(dW)'],
    meaning: 'The value of a Brownian motion at time tau, which starts at zero: normal with variance tau.',
  },
  brownianDensity: {
    tex: 'p_\\tau', spoken: 'p tau', colour: 5, codeNames: ['norm.pdf', 'normal'],
    meaning: 'The density of a Brownian motion at time tau.',
  },
  startValue: {
    tex: 'X_0', spoken: 'capital X nought', colour: 0, codeNames: ['x0', 'S0', 'X0'],
    meaning: 'The value of a diffusion at time zero, which is known.',
  },
  geometricValue: {
    tex: 'X_\\tau', spoken: 'capital X tau', colour: 6, codeNames: ['S', 'x', 'gbm'],
    meaning: 'The value of a geometric Brownian motion at time tau.',
  },
} satisfies SymbolTable;

/** Code names: score_sde_pytorch, then usual PyTorch code. */
const LINEAR = {
  driftRate: {
    tex: 'f', spoken: 'f', colour: 1, codeNames: ['drift', 'f', 'drift_coeff'],
    meaning: 'What multiplies the point in the drift of a linear stochastic differential equation, as a function of time.',
  },
  diffusionRate: {
    tex: 'g', spoken: 'g', colour: 2, codeNames: ['diffusion', 'g', 'diffusion_coeff', 'G'],
    meaning: 'The diffusion coefficient of the forward equation, as a function of time: how fast noise is added.',
  },
  processState: {
    tex: 'x', spoken: 'x', colour: 0, codeNames: ['x', 'x_t', 'x[i]'],
    meaning: 'One component of the point that the forward equation moves, at the present time.',
  },
  processNext: {
    tex: "x'", spoken: 'x prime', colour: 6, codeNames: ['x', 'x_next', 'x_mean'],
    meaning: 'The same component after one short step of time.',
  },
  stateDistribution: {
    tex: 'p_\\tau', spoken: 'p tau', colour: 7, codeNames: ['p_t', 'marginal'],
    meaning: 'The distribution of one component at the present time, whatever it is.',
  },
  processMean: {
    tex: 'm', spoken: 'm', colour: 4, codeNames: ['mean', 'm_t', 'marginal_prob'],
    meaning: 'The mean of one component of the moving point, as a function of time.',
  },
  processSecondMoment: {
    tex: 'u', spoken: 'u', colour: 5, codeNames: ['second_moment', 'm2'],
    meaning: 'The mean square of one component of the moving point, as a function of time.',
  },
  processVariance: {
    tex: 'v', spoken: 'v', colour: 6, codeNames: ['var', 'v_t', 'variance'],
    meaning: 'The variance of one component of the moving point, as a function of time.',
  },
  earlierTime: {
    tex: 's', spoken: 's', colour: 0, codeNames: ['s', 'u', 't0'],
    meaning: 'Any time before the present one, over which is integrated or from which a path starts.',
  },
  signalAt: {
    tex: '\\alpha', spoken: 'alpha', colour: 3, codeNames: ['alpha', 'mean_coeff', 'torch.exp(log_mean_coeff)', 'alpha_t'],
    meaning: 'By what the data is multiplied up to a time: how much of the signal is left.',
  },
  noiseAt: {
    tex: '\\sigma', spoken: 'sigma', colour: 5, codeNames: ['std', 'sigma_t', 'marginal_std'],
    meaning: 'The standard deviation of all the noise that was added up to a time.',
  },
  diffusedPoint: {
    tex: '\\mathbf{x}_\\tau', spoken: 'x tau', colour: 0, codeNames: ['x_t', 'perturbed_data', 'x'],
    meaning: 'The point at time tau, which was a data point at time zero.',
  },
  timeKernel: {
    tex: 'p_{0\\tau}', spoken: 'p nought tau', colour: 6, codeNames: ['marginal_prob', 'perturbation_kernel'],
    meaning: 'The perturbation kernel: the density of the point at time tau when its data point is known.',
  },
  betaAt: {
    tex: '\\beta', spoken: 'beta', colour: 1, codeNames: ['beta_t', 'beta', 'discrete_betas * N'],
    meaning: 'The rate at which the variance preserving equation adds variance of noise, as a function of time; it shrinks the point at half this rate.',
  },
  betaMin: {
    tex: '\\bar{\\beta}_{\\min}', spoken: 'beta bar min', colour: 4, codeNames: ['beta_0', 'beta_min'],
    meaning: 'The rate of noise at time zero in the linear schedule; 0.1 is usual.',
  },
  betaMax: {
    tex: '\\bar{\\beta}_{\\max}', spoken: 'beta bar max', colour: 5, codeNames: ['beta_1', 'beta_max'],
    meaning: 'The rate of noise at time one in the linear schedule; 20 is usual.',
  },
  explodingLevel: {
    tex: '\\sigma_{\\mathrm{VE}}', spoken: 'sigma V E', colour: 4, codeNames: ['sigma', 'sigmas', 'std'],
    meaning: 'The noise level of the variance exploding equation as a rising function of time; it is chosen.',
  },
  sigmaMin: {
    tex: '\\sigma_{\\min}', spoken: 'sigma min', colour: 1, codeNames: ['sigma_min'],
    meaning: 'The least noise level of the variance exploding equation, at time zero; 0.01 is usual.',
  },
  sigmaMax: {
    tex: '\\sigma_{\\max}', spoken: 'sigma max', colour: 3, codeNames: ['sigma_max'],
    meaning: 'The largest noise level of the variance exploding equation, at time one.',
  },
} satisfies SymbolTable;

/** Code names: score_sde_pytorch, then usual PyTorch code. */
const REVERSE = {
  lineDensity: {
    tex: 'p', spoken: 'p', colour: 4, codeNames: ['p', 'density', 'pdf'],
    meaning: 'The density of a diffusion in one dimension, as a function of the value and of time.',
  },
  flowPoint: {
    tex: '\\mathbf{x}', spoken: 'x', colour: 0, codeNames: ['x', 'x_t', 'sample'],
    meaning: 'The point at the present time, with all its components.',
  },
  driftField: {
    tex: '\\mathbf{f}', spoken: 'f', colour: 1, codeNames: ['drift', 'sde.sde(x, t)[0]', 'f'],
    meaning: 'The drift of the forward equation: a vector at every point and time.',
  },
  timeDensity: {
    tex: 'p', spoken: 'p', colour: 6, codeNames: ['p_t', 'marginal', 'log_prob'],
    meaning: 'The density of the moving point over all the data, as a function of the point and of time.',
  },
  backwardTime: {
    tex: '\\bar{\\tau}', spoken: 'tau bar', colour: 5, codeNames: ['1 - t', 'reverse_t', 's'],
    meaning: 'Time as it runs in sampling: 0 is noise, 1 is data.',
  },
  reversedDensity: {
    tex: '\\bar{p}', spoken: 'p bar', colour: 3, codeNames: ['p', 'reverse_marginal'],
    meaning: 'The same density of the moving point, as a function of the point and of the time that runs backwards.',
  },
  reverseDrift: {
    tex: '\\bar{\\mathbf{f}}', spoken: 'f bar', colour: 4, codeNames: ['rsde.sde(x, t)[0]', 'reverse_drift', 'drift'],
    meaning: 'The drift of the reverse equation: the drift of the forward one less the squared diffusion coefficient times the score.',
  },
  pointBefore: {
    tex: '\\mathbf{x}_{\\tau - \\Delta \\tau}', spoken: 'x a step earlier', colour: 6, codeNames: ['x', 'x_prev', 'x_mean'],
    meaning: 'The point that a short step of sampling makes: nearer to the data by the length of the step.',
  },
  backwardMean: {
    tex: '\\mathbf{b}', spoken: 'b', colour: 3, codeNames: ['posterior_mean', 'x_mean'],
    meaning: 'The mean of where the point was one short step earlier, when it is known where it is now.',
  },
  flowMean: {
    tex: '\\mathbf{m}', spoken: 'm', colour: 3, codeNames: ['mean', 'mu_t'],
    meaning: 'The mean of the moving point with all its components, as a function of time, for data that is Gaussian.',
  },
} satisfies SymbolTable;

/** Code names: score_sde_pytorch, then torchdiffeq and FFJORD. */
const FLOW = {
  flowVelocity: {
    tex: '\\tilde{\\mathbf{f}}', spoken: 'f tilde', colour: 4, codeNames: ['drift', 'ode_func', 'velocity', 'drift_fn'],
    meaning: 'The velocity of the probability flow: the drift less half the squared diffusion coefficient times the score.',
  },
  flowPath: {
    tex: '\\boldsymbol{\\varphi}', spoken: 'phi', colour: 5, codeNames: ['x', 'traj', 'solution.y', 'odeint'],
    meaning: 'A path of the probability flow: where a point is at each time when it moves with the velocity, without noise.',
  },
  noiseFraction: {
    tex: '\\lambda', spoken: 'lambda', colour: 4, codeNames: ['eta', 'lambda_', 'churn'],
    meaning: 'How much noise sampling uses: 0 is the probability flow, 1 the reverse equation.',
  },
  pathDivergence: {
    tex: '\\delta', spoken: 'delta', colour: 1, codeNames: ['div', 'logp_grad', 'divergence'],
    meaning: 'The divergence of the velocity at the place where a path is, as a function of time.',
  },
  flowLogLikelihood: {
    tex: '\\ell', spoken: 'ell', colour: 2, codeNames: ['prior_logp + delta_logp', 'log_prob', 'logp'],
    meaning: 'The log-likelihood of an example as it is computed from the end of its path and the divergence along it, in nats.',
  },
  velocityJacobian: {
    tex: '\\mathbf{J}', spoken: 'J', colour: 2, matrix: true, codeNames: ['jacobian', 'J', 'torch.func.jacrev'],
    meaning: 'The matrix of all derivatives of the velocity by the point, one row for each component of the velocity.',
  },
  probe: {
    tex: '\\mathbf{e}', spoken: 'e', colour: 3, codeNames: ['epsilon', 'e', 'v', 'noise'],
    meaning: 'A random vector by which the trace of a matrix is estimated.',
  },
  probeDensity: {
    tex: 'p_{\\mathbf{e}}', spoken: 'p e', colour: 6, codeNames: ['rademacher', 'torch.randn_like'],
    meaning: 'The distribution of the random vector by which a trace is estimated.',
  },
  bitsPerDimension: {
    tex: '\\mathrm{bpd}', spoken: 'bits per dimension', colour: 4, codeNames: ['bpd', 'bits_per_dim'],
    meaning: 'Bits per dimension: the negative log-likelihood to the base 2, divided by how many numbers an example has.',
  },
  pixelScale: {
    tex: 'k', spoken: 'k', colour: 1, codeNames: ['255', '256', '128', 'scale'],
    meaning: 'By what the units of the model are multiplied to get the units in which pixels are counted.',
  },
  pixelPoint: {
    tex: '\\mathbf{y}', spoken: 'y', colour: 0, codeNames: ['data', 'img', 'x_uint8'],
    meaning: 'The same example in the units in which pixels are counted.',
  },
  pixelDensity: {
    tex: 'p_{\\mathbf{y}}', spoken: 'p y', colour: 3, codeNames: ['log_prob', 'likelihood'],
    meaning: 'The density of examples in the units in which pixels are counted.',
  },
} satisfies SymbolTable;

/** Code names: score_sde_pytorch. */
const CHAIN = {
  stepPoint: {
    tex: '\\mathbf{x}_i', spoken: 'x i', colour: 0, codeNames: ['x', 'x_i', 'x_next'],
    meaning: 'The point of a noising chain after its i-th step.',
  },
  stepShock: {
    tex: '\\mathbf{z}_i', spoken: 'z i', colour: 3, codeNames: ['z', 'noise'],
    meaning: 'The standard normal noise of the i-th step of a noising chain, independent of all before.',
  },
  brownianStep: {
    tex: '\\Delta \\mathbf{W}_i', spoken: 'delta W i', colour: 6, codeNames: ['dW', 'np.sqrt(dt) * z'],
    meaning: 'By how much a Brownian motion of several components changes during the i-th step of time.',
  },
  stepLevel: {
    tex: '\\sigma_i', spoken: 'sigma i', colour: 2, codeNames: ['sigmas', 'sigma', 'discrete_sigmas'],
    meaning: 'The noise level of a chain after its i-th step, as a standard deviation.',
  },
} satisfies SymbolTable;

export const PROCESS_SYMBOLS = { ...ITO, ...LINEAR, ...REVERSE, ...FLOW, ...CHAIN };
