/** Symbols of beginnings and of representation: coins, mixtures, codes, singular vectors. */
import type { SymbolTable } from './table';

/** Code names: NumPy and SciPy, then Pyro. */
const BELIEFS = {
  headCount: { tex: 'k', spoken: 'k', colour: 6, codeNames: ['k', 'heads', 'successes', 'n_heads'], meaning: 'How many of the tosses were heads.' },
  priorHeads: { tex: 'a', spoken: 'a', colour: 0, codeNames: ['a', 'alpha', 'alpha0', 'concentration1'], meaning: 'The first number of a Beta distribution: it acts as heads that were seen before.' },
  priorTails: { tex: 'b', spoken: 'b', colour: 1, codeNames: ['b', 'beta', 'beta0', 'concentration0'], meaning: 'The second number of a Beta distribution: it acts as tails that were seen before.' },
  betaFunction: { tex: '\\mathrm{B}', spoken: 'the Beta function', colour: 3, codeNames: ['scipy.special.beta', 'betaln', 'lbeta'], meaning: 'The Beta function: what a Beta distribution is divided by so that it integrates to 1.' },
  beliefMean: { tex: '\\bar{\\theta}', spoken: 'theta bar', colour: 3, codeNames: ['posterior_mean', 'theta_mean', 'mean'], meaning: 'The mean of the posterior of the parameter.' },
  nextObservation: { tex: "x'", spoken: 'x prime', colour: 0, codeNames: ['x_new', 'x_next', 'new_obs'], meaning: 'The next observation, which has not been made yet.' },
  nextPredictive: { tex: 'p', spoken: 'p', colour: 6, codeNames: ['posterior_predictive', 'predictive', 'pred'], meaning: 'The posterior predictive: how probable the next observation is when only the data is known.' },
  posteriorCentre: { tex: '\\mu_N', spoken: 'mu capital N', colour: 6, codeNames: ['mu_n', 'post_mean', 'loc'], meaning: 'The mean of a Gaussian posterior after all N observations.' },
  posteriorSpread: { tex: '\\sigma_N', spoken: 'sigma capital N', colour: 0, codeNames: ['sigma_n', 'post_std', 'scale'], meaning: 'The standard deviation of a Gaussian posterior after all N observations.' },
  estimateDensity: { tex: 'p', spoken: 'p', colour: 5, codeNames: ['sampling_distribution', 'standard_error', 'sem'], meaning: 'How an estimate is distributed over repeated samples when the parameter is fixed.' },
} satisfies SymbolTable;

