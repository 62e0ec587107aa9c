/** The symbols of what all models stand on: data, parameters, distributions. */
import type { SymbolTable } from './table';

const BAYES = {
  hypothesis: {
    tex: 'h', spoken: 'h', colour: 5, codeNames: ['h', 'hypothesis', 'model'],
    meaning: 'A hypothesis: one of several explanations, of which exactly one is true.',
  },
  rivalHypothesis: {
    tex: "h'", spoken: 'h prime', colour: 3, codeNames: ['h', 'other', 'rival'],
    meaning: 'Another hypothesis, or under a sum any of them.',
  },
  observedData: {
    tex: 'd', spoken: 'd', colour: 0, codeNames: ['data', 'd', 'obs'],
    meaning: 'What was observed first.',
  },
  laterData: {
    tex: "d'", spoken: 'd prime', colour: 7, codeNames: ['new_data', 'next_obs', 'data'],
    meaning: 'What was observed after the first data.',
  },
  hypothesisPrior: {
    tex: 'P', spoken: 'P', colour: 2, codeNames: ['prior', 'priors', 'log_prior'],
    meaning: 'The prior probability of a hypothesis, before anything was observed.',
  },
  hypothesisLikelihood: {
    tex: 'P', spoken: 'P', colour: 4, codeNames: ['likelihood', 'log_lik', 'lik'],
    meaning: 'The likelihood of a hypothesis: how probable the data is if the hypothesis is true.',
  },
  hypothesisJoint: {
    tex: 'P', spoken: 'P', colour: 6, codeNames: ['joint', 'joint_table'],
    meaning: 'The joint probability that a hypothesis is true and the data is observed.',
  },
  dataEvidence: {
    tex: 'P', spoken: 'P', colour: 7, codeNames: ['evidence', 'marginal', 'normalizer'],
    meaning: 'The evidence: how probable the data is when nobody knows which hypothesis is true.',
  },
  hypothesisPosterior: {
    tex: 'P', spoken: 'P', colour: 1, codeNames: ['posterior', 'belief'],
    meaning: 'The posterior probability of a hypothesis, after the data was observed.',
  },
  laterLikelihood: {
    tex: 'P', spoken: 'P', colour: 6, codeNames: ['likelihood', 'lik'],
    meaning: 'How probable the later data is if the hypothesis is true and the first data is known.',
  },
  predictive: {
    tex: 'P', spoken: 'P', colour: 4, codeNames: ['predictive', 'posterior_predictive'],
    meaning: 'The predictive probability of the later data when only the first data is known.',
  },
  laterPosterior: {
    tex: 'P', spoken: 'P', colour: 2, codeNames: ['posterior', 'belief'],
    meaning: 'The posterior probability of a hypothesis, after both pieces of data were observed.',
  },
} satisfies SymbolTable;

