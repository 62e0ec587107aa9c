/**
 * How long reading takes, medians in milliseconds, for Python and TypeScript: the first lenses of a 5,000-line file with two models in a thread that has read
 * nothing yet, the lenses after each keystroke in it, and a file as long in which the prefilter finds no candidate.
 */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { ReadingSession } from '../../core/code';
import { longFile } from './long-file';
import { longTypescript } from './long-typescript';
import { median, round } from './rounds';

const LINES = 5000;
const COLD_ROUNDS = 7;
const ROUNDS = 5;

export interface LanguageTimes {
  coldMs: number;
  incrementalMs: number;
  /** Of the keystrokes above, those inside a model. */
  incrementalInModelMs: number;
  noCandidateMs: number;
}

export type ReadingTimes = Record<LanguageName, LanguageTimes>;

interface Language {
  id: string;
  file(lines: number, models?: boolean): string;
  comment: string;
  /** Where is typed and what: inside the model, in the function that trains it, in a class that has nothing to do with it, and at the end. */
  edits: readonly { before: string; typed: string; inModel: boolean }[];
}

type LanguageName = 'python' | 'typescript';

const LANGUAGES: Readonly<Record<LanguageName, Language>> = {
  python: {
    id: 'python', file: longFile, comment: '#',
    edits: [
      { before: '        noise = torch.randn_like(x0)\n', typed: '        scale = 1.5\n', inModel: true },
      { before: '    diffusion = PointDiffusion(NoiseModel())\n', typed: '    seed = 3\n', inModel: true },
      { before: '        self.items = []\n', typed: '        self.count = 0\n', inModel: false },
      { before: '\n\nif __name__', typed: '\n\ndef last():\n    pass\n', inModel: false },
    ],
  },
  typescript: {
    id: 'typescript', file: longTypescript, comment: '//',
    edits: [
      { before: '    const noise = tf.randomNormal(x0.shape) as tf.Tensor2D;\n', typed: '    const scale = 1.5;\n', inModel: true },
      { before: '  const diffusion = new PointDiffusion(model);\n', typed: '  const seed = 3;\n', inModel: true },
      { before: '    const value = this.items.get(key);\n', typed: '    this.reads = 0;\n', inModel: false },
      { before: '\nvoid main(', typed: '\nexport const last = () => 1;\n', inModel: false },
    ],
  },
};

/** @param file a bundle that holds this module: for the first lenses it is started again, in threads whose code no reading has made fast yet. */
export async function measureReading(file: string): Promise<ReadingTimes> {
  const out: Partial<ReadingTimes> = {};
  for (const name of Object.keys(LANGUAGES) as LanguageName[]) out[name] = await measure(file, name);
  return out as ReadingTimes;
}

async function measure(bundle: string, name: LanguageName): Promise<LanguageTimes> {
  const { id, file, comment, edits } = LANGUAGES[name];
  const cold: number[] = [];
  for (let n = 0; n < COLD_ROUNDS; n++) cold.push(await inFreshThread(bundle, name));
  const text = file(LINES);
  const plain = file(LINES, false);
  const inModel: number[] = [];
  const elsewhere: number[] = [];
  const none: number[] = [];
  for (let n = 0; n < ROUNDS; n++) {
    const session = new ReadingSession(id);
    session.update(text);
    for (const edit of edits) {
      const times = edit.inModel ? inModel : elsewhere;
      for (const edited of keystrokes(text, edit)) times.push(time(() => expectFindings(session.update(edited).findings.length, 2)));
    }
    // A new line each time, so that nothing is the text of before.
    const other = new ReadingSession(id);
    none.push(time(() => expectFindings(other.update(`${plain}${comment} ${n}\n`).findings.length, 0)));
  }
  return { coldMs: round(median(cold)), incrementalMs: round(median([...inModel, ...elsewhere])), incrementalInModelMs: round(median(inModel)), noCandidateMs: round(median(none)) };
}

if (!isMainThread && typeof workerData === 'string' && workerData in LANGUAGES) {
  const { id, file } = LANGUAGES[workerData as LanguageName];
  const text = file(LINES);
  const session = new ReadingSession(id);
  parentPort!.postMessage(time(() => expectFindings(session.update(text).findings.length, 2)));
}

function inFreshThread(bundle: string, name: LanguageName): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(bundle, { workerData: name });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

function* keystrokes(text: string, { before, typed }: Language['edits'][number]): Generator<string> {
  const at = text.indexOf(before);
  if (at < 0) throw new Error(`the file lacks ${JSON.stringify(before)}`);
  // What is typed stands on a line of its own from the first key on.
  for (let n = 1; n <= typed.length; n++) yield text.slice(0, at) + typed.slice(0, n) + (typed[0] !== '\n' && n < typed.length ? '\n' : '') + text.slice(at);
}

function expectFindings(found: number, wanted: number): void {
  if (found !== wanted) throw new Error(`${found} findings where ${wanted} were expected`);
}

function time(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
