/** The parts that every model is put together of: networks with Gaussian ends, and the decoder's likelihood. */
import { networkOf, type Layer, type Matrix, type Ops, type ParameterStore, type Places } from '../../../kernels/nets';
import type { GaussianNetwork, VaeNetworks } from '../architecture';
import type { VaeSettings } from '../manifest';

export interface Normal<M> {
  mean: M;
  logVariance: M;
}

/** A diagonal Gaussian whose moments a network gives. */
export interface GaussianPart<M extends Matrix> {
  forward(input: M): { mean: M; logVariance: M | null };
  backward(gradient: { mean: M; logVariance: M | null }, wantInput: boolean): M | null;
}

export function gaussianPart<M extends Matrix>(ops: Ops<M>, store: ParameterStore<M>, places: Places, network: GaussianNetwork): GaussianPart<M> {
  const body = networkOf(ops, store, places, network.body);
  const mean = networkOf(ops, store, places, [network.mean]);
  const logVariance = network.logVariance && networkOf(ops, store, places, [network.logVariance]);
  const hasBody = network.body.some(({ kind }) => kind !== 'flatten');
  return {
    forward(input) {
      const h = body.forward(input);
      return { mean: mean.forward(h), logVariance: logVariance?.forward(h) ?? null };
    },
    backward(gradient, wantInput) {
      const wanted = wantInput || hasBody;
      const ofMean = mean.backward(gradient.mean, wanted);
      const ofLogVariance = logVariance && gradient.logVariance ? logVariance.backward(gradient.logVariance, wanted) : null;
      if (!ofMean) return null;
      const dh = ofLogVariance ? ops.add(ofMean, ofLogVariance) : ofMean;
      return hasBody ? body.backward(dh, wantInput) : dh;
    },
  };
}

/** p(x|z): the decoder and its likelihood. */
export interface DecoderPart<M extends Matrix> {
  /** A column: −log p(x|z); of a Gaussian without its constant, so that it is ‖x − x̂‖²/(2σ²). */
  forward(z: M, x: M): M;
  /** @param weights a column: the derivative of the loss by each entry of what `forward` gave. @returns dz */
  backward(weights: M): M;
  /** Means of p(x|z). */
  means(z: M): M;
}

export function decoderPart<M extends Matrix>(ops: Ops<M>, store: ParameterStore<M>, places: Places, { decoder, output }: VaeNetworks, { likelihood, decoderDeviation }: VaeSettings): DecoderPart<M> {
  const network: Layer<M> = networkOf(ops, store, places, decoder);
  const toMeans = (out: M) => (output === 'sigmoid' ? ops.activate(out, 'sigmoid') : out);
  let last: { x: M; out: M; mean: M };
  return {
    forward(z, x) {
      const out = network.forward(z);
      if (likelihood === 'bernoulli') {
        last = { x, out, mean: out };
        return ops.bernoulli(out, x);
      }
      last = { x, out, mean: toMeans(out) };
      return ops.gaussian(last.mean, x, decoderDeviation, false);
    },
    backward(weights) {
      const { x, out, mean } = last;
      if (likelihood === 'bernoulli') return network.backward(ops.bernoulliGradient(out, x, weights), true) as M;
      const dmean = ops.gaussianGradient(mean, x, decoderDeviation, weights);
      return network.backward(output === 'sigmoid' ? ops.activateGradient(out, mean, dmean, 'sigmoid') : dmean, true) as M;
    },
    means: (z) => toMeans(network.forward(z)),
  };
}

/** Sums the terms that are there. */
export function sum<M extends Matrix>(ops: Ops<M>, ...terms: (M | null)[]): M {
  return (terms.filter((term) => term !== null) as M[]).reduce((total, term) => ops.add(total, term));
}
