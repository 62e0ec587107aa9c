/** TeX in a person's comments and docstrings: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`, and reST's `:math:` and `.. math::`. A scan of the text, no parse: a hover cannot wait for one. */
import { regionsOf, type Region, type TexLanguage } from './regions';

export interface FoundTex {
  tex: string;
  /** Set on a line of its own. */
  display: boolean;
  /** Offsets in the document, with the marks around it. */
  from: number;
  to: number;
}

/** Stands for the first of two backslashes, so that offsets stay. */
const GAP = '\u0000';
/** A comment that is longer holds data. */
const LONGEST_REGION = 40_000;
/** Longer than this is no formula, and would only cost time. */
export const LONGEST = 8_000;

/** The formula around an offset; null where there is none. */
export function texAt(text: string, offset: number, language: TexLanguage): FoundTex | null {
  const region = regionsOf(text, language, offset);
  return region && region.text.length <= LONGEST_REGION ? (formulasIn(region).find(({ from, to }) => from <= offset && offset <= to) ?? null) : null;
}

/** Marks that open and close; the first that fits is taken. Within a line `$` wants no space beside it and no digit after it, as Pandoc does: prices are no formulas. */
const MARKS: readonly { pattern: RegExp; display: boolean }[] = [
  { pattern: /\$\$([^$]+?)\$\$/g, display: true },
  { pattern: /\\\[([\s\S]+?)\\\]/g, display: true },
  { pattern: /\\\(([\s\S]+?)\\\)/g, display: false },
  { pattern: /:math:`([^`]+)`/g, display: false },
  { pattern: /(?<![\\$\w])\$(?![\s$])((?:[^$\n\\]|\\[^\n])+?)(?<![\s\\])\$(?![\d$])/g, display: false },
];

function formulasIn({ text, at, raw }: Region): FoundTex[] {
  const found: FoundTex[] = [];
  const add = (inner: string, display: boolean, from: number, to: number): void => {
    // What stands in the string is what the reader sees: without an r before it every backslash is written twice.
    const tex = (raw ? inner : inner.replaceAll('\\\\', '\\')).replaceAll(GAP, '').trim();
    if (tex === '' || tex.length > LONGEST || found.some((other) => from < other.to && other.from < to)) return;
    found.push({ tex, display, from, to });
  };
  for (const block of directives(text)) add(block.inner, true, at(block.from), at(block.to));
  for (const { pattern, display } of MARKS) {
    const seen = raw ? text : text.replaceAll('\\\\', `${GAP}\\`);
    for (const match of seen.matchAll(pattern)) add(match[1], display, at(match.index), at(match.index + match[0].length));
  }
  return found;
}

/** `.. math::` with its formula on the same line, or indented below it. */
function directives(text: string): { inner: string; from: number; to: number }[] {
  const found: { inner: string; from: number; to: number }[] = [];
  for (const match of text.matchAll(/^([ \t]*)\.\. math::[ \t]*(.*)$/gm)) {
    const lines = [match[2]];
    let to = match.index + match[0].length;
    for (const line of text.slice(to + 1).split('\n')) {
      const inside = line.trim() === '' || (/^[ \t]*/.exec(line)![0].length > match[1].length && !/^\s*:\w+:/.test(line));
      if (!inside || (line.trim() === '' && lines.some((l) => l.trim() !== '') && lines.length > 1)) break;
      lines.push(line);
      to += 1 + line.length;
    }
    found.push({ inner: lines.join('\n').trim(), from: match.index, to });
  }
  return found;
}
