/** Choosing the device, and saying which one is really used and why. */
import * as tf from './tf';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { WASM_FILES } from '../../core/protocol/messages';
import type { DeviceChoice, DeviceName, DeviceReport } from '../worker/protocol';
import { loadKernels } from '../kernels/wasm/module';
import '../kernels/wasm/tfjs';
import { findAdapter, openAdapter } from './adapter';
import { DeviceError } from './errors';
import { selfTest, TOLERANCE } from './selfTest';

export interface EngineOptions {
  device: DeviceChoice;
  /** The directory that holds tfjs' `.wasm` files, or a URL for each file name. */
  wasmPaths: string | Record<string, string>;
}

export interface Engine {
  readonly report: DeviceReport;
  /** Resolves, in words, when the device is lost (WebGPU alone can be); from then on what is asked of it fails with a DeviceError. */
  readonly lost: Promise<string>;
  /** Frees the device and all its tensors. */
  dispose(): void;
}

interface Opened {
  backend: tf.KernelBackend;
  label: string;
  software: boolean;
  /** Both set on WebGPU, whose device can be lost and outlives its backend. */
  lost?: Promise<string>;
  close?: () => void;
}

const TITLES: Record<DeviceName, string> = { webgpu: 'WebGPU', wasm: 'WASM', cpu: 'CPU' };
/** Fastest first. */
const AUTO: readonly DeviceName[] = ['webgpu', 'wasm', 'cpu'];

/** tfjs' own factories, kept since a disposed backend leaves the registry for good. */
const factories = new Map<string, () => tf.KernelBackend | Promise<tf.KernelBackend>>();

/**
 * Opens the device and proves it with a self-test. `auto` takes WebGPU on a hardware adapter, else WASM with SIMD, else
 * the CPU, and passes over one that fails to start or to compute correctly; a device chosen by
 * name is used or refused, never replaced. tfjs keeps one device per thread: a second start takes over from the first.
 *
 * @throws DeviceError when the chosen device is missing or wrong, or no device works; its message says why for each.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  // Otherwise tfjs greets on the console of every Node program.
  tf.enableProdMode();
  const forced = options.device !== 'auto';
  const passedOver: { device: DeviceName; reason: string }[] = [];
  for (const device of forced ? [options.device as DeviceName] : AUTO) {
    const opened = await open(device, options, forced);
    if (typeof opened === 'string') {
      passedOver.push({ device, reason: opened });
      continue;
    }
    const selfTestError = await use(device, opened).then(selfTest, () => NaN);
    // Not `>`: a NaN must fail too.
    if (!(selfTestError <= TOLERANCE)) {
      close(device, opened);
      passedOver.push({ device, reason: `it computes wrongly (self-test error ${selfTestError}, at most ${TOLERANCE} is right)` });
      continue;
    }
    const why = forced ? 'It was chosen by name.' : passedOver.length === 0 ? 'The fastest device here.' : `${passedOver.map(({ device: other, reason }) => `${TITLES[other]} is not used: ${reason}`).join('; ')}.`;
    return {
      report: { device, label: opened.label, software: opened.software, why, selfTestError },
      lost: opened.lost ?? new Promise(() => {}),
      dispose: () => close(device, opened),
    };
  }
  if (forced) throw new DeviceError(`The device ${options.device} cannot be used here: ${passedOver[0].reason}.`);
  throw new DeviceError(`No device works here. ${passedOver.map(({ device, reason }) => `${TITLES[device]}: ${reason}`).join('; ')}.`);
}

/** @returns the open backend, or in words why there is none. */
async function open(device: DeviceName, options: EngineOptions, forced: boolean): Promise<Opened | string> {
  try {
    switch (device) {
      case 'webgpu':
        return await openWebGpu(forced);
      case 'wasm':
        return await openWasm(options.wasmPaths);
      case 'cpu':
        return { backend: await factoryOf('cpu')(), label: 'CPU (JavaScript)', software: false };
      default:
        throw new DeviceError(`There is no device "${String(device)}"; known are auto, webgpu, wasm, cpu.`);
    }
  } catch (error) {
    if (error instanceof DeviceError) throw error;
    // The WASM factory rejects with a plain object.
    return `it failed to start (${(error as { message?: string } | null)?.message ?? String(error)})`;
  }
}

async function openWebGpu(forced: boolean): Promise<Opened | string> {
  // Node 20 has no navigator at all.
  const found = await findAdapter((globalThis.navigator as Navigator | undefined)?.gpu);
  if (typeof found === 'string') return found;
  if (found.software && !forced) return `the only adapter (${found.name}) computes in software, more slowly than WASM`;
  const backend = await openAdapter(found);
  return { backend, label: `WebGPU · ${found.name}${found.software ? ' (software)' : ''}`, software: found.software, lost: backend.lost, close: () => backend.close() };
}

async function openWasm(paths: string | Record<string, string>): Promise<Opened | string> {
  if (typeof WebAssembly === 'undefined') return 'this place has no WebAssembly';
  // Threads need SharedArrayBuffer, which a webview has not; without this tfjs may ask for a third file.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (typeof paths === 'string') {
    setWasmPaths(paths.endsWith('/') || paths.endsWith('\\') ? paths : `${paths}/`);
  } else {
    const missing = WASM_FILES.filter((file) => !paths[file]);
    if (missing.length > 0) return `no URL was given for ${missing.join(', ')}`;
    const simd = paths['tfjs-backend-wasm-simd.wasm'];
    setWasmPaths({ 'tfjs-backend-wasm.wasm': simd, 'tfjs-backend-wasm-simd.wasm': simd, 'tfjs-backend-wasm-threaded-simd.wasm': simd });
  }
  // Kernels of our own; WASM without SIMD has none, and is left for the CPU.
  const build = await loadKernels();
  return { backend: await factoryOf('wasm')(), label: `WASM ${build}`, software: false };
}

function factoryOf(name: string): () => tf.KernelBackend | Promise<tf.KernelBackend> {
  const known = factories.get(name) ?? tf.findBackendFactory(name);
  if (!known) throw new Error(`tfjs registered no backend "${name}"`);
  factories.set(name, known);
  return known;
}

/** The backend is opened before it is registered, since tfjs swallows the reason of a factory that fails. */
async function use(device: DeviceName, { backend }: Opened): Promise<void> {
  if (tf.findBackendFactory(device)) tf.removeBackend(device);
  tf.registerBackend(device, () => backend);
  if (!(await tf.setBackend(device))) throw new Error(`tfjs did not take the backend ${device}`);
}

function close(device: DeviceName, opened: Opened): void {
  if (tf.findBackendFactory(device)) tf.removeBackend(device);
  opened.close?.();
}
