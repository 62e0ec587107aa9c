/** Mutants that mean the same as the line; see verify/equivalent.ts. */
export const EQUIVALENT_WORDS: Readonly<Record<string, string>> = {
  'ngram-mle 5 left: derivative.0 › add.0 › sum.1 › mul.0 › apply.1 › i → j': 'of the sum only the term i = j depends on p_j, and there both counts are the same',
  'ngram-mle 5 left: derivative.0 › add.1 › mul.1 › drop first term': 'a constant has no derivative',
  'ngram-mle 5 left: derivative.0 › add.1 › mul.1 › sub.0 › 1 → 2': 'a constant has no derivative',
  'add-k 18 left: smoothed → frequency': 'the line then says of the counted share that it approaches itself, which is true',
  'add-k 18 right: frequency → smoothed': 'the line then says of the smoothed probability that it approaches itself, which is true',
  'add-k 19 left: apply.0 › j → i': 'the limit 1/V is the same for every word',
};