/** Code names: scikit-learn, then PyTorch. */
const CLASSIFIERS = {
  feature: { tex: 'x', spoken: 'x', colour: 0, codeNames: ['x', 'X', 'feature'], meaning: 'An example that is to be classified, as one number.' },
  classLabel: { tex: 'y', spoken: 'y', colour: 5, codeNames: ['y', 'target', 'label'], meaning: 'The class of an example: 1 or 0.' },
  otherClass: { tex: "y'", spoken: 'y prime', colour: 7, codeNames: ['classes', 'range(n_classes)', 'other'], meaning: 'Any of the two classes, under a sum over both of them.' },
  observedClass: { tex: 'y_i', spoken: 'y i', colour: 5, codeNames: ['y', 'targets', 'labels'], meaning: 'The class of the i-th example of the data.' },
  pairJoint: { tex: 'p_\\theta', spoken: 'p theta', colour: 6, codeNames: ['joint_log_likelihood', 'log_joint'], meaning: 'The joint probability that a model gives to an example together with its class.' },
  featureMarginal: { tex: 'p_\\theta', spoken: 'p theta', colour: 3, codeNames: ['log_px', 'marginal'], meaning: 'The density that a model gives to an example when its class is not known.' },
  classShare: { tex: 'p_\\theta', spoken: 'p theta', colour: 2, codeNames: ['class_prior_', 'priors_', 'priors'], meaning: 'How frequent a model finds a class before any example is seen.' },
  classDensity: { tex: 'p_\\theta', spoken: 'p theta', colour: 4, codeNames: ['class_conditional', 'log_px_given_y'], meaning: 'How a model distributes the examples of one class.' },
  classPosterior: { tex: 'p_\\theta', spoken: 'p theta', colour: 1, codeNames: ['predict_proba', 'probs', 'softmax'], meaning: 'How probable a model finds a class when the example is known: what a classifier puts out.' },
  jointObjective: { tex: 'L_{\\mathrm{joint}}', spoken: 'L joint', colour: 1, codeNames: ['joint_log_likelihood', 'log_joint'], meaning: 'The joint log-likelihood: how well parameters explain examples and classes together.' },
  conditionalObjective: { tex: 'L_{\\mathrm{cond}}', spoken: 'L conditional', colour: 2, codeNames: ['log_loss', 'cross_entropy', 'nll_loss'], meaning: 'The conditional log-likelihood: how well parameters explain the classes when the examples are known.' },
  marginalObjective: { tex: 'L_{\\mathrm{marg}}', spoken: 'L marginal', colour: 5, codeNames: ['log_px', 'score_samples'], meaning: 'The marginal log-likelihood: how well parameters explain the examples without their classes.' },
  generativeBest: { tex: '\\theta_{\\mathrm{G}}', spoken: 'theta G', colour: 3, codeNames: ['theta_gen', 'params'], meaning: 'The parameter that a generative model chooses: it makes the joint log-likelihood largest.' },
  discriminativeBest: { tex: '\\theta_{\\mathrm{D}}', spoken: 'theta D', colour: 6, codeNames: ['theta_disc', 'params'], meaning: 'The parameter that a discriminative model chooses: it makes the conditional log-likelihood largest.' },
  positiveMean: { tex: '\\mu_1', spoken: 'mu one', colour: 1, codeNames: ['mu1', 'means_[1]', 'theta_[1]'], meaning: 'The mean of the examples of class 1, a number.' },
  negativeMean: { tex: '\\mu_0', spoken: 'mu nought', colour: 5, codeNames: ['mu0', 'means_[0]', 'theta_[0]'], meaning: 'The mean of the examples of class 0, a number.' },
  classSpread: { tex: '\\sigma', spoken: 'sigma', colour: 6, codeNames: ['sigma', 'std', 'var_'], meaning: 'The standard deviation of the examples within a class, the same in both classes.' },
  positiveShare: { tex: '\\pi', spoken: 'the share pi', colour: 7, codeNames: ['pi', 'prior', 'class_prior_[1]'], meaning: 'The share of class 1 among all examples.' },
  logOdds: { tex: 'a', spoken: 'a', colour: 3, codeNames: ['logits', 'decision_function', 'logit'], meaning: 'The log-odds: the logarithm of how much more probable class 1 is than class 0.' },
  featureWeight: { tex: 'w', spoken: 'w', colour: 2, codeNames: ['coef_', 'w', 'weight'], meaning: 'The weight of logistic regression: what multiplies the example in the log-odds.' },
  featureBias: { tex: 'b', spoken: 'b', colour: 4, codeNames: ['intercept_', 'b', 'bias'], meaning: 'The bias of logistic regression: the log-odds where the example is zero.' },
  positiveCentre: { tex: '\\boldsymbol{\\mu}_1', spoken: 'vector mu one', colour: 3, codeNames: ['mu1', 'means_[1]'], meaning: 'The mean of the examples of class 1, a vector.' },
  negativeCentre: { tex: '\\boldsymbol{\\mu}_0', spoken: 'vector mu nought', colour: 5, codeNames: ['mu0', 'means_[0]'], meaning: 'The mean of the examples of class 0, a vector.' },
  sharedCovariance: { tex: '\\boldsymbol{\\Sigma}', spoken: 'Sigma', colour: 6, matrix: true, codeNames: ['covariance_', 'cov', 'Sigma'], meaning: 'The covariance matrix of the examples within a class, the same in both classes.' },
} satisfies SymbolTable;

