/** Symbols of games, of flows in steps and in time, and of models one dimension after the other. */
import type { SymbolTable } from './table';

/** Code names: PyTorch's DCGAN example, PyTorch-GAN, Keras. */
const GAME = {
  generatorNoise: {
    tex: '\\mathbf{z}', spoken: 'z', colour: 5, codeNames: ['noise', 'z', 'fixed_noise', 'latent_vector'],
    meaning: 'The random input of the generator.',
  },
  generatorInput: {
    tex: 'p_{\\mathbf{z}}', spoken: 'p z', colour: 6, codeNames: ['torch.randn', 'noise', 'latent_dim'],
    meaning: 'The distribution of the random input of the generator, standard normal as a rule.',
  },
  generatorMap: {
    tex: 'G', spoken: 'capital G', colour: 7, codeNames: ['netG', 'generator', 'G'],
    meaning: 'The generator: the network that turns random input into an example.',
  },
  realLabel: {
    tex: 'y', spoken: 'y', colour: 5, codeNames: ['label', 'real_label', 'fake_label', 'valid', 'y'],
    meaning: 'The label of an example for the discriminator: 1 for data, 0 for what the generator made.',
  },
  exampleLoss: {
    tex: '\\ell', spoken: 'ell', colour: 3, codeNames: ['criterion', 'BCELoss', 'adversarial_loss', 'bce'],
    meaning: 'The binary cross-entropy of the discriminator for one example and its label, in nats.',
  },
  discriminatorLoss: {
    tex: 'L_{\\mathrm{D}}', spoken: 'L D', colour: 7, codeNames: ['d_loss', 'errD', 'loss_D', 'disc_loss'],
    meaning: 'The loss of the discriminator: its mean cross-entropy when half of the examples are data.',
  },
  saturatingLoss: {
    tex: 'L_{\\mathrm{G}}', spoken: 'L G', colour: 3, codeNames: ['g_loss', 'errG', 'loss_G'],
    meaning: 'The loss of the generator in the game of the paper, which saturates: the part of the value that it can change.',
  },
  nonSaturatingLoss: {
    tex: 'L_{\\mathrm{NS}}', spoken: 'L N S', colour: 6, codeNames: ['g_loss', 'errG', 'loss_G', 'gen_loss'],
    meaning: 'The non-saturating loss of the generator: cross-entropy with the label of data for what it made.',
  },
  generatorWeights: {
    tex: '\\theta_{\\mathrm{g}}', spoken: 'theta g', colour: 1, codeNames: ['netG.parameters()', 'generator.parameters()', 'theta_g'],
    meaning: 'The weights of the generator: its move in the game.',
  },
  discriminatorWeights: {
    tex: '\\theta_{\\mathrm{d}}', spoken: 'theta d', colour: 4, codeNames: ['netD.parameters()', 'discriminator.parameters()', 'theta_d'],
    meaning: 'The weights of the discriminator: its move in the game.',
  },
  gameValue: {
    tex: 'V', spoken: 'capital V', colour: 2, codeNames: ['value', 'd_loss', 'errD'],
    meaning: 'The value of the game as a function of the moves of both players.',
  },
  discriminatorAnswer: {
    tex: '\\hat{\\theta}_{\\mathrm{d}}', spoken: 'the best answer theta d', colour: 3, codeNames: ['best_response', 'netD'],
    meaning: 'The best answer of the discriminator to a generator: of all its moves the one with the largest value.',
  },
  generatorAnswer: {
    tex: '\\hat{\\theta}_{\\mathrm{g}}', spoken: 'the best answer theta g', colour: 5, codeNames: ['best_response', 'netG'],
    meaning: 'The best answer of the generator to a discriminator: of all its moves the one with the smallest value.',
  },
  safeGenerator: {
    tex: '\\theta_{\\mathrm{g}}^{*}', spoken: 'theta g star', colour: 7, codeNames: ['netG', 'generator'],
    meaning: 'The generator that is best when the discriminator may answer.',
  },
  safeDiscriminator: {
    tex: '\\theta_{\\mathrm{d}}^{*}', spoken: 'theta d star', colour: 7, codeNames: ['netD', 'discriminator'],
    meaning: 'The discriminator that is best when the generator may answer.',
  },
  minimaxValue: {
    tex: '\\overline{V}', spoken: 'the upper value', colour: 0, codeNames: ['minimax', 'upper_value'],
    meaning: 'The upper value of the game: the generator moves first and the discriminator answers.',
  },
  maximinValue: {
    tex: '\\underline{V}', spoken: 'the lower value', colour: 6, codeNames: ['maximin', 'lower_value'],
    meaning: 'The lower value of the game: the discriminator moves first and the generator answers.',
  },
} satisfies SymbolTable;

