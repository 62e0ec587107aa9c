/** Symbols of games; those of flows and of models one variable after the other have files of their own. */
import { FLOW_SYMBOLS } from './flows';
import { ORDER_SYMBOLS } from './orders';
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

export const GAME_SYMBOLS = { ...GAME, ...DISCRIMINATORS, ...FLOW_SYMBOLS, ...ORDER_SYMBOLS };
