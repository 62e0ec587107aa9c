/** Mutants that mean the same as the line; see verify/equivalent.ts. */
export const EQUIVALENT_SCORES: Readonly<Record<string, string>> = {
  'ito 2 right: mean → −mean': 'minus zero is zero',
  'ito 4 left: expectation.1 › pow.0 › swap terms': '(a − b)² = (b − a)²',
  'ito 9 left: div.0 › expectation.1 › pow.0 › swap terms': '(a − b)² = (b − a)²',
  'ito 9 left: div.0 › expectation.1 › pow.0 › sub.0 › apply.0 › + → −': 'a step back changes the function, to first order, as much as the step itself, and the square does not see the sign',
  'ito 12 left: div.0 › expectation.1 › pow.0 › swap terms': '(a − b)² = (b − a)²',
  'ito 20 right: mean → −mean': 'minus zero is zero',
  'forward-sde 2 right: mean → −mean': 'minus zero is zero',
  'forward-sde 14 left: derivative.0 › div.0 › processVariance → processSecondMoment': 'the mean square follows the same equation as the variance',
  'forward-sde 29 right: add.1 › mul.0 › sqrt.0 › derivative.0 › pow.0 › explodingLevel → noiseAt': 'in this equation the squared noise level and the variance of the noise differ by a constant, which the derivative does not see',
  'forward-sde 30 right: sqrt.0 › derivative.0 › pow.0 › explodingLevel → noiseAt': 'in this equation the squared noise level and the variance of the noise differ by a constant, which the derivative does not see',
  'reverse-sde 16 right: apply.0 › flowPoint → backwardMean': 'as steps get short the mean of the earlier point approaches the present one, and so does the drift there',
};
