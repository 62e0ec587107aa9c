/** A thread of scripts/fuzz.mjs. */
import { parentPort, workerData } from 'node:worker_threads';
import { LANGUAGES, sharesOf } from './fuzz-languages';
import { runCases } from './fuzz-run';

type Work = { list: number } | { language: string; cases: number; seed: number; shared: SharedArrayBuffer };

const work = workerData as Work;
if ('list' in work) parentPort!.postMessage({ parts: sharesOf(work.list) });
else {
  const tick = new Int32Array(work.shared, 0, 1);
  const bytes = new Uint8Array(work.shared, 4);
  const encoder = new TextEncoder();
  try {
    const language = LANGUAGES.find((l) => l.id === work.language)!;
    const run = runCases(language, work.cases, work.seed, ({ texts }) => {
      const text = encoder.encode(JSON.stringify(texts)).subarray(0, bytes.length - 1);
      bytes.set(text);
      bytes[text.length] = 0;
      Atomics.add(tick, 0, 1);
    });
    const { ms, case: slowest } = run.slowest;
    parentPort!.postMessage({ report: `${work.language}: ${run.cases} cases, ${run.findings} findings; the slowest reading took ${Math.round(ms)} ms${ms > 500 ? `:\n${JSON.stringify(slowest?.texts.at(-1)).slice(0, 4000)}` : ''}` });
  } catch (error) {
    parentPort!.postMessage({ failure: error instanceof Error ? error.message : String(error) });
  }
}
