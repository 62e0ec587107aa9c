import { networkSuite } from './suite';

networkSuite('wasm');
