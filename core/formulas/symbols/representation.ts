/** Symbols of beginnings and of representation: coins, mixtures, codes, singular vectors. */
import type { SymbolTable } from './table';

/** Code names: NumPy and SciPy, then Pyro. */
const BELIEFS = {
  headCount: {
    tex: 'k', spoken: 'k', colour: 6, codeNames: ['k', 'heads', 'successes', 'n_heads'],
    meaning: 'How many of the tosses were heads.',
  },
  priorHeads: {
    tex: 'a', spoken: 'a', colour: 0, codeNames: ['a', 'alpha', 'alpha0', 'concentration1'],
    meaning: 'The first number of a Beta distribution: it acts as heads that were seen before.',
  },
  priorTails: {
    tex: 'b', spoken: 'b', colour: 1, codeNames: ['b', 'beta', 'beta0', 'concentration0'],
    meaning: 'The second number of a Beta distribution: it acts as tails that were seen before.',
  },
  betaFunction: {
    tex: '\\mathrm{B}', spoken: 'the Beta function', colour: 3, codeNames: ['scipy.special.beta', 'betaln', 'lbeta'],
    meaning: 'The Beta function: what a Beta distribution is divided by so that it integrates to 1.',
  },
  beliefMean: {
    tex: '\\bar{\\theta}', spoken: 'theta bar', colour: 3, codeNames: ['posterior_mean', 'theta_mean', 'mean'],
    meaning: 'The mean of the posterior of the parameter.',
  },
  nextObservation: {
    tex: "x'", spoken: 'x prime', colour: 0, codeNames: ['x_new', 'x_next', 'new_obs'],
    meaning: 'The next observation, which has not been made yet.',
  },
  nextPredictive: {
    tex: 'p', spoken: 'p', colour: 6, codeNames: ['posterior_predictive', 'predictive', 'pred'],
    meaning: 'The posterior predictive: how probable the next observation is when only the data is known.',
  },
  posteriorCentre: {
    tex: '\\mu_N', spoken: 'mu capital N', colour: 6, codeNames: ['mu_n', 'post_mean', 'loc'],
    meaning: 'The mean of a Gaussian posterior after all N observations.',
  },
  posteriorSpread: {
    tex: '\\sigma_N', spoken: 'sigma capital N', colour: 0, codeNames: ['sigma_n', 'post_std', 'scale'],
    meaning: 'The standard deviation of a Gaussian posterior after all N observations.',
  },
  estimateDensity: {
    tex: 'p', spoken: 'p', colour: 5, codeNames: ['sampling_distribution', 'standard_error', 'sem'],
    meaning: 'How an estimate is distributed over repeated samples when the parameter is fixed.',
  },
} satisfies SymbolTable;

/** Code names: scikit-learn, then PyTorch. */
const CLASSIFIERS = {
  feature: {
    tex: 'x', spoken: 'x', colour: 0, codeNames: ['x', 'X', 'feature'],
    meaning: 'An example that is to be classified, as one number.',
  },
  classLabel: {
    tex: 'y', spoken: 'y', colour: 5, codeNames: ['y', 'target', 'label'],
    meaning: 'The class of an example: 1 or 0.',
  },
  observedClass: {
    tex: 'y_i', spoken: 'y i', colour: 5, codeNames: ['y', 'targets', 'labels'],
    meaning: 'The class of the i-th example of the data.',
  },
  pairJoint: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 6, codeNames: ['joint_log_likelihood', 'log_joint'],
    meaning: 'The joint probability that a model gives to an example together with its class.',
  },
  featureMarginal: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 3, codeNames: ['log_px', 'marginal'],
    meaning: 'The density that a model gives to an example when its class is not known.',
  },
  classShare: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 2, codeNames: ['class_prior_', 'priors_', 'priors'],
    meaning: 'How frequent a model finds a class before any example is seen.',
  },
  classDensity: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 4, codeNames: ['class_conditional', 'log_px_given_y'],
    meaning: 'How a model distributes the examples of one class.',
  },
  classPosterior: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 1, codeNames: ['predict_proba', 'probs', 'softmax'],
    meaning: 'How probable a model finds a class when the example is known: what a classifier puts out.',
  },
  jointObjective: {
    tex: 'L_{\\mathrm{joint}}', spoken: 'L joint', colour: 1, codeNames: ['joint_log_likelihood', 'log_joint'],
    meaning: 'The joint log-likelihood: how well parameters explain examples and classes together.',
  },
  conditionalObjective: {
    tex: 'L_{\\mathrm{cond}}', spoken: 'L conditional', colour: 2, codeNames: ['log_loss', 'cross_entropy', 'nll_loss'],
    meaning: 'The conditional log-likelihood: how well parameters explain the classes when the examples are known.',
  },
  marginalObjective: {
    tex: 'L_{\\mathrm{marg}}', spoken: 'L marginal', colour: 5, codeNames: ['log_px', 'score_samples'],
    meaning: 'The marginal log-likelihood: how well parameters explain the examples without their classes.',
  },
  generativeBest: {
    tex: '\\theta_{\\mathrm{G}}', spoken: 'theta G', colour: 3, codeNames: ['theta_gen', 'params'],
    meaning: 'The parameter that a generative model chooses: it makes the joint log-likelihood largest.',
  },
  discriminativeBest: {
    tex: '\\theta_{\\mathrm{D}}', spoken: 'theta D', colour: 6, codeNames: ['theta_disc', 'params'],
    meaning: 'The parameter that a discriminative model chooses: it makes the conditional log-likelihood largest.',
  },
  positiveMean: {
    tex: '\\mu_1', spoken: 'mu one', colour: 1, codeNames: ['mu1', 'means_[1]', 'theta_[1]'],
    meaning: 'The mean of the examples of class 1, a number.',
  },
  negativeMean: {
    tex: '\\mu_0', spoken: 'mu nought', colour: 5, codeNames: ['mu0', 'means_[0]', 'theta_[0]'],
    meaning: 'The mean of the examples of class 0, a number.',
  },
  classSpread: {
    tex: '\\sigma', spoken: 'sigma', colour: 6, codeNames: ['sigma', 'std', 'var_'],
    meaning: 'The standard deviation of the examples within a class, the same in both classes.',
  },
  positiveShare: {
    tex: '\\pi', spoken: 'the share pi', colour: 7, codeNames: ['pi', 'prior', 'class_prior_[1]'],
    meaning: 'The share of class 1 among all examples.',
  },
  logOdds: {
    tex: 'a', spoken: 'a', colour: 3, codeNames: ['logits', 'decision_function', 'logit'],
    meaning: 'The log-odds: the logarithm of how much more probable class 1 is than class 0.',
  },
  featureWeight: {
    tex: 'w', spoken: 'w', colour: 2, codeNames: ['coef_', 'w', 'weight'],
    meaning: 'The weight of logistic regression: what multiplies the example in the log-odds.',
  },
  featureBias: {
    tex: 'b', spoken: 'b', colour: 4, codeNames: ['intercept_', 'b', 'bias'],
    meaning: 'The bias of logistic regression: the log-odds where the example is zero.',
  },
  positiveCentre: {
    tex: '\\boldsymbol{\\mu}_1', spoken: 'vector mu one', colour: 3, codeNames: ['mu1', 'means_[1]'],
    meaning: 'The mean of the examples of class 1, a vector.',
  },
  negativeCentre: {
    tex: '\\boldsymbol{\\mu}_0', spoken: 'vector mu nought', colour: 5, codeNames: ['mu0', 'means_[0]'],
    meaning: 'The mean of the examples of class 0, a vector.',
  },
  sharedCovariance: {
    tex: '\\boldsymbol{\\Sigma}', spoken: 'Sigma', colour: 6, matrix: true, codeNames: ['covariance_', 'cov', 'Sigma'],
    meaning: 'The covariance matrix of the examples within a class, the same in both classes.',
  },
} satisfies SymbolTable;