/** Code names: PyTorch's DCGAN example, and code for density ratios by classifiers. */
const DISCRIMINATORS = {
  dataWeight: {
    tex: 'a', spoken: 'a', colour: 2, codeNames: ['a', 'p_data', 'real_weight'],
    meaning: 'How much weight the data gives to one example, a number greater than zero.',
  },
  generatorWeight: {
    tex: 'b', spoken: 'b', colour: 1, codeNames: ['b', 'p_g', 'fake_weight'],
    meaning: 'How much weight the generator gives to the same example, a number greater than zero.',
  },
  pointValue: {
    tex: 'h', spoken: 'h', colour: 6, codeNames: ['h', 'objective', 'f'],
    meaning: 'What one example adds to the value of the game, as a function of the output of the discriminator.',
  },
  bestOutput: {
    tex: 'd^{*}', spoken: 'd star', colour: 3, codeNames: ['d_star', 'optimal_output'],
    meaning: 'The output of the discriminator at which what one example adds to the value is largest.',
  },
  labelChance: {
    tex: '\\mathrm{Ber}', spoken: 'Bernoulli', colour: 7, codeNames: ['Bernoulli', 'bernoulli', 'probs'],
    meaning: 'The Bernoulli distribution of a label: 1 with the probability that stands behind the bar, else 0.',
  },
  bestLogit: {
    tex: 'a^{*}', spoken: 'a star', colour: 5, codeNames: ['logits', 'optimal_logit', 'log_ratio'],
    meaning: 'The logit of the best discriminator: the number whose sigmoid is its output.',
  },
  realShare: {
    tex: '\\pi', spoken: 'pi', colour: 6, codeNames: ['pi', 'real_fraction', 'prior'],
    meaning: 'The share of data among all examples that the discriminator is trained with.',
  },
  sharedDiscriminator: {
    tex: 'D_{\\pi}', spoken: 'capital D pi', colour: 7, codeNames: ['netD', 'classifier'],
    meaning: 'The best discriminator when data has another share among its examples than one half.',
  },
  generatorModel: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 1, codeNames: ['netG', 'generator', 'gen_imgs'],
    meaning: 'The distribution of what a generator with the parameters theta makes.',
  },
  strayDistribution: {
    tex: 'p_{\\perp}', spoken: 'p apart', colour: 5, codeNames: ['fake', 'gen_imgs'],
    meaning: 'The distribution of a generator that never makes an example of the data: the two supports have nothing in common.',
  },
  divergenceAt: {
    tex: '\\mathrm{JSD}', spoken: 'the Jensen Shannon divergence', colour: 7, codeNames: ['jsd', 'js_divergence'],
    meaning: 'The Jensen–Shannon divergence between the data and the generator, as a function of the parameters of the generator.',
  },
  overlapDivergence: {
    tex: '\\mathrm{JSD}_{\\varepsilon}', spoken: 'the Jensen Shannon divergence with epsilon', colour: 6, codeNames: ['jsd', 'js_divergence'],
    meaning: 'The Jensen–Shannon divergence between the data and a generator that overlaps with it only a little.',
  },
} satisfies SymbolTable;

