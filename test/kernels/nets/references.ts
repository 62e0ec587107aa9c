/** Losses and gradients that others computed, and the same by our models on any device. */
import { readFileSync } from 'node:fs';
import type { ImageShape } from '../../../core/math/examples';
import { layersOf, networksOf, type DataShape } from '../../../webview/experiments/vae/architecture';
import { VAE_DEFAULTS, type VaeSettings } from '../../../webview/experiments/vae/manifest';
import { scalesOf } from '../../../webview/experiments/vae/objective';
import { batchTerms, shardLoss } from '../../../webview/experiments/vae/runtime/loss';
import { modelOf } from '../../../webview/experiments/vae/runtime/model';
import type { StepTerms } from '../../../webview/experiments/vae/runtime/types';
import { countOf, fromTorch, parametersOf, toTorch, type Matrix, type Ops } from '../../../webview/kernels/nets';

export interface Reference {
  name: string;
  settings: VaeSettings;
  shape: DataShape;
  /** [n, size], channels last. */
  x: number[];
  /** By level: [n·k, latents]. */
  noise: number[][];
  /** PyTorch's layout, flat. */
  parameters: Record<string, number[]>;
  gradients: Record<string, number[]>;
  loss: number;
  /** Means over the batch, in full: with the Gaussian's constant. */
  reconstruction: number;
  kl: number;
}

type Nested = number | Nested[];
const flat = (nested: Nested): number[] => (Array.isArray(nested) ? nested.flatMap(flat) : [nested]);
const read = (file: string) => JSON.parse(readFileSync(`test/fixtures/vae/${file}`, 'utf8')) as unknown;

const image = (height: number, width: number, channels: number): DataShape & { image: ImageShape } => ({ size: height * width * channels, image: { height, width, channels } });

const TINY_NAMES: Record<string, string> = { fc1: 'encoder.0', fc21: 'mean', fc22: 'logvar', fc3: 'decoder.0', fc4: 'decoder.2' };
const renamed = (tensors: Record<string, Nested>) => Object.fromEntries(Object.entries(tensors).map(([name, values]) => [name.replace(/^\w+/, (layer) => TINY_NAMES[layer]), flat(values)]));

interface Tiny {
  x: Nested;
  eps: Nested;
  params: Record<string, Nested>;
  cases: Record<string, { beta: number; rec_sum: number; kl_sum: number; loss: number; grads: Record<string, Nested> }>;
}

/** pytorch/examples' VAE in small. */
export function tinyReferences(): Reference[] {
  const tiny = read('vae_tiny.json') as Tiny;
  return Object.entries(tiny.cases).map(([name, { beta, rec_sum, kl_sum, loss, grads }]) => {
    const likelihood = name.includes('gauss') ? 'gaussian' : 'bernoulli';
    const constant = likelihood === 'gaussian' ? 3 * Math.log(2 * Math.PI) : 0;
    return {
      name, loss, reconstruction: rec_sum / 3 + constant, kl: kl_sum / 3,
      settings: { ...VAE_DEFAULTS, encoderWidths: [5], decoderWidths: [5], latentSize: 2, beta, likelihood, batchSize: 3 },
      shape: image(1, 6, 1), x: flat(tiny.x), noise: [flat(tiny.eps)], parameters: renamed(tiny.params), gradients: renamed(grads),
    };
  });
}

/** What PyTorch makes of every kind of model, objective and reduction: see make.py. */
export function torchReferences(): Reference[] {
  const cases = read('models.json') as (Omit<Reference, 'settings'> & { settings: Partial<VaeSettings> })[];
  return cases.map((reference) => ({ ...reference, settings: { ...VAE_DEFAULTS, ...reference.settings } }));
}

export interface Computed {
  terms: StepTerms;
  gradients: Record<string, Float64Array>;
}

/**
 * @param wide whether the device takes and gives float64: the CPU's reference does.
 */
export async function compute<M extends Matrix>(ops: Ops<M>, { settings, shape, x, noise, parameters }: Reference, wide: boolean): Promise<Computed> {
  const array = (values: ArrayLike<number>) => (wide ? (Float64Array.from(values) as unknown as Float32Array) : Float32Array.from(values));
  const given: Ops<M> = { ...ops, normals: (rows, columns, { stream }) => ops.input(array(noise[stream[0] - 1]), rows, columns) };
  const networks = networksOf(settings, shape);
  const specs = parametersOf(layersOf(networks));
  const missing = specs.filter(({ name }) => !parameters[name]).map(({ name }) => name);
  const surplus = Object.keys(parameters).filter((name) => !specs.some((spec) => spec.name === name));
  if (missing.length + surplus.length > 0) throw new Error(`missing ${missing.join()}; too many: ${surplus.join()}`);
  const store = given.store(specs, 1, array(specs.flatMap((spec) => [...fromTorch(spec, parameters[spec.name])])));
  const rows = x.length / shape.size;
  store.begin(0);
  const model = modelOf(given, store, networks, settings);
  const draw = (level: number, n: number, columns: number) => given.normals(n, columns, { key: [0, 0], stream: [level, 0], firstPair: 0 });
  const recorded = shardLoss(given, model, given.input(array(x), rows, shape.size), draw, scalesOf(settings, shape.size, rows), settings);
  const terms = batchTerms([recorded.terms(await given.takeRecords())]);
  const gradient = await store.readGradient(0);
  given.reset();
  store.dispose();
  let offset = 0;
  const gradients = Object.fromEntries(specs.map((spec) => [spec.name, toTorch(spec, gradient.subarray(offset, (offset += countOf([spec]))))]));
  return { terms, gradients };
}
