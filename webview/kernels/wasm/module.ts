/** Loading the SIMD kernels, once a thread. Two builds: with fused multiply-add (relaxed SIMD) where the engine has it, else with SIMD alone. */
import relaxed from './build/relaxed.wasm';
import simd from './build/simd.wasm';
import type { NetExports } from '../nets/wasm/exports';

/** Pointers, counts and words are 32-bit integers, the rest float32. See ./assembly for what each means. */
export interface Exports {
  memory: WebAssembly.Memory;
  reset(): void;
  alloc(bytes: number): number;
  mlp(x: number, n: number, parameters: number, features: number, hidden: number, layers: number, out: number): void;
  ddpmStep(
    x: number, n: number, parameters: number, features: number, hidden: number, layers: number, a: number, b: number, c: number,
    key0: number, key1: number, stream0: number, stream1: number, firstPair: number, out: number,
  ): void;
  ddpmGradient(
    data: number, dataRows: number, parameters: number, features: number, table: number, levels: number, hidden: number, layers: number, key0: number, key1: number,
    pick0: number, pick1: number, noise0: number, noise1: number, firstExample: number, count: number, scale: number, gradient: number, records: number,
  ): void;
  adamEma(
    state: number, gradient: number, P: number, rate: number, beta1: number, rest1: number, beta2: number, rest2: number, epsilon: number,
    decay: number, restDecay: number, next: number,
  ): void;
  words(key0: number, key1: number, stream0: number, stream1: number, firstPair: number, count: number): number;
  normals(key0: number, key1: number, stream0: number, stream1: number, firstPair: number, count: number): number;
}

export type Build = 'SIMD' | 'relaxed SIMD';

/** (func (result v128) f32x4.relaxed_madd of three zero vectors) */
const ZERO = [0xfd, 0x0c, ...new Array<number>(16).fill(0)];
const PROBE_BODY = [0x00, ...ZERO, ...ZERO, ...ZERO, 0xfd, 0x85, 0x02, 0x0b];
const PROBE = Uint8Array.of(
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00,
  0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b,
  0x03, 0x02, 0x01, 0x00,
  0x0a, PROBE_BODY.length + 2, 0x01, PROBE_BODY.length, ...PROBE_BODY,
);

let loaded: { build: Build; module: WebAssembly.Module; exports: Exports } | undefined;

/**
 * Makes the kernels ready; a second call does nothing.
 * @param wanted for tests and measurements; by default the best that this engine has.
 * @returns which build runs.
 * @throws Error when this engine has no SIMD, or will not compile.
 */
export async function loadKernels(wanted?: Build): Promise<Build> {
  const build = wanted ?? loaded?.build ?? (WebAssembly.validate(PROBE) ? 'relaxed SIMD' : 'SIMD');
  if (loaded?.build === build) return build;
  const bytes = build === 'SIMD' ? simd : relaxed;
  if (!WebAssembly.validate(bytes)) throw new Error(`this WebAssembly has no ${build}, which the kernels need`);
  const { module, instance } = await WebAssembly.instantiate(bytes, { env: { outOfMemory } });
  loaded = { build, module, exports: instance.exports as unknown as Exports };
  return build;
}

/** @throws Error before `loadKernels` has ended. */
export function kernels(): Exports {
  if (!loaded) throw new Error('The WASM kernels are not loaded; startEngine loads them.');
  return loaded.exports;
}

/**
 * An instance of its own, with a memory that no other call resets: what is kept in it stays until the last reference to it is gone.
 * @throws Error before `loadKernels` has ended.
 */
export function netKernels(): NetExports {
  if (!loaded) throw new Error('The WASM kernels are not loaded; startEngine loads them.');
  return new WebAssembly.Instance(loaded.module, { env: { outOfMemory } }).exports as unknown as NetExports;
}

function outOfMemory(bytes: number): never {
  throw new RangeError(`There is no memory for ${Math.ceil(bytes / 2 ** 20)} MB more in the WASM kernels; take fewer points or a smaller network.`);
}
