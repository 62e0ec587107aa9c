/** Symbols of models that make one variable after the other, in any order, and of diffusion that masks them. */
import type { SymbolTable } from './table';

/** Code names: code of order-agnostic and autoregressive models, as MADE and ARDM. */
const ORDERS = {
  order: {
    tex: '\\sigma', spoken: 'sigma', colour: 6, codeNames: ['sigma', 'order', 'perm', 'torch.randperm'],
    meaning: 'The order in which the variables of an example are made: a permutation of 1 to D.',
  },
  orderDistribution: {
    tex: 'p', spoken: 'p', colour: 0, codeNames: ['randperm', 'uniform'],
    meaning: 'The distribution of orders: every order is equally probable.',
  },
  orderedVariable: {
    tex: 'x_{\\sigma(t)}', spoken: 'x sigma t', colour: 7, codeNames: ['x[:, sigma[t]]', 'target', 'x_t'],
    meaning: 'The variable that comes at place t of the order.',
  },
  orderedPast: {
    tex: 'x_{\\sigma(<t)}', spoken: 'x sigma before t', colour: 1, codeNames: ['masked_x', 'context', 'x * mask'],
    meaning: 'All variables that come before place t of the order.',
  },
  orderedPrefix: {
    tex: 'x_{\\sigma(\\le t)}', spoken: 'x sigma up to t', colour: 6, codeNames: ['prefix', 'context'],
    meaning: 'All variables up to place t of the order, with the one there.',
  },
  lastVariable: {
    tex: 'x_{\\sigma(D)}', spoken: 'x sigma capital D', colour: 2, codeNames: ['x[:, sigma[-1]]'],
    meaning: 'The variable that comes last in the order.',
  },
  partChance: {
    tex: 'p_{\\mathrm{data}}', spoken: 'p data', colour: 2, codeNames: ['dataset', 'marginal'],
    meaning: 'How probable it is in the data that some of the variables have given values, whatever the others are.',
  },
  variableChance: {
    tex: 'p_{\\mathrm{data}}', spoken: 'p data', colour: 4, codeNames: ['dataset', 'conditional'],
    meaning: 'How probable a value of one variable is in the data when some other variables are known.',
  },
  orderModel: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 6, codeNames: ['log_prob', 'nll', 'likelihood'],
    meaning: 'The probability that an autoregressive model with one fixed order gives to a whole example.',
  },
  variableModel: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 3, codeNames: ['logits', 'Categorical', 'model', 'net'],
    meaning: 'The probability that the network gives to a value of one variable when some other variables are known.',
  },
  maskMatrix: {
    tex: '\\mathbf{M}', spoken: 'M', colour: 4, matrix: true, codeNames: ['mask', 'M', 'self.mask'],
    meaning: 'The mask of a layer: one where a weight is kept, zero where it is cut.',
  },
  weightMatrix: {
    tex: '\\mathbf{W}', spoken: 'W', colour: 1, matrix: true, codeNames: ['weight', 'W', 'self.weight'],
    meaning: 'The weights of a layer, before the mask.',
  },
  maskedWeights: {
    tex: '\\widetilde{\\mathbf{W}}', spoken: 'W tilde', colour: 2, matrix: true, codeNames: ['self.weight * self.mask', 'masked_weight'],
    meaning: 'The weights of a layer after the mask was applied.',
  },
  biasVector: {
    tex: '\\mathbf{b}', spoken: 'b', colour: 3, codeNames: ['bias', 'b'],
    meaning: 'The biases of a layer, one number for each output.',
  },
  logitVector: {
    tex: '\\mathbf{a}', spoken: 'a', colour: 7, codeNames: ['logits', 'out', 'a'],
    meaning: 'The outputs of a masked network before the sigmoid, one for each variable.',
  },
  rowWeight: {
    tex: 'w_{tj}', spoken: 'w t j', colour: 2, codeNames: ['weight[t, j]', 'W'],
    meaning: 'The weight from input j to output t.',
  },
  inputMask: {
    tex: '\\mathbf{M}^{\\mathrm{in}}', spoken: 'M in', colour: 4, matrix: true, codeNames: ['mask', 'M_W', 'masks[0]'],
    meaning: 'The mask between inputs and hidden units: hidden unit m may see the inputs 1 to m.',
  },
  outputMask: {
    tex: '\\mathbf{M}^{\\mathrm{out}}', spoken: 'M out', colour: 3, matrix: true, codeNames: ['mask', 'M_V', 'masks[-1]'],
    meaning: 'The mask between hidden units and outputs: output t may see the hidden units 1 to t − 1.',
  },
  givenOrderModel: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 2, codeNames: ['log_prob', 'nll'],
    meaning: 'The probability that the model gives to a whole example when the order is known.',
  },
  anyOrderModel: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 5, codeNames: ['log_prob', 'likelihood'],
    meaning: 'The probability that the model gives to a whole example when the order is drawn at random.',
  },
  orderPosterior: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 4, codeNames: ['posterior'],
    meaning: 'How probable an order is when the example that was made is known.',
  },
  orderBound: {
    tex: '\\mathcal{L}', spoken: 'the bound L', colour: 4, codeNames: ['elbo', 'loss', 'll'],
    meaning: 'The mean over orders of the log-likelihood of an example: a lower bound of its log-likelihood, in nats.',
  },
  orderTerm: {
    tex: '\\mathcal{L}_t', spoken: 'L t', colour: 7, codeNames: ['loss_t', 'll_t', 'l'],
    meaning: 'The part of the bound that belongs to place t, as a mean over all variables that are still unknown.',
  },
  anyVariable: {
    tex: 'x_k', spoken: 'x k', colour: 4, codeNames: ['x', 'x[:, k]', 'target'],
    meaning: 'The k-th variable of an example, for any order.',
  },
  isKnown: {
    tex: 'm', spoken: 'm', colour: 2, codeNames: ['mask', 'm', 'sigma < t'],
    meaning: 'One where the variable of a number is among those that are known, else zero.',
  },
  nothingKnown: {
    tex: '\\varnothing', spoken: 'nothing', colour: 1, codeNames: ['zeros', 'mask_token'],
    meaning: 'What the network sees when no variable is known yet.',
  },
} satisfies SymbolTable;

