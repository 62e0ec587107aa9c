/** The reconstruction term of one example, computed from what the model answers. Pure. */

/** Cross-entropy in nats for pixels (probabilities are kept off 0 and 1 as PyTorch does: its logarithms end at −100), else the squared error. */
export function reconstructionTerm(input: ArrayLike<number>, output: ArrayLike<number>, pixels: boolean): number {
  let sum = 0;
  for (let i = 0; i < input.length; i++) {
    if (pixels) sum -= input[i] * Math.max(-100, Math.log(output[i])) + (1 - input[i]) * Math.max(-100, Math.log(1 - output[i]));
    else sum += (output[i] - input[i]) ** 2;
  }
  return sum;
}