/** Code names: SciPy, then usual NumPy code. */
const SHARED_DIVERGENCE = {
  midDistribution: { tex: 'm', spoken: 'm', colour: 5, codeNames: ['m', 'mixture', 'avg'], meaning: 'The mixture of two distributions in equal parts.' },
  sharedDivergence: { tex: '\\mathrm{JS}', spoken: 'the Jensen Shannon divergence', colour: 0, codeNames: ['jsd', 'js_divergence', 'jensenshannon'], meaning: 'The Jensen–Shannon divergence of two distributions over the same values, in nats.' },
  coinSide: { tex: 'z', spoken: 'z', colour: 3, codeNames: ['z', 'source', 'label'], meaning: 'The side of a fair coin: 0 where the value is drawn from p, 1 where it is drawn from q.' },
  coinJoint: { tex: 'r', spoken: 'r', colour: 4, codeNames: ['joint', 'p_xz'], meaning: 'The joint distribution of a value and the coin that chose where it was drawn from.' },
  coinPosterior: { tex: 'r', spoken: 'r', colour: 7, codeNames: ['posterior', 'discriminator', 'probs'], meaning: 'How probable each side of the coin is when the value is known.' },
} satisfies SymbolTable;

/** Code names: scikit-learn's GaussianMixture, then usual NumPy code. */
const ASCENT = {
  mixtureParameters: { tex: '\\theta', spoken: 'theta', colour: 0, codeNames: ['params', 'theta', '_get_parameters'], meaning: 'All weights, means and standard deviations of a mixture together.' },
  nextParameters: { tex: "\\theta'", spoken: 'theta prime', colour: 5, codeNames: ['params', 'new_params', '_set_parameters'], meaning: 'All weights, means and standard deviations of a mixture after the M-step.' },
  mixtureFit: { tex: '\\ell', spoken: 'ell', colour: 1, codeNames: ['log_likelihood', 'score', 'll'], meaning: 'The log-likelihood of all examples under a mixture, as a function of its parameters.' },
  anyAssignment: { tex: 'q', spoken: 'q', colour: 5, codeNames: ['q', 'resp'], meaning: 'Any assignment: for each example shares of the components that are positive and add up to 1.' },
  componentPosterior: { tex: 'p_\\theta', spoken: 'p theta', colour: 4, codeNames: ['predict_proba', 'resp', 'responsibilities'], meaning: 'How probable each component is when the example is known, under the present parameters.' },
  nextPosterior: { tex: "p_{\\theta'}", spoken: 'p theta prime', colour: 2, codeNames: ['predict_proba', 'resp', 'responsibilities'], meaning: 'How probable each component is when the example is known, under the parameters after the M-step.' },
  freeEnergy: { tex: '\\mathcal{F}', spoken: 'capital F', colour: 6, codeNames: ['lower_bound_', 'elbo', 'free_energy'], meaning: 'The lower bound on the log-likelihood of all examples, as a function of an assignment and of parameters.' },
  weightMultiplier: { tex: '\\lambda', spoken: 'lambda', colour: 6, codeNames: ['lam', 'multiplier'], meaning: 'The Lagrange multiplier that makes the weights of a mixture add up to 1.' },
} satisfies SymbolTable;

/** Code names: PyTorch's examples, then Keras. */
const RECONSTRUCTION = {
  pointReconstruction: { tex: '\\hat{\\mathbf{x}}_i', spoken: 'x hat i', colour: 6, codeNames: ['x_hat', 'recon', 'decoded', 'outputs'], meaning: 'The reconstruction of the i-th example: what the decoder makes of its code.' },
  squaredErrors: { tex: 'S', spoken: 'capital S', colour: 5, codeNames: ['sse', 'recon_loss', 'F.mse_loss(reduction="sum")'], meaning: 'The squared errors of all reconstructions, summed over components and examples.' },
  outputBit: { tex: 'b', spoken: 'b', colour: 5, codeNames: ['probs', 'recon', 'x_hat'], meaning: 'The probability of a 1 that the decoder gives to one component, after the sigmoid.' },
} satisfies SymbolTable;

