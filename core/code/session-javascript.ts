/** How TypeScript and JavaScript are read statement by statement. */
import { Siblings } from './configs/siblings';
import { modelsDefinedIn } from './modules/defined';
import { describeJavascriptUnit, relevantJavascript, type JavascriptUnit } from './javascript-slice';
import { Modules } from './modules/modules';
import { JAVASCRIPT_MODULES } from './modules/javascript';
import { lowerJavascriptUnit, parseJavascriptUnit, type JavascriptDialect } from './parse/javascript';
import { outlineJavascript } from './parse/javascript-outline';
import { mayBeOverruled, isMachineWritten, mayHoldDiffusionJavascript, Words } from './prefilter';
import { familiesIn } from './recognise/families';
import { run } from './recognise/units';
import type { SessionLanguage } from './session';

/** A name that is not read is unknown by itself: nothing else of that name is built in. */
const NONE: ReadonlySet<string> = new Set();

/** A file that is imported is read by itself. */
const ALONE = new Siblings(undefined);
/** A program imports several files: each may cost a part of what it costs itself. */
const IMPORTED_STEPS = 60_000;

export function javascript(dialect: JavascriptDialect, siblings: Siblings): SessionLanguage<JavascriptUnit> {
  // A file of JavaScript is TypeScript as well.
  const modules = new Modules(siblings, { ...JAVASCRIPT_MODULES, read: (text) => modelsDefinedIn(text, javascript('typescript', ALONE)) });
  const words = new Words();
  return {
    imported: (text) => (isMachineWritten(text) ? [] : modules.importedBy(text)),
    candidates: (text) => {
      if (isMachineWritten(text)) return null;
      const families = familiesIn(words.of(text), 'javascript');
      return families.length > 0 || mayHoldDiffusionJavascript(text) || mayBeOverruled(text) ? families : null;
    },
    outline: outlineJavascript,
    describe: describeJavascriptUnit,
    relevant: relevantJavascript,
    unread: () => NONE,
    parse: (source) => parseJavascriptUnit(source, dialect),
    lower: lowerJavascriptUnit,
    run: (body) => run(body, 'javascript', undefined, siblings === ALONE ? IMPORTED_STEPS : undefined),
    revision: () => siblings.revision,
  };
}