const ESTIMATES = {
  dataSet: {
    tex: '\\mathcal{D}', spoken: 'the data', colour: 5, codeNames: ['data', 'dataset', 'X'],
    meaning: 'The whole data: all observations together.',
  },
  observation: {
    tex: 'x_i', spoken: 'x i', colour: 0, codeNames: ['x', 'data', 'samples', 'obs'],
    meaning: 'The i-th observation of the data, a number.',
  },
  parameter: {
    tex: '\\theta', spoken: 'theta', colour: 4, codeNames: ['theta', 'param', 'mu'],
    meaning: 'The parameter of a distribution that is to be estimated, one number.',
  },
  datumLikelihood: {
    tex: 'p', spoken: 'p', colour: 2, codeNames: ['log_prob', 'likelihood', 'pdf'],
    meaning: 'How probable one observation is under given parameters.',
  },
  dataSetLikelihood: {
    tex: 'p', spoken: 'p', colour: 3, codeNames: ['likelihood', 'log_likelihood', 'nll'],
    meaning: 'The likelihood of parameters: how probable all observations together are under them.',
  },
  parameterPrior: {
    tex: 'p', spoken: 'p', colour: 1, codeNames: ['prior', 'log_prior', 'weight_decay'],
    meaning: 'The prior density of the parameters, before any observation.',
  },
  dataSetEvidence: {
    tex: 'p', spoken: 'p', colour: 7, codeNames: ['evidence', 'marginal_likelihood'],
    meaning: 'The density of all observations together when the parameters are drawn from their prior.',
  },
  parameterPosterior: {
    tex: 'p', spoken: 'p', colour: 2, codeNames: ['posterior', 'log_posterior'],
    meaning: 'The posterior density of the parameters, after all observations.',
  },
  likeliest: {
    tex: '\\theta_{\\mathrm{ML}}', spoken: 'theta M L', colour: 1, codeNames: ['theta_ml', 'mle', 'theta_hat'],
    meaning: 'The maximum likelihood estimate: the parameters under which the data is most probable.',
  },
  mostProbable: {
    tex: '\\theta_{\\mathrm{MAP}}', spoken: 'theta M A P', colour: 6, codeNames: ['theta_map', 'map_estimate'],
    meaning: 'The maximum a posteriori estimate: the parameters whose posterior density is largest.',
  },
  observationDeviation: {
    tex: '\\sigma', spoken: 'sigma', colour: 3, codeNames: ['sigma', 'noise_std', 'scale'],
    meaning: 'The standard deviation of one observation around the parameter; it is known.',
  },
  priorMean: {
    tex: 'm', spoken: 'm', colour: 5, codeNames: ['mu0', 'prior_mean', 'loc'],
    meaning: 'The mean of the prior of the parameter.',
  },
  priorDeviation: {
    tex: 's', spoken: 's', colour: 2, codeNames: ['sigma0', 'prior_std', 'tau'],
    meaning: 'The standard deviation of the prior of the parameter.',
  },
  dataShare: {
    tex: 'w', spoken: 'w', colour: 4, codeNames: ['w', 'weight', 'shrinkage'],
    meaning: 'The weight that the data has in the estimate; the prior has the rest.',
  },
  empirical: {
    tex: '\\hat{p}', spoken: 'p hat', colour: 5, codeNames: ['empirical', 'counts', 'freqs'],
    meaning: 'The empirical distribution: the share of a value among all observations.',
  },
  sameValue: {
    tex: '\\delta', spoken: 'delta', colour: 3, codeNames: ['eq', 'isclose', 'one_hot'],
    meaning: 'One where both of its arguments are the same, else zero.',
  },
} satisfies SymbolTable;

const DIVERGENCES = {
  outcome: {
    tex: 'x', spoken: 'x', colour: 6, codeNames: ['x', 'outcome', 'value'],
    meaning: 'A value that a random quantity can take.',
  },
  secondOutcome: {
    tex: 'y', spoken: 'y', colour: 0, codeNames: ['y', 'outcome', 'value'],
    meaning: 'A value that a second random quantity can take.',
  },
  outcomePair: {
    tex: '(x, y)', spoken: 'pairs of x and y', colour: 7, codeNames: ['xy', 'pair', 'joint'],
    meaning: 'A pair of values of two random quantities, taken as one outcome.',
  },
  firstDistribution: {
    tex: 'p', spoken: 'p', colour: 2, codeNames: ['p', 'target', 'input'],
    meaning: 'A distribution: the one under which means are taken.',
  },
  secondDistribution: {
    tex: 'q', spoken: 'q', colour: 1, codeNames: ['q', 'pred', 'model'],
    meaning: 'Another distribution over the same values: the one that is compared, or believed.',
  },
  positiveNumber: {
    tex: 'u', spoken: 'u', colour: 0, codeNames: ['u', 'x', 'ratio'],
    meaning: 'Any number greater than zero.',
  },
  tangentGap: {
    tex: 'g', spoken: 'g', colour: 5, codeNames: ['gap', 'k3', 'approx_kl'],
    meaning: 'How far the logarithm lies below the line that touches it at 1.',
  },
  positiveFunction: {
    tex: 'f', spoken: 'f', colour: 4, codeNames: ['f', 'weights', 'ratio'],
    meaning: 'A function of the outcome whose values are all greater than zero.',
  },
  functionMean: {
    tex: '\\bar{f}', spoken: 'f bar', colour: 3, codeNames: ['mean', 'avg', 'f_mean'],
    meaning: 'The mean of the function over all outcomes.',
  },
  firstJoint: {
    tex: 'p', spoken: 'p', colour: 4, codeNames: ['p_xy', 'joint', 'p'],
    meaning: 'The joint distribution of two quantities: the one under which means are taken.',
  },
  secondJoint: {
    tex: 'q', spoken: 'q', colour: 3, codeNames: ['q_xy', 'joint', 'q'],
    meaning: 'Another joint distribution of the same two quantities: the one that is compared.',
  },
  firstConditional: {
    tex: 'p', spoken: 'p', colour: 5, codeNames: ['p_y_given_x', 'cond', 'p'],
    meaning: 'The distribution of the second quantity when the first is known, under the first joint distribution.',
  },
  secondConditional: {
    tex: 'q', spoken: 'q', colour: 7, codeNames: ['q_y_given_x', 'cond', 'q'],
    meaning: 'The distribution of the second quantity when the first is known, under the other joint distribution.',
  },
  firstOther: {
    tex: 'p', spoken: 'p', colour: 4, codeNames: ['p_y', 'p'],
    meaning: 'The distribution of the second quantity alone, under the first joint distribution.',
  },
  secondOther: {
    tex: 'q', spoken: 'q', colour: 3, codeNames: ['q_y', 'q'],
    meaning: 'The distribution of the second quantity alone, under the other joint distribution.',
  },
  outcomeCount: {
    tex: 'K', spoken: 'capital K', colour: 7, codeNames: ['num_classes', 'K', 'n'],
    meaning: 'How many values a random quantity can take.',
  },
  uniform: {
    tex: 'u', spoken: 'u', colour: 3, codeNames: ['uniform', 'u'],
    meaning: 'The uniform distribution: every value is equally probable.',
  },
  label: {
    tex: 'c', spoken: 'c', colour: 5, codeNames: ['label', 'target', 'y'],
    meaning: 'The label: the value that was really observed.',
  },
  labelDistribution: {
    tex: 'y_c', spoken: 'y c', colour: 4, codeNames: ['one_hot', 'y', 'targets'],
    meaning: 'The one-hot distribution of a label: one at the label and zero at every other value.',
  },
  codeLength: {
    tex: '\\ell', spoken: 'ell', colour: 5, codeNames: ['bits', 'code_length', 'nbits'],
    meaning: 'The length of the code word of a value in bits, in a code that is best for q.',
  },
  crossEntropyBits: {
    tex: '\\mathrm{H}_2', spoken: 'H two', colour: 0, codeNames: ['bits', 'bpd', 'bpc'],
    meaning: 'The cross-entropy with logarithms to the base 2, in bits.',
  },
} satisfies SymbolTable;

