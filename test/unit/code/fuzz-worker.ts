/** A process of scripts/fuzz.mjs: the main thread watches, the other one reads, so that processor time is that of the reading. Arguments: language, cases, seed. */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { LANGUAGES, sharesOf } from './fuzz-languages';
import { runCases } from './fuzz-run';

const HANGING_MS = 120_000;
/** Room for the text of the case that runs, after four bytes that count the cases. */
const ROOM = 4_000_000;

const [id, cases, seed] = process.argv.slice(2);

if (!isMainThread) work(workerData as SharedArrayBuffer);
else if (id === '--shares') console.log(JSON.stringify(sharesOf(Number(cases))));
else watch();

function work(shared: SharedArrayBuffer): void {
  const tick = new Int32Array(shared, 0, 1);
  const bytes = new Uint8Array(shared, 4);
  const encoder = new TextEncoder();
  try {
    const run = runCases(LANGUAGES.find((l) => l.id === id)!, Number(cases), Number(seed), ({ texts }) => {
      const text = encoder.encode(JSON.stringify(texts)).subarray(0, ROOM - 5);
      bytes.set(text);
      bytes[text.length] = 0;
      Atomics.add(tick, 0, 1);
    });
    const { ms, case: slowest } = run.slowest;
    parentPort!.postMessage({ ok: true, text: `${id}: ${run.cases} cases, ${run.findings} findings, ${Math.round(process.cpuUsage().user / 1e6)} s; the slowest reading took ${Math.round(ms)} ms${ms > 500 ? `:\n${JSON.stringify(slowest?.texts.at(-1)).slice(0, 4000)}` : ''}` });
  } catch (error) {
    parentPort!.postMessage({ ok: false, text: error instanceof Error ? error.message : String(error) });
  }
}

function watch(): void {
  const shared = new SharedArrayBuffer(ROOM);
  const tick = new Int32Array(shared, 0, 1);
  const worker = new Worker(__filename, { workerData: shared, argv: process.argv.slice(2) });
  let last = -1;
  let since = Date.now();
  const end = (ok: boolean, text: string) => {
    clearInterval(timer);
    (ok ? console.log : console.error)(text);
    process.exitCode = ok ? 0 : 1;
    void worker.terminate();
  };
  const timer = setInterval(() => {
    const now = Atomics.load(tick, 0);
    if (now !== last) {
      last = now;
      since = Date.now();
    } else if (Date.now() - since > HANGING_MS) {
      const bytes = new Uint8Array(shared, 4);
      end(false, `${id}: a case has not ended after ${HANGING_MS / 1000} s:\n${Buffer.from(bytes.slice(0, bytes.indexOf(0))).toString('utf8')}`);
    }
  }, 1000);
  worker.on('message', ({ ok, text }: { ok: boolean; text: string }) => end(ok, text));
  worker.on('error', (error) => end(false, `${id}: ${error.stack ?? error.message}`));
}
