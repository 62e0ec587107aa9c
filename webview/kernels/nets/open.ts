/** The operations of the device that runs. */
import type { DeviceName } from '../../worker/protocol';
import { cpuOps } from './cpu';
import type { Matrix, Ops } from './contract';
import { tfjsOps } from './tfjs';
import { wasmOps } from './wasm';

/** Each set has matrices of its own kind, which come from it and go back to it alone. */
export function openOps(device: DeviceName): Ops {
  return (device === 'webgpu' ? tfjsOps() : device === 'wasm' ? wasmOps() : cpuOps()) as unknown as Ops<Matrix>;
}