/** Code names: D3PM and masked diffusion models. */
const ABSORBING = {
  absorbRate: {
    tex: '\\beta_t', spoken: 'beta t', colour: 3, codeNames: ['betas', 'beta_t', 'mask_prob'],
    meaning: 'The probability that a variable which is not masked yet becomes masked in step t.',
  },
  survival: {
    tex: '\\bar{\\alpha}_t', spoken: 'alpha bar t', colour: 1, codeNames: ['alphas_bar', 'alpha_t', 'keep_prob'],
    meaning: 'The probability that a variable is not masked after t steps.',
  },
  absorbMatrix: {
    tex: '\\mathbf{Q}_t', spoken: 'capital Q t', colour: 4, matrix: true, codeNames: ['q_onestep_mats', 'Q_t', 'transition_mat'],
    meaning: 'The transition matrix of step t for one variable: row i has the probabilities of all states after state i.',
  },
  absorbProduct: {
    tex: '\\overline{\\mathbf{Q}}_t', spoken: 'capital Q bar t', colour: 6, matrix: true, codeNames: ['q_mats', 'Q_bar'],
    meaning: 'The transition matrix of the first t steps together.',
  },
  onesVector: {
    tex: '\\mathbf{1}', spoken: 'the vector of ones', colour: 5, codeNames: ['ones', 'torch.ones', 'np.ones'],
    meaning: 'The vector whose components are all one.',
  },
  maskState: {
    tex: '\\mathbf{e}_{\\mathrm{mask}}', spoken: 'e mask', colour: 0, codeNames: ['mask_id', 'mask_token', 'absorbing_state'],
    meaning: 'The vector that is one at the mask, the absorbing state, and zero at all others.',
  },
  revealChance: {
    tex: 'r_t', spoken: 'r t', colour: 6, codeNames: ['unmask_prob', 'reveal_prob'],
    meaning: 'The probability that a variable which is masked after step t was not masked before it.',
  },
  absorbLoss: {
    tex: 'L_t', spoken: 'L t', colour: 1, codeNames: ['loss_t', 'vb', 'kl'],
    meaning: 'The loss of step t: the mean divergence from the step backwards when the data is known to the step of the model.',
  },
  absorbBound: {
    tex: '\\mathcal{L}_T', spoken: 'the bound with capital T steps', colour: 3, codeNames: ['elbo', 'vlb'],
    meaning: 'The evidence lower bound of an absorbing diffusion with T steps, in nats.',
  },
  choose: {
    tex: '\\mathrm{C}', spoken: 'choose', colour: 4, codeNames: ['comb', 'math.comb', 'binom'],
    meaning: 'The binomial coefficient: how many sets of n there are among D variables.',
  },
  maskedCount: {
    tex: 'B', spoken: 'capital B', colour: 6, codeNames: ['binom.pmf', 'Binomial'],
    meaning: 'The probability that n of the D variables are masked after step t.',
  },
  subsetLoss: {
    tex: 'S', spoken: 'capital S', colour: 7, codeNames: ['masked_loss', 'cross_entropy'],
    meaning: 'The cross-entropy of the masked variables, summed over them, when n of them are masked and every set of n is equally probable.',
  },
  countWeight: {
    tex: 'w', spoken: 'w', colour: 2, codeNames: ['weight', 'w', 'loss_weight'],
    meaning: 'With what weight the cross-entropy of n masked variables counts in the bound, over all steps.',
  },
  maskedShare: {
    tex: 'u', spoken: 'u', colour: 1, codeNames: ['t', 'mask_ratio', 'u'],
    meaning: 'The probability of a variable to be masked, as a number from 0 to 1.',
  },
} satisfies SymbolTable;

export const ORDER_SYMBOLS = { ...ORDERS, ...ABSORBING };
