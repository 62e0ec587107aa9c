/** Findings after edits around the statements that they come from: the same, at other places. */
import { lastBeginning, type LineMap } from './parse/lines';
import type { Unit } from './parse/python-outline';
import { outsideNote } from './recognise/diffusion';
import type { Finding, Hyperparameter, Range } from './types';

/** `before` and `now` are the same statements in the same order. */
export function moveFindings(findings: readonly Finding[], before: readonly Unit[], now: readonly Unit[], lines: LineMap): Finding[] {
  const move = (offset: number, isEnd: boolean): number => {
    // The last statement that begins before the offset; an end may be the very end of a statement.
    const begins = (i: number) => (isEnd ? before[i].from < offset : before[i].from <= offset);
    const last = lastBeginning(before.length, begins);
    return before.length > 0 && begins(last) ? offset - before[last].from + now[last].from : offset;
  };
  const range = ({ from, to }: Range): Range => {
    const start = move(from, false);
    return lines.range(start, to === from ? start : move(to, true));
  };
  const hyperparameter = (h: Hyperparameter): Hyperparameter => {
    // A file of settings does not move with this one.
    if (h.file !== undefined) return h;
    const moved = range(h.range);
    return { ...h, line: moved.line, range: moved };
  };
  return findings.map((f) => {
    const hyperparameters = Object.fromEntries(Object.entries(f.hyperparameters).map(([key, h]) => [key, hyperparameter(h as Hyperparameter)])) as Finding['hyperparameters'];
    const [was, is] = [f.hyperparameters.T, hyperparameters.T].map((T) => T && outsideNote(T.line));
    return {
      ...f,
      range: range(f.range),
      extent: range(f.extent),
      hyperparameters,
      symbols: f.symbols.map((s) => ({ ...s, ranges: s.ranges.map(range) })),
      evidence: f.evidence.map((e) => ({ ...e, range: range(e.range) })),
      notes: f.notes.map((note) => (note === was ? is! : note)),
    };
  });
}
