import { startEngine } from '../../../webview/engine';
import { WASM_PATHS } from '../engine/suite';
import { stepTests } from './steps';

stepTests('cpu', () => startEngine({ device: 'cpu', wasmPaths: WASM_PATHS }));
