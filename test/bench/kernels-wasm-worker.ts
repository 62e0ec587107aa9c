/** The measurement in a worker of a browser: gets {wasmPaths, build, rounds}, answers with the result or the error's words. */
import type { Build } from '../../webview/kernels/wasm/module';
import { measure } from './kernels-wasm-measure';

self.addEventListener('message', ({ data }: MessageEvent<{ wasmPaths: string; build?: Build; rounds: number }>) => {
  measure(data.wasmPaths, data.build, data.rounds).then((result) => self.postMessage({ result }), (error: unknown) => self.postMessage({ error: String(error) }));
});
