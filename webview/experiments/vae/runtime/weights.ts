/** A model's parameters as a file: the `state_dict` of the PyTorch module of the same layers. */
import { readSafetensors, writeSafetensors, type NamedTensor } from '../../../../core/math/safetensors';
import { countOf, parametersOf, type ParameterSpec } from '../../../kernels/nets/specs';
import { fromTorch, toTorch, torchShape } from '../../../kernels/nets/torch';
import { layersOf, networksOf, type DataShape } from '../architecture';
import type { VaeSettings } from '../manifest';

export interface VaeWeights {
  settings: VaeSettings;
  shape: DataShape;
  step: number;
  /** [P], as a store keeps them. */
  parameters: Float32Array;
}

export function writeWeights({ settings, shape, step, parameters }: VaeWeights): Uint8Array {
  const tensors: Record<string, NamedTensor> = {};
  for (const { spec, offset } of placed(settings, shape)) {
    tensors[spec.name] = { dtype: 'F32', shape: torchShape(spec), data: Float32Array.from(toTorch(spec, parameters.subarray(offset, offset + spec.rows * spec.columns))) };
  }
  const { size, image } = shape;
  return writeSafetensors({ tensors, metadata: { format: 'pt', settings: JSON.stringify(settings), examples: JSON.stringify({ size, image }), step: String(step) } });
}

/**
 * The inverse, also of a file that other code wrote, which needs no metadata.
 * @throws SafetensorsError for what is not a whole file; RangeError where tensors are missing, too many, or of other shapes.
 */
export function readWeights(bytes: Uint8Array, settings: VaeSettings, shape: DataShape): { parameters: Float32Array; step: number } {
  const { tensors, metadata } = readSafetensors(bytes);
  const table = placed(settings, shape);
  const parameters = new Float32Array(countOf(table.map(({ spec }) => spec)));
  for (const { spec, offset } of table) {
    const tensor = tensors[spec.name] as NamedTensor | undefined;
    const wanted = torchShape(spec);
    if (!tensor) throw new RangeError(`The file has no tensor "${spec.name}", which this model needs in the shape [${wanted.join(', ')}].`);
    if (tensor.shape.join() !== wanted.join()) throw new RangeError(`The tensor "${spec.name}" has the shape [${tensor.shape.join(', ')}]; this model needs [${wanted.join(', ')}].`);
    const bad = tensor.data.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw new RangeError(`The tensor "${spec.name}" holds ${tensor.data[bad]} at place ${bad}.`);
    parameters.set(fromTorch(spec, tensor.data), offset);
  }
  const surplus = Object.keys(tensors).find((name) => !table.some(({ spec }) => spec.name === name));
  if (surplus) throw new RangeError(`The file has a tensor "${surplus}" that this model does not know.`);
  const step = Number(metadata.step ?? 0);
  return { parameters, step: Number.isSafeInteger(step) && step >= 0 ? step : 0 };
}

/** What a file says of the model that it holds, where we wrote it: settings as they were, and the examples' shape; null where it does not say. */
export function describeWeights(bytes: Uint8Array): { settings: unknown; shape: DataShape } | null {
  const { metadata } = readSafetensors(bytes);
  try {
    const shape = JSON.parse(metadata.examples) as DataShape;
    return { settings: JSON.parse(metadata.settings) as unknown, shape };
  } catch {
    return null;
  }
}

function placed(settings: VaeSettings, shape: DataShape): { spec: ParameterSpec; offset: number }[] {
  let offset = 0;
  return parametersOf(layersOf(networksOf(settings, shape))).map((spec) => {
    const at = offset;
    offset += spec.rows * spec.columns;
    return { spec, offset: at };
  });
}
