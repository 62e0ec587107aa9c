/** Entry of the tests that run inside VS Code's extension host, on the desktop, in the server and in the web worker alike. */
import { runMocha } from './harness';

/** Base names of test/host/*.test.ts; the bundler writes them here, so that a new file needs no entry anywhere. */
declare const HOST_TESTS: readonly string[];

/** VS Code calls this; a rejection is a failed run. */
export function run(): Promise<void> {
  return runMocha(async () => {
    // esbuild turns the pattern into a table of all files that match it.
    for (const name of HOST_TESTS) await import(`./${name}.test.ts`);
  });
}
