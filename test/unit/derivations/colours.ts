/**
 * Pairs of symbols that stand in one line in the same colour, since there are more symbols than the eight colours: each pair is told apart by its place.
 * t and T are indices and never compared.
 */
const FOUNDATIONS: readonly string[] = [];
const LATENT: readonly string[] = [];
const DIFFUSION = ['alphaBarPrev z', 'betaTilde xPrev', 'beta eta', 'alpha x0Theta', 'mu xPrev', 'epsilon epsilonTheta'];
const CHAINS = [
  'alpha lossStep', 'alphaBarPrev dimensions', 'beta forwardPosterior', 'elbo startDensity', 'elbo xEnd', 'epsilon mu', 'epsilonTheta mu',
  'evidence xPrev', 'forwardJoint x0', 'forwardKernel xFirst', 'forwardStep trio', 'forwardTrio xBeforeEnd', 'forwardTrio xNext', 'lossPrior lossStep',
  'muTheta sigma', 'muTheta x0', 'noiseBefore xPrev', 'posteriorExponent xt', 'reverseStep xt', 'sigma x0', 'startDensity xEnd', 'xBeforeEnd xNext',
];
const WORDS: readonly string[] = [];
const DENSITIES = ['mixtureDensity mixtureSize'];

export const SAME_COLOUR: ReadonlySet<string> = new Set([...FOUNDATIONS, ...LATENT, ...DIFFUSION, ...CHAINS, ...WORDS, ...DENSITIES]);
