/** Mutants that mean the same as the line; see verify/equivalent.ts. */
export const EQUIVALENT_DIFFUSION: Readonly<Record<string, string>> = {
  'ddpm-sampling 5 right: function.0 › neg.0 › mul.1 › add.0 › div.0 › normSq.0 › swap terms': '‖a − b‖ = ‖b − a‖',
  'ddpm-sampling 5 right: function.0 › neg.0 › mul.1 › add.1 › div.0 › normSq.0 › swap terms': '‖a − b‖ = ‖b − a‖',
  'score-sde 8 right: mul.1 › normSq.0 › swap terms': '‖a − b‖ = ‖b − a‖',
};
