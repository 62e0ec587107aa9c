/** One formula, or a few, of the families that model a density: games, flows, energies, sequences, mixtures. The derivations have them as their lines. */
import { add, apply, conditional, derivative, div, expectation, fn, gaussian, gradient, mul, neg, normSq, num, pow, product, sqrt, sub, sum, sym, type Expr, type Letter } from './expr';
import { formula, type Formula } from './formula';
import { BISHOP_2006, DINH_2017, GOODFELLOW_2014, OORD_2016, SONG_2021_SDE, SONG_KINGMA_2021 } from './sources';

const [one, two] = [num(1), num(2)];
const x = sym('x');
const log = (of: Expr): Expr => fn('log', of);

// Games
const judged = apply('discriminator', x);
export const GAME_VALUE = formula('gan.value', 'Value of the game', 'adversarialValue',
  add(expectation('x', apply('dataDistribution', x), log(judged)), expectation('x', apply('generatorDistribution', x), log(sub(one, judged)))), GOODFELLOW_2014('eq. 1'), 'the discriminator makes it large, the generator small');

// Flows
/** Of one of the components that change: x_j exp(s_j) + t_j. */
export const coupled = add(mul(sym('coupledInput', 'j'), fn('exp', sym('logScale', 'j'))), sym('shift', 'j'));
export const CHANGE_OF_VARIABLES = formula('flow.change_of_variables', 'Change of variables', apply('flowDensity', x), mul(apply('baseDensity', sym('basePoint')), fn('abs', sym('jacobian'))), DINH_2017('section 3.1'), 'J of the map from data to the base distribution; the other way round it divides');
export const COUPLING = formula('flow.coupling', 'Affine coupling layer', sym('coupledOutput', 'j'), coupled, DINH_2017('section 3.2'), 's_j and t_j are made from the components that stay');

// Energies
const [drawn, theta, step] = [sym('modelSample'), sym('parameters'), sym('langevinStep')];
const energy = apply('energy', x);
const ofModel = apply('energyModel', x);
/** The mean, over the model's own samples, of how the energy changes. */
export const negativePhase = expectation('modelSample', apply('energyModel', drawn), derivative(theta, apply('energy', drawn)));
export const ENERGY_DENSITY = formula('energy.density', 'Density from an energy', ofModel, div(fn('exp', neg(energy)), sym('partition')), SONG_KINGMA_2021('eq. 1'), 'low energy is high density; some papers write f for −E');
export const ENERGY_GRADIENT = formula('energy.gradient', 'Gradient of the negative log-likelihood', derivative(theta, neg(log(ofModel))), sub(derivative(theta, energy), negativePhase), SONG_KINGMA_2021('maximum likelihood training with MCMC'), 'x⁻ is a sample of the model; in code the loss is the energy of data less that of samples');
export const LANGEVIN_STEP = formula('energy.langevin', 'One Langevin step', 'langevinPoint', add(sub(x, mul(div(step, two), derivative(x, energy))), mul(sqrt(step), sym('z'))), SONG_KINGMA_2021('maximum likelihood training with MCMC'), 'code often sets step size and noise apart');

// Sequences
export const CHAIN_RULE = formula('autoregressive.chain_rule', 'Probability of a sequence, element by element', apply('sequenceModel', sym('sequence')), product(1, sym('length'), conditional('nextModel', sym('token', 'i'), sym('past', 'i')), 'i'), OORD_2016('eq. 1'));

// Mixtures
const [K, N, Nk, xi, share] = [sym('mixtureSize'), sym('dataSize'), sym('effectiveCount'), sym('dataPoint', 'i'), sym('pointShare', 'i')];
/** N(at; μ, σ² I) of the component that a letter numbers. */
export const component = (at: Expr, letter: Letter): Expr => gaussian(at, sym('mixtureMean', letter), pow(sym('mixtureDeviation', letter), 2));
export const weightedComponent = (letter: Letter): Expr => mul(sym('mixtureWeight', letter), component(x, letter));
export const overComponents = (body: Expr, letter: Letter = 'k'): Expr => sum(1, K, body, letter);
export const overData = (body: Expr): Expr => sum(1, N, body, 'i');
const SPHERICAL = 'spherical covariances; with full ones the variance is a matrix';
export const MIXTURE = formula('gmm.density', 'Density of a mixture', apply('mixtureDensity', x), overComponents(weightedComponent('k')), BISHOP_2006('eq. 9.7'), SPHERICAL);
export const RESPONSIBILITY = formula('gmm.responsibility', 'Responsibility of a component (E-step)', sym('responsibility', 'k'), div(weightedComponent('k'), overComponents(weightedComponent('j'), 'j')), BISHOP_2006('eq. 9.13'), SPHERICAL);
export const NEW_MEAN = formula('gmm.mean', 'New mean of a component (M-step)', 'newMean', mul(div(one, Nk), overData(mul(share, xi))), BISHOP_2006('eq. 9.17'));

// Scores
const [noisy, sigma] = [sym('noisy'), sym('noiseLevel')];
const network = apply('scoreNetwork', noisy, sigma);
export const kernelScore = gradient('noisy', log(conditional('kernel', noisy, x)));
export const SCORE_LOSS = formula('score.loss', 'Denoising score matching, one draw', 'scoreLoss', mul(pow(sigma, 2), normSq(sub(network, kernelScore))), SONG_2021_SDE('eq. 1'), 'weighted by σ²; other weights are in use');
export const SCORE_LOSS_NOISE = formula('score.loss.noise', 'Denoising score matching as code has it, one draw', 'scoreLoss', normSq(add(mul(sigma, network), sym('perturbation'))), SONG_2021_SDE('eq. 1'));

export const DENSITY_FORMULAS: readonly Formula[] = [
  GAME_VALUE, CHANGE_OF_VARIABLES, COUPLING, ENERGY_DENSITY, ENERGY_GRADIENT, LANGEVIN_STEP, CHAIN_RULE, MIXTURE, RESPONSIBILITY, NEW_MEAN, SCORE_LOSS, SCORE_LOSS_NOISE,
];
