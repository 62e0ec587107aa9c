/** Where prose stands in code: the comment or docstring around an offset, found by a scan that knows strings and comments and nothing else. */

export type TexLanguage = 'python' | 'javascript';

/** Text without the marks of the comment, and the way back to the document. */
export interface Region {
  text: string;
  /** Offset in the document of an offset in `text`. */
  at(offset: number): number;
  /** Backslashes stand for themselves, as in comments and raw strings. */
  raw: boolean;
}

interface Span {
  from: number;
  to: number;
  kind: 'line' | 'block' | 'string';
  raw: boolean;
}

export function regionsOf(text: string, language: TexLanguage, offset: number): Region | null {
  const spans = language === 'python' ? pythonSpans(text) : scriptSpans(text);
  const index = spans.findIndex(({ from, to }) => from <= offset && offset <= to);
  const span = spans[index];
  if (!span) return null;
  if (span.kind !== 'line') return regionOf(text, span.kind === 'block' ? linesOf(text, span, /^[ \t]*\*(?!\/)[ \t]?/) : [span], span.raw);
  // Comments line below line are one text.
  let [first, last] = [index, index];
  const joined = (a: Span, b: Span): boolean => b.kind === 'line' && a.kind === 'line' && /^\r?\n[ \t]*$/.test(text.slice(a.to, b.from));
  while (first > 0 && joined(spans[first - 1], spans[first])) first--;
  while (last + 1 < spans.length && joined(spans[last], spans[last + 1])) last++;
  return regionOf(text, spans.slice(first, last + 1).map(({ from, to }) => ({ from: from + /^(?:#+!?|\/\/+)[ \t]?/.exec(text.slice(from, to))![0].length, to })), true);
}

/** Pieces of the document as one text, a line each. */
function regionOf(document: string, pieces: readonly { from: number; to: number }[], raw: boolean): Region {
  const starts: number[] = [];
  let text = '';
  for (const { from, to } of pieces) {
    starts.push(text.length);
    text += `${document.slice(from, to)}\n`;
  }
  return {
    text, raw,
    at(offset) {
      const piece = Math.max(0, starts.findLastIndex((start) => start <= offset));
      return Math.min(pieces[piece].to, pieces[piece].from + offset - starts[piece]);
    },
  };
}

/** The lines of a block comment without the stars before them. */
function linesOf(document: string, { from, to }: Span, mark: RegExp): { from: number; to: number }[] {
  const pieces: { from: number; to: number }[] = [];
  for (let start = from; start <= to;) {
    const end = document.indexOf('\n', start);
    const stop = end < 0 || end > to ? to : end;
    const skipped = mark.exec(document.slice(start, stop))?.[0].length ?? 0;
    pieces.push({ from: start + skipped, to: stop });
    start = stop + 1;
  }
  return pieces;
}

const PYTHON = /#[^\n]*|([rRbBuUfF]{0,2})("""|''')|[rRbBuUfF]{0,2}(?:"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?)/g;

function pythonSpans(text: string): Span[] {
  const spans: Span[] = [];
  PYTHON.lastIndex = 0;
  for (let match = PYTHON.exec(text); match; match = PYTHON.exec(text)) {
    const [token, prefix, quotes] = match;
    if (token.startsWith('#')) spans.push({ from: match.index, to: match.index + token.length, kind: 'line', raw: true });
    else if (quotes) {
      const from = match.index + token.length;
      const to = closing(text, from, quotes);
      spans.push({ from, to, kind: 'string', raw: /r/i.test(prefix) });
      PYTHON.lastIndex = to + quotes.length;
    }
  }
  return spans;
}

/** Of a string in three quotes: where they stand again, not behind a backslash. */
function closing(text: string, from: number, quotes: string): number {
  for (let at = text.indexOf(quotes, from); at >= 0; at = text.indexOf(quotes, at + 1)) {
    let slashes = 0;
    while (text[at - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}

const SCRIPT = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|`(?:[^`\\]|\\[\s\S])*`?/g;

function scriptSpans(text: string): Span[] {
  return [...text.matchAll(SCRIPT)].flatMap(({ 0: token, index }): Span[] => {
    if (token.startsWith('//')) return [{ from: index, to: index + token.length, kind: 'line', raw: true }];
    if (token.startsWith('/*')) return [{ from: index + 2, to: index + token.length - (token.endsWith('*/') ? 2 : 0), kind: 'block', raw: true }];
    return [];
  });
}
