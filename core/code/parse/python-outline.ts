/**
 * The top-level statements of a Python file, found by brackets, strings and indentation alone. Each can then be parsed by itself, when it is wanted and
 * once for as long as it reads the same: a keystroke costs the statement that it falls in, not the file.
 */

export interface Unit {
  from: number;
  /** After its last character of code. */
  to: number;
}

/** Belongs to the statement above, at the same indentation. */
const CONTINUES = /(?:elif|else|except|finally)\b/y;
/** Starts a statement even where a bracket above was never closed. */
const CERTAIN = /(?:(?:async[ \t]+)?def[ \t]+\w|class[ \t]+\w|import[ \t]+\w|from[ \t]+\S+[ \t]+import\b)/y;

const NEWLINE = 10, RETURN = 13, SPACE = 32, TAB = 9, FEED = 12, HASH = 35, AT = 64, BACKSLASH = 92, DOUBLE = 34, SINGLE = 39, BOM = 0xfeff;

export function outlinePython(text: string): Unit[] {
  const units: Unit[] = [];
  const n = text.length;
  let depth = 0;
  /** All so far are decorators: the definition below belongs to them. */
  let decorators = false;
  let i = text.charCodeAt(0) === BOM ? 1 : 0;
  let from = -1;
  let to = -1;
  const close = () => {
    if (from >= 0) units.push({ from, to });
  };
  while (i < n) {
    // At the beginning of a line that is no part of a string.
    let c = text.charCodeAt(i);
    const starts = c !== NEWLINE && c !== RETURN && c !== SPACE && c !== TAB && c !== FEED && c !== HASH;
    if (starts && depth > 0 && at(CERTAIN, text, i)) depth = 0;
    if (starts && depth === 0) {
      if (!decorators && !(from >= 0 && at(CONTINUES, text, i))) {
        close();
        from = i;
      }
      decorators = c === AT;
    }
    const comment = c === HASH && depth === 0;
    // The rest of the line, with the lines that it goes on in.
    let code = -1;
    for (; i < n; i++) {
      c = text.charCodeAt(i);
      if (c === NEWLINE || c === RETURN) break;
      if (c === SPACE || c === TAB || c === FEED) continue;
      if (c === HASH) {
        while (i + 1 < n && (c = text.charCodeAt(i + 1)) !== NEWLINE && c !== RETURN) i++;
        if (!comment) code = i + 1;
        continue;
      }
      code = i + 1;
      if (c === DOUBLE || c === SINGLE) {
        i = endOfString(text, i, c) - 1;
        code = i + 1;
      } else if (c === BACKSLASH) {
        const next = text.charCodeAt(i + 1);
        if (next === RETURN && text.charCodeAt(i + 2) === NEWLINE) i += 2;
        else if (next === NEWLINE || next === RETURN) i++;
      } else if (c === 40 || c === 91 || c === 123) depth++;
      else if ((c === 41 || c === 93 || c === 125) && depth > 0) depth--;
    }
    if (code >= 0) {
      // Code that is indented under nothing is a unit too: a parser that forgives reads it.
      if (from < 0) from = code - 1;
      to = code;
    }
    if (c === RETURN && text.charCodeAt(i + 1) === NEWLINE) i++;
    i++;
  }
  close();
  return units;
}

function at(pattern: RegExp, text: string, index: number): boolean {
  pattern.lastIndex = index;
  return pattern.test(text);
}

/** The offset after a string that begins at `i`; one of a single line ends with it at the latest. */
function endOfString(text: string, i: number, quote: number): number {
  const n = text.length;
  const triple = text.charCodeAt(i + 1) === quote && text.charCodeAt(i + 2) === quote;
  let k = i + (triple ? 3 : 1);
  for (; k < n; k++) {
    const c = text.charCodeAt(k);
    if (c === BACKSLASH) {
      if (text.charCodeAt(k + 1) === RETURN && text.charCodeAt(k + 2) === NEWLINE) k++;
      k++;
    } else if (c === quote) {
      if (!triple) return k + 1;
      if (text.charCodeAt(k + 1) === quote && text.charCodeAt(k + 2) === quote) return k + 3;
    } else if (!triple && (c === NEWLINE || c === RETURN)) return k;
  }
  return n;
}
