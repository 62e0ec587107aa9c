// First, see there.
import '../engine/dawn';
import { startEngine } from '../../../webview/engine';
import { WASM_PATHS } from '../engine/suite';
import { trainingTests } from './training';

trainingTests('webgpu', () => startEngine({ device: 'webgpu', wasmPaths: WASM_PATHS }));
