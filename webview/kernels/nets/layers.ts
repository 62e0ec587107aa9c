/** Layers with a forward and a backward pass over the operations of any device. Nothing is recorded: each layer keeps what its own backward pass needs. */
import type { Matrix, Ops, ParameterStore } from './contract';
import { parametersOf, type LayerSpec } from './specs';

/** A backward pass follows the forward pass that it belongs to, before the next `reset`. */
export interface Layer<M extends Matrix> {
  forward(x: M): M;
  /** Adds to the gradients of the shard that was chosen last. @returns the derivative by the input, or null where it is not wanted. */
  backward(dy: M, wantInput: boolean): M | null;
}

/** Where each named parameter stands in the table of a store. */
export type Places = ReadonlyMap<string, number>;

export const placesOf = (table: readonly { name: string }[]): Places => new Map(table.map(({ name }, i) => [name, i]));

function layerOf<M extends Matrix>(ops: Ops<M>, store: ParameterStore<M>, places: Places, spec: LayerSpec): Layer<M> {
  const [weight, bias] = parametersOf([spec]).map(({ name }) => {
    const place = places.get(name);
    if (place === undefined) throw new RangeError(`The network has no parameter ${name}.`);
    return { value: () => store.parameter(place), gradient: () => store.gradient(place) };
  });
  let x: M;
  let y: M;
  switch (spec.kind) {
    case 'dense':
      return {
        forward: (input) => ops.dense((x = input), weight.value(), bias.value()),
        backward: (dy, wantInput) => ops.denseGradient(x, weight.value(), dy, weight.gradient(), bias.gradient(), wantInput),
      };
    case 'conv':
      return {
        forward: (input) => ops.addBias(ops.conv((x = input), weight.value(), spec.shape), bias.value()),
        backward(dy, wantInput) {
          ops.biasGradient(dy, bias.gradient());
          ops.convFilter(x, dy, spec.shape, weight.gradient());
          return wantInput ? ops.convInput(dy, weight.value(), spec.shape) : null;
        },
      };
    case 'convTranspose':
      return {
        forward: (input) => ops.addBias(ops.convInput((x = input), weight.value(), spec.shape), bias.value()),
        backward(dy, wantInput) {
          ops.biasGradient(dy, bias.gradient());
          // What is the input of the convolution is the output here, and the other way round.
          ops.convFilter(dy, x, spec.shape, weight.gradient());
          return wantInput ? ops.conv(dy, weight.value(), spec.shape) : null;
        },
      };
    case 'activation':
      return {
        forward: (input) => (y = ops.activate((x = input), spec.activation)),
        backward: (dy) => ops.activateGradient(x, y, dy, spec.activation),
      };
    default:
      throw new RangeError(`The layer ${spec.name} computes nothing.`);
  }
}

const passesOn = (spec: LayerSpec): boolean => spec.kind === 'flatten' || spec.kind === 'unflatten' || (spec.kind === 'activation' && spec.activation === 'linear');

/** Layers one after the other. An empty list passes on what it is given. */
export function networkOf<M extends Matrix>(ops: Ops<M>, store: ParameterStore<M>, places: Places, specs: readonly LayerSpec[]): Layer<M> {
  const layers = specs.filter((spec) => !passesOn(spec)).map((spec) => layerOf(ops, store, places, spec));
  return {
    forward: (x) => layers.reduce((value, layer) => layer.forward(value), x),
    backward(dy, wantInput) {
      let gradient: M | null = dy;
      for (let i = layers.length - 1; i >= 0; i--) gradient = layers[i].backward(gradient as M, wantInput || i > 0);
      return gradient;
    },
  };
}
