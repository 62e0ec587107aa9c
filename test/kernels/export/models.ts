/** Small models of every kind, trained a little on the CPU, beside the scripts that are written for them; and a Python to run these. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Examples, LabelledData } from '../../../core/math/examples';
import { createRandom } from '../../../core/math/random';
import { scriptNames } from '../../../core/export';
import { torchPython } from '../../../scripts/lib/python.mjs';
import { VAE_DEFAULTS, type VaeSettings } from '../../../webview/experiments/vae/manifest';
import { exportScripts } from '../../../webview/experiments/vae/runtime/export';
import { VaeTrainer } from '../../../webview/experiments/vae/runtime';
import { cpuOps, type CpuMatrix, type Ops } from '../../../webview/kernels/nets';

interface Case {
  settings: VaeSettings;
  image: Examples['image'];
}

const grey = { height: 9, width: 7, channels: 1 };
const colour = { height: 6, width: 6, channels: 3 };
const small: VaeSettings = { ...VAE_DEFAULTS, data: 'own', encoderWidths: [12], decoderWidths: [11], latentSize: 3, topLatentSize: 2, batchSize: 16, seed: 3 };

/** Both likelihoods, all architectures, reductions that differ, images of odd sides, colours, points. */
export const CASES: Record<string, Case> = {
  'dense layers': { settings: { ...small, encoderWidths: [14, 12], activation: 'gelu' }, image: grey },
  'dense layers on colours, a Gaussian decoder, means': { settings: { ...small, likelihood: 'gaussian', decoderDeviation: 0.5, reconstructionReduction: 'mean', klReduction: 'batch_mean', beta: 0.25, activation: 'leaky_relu' }, image: colour },
  'convolutions': { settings: { ...small, architecture: 'conv', encoderWidths: [4, 6], decoderWidths: [5, 3], reconstructionReduction: 'batch_mean', klReduction: 'batch_mean' }, image: grey },
  'convolutions on colours': { settings: { ...small, architecture: 'conv', encoderWidths: [4], decoderWidths: [5, 3], likelihood: 'gaussian', activation: 'elu' }, image: colour },
  'importance weights': { settings: { ...small, importanceSamples: 4, reconstructionReduction: 'mean', klReduction: 'sum', beta: 0.01, activation: 'silu' }, image: grey },
  'two levels': { settings: { ...small, architecture: 'hierarchical', activation: 'softplus' }, image: grey },
  'two levels with importance weights': { settings: { ...small, architecture: 'hierarchical', importanceSamples: 3, klReduction: 'mean', reconstructionReduction: 'mean', activation: 'tanh' }, image: grey },
  'an autoencoder': { settings: { ...small, beta: 0, noise: 'no', activation: 'sigmoid' }, image: grey },
  'without noise': { settings: { ...small, noise: 'no', klReduction: 'batch_mean' }, image: grey },
  'points without hidden layers': { settings: { ...small, encoderWidths: [], decoderWidths: [], likelihood: 'gaussian', decoderDeviation: 0.3, latentSize: 2 }, image: null },
};

export const COUNT = 96;

export function dataOf(image: Examples['image']): LabelledData {
  const size = image ? image.height * image.width * image.channels : 2;
  // Every second image is darker, so that there is something to learn.
  const part = (name: string): Examples => {
    const random = createRandom(1);
    const values = image ? Uint8Array.from(random.uniform(name, 0, COUNT * size), (u, i) => Math.floor((Math.floor(i / size) % 2 ? 255 : 32) * u)) : Float32Array.from(random.normals(name, 0, COUNT * size));
    return { count: COUNT, size, image, values, labels: null };
  };
  return { id: 'own', title: 'noise', train: part('train'), test: part('test'), labelNames: null, attribution: '' };
}

/** An array file of version 1.0, as NumPy's own loader wants it. */
export function npy(values: Uint8Array | Float32Array, shape: readonly number[]): Uint8Array {
  const text = `{'descr': '${values instanceof Uint8Array ? '|u1' : '<f4'}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  const header = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`;
  return Buffer.concat([Buffer.from([0x93]), Buffer.from('NUMPY'), Buffer.from([1, 0, header.length & 255, header.length >> 8]), Buffer.from(header), Buffer.from(values.buffer, values.byteOffset, values.byteLength)]);
}

/** The numbers of a float32 .npy that NumPy wrote. */
export function floatsOf(bytes: Buffer): { shape: number[]; values: Float32Array } {
  const start = 10 + bytes.readUInt16LE(8);
  const header = bytes.toString('latin1', 10, start);
  assert.match(header, /'<f4'.*'fortran_order': False/);
  const shape = /\(([^)]*)\)/.exec(header)![1].split(',').filter((part) => part.trim()).map(Number);
  return { shape, values: new Float32Array(Uint8Array.from(bytes.subarray(start)).buffer) };
}

export interface Exported {
  folder: string;
  script: string;
  torchrun: string;
  trainer: VaeTrainer<CpuMatrix>;
  data: LabelledData;
  at(name: string): string;
}

/** Trains a few steps, and lays weights, scripts and examples into a folder. */
export async function exported({ settings, image }: Case, steps = 3, ops: Ops<CpuMatrix> = cpuOps()): Promise<Exported> {
  const data = dataOf(image);
  const trainer = new VaeTrainer(ops, settings, data);
  if (steps > 0) await trainer.advance(steps);
  const folder = mkdtempSync(path.join(tmpdir(), 'marginalia-export-'));
  const at = (name: string) => path.join(folder, name);
  const scripts = exportScripts(settings, data.train, 'tiny.safetensors');
  const names = scriptNames('tiny.safetensors');
  writeFileSync(at('tiny.safetensors'), await trainer.weights());
  writeFileSync(at(names.pytorch), scripts.pytorch);
  writeFileSync(at(names.torchrun), scripts.torchrun);
  const shape = image ? [COUNT, image.height, image.width, ...(image.channels > 1 ? [image.channels] : [])] : [COUNT, 2];
  writeFileSync(at('train.npy'), npy(data.train.values, shape));
  writeFileSync(at('test.npy'), npy(data.test.values, shape));
  return { folder, script: names.pytorch, torchrun: names.torchrun, trainer, data, at };
}

export const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true });

let interpreter: string | null = null;

/** Fails, and does not skip, where PyTorch is missing: `npm test` installs it. */
export function python(cwd: string, ...args: string[]): string {
  interpreter ??= torchPython();
  assert.ok(interpreter, 'no Python here has PyTorch: npm test installs python3-torch on Debian');
  const { status, stdout, stderr } = spawnSync(interpreter, args, { cwd, encoding: 'utf8', timeout: 180_000, env: { ...process.env, OMP_NUM_THREADS: '1' } });
  assert.equal(status, 0, `${args.join(' ')}\n${stdout}\n${stderr}`);
  return stdout;
}

export function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number, what: string): void {
  assert.equal(actual.length, expected.length, `${what}: how many numbers`);
  let [most, at] = [0, 0];
  for (let i = 0; i < actual.length; i++) {
    const difference = Math.abs(actual[i] - expected[i]);
    if (!(difference <= most)) [most, at] = [difference, i];
  }
  assert.ok(most <= tolerance, `${what}: number ${at} is ${actual[at]}, not ${expected[at]}`);
}
