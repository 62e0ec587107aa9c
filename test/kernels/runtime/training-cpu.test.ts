import { startEngine } from '../../../webview/engine';
import { WASM_PATHS } from '../engine/suite';
import { trainingTests } from './training';

trainingTests('cpu', () => startEngine({ device: 'cpu', wasmPaths: WASM_PATHS }));