const GAUSSIANS = {
  firstCentre: { tex: '\\mu_p', spoken: 'mu p', colour: 3, codeNames: ['mu', 'loc', 'mean'], meaning: 'The mean of the first of two Gaussians on the line.' },
  firstSpread: { tex: '\\sigma_p', spoken: 'sigma p', colour: 4, codeNames: ['std', 'scale', 'sigma'], meaning: 'The standard deviation of the first of two Gaussians on the line.' },
  secondCentre: { tex: '\\mu_q', spoken: 'mu q', colour: 5, codeNames: ['prior_mu', 'loc', 'mean'], meaning: 'The mean of the second of two Gaussians on the line.' },
  secondSpread: { tex: '\\sigma_q', spoken: 'sigma q', colour: 7, codeNames: ['prior_std', 'scale', 'sigma'], meaning: 'The standard deviation of the second of two Gaussians on the line.' },
  component: { tex: 'x_j', spoken: 'x j', colour: 6, codeNames: ['x', 'x[..., j]'], meaning: 'The j-th component of a point.' },
  firstDensity: { tex: 'p', spoken: 'p', colour: 2, codeNames: ['p', 'q_z', 'posterior'], meaning: 'The first of two Gaussian densities of points: the one under which means are taken.' },
  secondDensity: { tex: 'q', spoken: 'q', colour: 1, codeNames: ['q', 'p_z', 'prior'], meaning: 'The second of two Gaussian densities of points: the one that is compared.' },
  firstMeans: { tex: '\\mu_{pj}', spoken: 'mu p j', colour: 3, codeNames: ['mu', 'loc', 'mean'], meaning: 'The mean of component j under the first density.' },
  firstSpreads: { tex: '\\sigma_{pj}', spoken: 'sigma p j', colour: 4, codeNames: ['std', 'scale', 'sigma'], meaning: 'The standard deviation of component j under the first density.' },
  secondMeans: { tex: '\\mu_{qj}', spoken: 'mu q j', colour: 5, codeNames: ['prior_mu', 'loc', 'mean'], meaning: 'The mean of component j under the second density.' },
  secondSpreads: { tex: '\\sigma_{qj}', spoken: 'sigma q j', colour: 7, codeNames: ['prior_std', 'scale', 'sigma'], meaning: 'The standard deviation of component j under the second density.' },
  firstMean: { tex: '\\boldsymbol{\\mu}_p', spoken: 'vector mu p', colour: 3, codeNames: ['mu', 'loc', 'mean'], meaning: 'The mean of the first density of points, a vector.' },
  secondMean: { tex: '\\boldsymbol{\\mu}_q', spoken: 'vector mu q', colour: 6, codeNames: ['prior_mu', 'loc', 'mean'], meaning: 'The mean of the second density of points, a vector.' },
  firstCovariance: { tex: '\\boldsymbol{\\Sigma}_p', spoken: 'Sigma p', colour: 4, matrix: true, codeNames: ['cov', 'covariance_matrix', 'Sigma'], meaning: 'The covariance matrix of the first density of points.' },
  secondCovariance: { tex: '\\boldsymbol{\\Sigma}_q', spoken: 'Sigma q', colour: 7, matrix: true, codeNames: ['prior_cov', 'covariance_matrix', 'Sigma'], meaning: 'The covariance matrix of the second density of points.' },
  standardDensity: { tex: 'r', spoken: 'r', colour: 1, codeNames: ['prior', 'standard_normal', 'p_z'], meaning: 'The standard normal density of points.' },
  zeroVector: { tex: '\\mathbf{0}', spoken: 'the zero vector', colour: 6, codeNames: ['zeros', 'torch.zeros', 'np.zeros'], meaning: 'The vector whose components are all zero.' },
  identityMatrix: { tex: '\\mathbf{I}', spoken: 'the identity matrix', colour: 7, matrix: true, codeNames: ['eye', 'torch.eye', 'np.eye'], meaning: 'The identity matrix: ones on the diagonal and zeros elsewhere.' },
} satisfies SymbolTable;