/** Code names: scikit-learn's PCA, then NumPy. */
const PRINCIPAL = {
  covariance: { tex: '\\mathbf{C}', spoken: 'C', colour: 4, matrix: true, codeNames: ['cov', 'np.cov', 'get_covariance', 'C'], meaning: 'The covariance matrix of centred data, with 1/N in front.' },
  coordinateVector: { tex: '\\mathbf{e}_j', spoken: 'e j', colour: 6, codeNames: ['np.eye', 'one_hot', 'e'], meaning: 'The direction of the j-th feature: one at its place and zero elsewhere.' },
  extractionDirection: { tex: '\\mathbf{w}', spoken: 'w', colour: 1, codeNames: ['w', 'components_[0]', 'weight'], meaning: 'Any direction of length 1 along which one number is extracted from an example.' },
  principalDirection: { tex: '\\mathbf{v}_j', spoken: 'v j', colour: 2, codeNames: ['components_', 'eigvecs', 'V'], meaning: 'The j-th principal direction: an eigenvector of the covariance matrix, of length 1.' },
  principalVariance: { tex: '\\lambda_j', spoken: 'lambda j', colour: 3, codeNames: ['explained_variance_', 'eigvals', 'lam'], meaning: 'The variance of the data along the j-th principal direction, the largest first.' },
  selectionMatrix: { tex: '\\mathbf{S}', spoken: 'S', colour: 6, matrix: true, codeNames: ['get_support', 'mask', 'X[:, idx]'], meaning: 'The matrix that selects k features: each row is the direction of another feature.' },
} satisfies SymbolTable;

/** Code names: NumPy's and PyTorch's linalg.svd. */
const SINGULAR = {
  anyMatrix: { tex: '\\mathbf{A}', spoken: 'A', colour: 7, matrix: true, codeNames: ['A', 'M', 'X', 'weight'], meaning: 'Any matrix with D columns and at least as many rows.' },
  leftVectors: { tex: '\\mathbf{U}', spoken: 'U', colour: 1, matrix: true, codeNames: ['U', 'u'], meaning: 'The matrix whose columns are the left singular vectors.' },
  rightVectors: { tex: '\\mathbf{V}', spoken: 'V', colour: 2, matrix: true, codeNames: ['V', 'Vh.T', 'Vt.T'], meaning: 'The matrix whose columns are the right singular vectors.' },
  singularMatrix: { tex: '\\boldsymbol{\\Sigma}', spoken: 'Sigma', colour: 3, matrix: true, codeNames: ['np.diag(S)', 'torch.diag(S)', 'S'], meaning: 'The diagonal matrix of the singular values.' },
  singularValue: { tex: '\\sigma_j', spoken: 'sigma j', colour: 4, codeNames: ['S', 's', 'svdvals'], meaning: 'The j-th singular value, not negative, the largest first.' },
  leftVector: { tex: '\\mathbf{u}_j', spoken: 'u j', colour: 1, codeNames: ['U[:, j]', 'u'], meaning: 'The j-th left singular vector, of length 1: where the matrix takes the right one to.' },
  rightVector: { tex: '\\mathbf{v}_j', spoken: 'v j', colour: 2, codeNames: ['Vh[j]', 'Vt[j]', 'v'], meaning: 'The j-th right singular vector, of length 1.' },
  anyPoint: { tex: '\\mathbf{x}', spoken: 'x', colour: 0, codeNames: ['x', 'v'], meaning: 'Any vector that the matrix is applied to.' },
} satisfies SymbolTable;

