// First, see there.
import '../engine/dawn';
import { after, before } from 'node:test';
import { startEngine, type Engine } from '../../../webview/engine';
import { tfjsOps } from '../../../webview/kernels/nets/tfjs';
import { WASM_PATHS } from '../engine/suite';
import { netsSuite } from './suite';

let engine: Engine;
before(async () => { engine = await startEngine({ device: 'webgpu', wasmPaths: WASM_PATHS }); });
after(() => engine.dispose());

netsSuite('WebGPU', tfjsOps, { slow: true });
