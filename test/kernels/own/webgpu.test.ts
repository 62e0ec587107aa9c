// First, see there.
import '../engine/dawn';
import { startEngine } from '../../../webview/engine';
import { WASM_PATHS } from '../engine/suite';
import { ownKernelSuite } from './suite';

ownKernelSuite('webgpu', () => startEngine({ device: 'webgpu', wasmPaths: WASM_PATHS }));
