/**
 * How long reading takes, medians in milliseconds: the first lenses of a 5,000-line Python file with two models in a thread that has read
 * nothing yet, the lenses after
 * each keystroke in it, and a file as long in which the prefilter finds no candidate.
 */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { ReadingSession } from '../../core/code';
import { longFile } from './long-file';
import { median, round } from './rounds';

const LINES = 5000;
const COLD_ROUNDS = 7;
const ROUNDS = 5;

export interface ReadingTimes {
  coldLensMs: number;
  incrementalLensMs: number;
  noCandidateMs: number;
}

const COLD = 'first reading';

/** @param file a bundle that holds this module: for the first lenses it is started again, in threads whose code no reading has made fast yet. */
export async function measureReading(file: string): Promise<ReadingTimes> {
  const cold: number[] = [];
  for (let n = 0; n < COLD_ROUNDS; n++) cold.push(await inFreshThread(file));
  const text = longFile(LINES);
  const plain = longFile(LINES, false);
  const incremental: number[] = [];
  const none: number[] = [];
  for (let n = 0; n < ROUNDS; n++) {
    const session = new ReadingSession('python');
    session.update(text);
    for (const edited of edits(text)) incremental.push(time(() => expectFindings(session.update(edited).findings.length, 2)));
    // A new line each time, so that nothing is the text of before.
    const other = new ReadingSession('python');
    none.push(time(() => expectFindings(other.update(`${plain}# ${n}\n`).findings.length, 0)));
  }
  return { coldLensMs: round(median(cold)), incrementalLensMs: round(median(incremental)), noCandidateMs: round(median(none)) };
}

if (!isMainThread && workerData === COLD) {
  const text = longFile(LINES);
  const session = new ReadingSession('python');
  parentPort!.postMessage(time(() => expectFindings(session.update(text).findings.length, 2)));
}

function inFreshThread(file: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: COLD });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

/** Typing, key by key: inside the model, in the function that trains it, in a class that has nothing to do with it, and at the end. */
function* edits(text: string): Generator<string> {
  const places = ['        noise = torch.randn_like(x0)\n', '    diffusion = PointDiffusion(NoiseModel())\n', '        self.items = []\n', '\n\nif __name__'];
  const typed = ['        scale = 1.5\n', '    seed = 3\n', '        self.count = 0\n', '\n\ndef last():\n    pass\n'];
  for (const [i, place] of places.entries()) {
    const at = text.indexOf(place);
    if (at < 0) throw new Error(`the file lacks ${JSON.stringify(place)}`);
    for (let n = 1; n <= typed[i].length; n++) yield text.slice(0, at) + typed[i].slice(0, n) + (i < 3 ? (n < typed[i].length ? '\n' : '') : '') + text.slice(at);
  }
}

function expectFindings(found: number, wanted: number): void {
  if (found !== wanted) throw new Error(`${found} findings where ${wanted} were expected`);
}

function time(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
