/** The evidence lower bound in the forms that are trained and that are analysed. */
import { add, crossEntropy, div, entropy, mul, neg, sub } from '../../formulas/expr';
import { ELBO } from '../../formulas/latent';
import { KINGMA_2014 } from '../../formulas/sources';
import { lineOf } from '../line';
import type { Derivation } from '../types';
import { boundWorld } from '../worlds/bounds';
import { inWorlds } from '../worlds/cases';
import { elbo, encoder, joint, likelihood, log, prior, regulariser, underEncoder } from './parts';

const reconstruction = underEncoder(log(likelihood));
const encoderEntropy = entropy('latent', encoder);

export const ELBO_RECONSTRUCTION_KL: Derivation = {
  id: 'elbo-reconstruction-kl',
  title: 'Reconstruction, divergence and entropy in the evidence lower bound',
  shows:
    'How the evidence lower bound splits into a reconstruction term and a divergence to the prior, which is how code computes it. Then its other form, with the joint probability and the entropy of the encoder, and how the two belong together.',
  source: KINGMA_2014('eq. 2 and 3'),
  prerequisites: [
    'The evidence lower bound (ELBO) of an example.',
    'The product rule of probability, and that the logarithm of a product is the sum of the logarithms.',
    'Entropy: minus the mean of the logarithm of a distribution under itself. Cross-entropy: the same with the logarithm of another distribution.',
  ],
  after: ['elbo-jensen', 'entropy-cross-entropy'],
  given: ['x', 'latent', 'modelJoint', 'prior', 'likelihood', 'encoder'],
  cases: inWorlds((seed) => boundWorld(seed), { tight: (seed) => boundWorld(seed, 'prior') }),
  steps: [
    {
      label: 'The bound',
      left: elbo, relation: 'equal', right: underEncoder(log(div(joint, encoder))), kind: 'definition',
      why: 'The evidence lower bound as Jensen\'s inequality gives it: the mean of the logarithm of a quotient, under the encoder.',
    },
    {
      label: 'How the model makes an example',
      left: joint, relation: 'equal', right: mul(likelihood, prior), kind: 'numeric',
      why: 'First the latent variable is drawn from the prior, then the decoder makes an example from it. The product rule multiplies the two probabilities.',
    },
    {
      label: 'Put it into the bound',
      left: elbo, relation: 'equal', right: underEncoder(log(div(mul(likelihood, prior), encoder))), kind: 'numeric',
      why: 'The joint probability was replaced by the product of the line above. Nothing else changed.',
    },
    {
      label: 'Split the logarithm',
      left: elbo, relation: 'equal', right: underEncoder(add(log(likelihood), log(div(prior, encoder)))), kind: 'numeric',
      why: 'The logarithm of a product is the sum of the logarithms. Prior and encoder stay together, since both are distributions of z.',
    },
    {
      label: 'Split the mean',
      left: elbo, relation: 'equal', right: add(reconstruction, underEncoder(log(div(prior, encoder)))), kind: 'numeric',
      why: 'The mean of a sum is the sum of the means.',
    },
    {
      label: 'The second term is a divergence with a minus sign',
      left: underEncoder(log(div(prior, encoder))), relation: 'equal', right: neg(regulariser), kind: 'numeric',
      why: 'In the divergence from the encoder to the prior the encoder stands above. Here it stands below, and turning a fraction over changes the sign of its logarithm.',
    },
    {
      label: 'Reconstruction less divergence (eq. 3)',
      ...lineOf(ELBO), kind: 'numeric',
      why: 'The first term rewards an encoder whose draws let the decoder give the example back. The second one charges for every nat by which the encoder leaves the prior. For Gaussians it has a closed form, so only the first needs draws.',
    },
    {
      label: 'As a loss',
      left: neg(elbo), relation: 'equal', right: add(underEncoder(neg(log(likelihood))), regulariser), kind: 'numeric',
      why: 'Optimisers make things small, so both sides were negated. The first term is the reconstruction loss, the negative log-likelihood; the second is added to it with weight 1.',
    },
    {
      label: 'Without the divergence it is larger',
      left: elbo, relation: 'at-most', right: reconstruction, kind: 'numeric',
      why: 'A divergence is never negative. Both sides agree when the encoder ignores the example and gives back the prior, which is called posterior collapse: then there is nothing to charge for, but no draw knows anything of the example either.',
    },
    {
      label: 'The entropy of the encoder',
      left: encoderEntropy, relation: 'equal', right: neg(underEncoder(log(encoder))), kind: 'numeric',
      why: 'The other form of the bound keeps the joint probability whole. Minus the mean logarithm of the encoder under itself is its entropy: how spread out it is.',
    },
    {
      label: 'Joint probability and entropy (eq. 2)',
      left: elbo, relation: 'equal', right: add(underEncoder(log(joint)), encoderEntropy), kind: 'numeric',
      why: 'In the first line the logarithm of the quotient was split, and the second part is the entropy. Without the entropy the encoder would put everything on the one best z; the entropy rewards it for keeping all good ones.',
    },
    {
      label: 'The divergence in the same terms',
      left: regulariser, relation: 'equal', right: sub(crossEntropy('latent', encoder, prior), encoderEntropy), kind: 'numeric',
      why: 'The divergence is a difference of mean logarithms: the cross-entropy from the encoder to the prior, less the entropy of the encoder.',
    },
    {
      label: 'Both forms are one',
      left: underEncoder(log(joint)), relation: 'equal', right: sub(reconstruction, crossEntropy('latent', encoder, prior)), kind: 'numeric',
      why: 'The joint probability is split as in the second line, and minus the mean logarithm of the prior is the cross-entropy. So the entropy of the first form stands inside the divergence of the other.',
    },
  ],
};
