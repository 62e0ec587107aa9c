/** The build with fused multiply-add. Node 20 has relaxed SIMD behind a flag, which can be set as long as nothing was compiled. */
import { setFlagsFromString } from 'node:v8';
import { loadKernels } from '../../../webview/kernels/wasm/module';
import { netsWasmStoreSuite } from './stores';
import { netsWasmSuite } from './suite';

if (Number(process.versions.node.split('.')[0]) < 22) setFlagsFromString('--experimental-wasm-relaxed-simd');

const load = async () => { await loadKernels('relaxed SIMD'); };
netsWasmSuite('relaxed SIMD', load);
netsWasmStoreSuite('relaxed SIMD', load);
