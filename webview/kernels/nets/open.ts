/** The operations of the device that runs. */
import { cpuOps } from './cpu';
import type { Matrix, Ops } from './contract';
import { wasmOps } from './wasm';

export function openOps(device: 'webgpu' | 'wasm' | 'cpu'): Ops<Matrix> {
  if (device === 'webgpu') throw new RangeError('not yet');
  return (device === 'wasm' ? wasmOps() : cpuOps()) as unknown as Ops<Matrix>;
}
