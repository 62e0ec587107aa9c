/**
 * Runs of top-level statements of a JavaScript or TypeScript file, found by brackets, strings, comments and line beginnings alone, so that each can be parsed by
 * itself. Where it is open whether a line begins a statement, it does not: what holds two statements reads as well as what holds one.
 */
import type { Unit } from './python-outline';

/** Only modules have these, at their top: what was left open above ends here. */
const CERTAIN = /(?:export|import)\b(?!\s*[=.(:,)])/y;
const WORD = /[\w$\u0080-\uffff]+/y;
/** Statements that no expression goes on with. */
const STARTS = new Set(['import', 'export', 'const', 'let', 'var', 'function', 'class', 'interface', 'type', 'enum', 'declare', 'abstract', 'namespace']);
/** Words that belong to the statement above. */
const CONTINUES = new Set(['else', 'catch', 'finally', 'while', 'instanceof', 'in', 'of', 'as', 'satisfies', 'from', 'is', 'extends', 'implements']);
/** Even after a semicolon. */
const CLAUSES = new Set(['else', 'catch', 'finally']);
/** Words that something must follow. */
const EXPECTS = new Set(['default', 'return', 'export', 'import', 'const', 'let', 'var', 'function', 'class', 'new', 'typeof', 'keyof', 'await', 'async', 'extends', 'implements', 'case', 'throw', 'else', 'do', 'try', 'finally',
  'in', 'of', 'instanceof', 'type', 'interface', 'enum', 'declare', 'namespace', 'abstract', 'from', 'as', 'satisfies', 'is', 'void', 'delete', 'yield', 'infer', 'readonly', 'unique', 'asserts']);
/** After these words a slash begins a regular expression. */
const BEFORE_REGEXP = /(?:^|[^.\w$])(?:return|typeof|case|in|of|do|else|void|delete|throw|new|instanceof|yield|await)$/;
const CONTROL = /(?:if|for|while|with)\b/y;
const DO = /do\b/y;

const NEWLINE = 10, RETURN = 13, DOUBLE = 34, DOLLAR = 36, SINGLE = 39, STAR = 42, SLASH = 47, SEMICOLON = 59, GREATER = 62, AT = 64, BACKSLASH = 92, BACKTICK = 96, OPEN = 123, CLOSE = 125, BOM = 0xfeff;

export function outlineJavascript(text: string): Unit[] {
  return new Outline(text).units;
}

class Outline {
  readonly units: Unit[] = [];
  private i = 0;
  /** Open brackets; a hole of a template is `TEMPLATE`. */
  private readonly open: number[] = [];
  private from = -1;
  /** After the last character of code; with it the statement above ends. */
  private to = 0;
  /** Begins with a decorator, and its class has not come yet. */
  private decorated = false;

  constructor(private readonly text: string) {
    const n = text.length;
    if (text.charCodeAt(0) === BOM) this.i = 1;
    if (text.startsWith('#!', this.i)) this.i = endOfLine(text, this.i);
    let lineStart = true;
    while (this.i < n) {
      const c = text.charCodeAt(this.i);
      if (c === NEWLINE || c === RETURN) {
        lineStart = true;
        this.i++;
      } else if (c <= 32 || c === 0xa0) {
        // Code that is indented goes on with what stands above it.
        lineStart = false;
        this.i++;
      } else if (c === SLASH && text.charCodeAt(this.i + 1) === SLASH) this.i = endOfLine(text, this.i);
      else if (c === SLASH && text.charCodeAt(this.i + 1) === STAR) {
        const end = text.indexOf('*/', this.i + 2);
        this.i = end < 0 ? n : end + 2;
      } else {
        if (lineStart) this.lineOfCode(c);
        lineStart = false;
        if (this.from < 0) this.begin(c);
        this.token(c);
        this.to = this.i;
      }
    }
    this.end();
  }

  private begin(c: number): void {
    this.from = this.i;
    this.decorated = c === AT;
  }

  private end(): void {
    if (this.from >= 0) this.units.push({ from: this.from, to: this.to });
    this.from = -1;
  }

  /** Code at the very beginning of a line: does a statement begin here? */
  private lineOfCode(c: number): void {
    if (this.from < 0) return;
    if (this.open.length > 0) {
      if (!at(CERTAIN, this.text, this.i) || this.open.includes(BACKTICK)) return;
      this.open.length = 0;
    } else if (!this.startsStatement(c)) return;
    this.end();
  }