const GRADIENTS = {
  exponentialSum: { tex: 'Z', spoken: 'capital Z', colour: 5, codeNames: ['denom', 'Z', 'sum_exp'], meaning: 'The sum of the exponentials of all logits: what the softmax divides by.' },
  logitShift: { tex: 'c', spoken: 'c', colour: 1, codeNames: ['max', 'shift', 'c'], meaning: 'A number that is added to all logits, or taken from all of them.' },
  labelLoss: { tex: '\\ell', spoken: 'ell', colour: 6, codeNames: ['loss', 'cross_entropy', 'nll'], meaning: 'The cross-entropy of one label with the predicted probabilities, in nats.' },
  weights: { tex: '\\mathbf{w}', spoken: 'w', colour: 0, codeNames: ['w', 'params', 'theta'], meaning: 'The weights: the variable of the function that is minimised, which may be any point.' },
  otherWeights: { tex: '\\mathbf{u}', spoken: 'u', colour: 5, codeNames: ['w_new', 'u'], meaning: 'Any other point at which the function that is minimised is evaluated.' },
  iterate: { tex: '\\mathbf{w}_k', spoken: 'w k', colour: 0, codeNames: ['w', 'params', 'theta'], meaning: 'The weights after k steps of gradient descent.' },
  optimum: { tex: '\\mathbf{w}^{*}', spoken: 'w star', colour: 6, codeNames: ['w_star', 'w_opt'], meaning: 'The weights at which the function is smallest.' },
  objective: { tex: 'f', spoken: 'f', colour: 2, codeNames: ['f', 'loss', 'loss_fn'], meaning: 'The function that gradient descent makes small.' },
  curvature: { tex: '\\mathbf{A}', spoken: 'A', colour: 4, matrix: true, codeNames: ['A', 'H', 'hessian'], meaning: 'The matrix of second derivatives of the function, symmetric with positive eigenvalues.' },
  linearTerm: { tex: '\\mathbf{b}', spoken: 'b', colour: 1, codeNames: ['b', 'rhs'], meaning: 'The vector that meets the weights in the linear term of the function.' },
  learningRate: { tex: '\\eta', spoken: 'eta', colour: 7, codeNames: ['lr', 'learning_rate', 'eta'], meaning: 'The learning rate: how far one step goes along the negative gradient.' },
  eigenvector: { tex: '\\mathbf{v}_i', spoken: 'v i', colour: 3, codeNames: ['eigvecs', 'V'], meaning: 'The i-th eigenvector of the curvature, of length 1: a direction that the matrix only stretches.' },
  eigenvalue: { tex: '\\lambda_i', spoken: 'lambda i', colour: 1, codeNames: ['eigvals', 'lam'], meaning: 'The i-th eigenvalue of the curvature: how strongly the function bends along its eigenvector.' },
  largestCurvature: { tex: 'L', spoken: 'capital L', colour: 3, codeNames: ['L', 'lipschitz', 'eig_max'], meaning: 'The largest eigenvalue of the curvature: how strongly the function bends at most.' },
  smallestCurvature: { tex: 'm', spoken: 'm', colour: 4, codeNames: ['m', 'mu', 'eig_min'], meaning: 'The smallest eigenvalue of the curvature: how strongly the function bends at least.' },
} satisfies SymbolTable;

export const FOUNDATION_SYMBOLS = { ...BAYES, ...ESTIMATES, ...DIVERGENCES, ...GAUSSIANS, ...GRADIENTS };
