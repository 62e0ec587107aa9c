/** Which of the playground's data sets the file trains on, where a name says so. */
import { remembered } from '../../../remembered';
import type { Constants } from './constants';
import { agreed, underName, writtenAs, type Told } from './agree';
import { NO_TRAINING } from './related';
import type { CallSite, Survey } from './survey';
import { plain } from './survey';

/** Ids of core/math/datasets. */
export type DataName = 'moons' | 'gaussians8' | 'swiss-roll' | 'checkerboard' | 'pinwheel' | 'rings' | 'dinosaur';

/** What the field calls them, without case, `_` and `-`. */
const NAMES: Readonly<Record<string, DataName>> = {
  moons: 'moons', moon: 'moons', twomoons: 'moons', '2moons': 'moons', halfmoons: 'moons',
  '8gaussians': 'gaussians8', gaussians8: 'gaussians8', eightgaussians: 'gaussians8', '8gaussian': 'gaussians8', eightgaussian: 'gaussians8', '8gmm': 'gaussians8',
  swissroll: 'swiss-roll', checkerboard: 'checkerboard', chessboard: 'checkerboard', pinwheel: 'pinwheel', circles: 'rings', rings: 'rings', twocircles: 'rings', concentriccircles: 'rings',
  dino: 'dinosaur', dinosaur: 'dinosaur', datasaurus: 'dinosaur',
};
/** Words around the name of a function that makes data: `make_moons`, `sample_8gaussians_batch`, `getSwissRoll`. */
const AROUND = new Set(['make', 'sample', 'get', 'load', 'generate', 'gen', 'batch', 'data', 'dataset', 'draw', 'inf', 'train', 'points', 'toy', '2d', 'create', 'build', 'from', 'sampler', 'distribution', 'next']);
/** Names under which a choice of data is kept. */
const CHOICE = new Set(['data', 'dataset', 'datasetname', 'dataname', 'distribution', 'toy', 'toydata', 'target', 'targetdistribution', 'dataset2d', 'datatype']);

export const dataNamed = remembered((text: string): DataName | null => {
  const words = text.replaceAll(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase().split(/[^a-z0-9]+/).filter((w) => w !== '' && !AROUND.has(w));
  return Object.hasOwn(NAMES, words.join('')) ? NAMES[words.join('')] : null;
});

/** Calls of functions whose name is that of a data set. */
export function dataCallsOf(file: Survey): CallSite[] {
  return file.calls.filter((s) => /^[\w.]+$/.test(s.path) && dataNamed(s.name) !== null);
}

/** A name that was chosen (`--dataset moons`) decides; one that is none of ours says that it is none. Else the functions that are called. */
export function readData(file: Survey, constants: Constants, calls: readonly CallSite[]): Told<DataName> | undefined {
  const chosen: (Told<DataName> | null)[] = [];
  const choice = (name: string, c: ReturnType<Constants['of']>, origin: 'default' | 'config' | null = null) => {
    if (typeof c?.value !== 'string') return;
    const value = dataNamed(c.value);
    const told = value && { value, source: underName(c.source, name) };
    chosen.push(told && writtenAs(told, origin));
  };
  for (const s of file.settings) if (CHOICE.has(plain(s.name)) && !NO_TRAINING.test(s.callee)) choice(s.name, constants.of(s.value), s.option ? 'config' : null);
  // `get_dataset('moons')`; defaults only where nothing is passed.
  for (const s of file.calls) {
    const [first] = s.call.args;
    if (first && !first.name && /data|sampl|toy|distribution/i.test(s.name) && s.name !== 'add_argument') choice('data', constants.of(first.value));
  }
  if (chosen.length === 0) for (const { parameter: p } of file.parameters) if (CHOICE.has(plain(p.name))) choice(p.name, constants.of(p.default), 'default');
  if (chosen.length > 0) return agreed(chosen);
  const told = calls.filter((s) => !s.definitions.some((d) => /plot|visual|eval|test/i.test(d.name))).map((s): Told<DataName> => {
    return { value: dataNamed(s.name)!, source: { span: s.call.callee, origin: 'literal', name: s.name } };
  });
  return agreed(told);
}
