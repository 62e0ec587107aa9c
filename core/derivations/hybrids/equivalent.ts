/** Mutants that mean the same as the line; see verify/equivalent.ts. */
const HELD = 'they differ by the entropy of a distribution that does not depend on θ';
const LENGTH = '‖a − b‖ = ‖b − a‖';
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
};
