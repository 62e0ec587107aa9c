/** Mutants that mean the same as the line, with the reason; any other survivor fails. Key: derivation, line, side, what. */
export const EQUIVALENT: Record<string, string> = {
  'ddpm-sampling 5 right: function.0 › neg.0 › mul.1 › add.0 › div.0 › normSq.0 › swap terms': '‖a − b‖ = ‖b − a‖',
  'ddpm-sampling 5 right: function.0 › neg.0 › mul.1 › add.1 › div.0 › normSq.0 › swap terms': '‖a − b‖ = ‖b − a‖',
  'vae 7 right: sub.0 › expectation.1 › sub.1 › div.0 › pow.0 › swap terms': '(a − b)² = (b − a)²',
};
