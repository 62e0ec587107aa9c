/** How TypeScript and JavaScript are read statement by statement. */
import { describeJavascriptUnit, relevantJavascript, type JavascriptUnit } from './javascript-slice';
import { lowerJavascriptUnit, parseJavascriptUnit, type JavascriptDialect } from './parse/javascript';
import { outlineJavascript } from './parse/javascript-outline';
import { mayBeOverruled, isMachineWritten, mayHoldDiffusionJavascript, wordsOf } from './prefilter';
import { familiesIn } from './recognise/families';
import { run } from './recognise/units';
import type { SessionLanguage } from './session';

/** A name that is not read is unknown by itself: nothing else of that name is built in. */
const NONE: ReadonlySet<string> = new Set();

export function javascript(dialect: JavascriptDialect): SessionLanguage<JavascriptUnit> {
  return {
    imported: () => [],
    candidates: (text) => {
      if (isMachineWritten(text)) return null;
      const families = familiesIn(wordsOf(text), 'javascript');
      return families.length > 0 || mayHoldDiffusionJavascript(text) || mayBeOverruled(text) ? families : null;
    },
    outline: outlineJavascript,
    describe: describeJavascriptUnit,
    relevant: relevantJavascript,
    unread: () => NONE,
    parse: (source) => parseJavascriptUnit(source, dialect),
    lower: lowerJavascriptUnit,
    run: (body) => run(body, 'javascript'),
    // TypeScript that imports a file of settings is not followed.
    revision: () => 0,
  };
}
