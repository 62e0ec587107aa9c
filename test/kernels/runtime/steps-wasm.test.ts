import { startEngine } from '../../../webview/engine';
import { WASM_PATHS } from '../engine/suite';
import { stepTests } from './steps';

stepTests('wasm', () => startEngine({ device: 'wasm', wasmPaths: WASM_PATHS }));
