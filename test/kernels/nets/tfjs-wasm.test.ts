import { after, before } from 'node:test';
import { startEngine, type Engine } from '../../../webview/engine';
import { tfjsOps } from '../../../webview/kernels/nets/tfjs';
import { WASM_PATHS } from '../engine/suite';
import { netsSuite } from './suite';

let engine: Engine;
before(async () => { engine = await startEngine({ device: 'wasm', wasmPaths: WASM_PATHS }); });
after(() => engine.dispose());

// tfjs' WASM has no gradient of a convolution by its filters.
netsSuite('tfjs on WASM', tfjsOps, { convolutions: false });
