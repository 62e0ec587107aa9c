/** Symbols of stochastic and ordinary differential equations. */
import type { SymbolTable } from './table';

/** Code names: usual NumPy and PyTorch code, then torchsde. */
const ITO = {
  diffusionState: {
    tex: 'X', spoken: 'capital X', colour: 0, codeNames: ['x', 'X', 'y', 'x_t'],
    meaning: 'The present value of a diffusion in one dimension: a random path that drifts and trembles.',
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

export const PROCESS_SYMBOLS = { ...ITO };