/** Code names: nflows, normflows, TensorFlow Probability, FrEIA. */
const VARIABLES = {
  scalarInput: {
    tex: 'x', spoken: 'x', colour: 0, codeNames: ['x', 'inputs', 'value'],
    meaning: 'An example that is one number.',
  },
  scalarOutput: {
    tex: 'z', spoken: 'z', colour: 7, codeNames: ['z', 'outputs', 'u'],
    meaning: 'The number to which a flow of one dimension takes an example.',
  },
  scalarFlow: {
    tex: 'f', spoken: 'f', colour: 1, codeNames: ['flow', 'forward', 'transform'],
    meaning: 'A flow of one dimension: a differentiable function that always rises or always falls.',
  },
  inverseFlow: {
    tex: 'g', spoken: 'g', colour: 4, codeNames: ['inverse', 'flow.inverse', 'decode'],
    meaning: 'The inverse of a flow of one dimension: it takes a number of the base distribution back to the example.',
  },
  inInterval: {
    tex: '\\mathbb{1}_A', spoken: 'the indicator of A', colour: 5, codeNames: ['mask', 'inside', 'where'],
    meaning: 'One where an example lies in the interval A, else zero.',
  },
  flowJacobian: {
    tex: '\\mathbf{J}', spoken: 'J', colour: 6, matrix: true, codeNames: ['jacobian', 'J', 'jac'],
    meaning: 'The Jacobian matrix of a flow: in row i the derivatives of its i-th component with respect to all inputs.',
  },
  axisVector: {
    tex: '\\mathbf{e}_i', spoken: 'e i', colour: 5, codeNames: ['eye', 'one_hot', 'basis'],
    meaning: 'The vector with a one at place i and zeros elsewhere: it picks the i-th component.',
  },
  volumeRatio: {
    tex: '\\rho', spoken: 'rho', colour: 6, codeNames: ['volume_ratio', 'stretch'],
    meaning: 'The volume of what a flow makes of a small cube, over the volume of the cube.',
  },
  firstLayer: {
    tex: '\\mathbf{f}_1', spoken: 'f one', colour: 3, codeNames: ['transforms[0]', 'layers[0]'],
    meaning: 'The first layer of a flow, the one that the example enters.',
  },
  secondLayer: {
    tex: '\\mathbf{f}_2', spoken: 'f two', colour: 5, codeNames: ['transforms[1]', 'layers[1]'],
    meaning: 'The second layer of a flow, which takes what the first puts out.',
  },
  firstJacobian: {
    tex: '\\mathbf{J}_1', spoken: 'J one', colour: 3, matrix: true, codeNames: ['jacobian', 'J1'],
    meaning: 'The Jacobian matrix of the first layer, at the example.',
  },
  secondJacobian: {
    tex: '\\mathbf{J}_2', spoken: 'J two', colour: 5, matrix: true, codeNames: ['jacobian', 'J2'],
    meaning: 'The Jacobian matrix of the second layer, at the point that the first layer puts out.',
  },
  mixingMatrix: {
    tex: '\\mathbf{A}', spoken: 'A', colour: 1, matrix: true, codeNames: ['A', 'weight', 'scale_tril', 'L'],
    meaning: 'An invertible matrix by which a point of the base distribution is multiplied.',
  },
  mixingShift: {
    tex: '\\mathbf{b}', spoken: 'b', colour: 4, codeNames: ['b', 'bias', 'loc'],
    meaning: 'A vector that is added after a point of the base distribution was multiplied by a matrix.',
  },
  mixingDeterminant: {
    tex: '\\det \\mathbf{A}', spoken: 'the determinant of A', colour: 6, codeNames: ['det', 'slogdet', 'logdet'],
    meaning: 'The determinant of the matrix by which a point of the base distribution is multiplied.',
  },
} satisfies SymbolTable;

