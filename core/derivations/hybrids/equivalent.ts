/** Mutants that mean the same as the line; see verify/equivalent.ts. */
const HELD = 'they differ by the entropy of a distribution that does not depend on θ';
const LENGTH = '‖a − b‖ = ‖b − a‖';
const ZERO = 'minus zero is zero';
const SYMMETRIC = '⟨x, Ax⟩ is the same for a matrix and its symmetric part';
const MIXED = 'the product of a symmetric and an antisymmetric matrix has the trace zero, so the symmetric part of one factor adds nothing';
const WELL = 'the quadratic well has the same second derivative around any point, and its partition function does not depend on x';
const SQUARE = '(a − b)² = (b − a)²';

export const EQUIVALENT_HYBRIDS: Readonly<Record<string, string>> = {
  'ebm-gradient 12 left: derivative.0 › divergence → cross-entropy': HELD,
  'ebm-gradient 13 left: derivative.0 › divergence → cross-entropy': HELD,
  'ebm-gradient 14 left: derivative.0 › sub.0 › divergence → cross-entropy': HELD,
  'ebm-gradient 14 left: derivative.0 › sub.1 › divergence → cross-entropy': HELD,
  'ebm-gradient 19 left: expectation.1 › pow.0 › swap terms': SQUARE,
  'ebm-gradient 20 right: sub.0 › expectation.1 › pow.0 › swap terms': SQUARE,
  'ebm-gradient 23 right: expectation.1 › pow.0 › swap terms': SQUARE,
  'ebm-langevin 6 right: div.0 › normSq.0 › swap terms': LENGTH,
  'ebm-langevin 16 left: stationaryVariance → wellVariance': 'v is its own limit',
  'ebm-langevin 16 right: wellVariance → stationaryVariance': 'every quantity approaches itself',
  'ebm-langevin 21 left: expectation.1 › pow.0 › swap terms': SQUARE,
  'ebm-langevin 21 right: mul.1 › expectation.1 › pow.0 › swap terms': SQUARE,
  'energy-vs-score 14 left: derivative.0 › mul.1 › dot.1 › mul.0 › scoreMatrix → symmetricPart': SYMMETRIC,
  'energy-vs-score 15 right: sub.0 › mul.1 › dot.1 › mul.0 › scoreMatrix → symmetricPart': SYMMETRIC,
  'energy-vs-score 15 right: sub.1 › mul.1 › dot.1 › mul.0 › scoreMatrix → symmetricPart': SYMMETRIC,
  'energy-vs-score 17 right: add.0 › sub.0 › mul.1 › dot.1 › mul.0 › scoreMatrix → symmetricPart': SYMMETRIC,
  'energy-vs-score 17 right: add.0 › sub.1 › mul.1 › dot.1 › mul.0 › scoreMatrix → symmetricPart': SYMMETRIC,
  'energy-vs-score 18 right: mean → −mean': ZERO,
  'energy-vs-score 19 left: expectation.1 › dot.1 › mul.0 › scoreMatrix → symmetricPart': 'the turning part adds nothing to this mean, as the next line says',
  'energy-vs-score 19 right: expectation.1 › mul.1 › sub.0 › div.0 › dot.1 › mul.0 › scoreMatrix → symmetricPart': SYMMETRIC,
  'energy-vs-score 19 right: expectation.1 › mul.1 › sub.1 › trace.0 › scoreMatrix → symmetricPart': 'a matrix and its symmetric part have the same diagonal',
  'energy-vs-score 20 left: expectation.1 › dot.1 › mul.0 › scoreMatrix → symmetricPart': 'both sides are then the same',
  'energy-vs-score 20 right: expectation.1 › dot.1 › mul.0 › symmetricPart → scoreMatrix': 'both sides are then the same',
  'energy-vs-score 21 right: add.1 › mul.1 › trace.0 › mul.0 › skewPart → scoreMatrix': MIXED,
  'energy-vs-score 21 right: add.1 › mul.1 › trace.0 › mul.1 › transpose.0 › skewPart → scoreMatrix': MIXED,
  'energy-vs-score 22 right: add.1 › mul.1 › trace.0 › mul.0 › skewPart → scoreMatrix': MIXED,
  'energy-vs-score 22 right: add.1 › mul.1 › trace.0 › mul.1 › transpose.0 › skewPart → scoreMatrix': MIXED,
  'energy-vs-score 23 right: mul.1 › trace.0 › mul.0 › skewPart → scoreMatrix': MIXED,
  'energy-vs-score 23 right: mul.1 › trace.0 › mul.1 › transpose.0 › skewPart → scoreMatrix': MIXED,
  'recovery-likelihood 5 right: function.0 › sub.1 › div.0 › normSq.0 › swap terms': LENGTH,
  'recovery-likelihood 6 right: integral.0 › function.0 › sub.1 › div.0 › normSq.0 › swap terms': LENGTH,
  'recovery-likelihood 7 right: div.0 › function.0 › sub.1 › div.0 › normSq.0 › swap terms': LENGTH,
  'recovery-likelihood 10 left: derivative.0 › derivative.0 › function.0 › apply.1 › noisy → partition': WELL,
  'recovery-likelihood 10 left: derivative.0 › derivative.0 › function.0 › apply.1 › noisy → noiseLevel': WELL,
  'recovery-likelihood 10 left: derivative.0 › derivative.0 › function.0 › apply.1 › noisy → modelSample': WELL,
  'recovery-likelihood 10 left: derivative.0 › derivative.0 › function.0 › apply.1 › noisy → recoveryPartition': WELL,
  'recovery-likelihood 12 left: sub.1 › div.0 › normSq.0 › swap terms': LENGTH,
  'recovery-likelihood 12 right: add.0 › neg.0 › div.0 › normSq.0 › swap terms': LENGTH,
  'recovery-likelihood 13 right: div.0 › function.0 › sub.1 › div.0 › normSq.0 › swap terms': LENGTH,
  'recovery-likelihood 13 right: div.1 › integral.0 › function.0 › sub.1 › div.0 › normSq.0 › swap terms': LENGTH,
  'recovery-likelihood 16 left: expectation.0 › recovery → tangentRecovery': 'for the Gaussian of the tangent this mean is −∇E for every σ',
  'recovery-likelihood 17 right: add.0 › mul.1 › normSq.0 › swap terms': LENGTH,
  'recovery-likelihood 19 right: add.0 › mul.1 › normSq.0 › swap terms': LENGTH,
  'recovery-likelihood 20 right: derivative.0 › mul.1 › normSq.0 › swap terms': LENGTH,
  'diffflow 19 left: expectation.0 › apply.0 › forwardNoise → backwardNoise': 'in the limit the two noises are each other\'s negative, and the standard normal density is even',
};
