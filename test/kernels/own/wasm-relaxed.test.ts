/** The build with fused multiply-add. Node 20 has relaxed SIMD behind a flag, which can be set as long as nothing was compiled. */
import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { startEngine } from '../../../webview/engine';
import { loadKernels } from '../../../webview/kernels/wasm/module';
import { WASM_PATHS } from '../engine/suite';
import { ownKernelSuite } from './suite';

if (Number(process.versions.node.split('.')[0]) < 22) setFlagsFromString('--experimental-wasm-relaxed-simd');

ownKernelSuite('wasm, relaxed SIMD', async () => {
  const engine = await startEngine({ device: 'wasm', wasmPaths: WASM_PATHS });
  // Chosen by the probe, not by name.
  assert.equal(engine.report.label, 'WASM relaxed SIMD');
  assert.equal(await loadKernels(), 'relaxed SIMD');
  return engine;
});
