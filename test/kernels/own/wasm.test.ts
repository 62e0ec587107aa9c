import { startEngine } from '../../../webview/engine';
import { WASM_PATHS } from '../engine/suite';
import { ownKernelSuite } from './suite';

ownKernelSuite('wasm', () => startEngine({ device: 'wasm', wasmPaths: WASM_PATHS }));
