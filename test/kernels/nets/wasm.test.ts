import { after, before } from 'node:test';
import { startEngine, type Engine } from '../../../webview/engine';
import { wasmOps } from '../../../webview/kernels/nets/wasm';
import { WASM_PATHS } from '../engine/suite';
import { netsSuite } from './suite';

let engine: Engine;
before(async () => { engine = await startEngine({ device: 'wasm', wasmPaths: WASM_PATHS }); });
after(() => engine.dispose());

netsSuite('WASM', wasmOps);
