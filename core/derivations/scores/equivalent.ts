/** Mutants that mean the same as the line; see verify/equivalent.ts. */
export const EQUIVALENT_SCORES: Readonly<Record<string, string>> = {
  'ito 2 right: mean → −mean': 'minus zero is zero',
  'ito 4 left: expectation.1 › pow.0 › swap terms': '(a − b)² = (b − a)²',
  'ito 9 left: div.0 › expectation.1 › pow.0 › swap terms': '(a − b)² = (b − a)²',
  'ito 9 left: div.0 › expectation.1 › pow.0 › sub.0 › apply.0 › + → −': 'a step back changes the function, to first order, as much as the step itself, and the square does not see the sign',
  'ito 12 left: div.0 › expectation.1 › pow.0 › swap terms': '(a − b)² = (b − a)²',
  'ito 20 right: mean → −mean': 'minus zero is zero',
};