/** Code names: usual NumPy code, then scikit-learn's TruncatedSVD and PCA. */
const LOW_RANK = {
  truncatedMatrix: { tex: '\\mathbf{A}_k', spoken: 'A k', colour: 6, matrix: true, codeNames: ['A_k', '(U[:, :k] * S[:k]) @ Vh[:k]', 'truncated'], meaning: 'The matrix that is left when only the k largest singular values are kept.' },
  lowRankMatrix: { tex: '\\mathbf{B}', spoken: 'B', colour: 3, matrix: true, codeNames: ['B', 'A_hat', 'approx'], meaning: 'Any matrix of the same shape whose rank is at most k.' },
  columnBasis: { tex: '\\mathbf{Q}', spoken: 'Q', colour: 6, matrix: true, codeNames: ['Q', 'np.linalg.qr', 'basis'], meaning: 'The matrix whose k columns have length 1 and stand at right angles to each other.' },
  rankFactor: { tex: '\\mathbf{Z}', spoken: 'Z', colour: 2, matrix: true, codeNames: ['Z', 'coef', 'R'], meaning: 'The coordinates of the columns of a matrix in the basis Q.' },
  keptShare: { tex: '\\omega_j', spoken: 'omega j', colour: 0, codeNames: ['share', 'w', 'leverage'], meaning: 'The share of the j-th direction that a projection keeps, from 0 to 1.' },
  spaceDeficit: { tex: '\\Delta', spoken: 'Delta', colour: 1, codeNames: ['deficit', 'gap'], meaning: 'How much less a space of k dimensions keeps than the best such space.' },
  encoderMatrix: { tex: '\\mathbf{W}', spoken: 'W', colour: 1, matrix: true, codeNames: ['encoder.weight', 'W', 'components_'], meaning: 'The weights of a linear encoder, k rows for D components.' },
  decoderMatrix: { tex: '\\mathbf{B}', spoken: 'B', colour: 5, matrix: true, codeNames: ['decoder.weight', 'B', 'components_.T'], meaning: 'The weights of a linear decoder, D rows for k units.' },
  bestEncoder: { tex: '\\mathbf{W}_{*}', spoken: 'W star', colour: 7, matrix: true, codeNames: ['np.linalg.pinv', 'pinv', 'lstsq'], meaning: 'The linear encoder that is best for a given decoder.' },
  linearLoss: { tex: 'L', spoken: 'capital L', colour: 2, codeNames: ['loss', 'mse', 'recon_loss'], meaning: 'The loss of a linear autoencoder: the squared error of its reconstructions, averaged over examples.' },
  leadingDirections: { tex: '\\mathbf{V}_k', spoken: 'V k', colour: 0, matrix: true, codeNames: ['components_.T', 'V[:, :k]', 'eigvecs[:, -k:]'], meaning: 'The matrix whose columns are the first k principal directions.' },
  codeMixing: { tex: '\\mathbf{G}', spoken: 'G', colour: 6, matrix: true, codeNames: ['G', 'R', 'mixing'], meaning: 'Any square matrix with an inverse, which mixes the k units of a code.' },
} satisfies SymbolTable;

