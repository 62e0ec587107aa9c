/** Which device is chosen, and what is said when one is missing. Without WebGPU here: Node 20 has no navigator. */
import { afterEach, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DeviceError, startEngine, tf, type Engine } from '../../../webview/engine';
import type { DeviceChoice } from '../../../webview/worker/protocol';
import { WASM_PATHS } from './suite';

/** A gpu object as browsers without a usable adapter have it. */
function pretendGpu(requestAdapter: () => Promise<unknown>): void {
  Object.defineProperty(globalThis, 'navigator', { value: { gpu: { requestAdapter } }, configurable: true });
}

describe('choice of the device', () => {
  let engine: Engine | undefined;
  afterEach(() => {
    engine?.dispose();
    engine = undefined;
    Object.defineProperty(globalThis, 'navigator', { value: undefined, configurable: true });
  });

  it('auto takes WASM with SIMD where there is no WebGPU, and says so', async () => {
    engine = await startEngine({ device: 'auto', wasmPaths: WASM_PATHS });
    assert.equal(engine.report.device, 'wasm');
    // Which of the two builds depends on the Node.
    assert.match(engine.report.label, /^WASM (relaxed )?SIMD$/);
    assert.equal(engine.report.software, false);
    assert.match(engine.report.why, /^WebGPU is not used: this place has no WebGPU\.$/);
  });

  it('auto passes over a null adapter, a refusal and a software adapter, each with its reason', async () => {
    const software = { info: { vendor: 'google', architecture: 'swiftshader' }, features: new Set(), limits: {} };
    const cases: [() => Promise<unknown>, RegExp][] = [
      [() => Promise.resolve(null), /WebGPU offers no adapter/],
      [() => Promise.reject(new Error('blocked')), /refused an adapter: blocked/],
      [() => Promise.resolve(software), /google swiftshader.*in software/],
      [() => Promise.resolve({ ...software, info: { vendor: 'acme', isFallbackAdapter: true } }), /acme.*in software/],
    ];
    for (const [requestAdapter, why] of cases) {
      pretendGpu(requestAdapter);
      engine = await startEngine({ device: 'auto', wasmPaths: WASM_PATHS });
      assert.equal(engine.report.device, 'wasm');
      assert.match(engine.report.why, why);
      engine.dispose();
    }
  });

  it('auto passes over a hardware adapter whose device cannot be opened', async () => {
    pretendGpu(() => Promise.resolve({ info: { vendor: 'acme' }, features: new Set(), limits: {}, requestDevice: () => Promise.reject(new Error('out of memory')) }));
    engine = await startEngine({ device: 'auto', wasmPaths: WASM_PATHS });
    assert.equal(engine.report.device, 'wasm');
    assert.match(engine.report.why, /failed to start \(out of memory\)/);
  });

  it('a device chosen by name is never replaced', async () => {
    await assert.rejects(startEngine({ device: 'webgpu', wasmPaths: WASM_PATHS }), (error: unknown) => error instanceof DeviceError && /device webgpu cannot be used here: this place has no WebGPU/.test(error.message));
    await assert.rejects(startEngine({ device: 'wasm', wasmPaths: {} }), /device wasm cannot be used here.*no URL was given for tfjs-backend-wasm-simd\.wasm/);
    await assert.rejects(startEngine({ device: 'cuda' as DeviceChoice, wasmPaths: WASM_PATHS }), /no device "cuda"/);
  });

  it('a started engine can be left and started again, on the same device or another', async () => {
    for (const device of ['wasm', 'cpu', 'wasm'] as const) {
      engine = await startEngine({ device, wasmPaths: WASM_PATHS });
      assert.equal(tf.getBackend(), device);
      assert.equal(engine.report.why, 'It was chosen by name.');
      engine.dispose();
    }
    // A second start without disposing the first.
    await startEngine({ device: 'cpu', wasmPaths: WASM_PATHS });
    engine = await startEngine({ device: 'wasm', wasmPaths: `${WASM_PATHS}/` });
    assert.equal(tf.getBackend(), 'wasm');
  });

  it('auto falls to the CPU where a kernel computes wrongly', async () => {
    const kernel = tf.getKernel('Sigmoid', 'wasm');
    tf.unregisterKernel('Sigmoid', 'wasm');
    tf.registerKernel({ ...kernel, kernelFunc: (args) => tf.getKernel('Relu', 'wasm').kernelFunc(args) });
    try {
      engine = await startEngine({ device: 'auto', wasmPaths: WASM_PATHS });
      assert.equal(engine.report.device, 'cpu');
      assert.match(engine.report.why, /WASM is not used: it computes wrongly \(self-test error [\d.]+/);
      await assert.rejects(startEngine({ device: 'wasm', wasmPaths: WASM_PATHS }), /it computes wrongly/);
    } finally {
      tf.unregisterKernel('Sigmoid', 'wasm');
      tf.registerKernel(kernel);
    }
  });

  // Last: after a failed load tfjs refuses other WASM paths for the rest of the process.
  it('auto falls to the CPU where the WASM files are missing', async () => {
    const empty = mkdtempSync(path.join(os.tmpdir(), 'no-wasm-'));
    engine = await startEngine({ device: 'auto', wasmPaths: empty });
    assert.equal(engine.report.device, 'cpu');
    assert.match(engine.report.why, /WASM is not used: it failed to start/);
  });
});
