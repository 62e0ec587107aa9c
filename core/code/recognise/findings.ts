/** All findings of one run: diffusion models by their schedules, all families by their formulas and calls, and what comments say of them. */
import type { LineMap } from '../parse/lines';
import type { Machine } from '../interpret/machine';
import type { ImportedModel } from '../modules/modules';
import { orderAt, type Overrides } from '../overrides';
import { wordsOf } from '../prefilter';
import type { Finding } from '../types';
import { isDiffusion } from '../vocabulary';
import { diffusionFindings } from './diffusion';
import { FOREIGN_BETAS } from './hyperparameters';
import { familyFindings, hyperparametersOf, viewOf } from './families';
import type { Family } from './families/family';
import { trainedHere } from './families/imported';
import { supplementOf } from './families/scores/supplement';

export interface Wanted {
  /** Those that the text may hold, besides diffusion that is told by its schedule. */
  families: readonly Family[];
  /** Models of other files that it may train. */
  imported: readonly ImportedModel[];
  overrides: Overrides;
}

/** `text`: the statements that are read. */
export function findingsOf(m: Machine, lines: LineMap, text: string, { families, imported, overrides }: Wanted): Finding[] {
  const view = viewOf(m, lines, text, wordsOf(text));
  const read = familyFindings(families, view, overrides, trainedHere(view, imported));
  const at = (f: Finding, list: readonly Finding[]) => list.some((o) => o.range.from === f.range.from);
  // Continuous time is no DDPM, though one may be made of it; where a schedule is read, the model is not read once more without it.
  const scheduled = diffusionFindings(view).filter((f) => !at(f, read.filter((o) => o.family === 'score-sde')));
  const others = read.filter((f) => (scheduled.length === 0 || !isDiffusion(f.family)) && !at(f, scheduled));
  const diffusion = scheduled.map((f) => {
    const more = hyperparametersOf(view, supplementOf(view, f));
    const notes = 'T' in more ? f.notes.map((n) => (n === FOREIGN_BETAS ? 'The betas are made outside this file, of what is given here.' : n)) : f.notes;
    return { ...f, notes, hyperparameters: { ...f.hyperparameters, ...more } };
  });
  return applied([...diffusion, ...others], overrides).sort((a, b) => a.range.from - b.range.from);
}

/** Without what a comment turns off, or calls something else. */
function applied(findings: readonly Finding[], overrides: Overrides): Finding[] {
  return findings.flatMap((f) => {
    const own = orderAt(overrides, f.range.from)?.order ?? overrides.file?.order;
    if (own === undefined || own === f.family) return [f];
    return own !== 'off' && isDiffusion(own) && isDiffusion(f.family) ? [{ ...f, family: own }] : [];
  });
}
