/** The build that has SIMD alone. */
import { loadKernels } from '../../../webview/kernels/wasm/module';
import { netsWasmStoreSuite } from './stores';
import { netsWasmSuite } from './suite';

const load = async () => { await loadKernels('SIMD'); };
netsWasmSuite('SIMD', load);
netsWasmStoreSuite('SIMD', load);