/** Code names: SciPy, then usual NumPy code. */
const SHARED_DIVERGENCE = {
  midDistribution: {
    tex: 'm', spoken: 'm', colour: 5, codeNames: ['m', 'mixture', 'avg'],
    meaning: 'The mixture of two distributions in equal parts.',
  },
  sharedDivergence: {
    tex: '\\mathrm{JS}', spoken: 'the Jensen Shannon divergence', colour: 0, codeNames: ['jsd', 'js_divergence', 'jensenshannon'],
    meaning: 'The Jensen–Shannon divergence of two distributions over the same values, in nats.',
  },
  coinSide: {
    tex: 'z', spoken: 'z', colour: 3, codeNames: ['z', 'source', 'label'],
    meaning: 'The side of a fair coin: 0 where the value is drawn from p, 1 where it is drawn from q.',
  },
  coinJoint: {
    tex: 'r', spoken: 'r', colour: 4, codeNames: ['joint', 'p_xz'],
    meaning: 'The joint distribution of a value and the coin that chose where it was drawn from.',
  },
  coinPosterior: {
    tex: 'r', spoken: 'r', colour: 7, codeNames: ['posterior', 'discriminator', 'probs'],
    meaning: 'How probable each side of the coin is when the value is known.',
  },
} satisfies SymbolTable;

/** Code names: scikit-learn's GaussianMixture, then usual NumPy code. */
const ASCENT = {
  mixtureParameters: {
    tex: '\\theta', spoken: 'theta', colour: 0, codeNames: ['params', 'theta', '_get_parameters'],
    meaning: 'All weights, means and standard deviations of a mixture together.',
  },
  nextParameters: {
    tex: "\\theta'", spoken: 'theta prime', colour: 5, codeNames: ['params', 'new_params', '_set_parameters'],
    meaning: 'All weights, means and standard deviations of a mixture after the M-step.',
  },
  mixtureFit: {
    tex: '\\ell', spoken: 'ell', colour: 1, codeNames: ['log_likelihood', 'score', 'll'],
    meaning: 'The log-likelihood of all examples under a mixture, as a function of its parameters.',
  },
  anyAssignment: {
    tex: 'q', spoken: 'q', colour: 5, codeNames: ['q', 'resp'],
    meaning: 'Any assignment: for each example shares of the components that are positive and add up to 1.',
  },
  componentPosterior: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 4, codeNames: ['predict_proba', 'resp', 'responsibilities'],
    meaning: 'How probable each component is when the example is known, under the present parameters.',
  },
  nextPosterior: {
    tex: "p_{\\theta'}", spoken: 'p theta prime', colour: 2, codeNames: ['predict_proba', 'resp', 'responsibilities'],
    meaning: 'How probable each component is when the example is known, under the parameters after the M-step.',
  },
  freeEnergy: {
    tex: '\\mathcal{F}', spoken: 'capital F', colour: 6, codeNames: ['lower_bound_', 'elbo', 'free_energy'],
    meaning: 'The lower bound on the log-likelihood of all examples, as a function of an assignment and of parameters.',
  },
  weightMultiplier: {
    tex: '\\lambda', spoken: 'lambda', colour: 6, codeNames: ['lam', 'multiplier'],
    meaning: 'The Lagrange multiplier that makes the weights of a mixture add up to 1.',
  },
} satisfies SymbolTable;

export const REPRESENTATION_SYMBOLS = { ...BELIEFS, ...CLASSIFIERS, ...SHARED_DIVERGENCE, ...ASCENT };
