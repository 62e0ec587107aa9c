/** Mutants that mean the same as the line; see verify/equivalent.ts. */
export const EQUIVALENT_WORDS: Readonly<Record<string, string>> = {
  'ngram-mle 5 left: derivative.0 › add.0 › sum.1 › mul.0 › apply.1 › i → j': 'of the sum only the term i = j depends on p_j, and there both counts are the same',
  'ngram-mle 5 left: derivative.0 › add.1 › mul.1 › drop first term': 'a constant has no derivative',
  'ngram-mle 5 left: derivative.0 › add.1 › mul.1 › sub.0 › 1 → 2': 'a constant has no derivative',
  'add-k 18 left: smoothed → frequency': 'the line then says of the counted share that it approaches itself, which is true',
  'add-k 18 right: frequency → smoothed': 'the line then says of the smoothed probability that it approaches itself, which is true',
  'add-k 19 left: apply.0 › j → i': 'the limit 1/V is the same for every word',
  'cooccurrence 14 left: pointwiseInformation → positiveInformation': 'minus the logarithm of a probability is never negative, so it bounds the positive part as well',
  'cooccurrence 17 left: sub.1 › pointwiseInformation → positiveInformation': 'the positive part is never smaller, so one minus it keeps the bound as well',
  'cooccurrence 18 left: sum.1 › sum.1 › mul.1 › sub.1 › pointwiseInformation → positiveInformation': 'the positive part is never smaller, so one minus it keeps the bound as well',
  'cooccurrence 22 right: function.1 › pointwiseInformation → positiveInformation': 'the positive part of the positive part is itself',
  'sgns-pmi 21 right: function.1 › bestScore → shiftedInformation': 'the positive part of the positive part is itself',
  'hierarchical-softmax 8 left: total.0 › product.1 › function.0 › drop last factor': 'the probabilities of the leaves add up to one whatever the scores of inner nodes are, so for scores of 1 as well',
  'hierarchical-softmax 8 left: total.0 › product.1 › function.0 › mul.1 › dot with itself': 'the probabilities of the leaves add up to one whatever the scores of inner nodes are',
  'hierarchical-softmax 14 left: derivative.0 › neg.0 › sum.1 › function.0 › function.0 › mul.0 › pathSign: index j': 'of the sum only the term l = j depends on the vector, and there both signs are the same',
};
