import { startEngine } from '../../../webview/engine';
import { WASM_PATHS } from '../engine/suite';
import { trainingTests } from './training';

trainingTests('wasm', () => startEngine({ device: 'wasm', wasmPaths: WASM_PATHS }));
