import { engineSuite } from './suite';

engineSuite('wasm');
