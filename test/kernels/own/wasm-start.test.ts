/** Where the kernels cannot run, the WASM device does not start, and says why. In a process of its own, since kernels stay loaded. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { startEngine } from '../../../webview/engine';
import { kernels } from '../../../webview/kernels/wasm/module';
import { WASM_PATHS } from '../engine/suite';

it('WASM without SIMD is passed over', async () => {
  const { validate } = WebAssembly;
  WebAssembly.validate = () => false;
  try {
    await assert.rejects(startEngine({ device: 'wasm', wasmPaths: WASM_PATHS }), /device wasm cannot be used here: it failed to start \(this WebAssembly has no SIMD, which the kernels need\)/);
    const engine = await startEngine({ device: 'auto', wasmPaths: WASM_PATHS });
    assert.equal(engine.report.device, 'cpu');
    assert.match(engine.report.why, /WASM is not used: it failed to start \(this WebAssembly has no SIMD/);
    engine.dispose();
    assert.throws(() => kernels(), /not loaded; startEngine loads them/);
  } finally {
    WebAssembly.validate = validate;
  }
});
