/**
 * The network of the playground: an MLP for points in the plane, conditioned on the log-SNR of its noise level (../features). Its
 * shape is data; webview/kernels computes it. The shipped stand-ins predict v = √ᾱ ε − √(1 − ᾱ) x0 (Salimans & Ho 2022, section 4), for data of unit
 * variance per axis; a network trained in place predicts what the user's does.
 */
import { createRandom } from '../../../../core/math/random';
import type { PredictionType } from '../../../../core/math/diffusion';
import { readSafetensors, SafetensorsError, writeSafetensors, type NamedTensor, type Safetensors } from '../../../../core/math/safetensors';
import { tf, type Engine } from '../../../engine';
import { MAX_HIDDEN, MAX_LAYERS, paddedUnits, parameterCount, parameterTable, type MlpShape, type NetworkAttrs } from '../../../kernels';

/** The shape of the shipped networks. */
export const STAND_IN: MlpShape = { hidden: 128, layers: 3 };

/** A network that is no tensor yet: what a file holds. */
export interface NetworkFile {
  /** As it was asked for; the parameters below may have more (`paddedUnits`). */
  hidden: number;
  layers: number;
  predicts: PredictionType;
  /** In the order of `parameterTable`, for the padded width. */
  parameters: Float32Array;
  /** What the file says about its training: data set, seed, steps. */
  metadata: Readonly<Record<string, string>>;
}

/** A network on the device. */
export interface Network {
  readonly attrs: NetworkAttrs;
  /** Whole rows of P numbers, of which `attrs.parametersRow` is the network. */
  readonly parameters: tf.Tensor;
  readonly predicts: PredictionType;
  readonly metadata: Readonly<Record<string, string>>;
  dispose(): void;
}

export const kernelShape = ({ hidden, layers }: MlpShape): MlpShape => ({ hidden: paddedUnits(hidden), layers });

/** @throws SafetensorsError when the file is cut or malformed, a tensor is missing, unknown, of another shape, or not finite. */
export function loadNetwork(_engine: Engine, bytes: Uint8Array): Network {
  const { hidden, layers, predicts, parameters, metadata } = readNetwork(bytes);
  const tensor = tf.tensor1d(parameters);
  return { attrs: { ...kernelShape({ hidden, layers }), parametersRow: 0 }, parameters: tensor, predicts, metadata, dispose: () => tensor.dispose() };
}

/** Reads the shape off the tensors, so that a file needs to say nothing twice. */
export function readNetwork(bytes: Uint8Array): NetworkFile {
  const { tensors, metadata } = readSafetensors(bytes);
  const layers = Object.keys(tensors).filter((name) => /^hidden\.\d+\.kernel$/.test(name)).length;
  const hidden = tensors['hidden.0.kernel']?.shape[1] ?? 0;
  if (layers < 1 || hidden < 1) throw new SafetensorsError('The tensor "hidden.0.kernel" is missing: this is no network of the playground.');
  if (layers > MAX_LAYERS || hidden > MAX_HIDDEN) throw new SafetensorsError(`The network has ${layers} hidden layers of ${hidden} units; at most ${MAX_LAYERS} of ${MAX_HIDDEN} can run.`);
  const table = parameterTable({ hidden, layers });
  const unknown = Object.keys(tensors).find((name) => table.every((entry) => entry.name !== name));
  if (unknown !== undefined) throw new SafetensorsError(`The tensor "${unknown}" is no part of the network.`);
  const predicts = metadata.prediction === 'v' || metadata.prediction === undefined ? 'v_prediction' : metadata.prediction;
  if (!['epsilon', 'sample', 'v_prediction'].includes(predicts)) throw new SafetensorsError(`The file says that the network predicts "${predicts}"; known are epsilon, sample, v_prediction.`);
  const parameters = new Float32Array(parameterCount(kernelShape({ hidden, layers })));
  for (const { name, shape } of table) place(parameters, { hidden, layers }, name, check(name, shape, tensors[name]).data);
  return { hidden, layers, predicts: predicts as PredictionType, parameters, metadata };
}

/** The padding is left out: the file holds the network that was asked for. */
export function writeNetwork({ hidden, layers, predicts, parameters, metadata }: NetworkFile): Uint8Array {
  const tensors: Safetensors['tensors'] = {};
  for (const { name, shape } of parameterTable({ hidden, layers })) tensors[name] = { dtype: 'F32', shape: [...shape], data: take(parameters, { hidden, layers }, name) };
  return writeSafetensors({ tensors, metadata: { ...metadata, prediction: predicts } });
}

/** Normal with variance 1/inputs; the last layer starts at zero, so that the first prediction is 0. A function of the seed and the shape alone. */
export function initialParameters({ hidden, layers }: MlpShape, seed: number): Float32Array {
  const random = createRandom(seed);
  const parameters = new Float32Array(parameterCount(kernelShape({ hidden, layers })));
  for (const { name, shape, size } of parameterTable({ hidden, layers })) {
    const scale = name.startsWith('out') || name.endsWith('bias') ? 0 : shape[0] ** -0.5;
    place(parameters, { hidden, layers }, name, random.normals(`initial/${name}`, 0, size).map((value) => value * scale));
  }
  return parameters;
}

/** Copies a tensor of the asked width into, or out of, the padded parameters, row by row. */
function eachRow(asked: MlpShape, name: string, visit: (padded: number, own: number, length: number) => void): void {
  const entry = (shape: MlpShape) => parameterTable(shape).find((candidate) => candidate.name === name)!;
  const [own, padded] = [entry(asked), entry(kernelShape(asked))];
  const columns = own.shape[own.shape.length - 1];
  for (let row = 0; row < own.size / columns; row++) visit(padded.offset + row * padded.shape[padded.shape.length - 1], row * columns, columns);
}

function place(parameters: Float32Array, asked: MlpShape, name: string, values: Float32Array): void {
  eachRow(asked, name, (padded, own, length) => parameters.set(values.subarray(own, own + length), padded));
}

function take(parameters: Float32Array, asked: MlpShape, name: string): Float32Array {
  const out: number[] = [];
  eachRow(asked, name, (padded, _, length) => out.push(...parameters.subarray(padded, padded + length)));
  return Float32Array.from(out);
}

function check(name: string, shape: readonly number[], tensor: NamedTensor | undefined): NamedTensor {
  if (!tensor) throw new SafetensorsError(`The tensor "${name}" is missing.`);
  if (tensor.shape.length !== shape.length || tensor.shape.some((size, axis) => size !== shape[axis])) {
    throw new SafetensorsError(`The tensor "${name}" has the shape [${tensor.shape}]; the network wants [${shape}].`);
  }
  const bad = tensor.data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new SafetensorsError(`The tensor "${name}" holds ${tensor.data[bad]} at index ${bad}.`);
  return tensor;
}