  private startsStatement(c: number): boolean {
    const { text } = this;
    const before = text.charCodeAt(this.to - 1);
    if (this.decorated) return false;
    const word = wordAt(text, this.i);
    if (before === SEMICOLON) return !CLAUSES.has(word) && !(word === 'while' && at(DO, text, this.from));
    if (c !== AT && (word === '' || CONTINUES.has(word))) return false;
    if (before === GREATER) return STARTS.has(word) && text.charCodeAt(this.to - 2) !== 61;
    if (before === CLOSE) return true;
    if (before === 41) return !at(CONTROL, text, this.from);
    if (before === 93 || before === DOUBLE || before === SINGLE || before === BACKTICK) return true;
    const last = wordBefore(text, this.to);
    return last !== '' && !EXPECTS.has(last);
  }

  /** Goes past one token, a whole string or regular expression, or a bracket. */
  private token(c: number): void {
    const { text } = this;
    if (c === DOUBLE || c === SINGLE) this.i = endOfString(text, this.i, c);
    else if (c === BACKTICK) this.template(this.i + 1);
    else if (c === SLASH && this.expectsOperand()) this.i = endOfRegexp(text, this.i);
    else if (c === 40 || c === 91 || c === OPEN) {
      this.open.push(c);
      this.i++;
    } else if (c === 41 || c === 93 || c === CLOSE) this.close(c);
    else if (isWord(c)) {
      WORD.lastIndex = this.i;
      WORD.test(text);
      if (this.decorated && this.open.length === 0 && text.slice(this.i, WORD.lastIndex) === 'class') this.decorated = false;
      this.i = WORD.lastIndex;
    } else this.i++;
  }

  private close(c: number): void {
    this.i++;
    if (c !== CLOSE) {
      // One that was never opened closes nothing.
      const last = this.open[this.open.length - 1];
      if (last === (c === 41 ? 40 : 91)) this.open.pop();
      return;
    }
    // A brace ends what was left open inside it.
    let k = this.open.length - 1;
    while (k >= 0 && this.open[k] !== OPEN && this.open[k] !== BACKTICK) k--;
    if (k < 0) return;
    const hole = this.open[k] === BACKTICK;
    this.open.length = k;
    if (hole) this.template(this.i);
  }

  /** From inside a template to its end, or to its next hole. */
  private template(from: number): void {
    const { text } = this;
    for (let k = from; k < text.length; k++) {
      const c = text.charCodeAt(k);
      if (c === BACKSLASH) k++;
      else if (c === BACKTICK) {
        this.i = k + 1;
        return;
      } else if (c === DOLLAR && text.charCodeAt(k + 1) === OPEN) {
        this.open.push(BACKTICK);
        this.i = k + 2;
        return;
      }
    }
    this.i = text.length;
  }

  private expectsOperand(): boolean {
    const { text, to } = this;
    if (this.from < 0 || to === 0) return true;
    const before = text.charCodeAt(to - 1);
    if (before === 41 || before === 93 || before === CLOSE || before === DOUBLE || before === SINGLE || before === BACKTICK) return false;
    // `</div>` of JSX begins no regular expression.
    if (before === 60) return false;
    return !isWord(before) || BEFORE_REGEXP.test(text.slice(Math.max(0, to - 12), to));
  }
}

function at(pattern: RegExp, text: string, index: number): boolean {
  pattern.lastIndex = index;
  return pattern.test(text);
}

function wordAt(text: string, i: number): string {
  WORD.lastIndex = i;
  return WORD.exec(text)?.[0] ?? '';
}

function wordBefore(text: string, to: number): string {
  let from = to;
  while (from > 0 && to - from < 100 && isWord(text.charCodeAt(from - 1))) from--;
  return text.slice(from, to);
}

function isWord(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95 || c === DOLLAR || c >= 128;
}

function endOfLine(text: string, i: number): number {
  let k = i;
  for (; k < text.length; k++) {
    const c = text.charCodeAt(k);
    if (c === NEWLINE || c === RETURN) break;
  }
  return k;
}

/** A string that is not closed ends with its line. */
function endOfString(text: string, i: number, quote: number): number {
  for (let k = i + 1; k < text.length; k++) {
    const c = text.charCodeAt(k);
    if (c === BACKSLASH) {
      if (text.charCodeAt(k + 1) === RETURN && text.charCodeAt(k + 2) === NEWLINE) k++;
      k++;
    } else if (c === quote) return k + 1;
    else if (c === NEWLINE || c === RETURN) return k;
  }
  return text.length;
}

/** A slash whose line has no second one is a division after all. */
function endOfRegexp(text: string, i: number): number {
  let inClass = false;
  for (let k = i + 1; k < text.length; k++) {
    const c = text.charCodeAt(k);
    if (c === BACKSLASH) k++;
    else if (c === NEWLINE || c === RETURN) break;
    else if (c === 91) inClass = true;
    else if (c === 93) inClass = false;
    else if (c === SLASH && !inClass) return k + 1;
  }
  return i + 1;
}