/** Code names: nflows, FrEIA, and usual code of Real NVP. */
const COUPLINGS = {
  keptHalf: {
    tex: '\\mathbf{x}_a', spoken: 'x a', colour: 0, codeNames: ['x1', 'x_a', 'identity_split', 'x_id'],
    meaning: 'The half of an example that a coupling layer leaves as it is.',
  },
  changedHalf: {
    tex: '\\mathbf{x}_b', spoken: 'x b', colour: 3, codeNames: ['x2', 'x_b', 'transform_split', 'x_change'],
    meaning: 'The half of an example that a coupling layer changes, before the layer.',
  },
  keptOutput: {
    tex: '\\mathbf{z}_a', spoken: 'z a', colour: 7, codeNames: ['y1', 'z_a', 'z1'],
    meaning: 'The half that a coupling layer leaves as it is, after the layer.',
  },
  changedOutput: {
    tex: '\\mathbf{z}_b', spoken: 'z b', colour: 2, codeNames: ['y2', 'z_b', 'z2'],
    meaning: 'The half that a coupling layer changes, after the layer.',
  },
  scaleNetwork: {
    tex: '\\mathbf{s}', spoken: 's', colour: 4, codeNames: ['s', 'scale_net', 'net_s', 'transform_net'],
    meaning: 'The network that computes the logarithms of the scales from the half that stays.',
  },
  shiftNetwork: {
    tex: '\\mathbf{t}', spoken: 't', colour: 1, codeNames: ['t', 'shift_net', 'net_t', 'translation'],
    meaning: 'The network that computes the shifts from the half that stays.',
  },
  shearMatrix: {
    tex: '\\mathbf{L}', spoken: 'L', colour: 1, matrix: true, codeNames: ['L', 'lower'],
    meaning: 'A matrix with ones on the diagonal, zeros above it, and below it the derivatives of the changed half with respect to the half that stays.',
  },
  stretchMatrix: {
    tex: '\\mathbf{S}', spoken: 'S', colour: 3, matrix: true, codeNames: ['S', 'diag'],
    meaning: 'A diagonal matrix: ones for the half that stays, and the scales for the half that changes.',
  },
  additiveOutput: {
    tex: '\\mathbf{z}_b^{+}', spoken: 'z b plus', colour: 4, codeNames: ['y2', 'z_b'],
    meaning: 'The changed half after an additive coupling layer, which shifts and does not scale.',
  },
  additiveJacobian: {
    tex: '\\mathbf{J}^{+}', spoken: 'J plus', colour: 4, matrix: true, codeNames: ['jacobian'],
    meaning: 'The Jacobian matrix of an additive coupling layer.',
  },
  swappedScale: {
    tex: "\\mathbf{s}'", spoken: 's prime', colour: 6, codeNames: ['s', 'scale_net'],
    meaning: 'The network of scales of a second coupling layer, which looks at the half that the first one changed.',
  },
  swappedShift: {
    tex: "\\mathbf{t}'", spoken: 't prime', colour: 4, codeNames: ['t', 'shift_net'],
    meaning: 'The network of shifts of a second coupling layer, which looks at the half that the first one changed.',
  },
  swappedOutput: {
    tex: '\\mathbf{y}_a', spoken: 'y a', colour: 0, codeNames: ['y1', 'y_a'],
    meaning: 'The half that the first coupling layer left and the second one changed, after both.',
  },
  swappedKept: {
    tex: '\\mathbf{y}_b', spoken: 'y b', colour: 3, codeNames: ['y2', 'y_b'],
    meaning: 'The half that the first coupling layer changed and the second one left, after both.',
  },
  swappedLogScale: {
    tex: "s'_j", spoken: 's prime j', colour: 1, codeNames: ['s', 'log_s', 'log_scale'],
    meaning: 'The logarithm of the scale of component j in the second coupling layer.',
  },
  swappedJacobian: {
    tex: "\\mathbf{J}'", spoken: 'J prime', colour: 3, matrix: true, codeNames: ['jacobian'],
    meaning: 'The Jacobian matrix of the second coupling layer, at the point that the first one puts out.',
  },
} satisfies SymbolTable;

