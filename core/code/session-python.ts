/** How Python is read statement by statement. */
import { Siblings } from './configs/siblings';
import { modelsDefinedIn } from './modules/defined';
import { Modules } from './modules/modules';
import { PYTHON_MODULES } from './modules/python';
import { lowerUnit, parseUnit } from './parse/python';
import { outlinePython } from './parse/python-outline';
import { mayBeOverruled, mayHoldDiffusion, Words } from './prefilter';
import { familiesIn } from './recognise/families';
import { run } from './recognise/units';
import type { SessionLanguage } from './session';
import { describeUnit, relevant, type UnitInfo } from './slice';

/** A file that is imported is read by itself. */
const ALONE = new Siblings(undefined);

export function python(siblings: Siblings): SessionLanguage<UnitInfo> {
  const modules = new Modules(siblings, { ...PYTHON_MODULES, read: (text) => modelsDefinedIn(text, python(ALONE)) });
  const words = new Words();
  return {
    imported: (text) => modules.importedBy(text),
    candidates: (text) => {
      const families = familiesIn(words.of(text), 'python');
      return families.length > 0 || mayHoldDiffusion(text) || mayBeOverruled(text) ? families : null;
    },
    outline: outlinePython,
    describe: describeUnit,
    relevant,
    unread: unreadNames,
    parse: parseUnit,
    lower: lowerUnit,
    run: (body) => run(body, 'python', siblings),
    revision: () => siblings.revision,
  };
}

function unreadNames(units: readonly UnitInfo[], kept: readonly boolean[]): Set<string> {
  const out = new Set<string>();
  units.forEach((u, i) => { if (!kept[i] && u.definition !== null) out.add(u.definition); });
  if (out.size === 0) return out;
  const used = new Set<string>();
  units.forEach((u, i) => { if (kept[i]) for (const name of u.uses) if (out.has(name)) used.add(name); });
  return used;
}
