/** Mutants that mean the same as the line; see verify/equivalent.ts. */
export const EQUIVALENT_SCORES: Readonly<Record<string, string>> = {
  'score-matching-explicit 13 right: mul.1 › expectation.1 › normSq.0 › swap terms': '‖a − b‖ = ‖b − a‖',
  'score-matching-implicit 1 left: mul.1 › expectation.1 › pow.0 › swap terms': '(a − b)² = (b − a)²',
  'score-matching-implicit 8 left: mul.1 › expectation.1 › pow.0 › swap terms': '(a − b)² = (b − a)²',
  'score-matching-implicit 9 right: mul.1 › expectation.1 › normSq.0 › swap terms': '‖a − b‖ = ‖b − a‖',
  'score-matching-denoising 3 right: mul.1 › expectation.1 › normSq.0 › swap terms': '‖a − b‖ = ‖b − a‖',
  'score-matching-denoising 4 right: mul.1 › expectation.1 › expectation.1 › normSq.0 › swap terms': '‖a − b‖ = ‖b − a‖',
  'score-matching-denoising 19 left: expectation.1 › normSq.0 › swap terms': '‖a − b‖ = ‖b − a‖',
  'score-matching-denoising 19 right: add.0 › normSq.0 › swap terms': '‖a − b‖ = ‖b − a‖',
  'score-matching-denoising 19 right: add.1 › expectation.1 › normSq.0 › swap terms': '‖a − b‖ = ‖b − a‖',
};
