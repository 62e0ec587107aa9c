/** Settings that a Python program imports from a file beside it. */
import { PROJECT_FOLDERS, type SettingsModules } from '../configs/siblings';
import { mayHoldSettings, settingsOf } from '../interpret/imported-settings';
import { isLibrary, PYTHON_MODULES } from './python';
import { LineMap } from '../parse/lines';
import { parsePython } from '../parse/python';
import { run } from '../recognise/units';

export const PYTHON_SETTINGS: SettingsModules = {
  mayHold: (module) => mayHoldSettings(module) && !isLibrary(module),
  filesOf: (module) => {
    const files = PYTHON_MODULES.filesOf(module);
    return PYTHON_MODULES.isRelative(module) ? files : PROJECT_FOLDERS.flatMap((folder) => files.map((file) => folder + file));
  },
  read: (text, file) => settingsOf(run(parsePython(text)), { name: file, lines: new LineMap(text) }),
};