/** Code names: PyTorch's nn.Embedding, then usual NumPy code. */
const EMBEDDING = {
  embeddingMatrix: { tex: '\\mathbf{E}', spoken: 'E', colour: 4, matrix: true, codeNames: ['embedding.weight', 'wte', 'syn0', 'E'], meaning: 'The embedding matrix: one row of D numbers for each of the V words.' },
  embeddingRow: { tex: '\\mathbf{e}_j', spoken: 'e j', colour: 2, codeNames: ['weight[j]', 'E[j]', 'wv[word]'], meaning: 'The j-th row of the embedding matrix, written as a column: the vector of the j-th word.' },
  wordIndicator: { tex: '\\mathbf{y}', spoken: 'y', colour: 1, codeNames: ['one_hot', 'F.one_hot', 'np.eye(V)[k]'], meaning: 'The one-hot vector of a word: one at the place of the word and zero at all others.' },
  indicatorEntry: { tex: 'y_j', spoken: 'y j', colour: 1, codeNames: ['one_hot[j]', 'y[j]'], meaning: 'The j-th entry of the one-hot vector of a word.' },
  otherIndicator: { tex: "\\mathbf{y}'", spoken: 'y prime', colour: 0, codeNames: ['one_hot', 'other'], meaning: 'The one-hot vector of another word, the one with the number l.' },
  lookedUp: { tex: '\\mathbf{h}', spoken: 'h', colour: 5, codeNames: ['embedded', 'emb', 'x', 'h'], meaning: 'What the first layer puts out for a word.' },
  linearWeight: { tex: '\\mathbf{W}', spoken: 'W', colour: 6, matrix: true, codeNames: ['linear.weight', 'fc.weight', 'W'], meaning: 'The weights of a linear layer without bias, from V numbers to D.' },
  laterLoss: { tex: '\\ell', spoken: 'ell', colour: 0, codeNames: ['loss', 'loss_fn', 'criterion'], meaning: 'The loss as a function of what the first layer puts out: all that comes after it.' },
  lookupGradient: { tex: '\\mathbf{g}', spoken: 'g', colour: 3, codeNames: ['h.grad', 'grad_output', 'g'], meaning: 'The gradient of the loss by what the first layer puts out.' },
  updatedRow: { tex: "\\mathbf{e}'_j", spoken: 'e prime j', colour: 5, codeNames: ['weight[j]', 'E[j]'], meaning: 'The vector of the j-th word after a step of gradient descent.' },
  batchIndicator: { tex: '\\mathbf{y}_i', spoken: 'y i', colour: 1, codeNames: ['one_hot', 'F.one_hot(ids)'], meaning: 'The one-hot vector of the word at the i-th place of a text.' },
  batchVector: { tex: '\\mathbf{h}_i', spoken: 'h i', colour: 5, codeNames: ['embedded', 'emb', 'x'], meaning: 'What the first layer puts out for the word at the i-th place of a text.' },
  batchGradient: { tex: '\\mathbf{g}_i', spoken: 'g i', colour: 3, codeNames: ['grad_output', 'h.grad'], meaning: 'The gradient of the loss at the i-th place by what the first layer puts out there.' },
} satisfies SymbolTable;

/** Code names: PyTorch's functional, then NumPy. */
const SIMILARITY = {
  firstVector: { tex: '\\mathbf{a}', spoken: 'a', colour: 1, codeNames: ['a', 'x1', 'query', 'u'], meaning: 'The first of two vectors that are compared, not zero.' },
  secondVector: { tex: '\\mathbf{b}', spoken: 'b', colour: 2, codeNames: ['b', 'x2', 'key', 'v'], meaning: 'The second of two vectors that are compared, not zero.' },
  cosine: { tex: '\\cos', spoken: 'cosine similarity', colour: 5, codeNames: ['F.cosine_similarity', 'cosine_similarity', 'cos', 'similarity'], meaning: 'The cosine similarity of two vectors: the cosine of the angle between them, from −1 to 1.' },
  firstUnit: { tex: '\\hat{\\mathbf{a}}', spoken: 'a hat', colour: 4, codeNames: ['F.normalize(a)', 'a_norm', 'a_hat'], meaning: 'The first vector, divided by its length.' },
  secondUnit: { tex: '\\hat{\\mathbf{b}}', spoken: 'b hat', colour: 6, codeNames: ['F.normalize(b)', 'b_norm', 'b_hat'], meaning: 'The second vector, divided by its length.' },
  cosineGradient: { tex: '\\mathbf{g}', spoken: 'g', colour: 3, codeNames: ['a.grad', 'grad'], meaning: 'The gradient of the cosine similarity by the first vector.' },
} satisfies SymbolTable;

export const REPRESENTATION_SYMBOLS = { ...BELIEFS, ...CLASSIFIERS, ...SHARED_DIVERGENCE, ...ASCENT, ...RECONSTRUCTION, ...PRINCIPAL, ...SINGULAR, ...LOW_RANK, ...EMBEDDING, ...SIMILARITY };
