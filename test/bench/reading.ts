/**
 * How long reading takes, as one JSON object of medians in milliseconds: the first lenses of a 5,000-line Python file with two models, the lenses after
 * each keystroke in it, and a file as long in which the prefilter finds no candidate.
 *
 * Bundled by esbuild for Node, like the tests; it takes no argument.
 */
import { ReadingSession } from '../../core/code';
import { longFile } from './long-file';

const LINES = 5000;
const ROUNDS = 15;

export interface ReadingTimes {
  coldLensMs: number;
  incrementalLensMs: number;
  noCandidateMs: number;
}

export function measureReading(): ReadingTimes {
  const text = longFile(LINES);
  const plain = longFile(LINES, false);
  const cold: number[] = [];
  const incremental: number[] = [];
  const none: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const session = new ReadingSession('python');
    cold.push(time(() => expectFindings(session.update(text).findings.length, 2)));
    for (const edited of edits(text)) incremental.push(time(() => expectFindings(session.update(edited).findings.length, 2)));
    // A new line each time, so that nothing is the text of before.
    const other = new ReadingSession('python');
    none.push(time(() => expectFindings(other.update(`${plain}# ${round}\n`).findings.length, 0)));
  }
  return { coldLensMs: median(cold), incrementalLensMs: median(incremental), noCandidateMs: median(none) };
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

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(100 * sorted[sorted.length >> 1]) / 100;
}

if (typeof require !== 'undefined' && require.main === module) console.log(JSON.stringify(measureReading()));
