/** Mutants that mean the same as the line; see verify/equivalent.ts. */
const HELD = 'they differ by the entropy of a distribution that does not depend on θ';
const SQUARE = '(a − b)² = (b − a)²';

export const EQUIVALENT_HYBRIDS: Readonly<Record<string, string>> = {
  'ebm-gradient 12 left: derivative.0 › divergence → cross-entropy': HELD,
  'ebm-gradient 13 left: derivative.0 › divergence → cross-entropy': HELD,
  'ebm-gradient 14 left: derivative.0 › sub.0 › divergence → cross-entropy': HELD,
  'ebm-gradient 14 left: derivative.0 › sub.1 › divergence → cross-entropy': HELD,
  'ebm-gradient 19 left: expectation.1 › pow.0 › swap terms': SQUARE,
  'ebm-gradient 20 right: sub.0 › expectation.1 › pow.0 › swap terms': SQUARE,
  'ebm-gradient 23 right: expectation.1 › pow.0 › swap terms': SQUARE,
};
