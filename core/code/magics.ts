/**
 * What IPython understands and Python does not: magics, shell commands, questions for help. They are blanked to spaces of the same length, so that
 * offsets and lines stay. What stands inside a bracket or a string is Python's (`a\n% b`).
 */

/** Cell magics that run the rest of the cell as Python in the notebook's own namespace. */
const RUNS_PYTHON = /^%%(?:time|timeit|capture|prun|debug|memit|mprun|px|snakeviz|scalene|pyinstrument|wandb|measure_energy|local)\b/;
/** The statement behind `%time` runs, and its names stay. */
const TIMED = /^[ \t]*%time[ \t]+/;
/** `%cd x`, `!pip …`, `x = !ls`, `a, b = %sql …`. */
const COMMAND = /^[ \t]*(?:[%!]|[A-Za-z_][\w.,[\] \t]*=[ \t]*[%!](?!=))/;
/** `obj?`, `obj??`, `?obj`. */
const HELP = /^[ \t]*(?:%{0,2}[A-Za-z_*][\w.*]*\?{1,2}|\?{1,2}[A-Za-z_*][\w.*]*)[ \t]*(?:#.*)?$/;
/** Begins a statement for certain, even where a bracket above was never closed. */
const CERTAIN = /^(?:(?:async[ \t]+)?def[ \t]+\w|class[ \t]+\w|import[ \t]+\w|from[ \t]+\S+[ \t]+import\b)/;

export interface CellText {
  /** As long as the text that was given. */
  text: string;
  /** Closes what the cell leaves open, so that the next one is read by itself: quotes, brackets. */
  closing: string;
}

export function withoutMagics(source: string): CellText {
  const lines = source.split(/(?<=\r\n|\n|\r(?!\n))/);
  const first = lines.findIndex((line) => line.trim() !== '' && !/^[ \t]*#/.test(line));
  const magic = first >= 0 && /^[ \t]*%%/.test(lines[first]) ? lines[first].trimStart() : null;
  if (magic !== null && !RUNS_PYTHON.test(magic)) return { text: blank(source), closing: '' };
  const state: Open = { quote: '', brackets: [] };
  let continued = false;
  let command = magic !== null;
  const out = lines.map((line, i) => {
    if (i < first) return line;
    if (i === first && magic !== null) return blank(line);
    if (state.brackets.length > 0 && CERTAIN.test(line)) state.brackets.length = 0;
    const begins = state.quote === '' && state.brackets.length === 0 && !continued;
    const goesOn = /\\[\r\n]*$/.test(line);
    if (continued && command) {
      continued = goesOn;
      return blank(line);
    }
    command = begins && !TIMED.test(line) && (COMMAND.test(line) || HELP.test(line.trimEnd()));
    if (command) {
      continued = goesOn;
      return blank(line);
    }
    const kept = begins ? line.replace(TIMED, (word) => ' '.repeat(word.length)) : line;
    scan(kept, state);
    continued = goesOn && state.quote === '';
    return kept;
  });
  return { text: out.join(''), closing: state.quote + state.brackets.reverse().join('') };
}

interface Open {
  /** Of a string over several lines that has not ended. */
  quote: string;
  /** The closing ones that are still to come. */
  brackets: string[];
}

const CLOSES: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

function scan(line: string, state: Open): void {
  for (let i = 0; i < line.length; i++) {
    const c = line[i];
    if (state.quote !== '') {
      if (c === '\\') i++;
      else if (line.startsWith(state.quote, i)) {
        i += 2;
        state.quote = '';
      }
    } else if (c === '#') return;
    else if (c === '"' || c === '\'') {
      if (line.startsWith(c.repeat(3), i)) {
        state.quote = c.repeat(3);
        i += 2;
      } else i = endOfString(line, i, c);
    } else if (CLOSES[c] !== undefined) state.brackets.push(CLOSES[c]);
    else if (c === state.brackets[state.brackets.length - 1]) state.brackets.pop();
  }
}

/** The index of the closing quote, or of the last character: a plain string ends with its line at the latest. */
function endOfString(line: string, from: number, quote: string): number {
  for (let i = from + 1; i < line.length; i++) {
    if (line[i] === '\\') i++;
    else if (line[i] === quote) return i;
  }
  return line.length;
}

function blank(text: string): string {
  return text.replaceAll(/[^\r\n]/g, ' ');
}
