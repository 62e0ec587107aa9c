/** Settings of network, training and data: told by the file as a whole, and given to each model that is found in it. */
import type { Machine } from '../../interpret/machine';
import type { DdpmHyperparameters, Hyperparameter } from '../../types';
import type { Group } from '../evidence';
import type { FileView } from '../families/family';
import { hyper } from '../hyperparameters';
import { Constants } from './constants';
import { dataCallsOf, readData } from './data';
import { readLoss } from './loss';
import { readNetwork } from './network';
import { readOptimisation } from './optimise';
import { relatedTo } from './related';
import { survey, type Survey } from './survey';

export class TrainingReader {
  constructor(private readonly view: Pick<FileView, 'm' | 'lines' | 'survey' | 'constants'>) {}

  /** `group` is null for a call of a library's scheduler; `tops` are the definitions that the model stands in. */
  read(group: Group | null, tops: ReadonlySet<string>): Partial<DdpmHyperparameters> {
    const { m, lines, survey: file, constants } = this.view;
    const related = relatedTo(m, group, tops);
    const calls = dataCallsOf(file);
    const loss = readLoss(m, file, constants, group);
    const out: Partial<Record<keyof DdpmHyperparameters, Hyperparameter<unknown>>> = {};
    const told = { ...readNetwork(file, constants, related), ...readOptimisation(file, constants, related, calls), ...loss, data: readData(file, constants, calls) };
    for (const key of ORDER) {
      const t = told[key];
      if (!t) continue;
      out[key] = hyper(lines, t.value, t.source);
    }
    return out as Partial<DdpmHyperparameters>;
  }
}

/** What the file says, and the constants that stand in it. */
export function prepare(m: Machine): { file: Survey; constants: Constants } {
  const file = survey(m.body);
  const counts = new Map<string, number>();
  // `train(…)` and `model.train()` are two functions.
  for (const { path } of file.calls) {
    const name = path.includes('.') ? path.slice(path.lastIndexOf('.')) : path;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const passed = new Set<number>();
  for (const { parameter: p, definitions } of file.parameters) {
    const f = definitions[definitions.length - 1];
    const outer = definitions[definitions.length - 2];
    const isConstructor = f.name === '__init__' || f.name === 'constructor';
    if (counts.get(outer?.kind === 'class' ? (isConstructor ? outer.name : `.${f.name}`) : f.name) !== 1) continue;
    passed.add(p.from);
    if (p.default) passed.add(p.default.from);
  }
  return { file, constants: new Constants(m, passed) };
}

const ORDER = ['hiddenUnits', 'hiddenLayers', 'batchSize', 'learningRate', 'emaDecay', 'trainSteps', 'epochs', 'lossWeighting', 'gamma', 'rescaleZeroTerminalSnr', 'data'] as const;