/** Code names: torchdiffeq and FFJORD. */
const CONTINUOUS = {
  flowTime: {
    tex: '\\tau', spoken: 'tau', colour: 4, codeNames: ['t', 'time', 'integration_times'],
    meaning: 'The time of a continuous flow, a number of zero or more.',
  },
  velocity: {
    tex: '\\mathbf{f}', spoken: 'f', colour: 1, codeNames: ['odefunc', 'diffeq', 'func', 'ODEFunc'],
    meaning: 'The network of a continuous flow: with what velocity a point moves, at its place and time.',
  },
  movingPoint: {
    tex: '\\mathbf{z}', spoken: 'z', colour: 0, codeNames: ['z', 'y', 'state'],
    meaning: 'The point that a continuous flow moves, at one time.',
  },
  movingPath: {
    tex: '\\mathbf{z}', spoken: 'z', colour: 3, codeNames: ['z_t', 'odeint', 'trajectory'],
    meaning: 'The path of a point under a continuous flow: where it is at every time.',
  },
  startPoint: {
    tex: '\\mathbf{z}_0', spoken: 'z nought', colour: 5, codeNames: ['z0', 'y0'],
    meaning: 'The point from which a continuous flow starts, at time zero.',
  },
  smallStep: {
    tex: '\\delta', spoken: 'delta', colour: 5, codeNames: ['dt', 'step_size', 'h'],
    meaning: 'The length of one small step of time.',
  },
  steppedPoint: {
    tex: "\\mathbf{z}'", spoken: 'z prime', colour: 3, codeNames: ['z_next', 'y_next'],
    meaning: 'The point after one small step with the velocity that it had before.',
  },
  velocityJacobian: {
    tex: '\\mathbf{J}_{\\mathbf{f}}', spoken: 'J f', colour: 6, matrix: true, codeNames: ['jac', 'df_dz', 'jacobian'],
    meaning: 'The derivatives of the velocity with respect to the point, at one place and time: in row i those of its i-th component.',
  },
  movingDensity: {
    tex: 'p', spoken: 'p', colour: 2, codeNames: ['logp', 'log_p', 'logp_z'],
    meaning: 'The density of a moving point, as a function of place and time.',
  },
  velocityDivergence: {
    tex: '\\nabla\\!\\cdot\\mathbf{f}', spoken: 'the divergence of f', colour: 6, codeNames: ['divergence', 'trace_df_dz', 'divergence_approx'],
    meaning: 'The divergence of the velocity: the trace of its Jacobian matrix, as a function of place and time.',
  },
  endTime: {
    tex: '\\tau_{\\mathrm{end}}', spoken: 'tau end', colour: 7, codeNames: ['T', 't1', 'end_time'],
    meaning: 'The time at which a continuous flow ends.',
  },
  velocityMatrix: {
    tex: '\\mathbf{A}', spoken: 'A', colour: 7, matrix: true, codeNames: ['A', 'weight'],
    meaning: 'The matrix of a linear velocity: the velocity is this matrix times the point.',
  },
  solutionMatrix: {
    tex: '\\mathbf{M}', spoken: 'M', colour: 2, matrix: true, codeNames: ['expm', 'linalg.matrix_exp'],
    meaning: 'The matrix that takes every point from time zero to the present time under a linear velocity.',
  },
  eulerSteps: {
    tex: 'N', spoken: 'capital N', colour: 6, codeNames: ['num_steps', 'n_steps', 'N'],
    meaning: 'Into how many small steps of the same length the time of a flow is cut.',
  },
  probe: {
    tex: '\\boldsymbol{\\varepsilon}', spoken: 'epsilon', colour: 5, codeNames: ['e', 'eps', 'noise', 'v'],
    meaning: 'A random vector with which a trace is estimated.',
  },
  probeDistribution: {
    tex: 'p_{\\boldsymbol{\\varepsilon}}', spoken: 'p epsilon', colour: 4, codeNames: ['rademacher', 'sample_rademacher_like', 'sample_gaussian_like'],
    meaning: 'The distribution of the random vector of a trace estimate: here independent signs, each plus or minus one with equal chance.',
  },
} satisfies SymbolTable;

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

export const GAME_SYMBOLS = { ...GAME, ...DISCRIMINATORS, ...VARIABLES, ...COUPLINGS, ...CONTINUOUS, ...ORDERS, ...ABSORBING };
