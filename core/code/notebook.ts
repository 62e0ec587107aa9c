/**
 * Jupyter notebooks (nbformat 3 and 4): the Python cells in order are one program. They are joined into one text, read as one, and what is found is told by
 * cell and by the place in it.
 */
import { withoutMagics } from './magics';
import { parseJson, plainValue } from './configs/json';
import { lastBeginning, LineMap } from './parse/lines';
import { outsideNote } from './recognise/diffusion';
import type { Reading } from './index';
import type { Finding, Hyperparameter, Range } from './types';

/** A code cell. */
export interface Cell {
  /** Its position among all cells, from 1. */
  cell: number;
  text: string;
}

/** Outputs are part of the file and may be large pictures. */
export const MAX_NOTEBOOK = 60_000_000;
/** Beyond this a damaged notebook is not mended: that takes longer than to parse a sound one. */
const MAX_MENDED = 5_000_000;

/** The Python cells of a notebook's file; none where its kernel speaks another language. Damage that leaves cells readable is passed over. */
export function pythonCells(json: string): { cells: Cell[] } | { problem: string } {
  if (json.length > MAX_NOTEBOOK) return { problem: `The notebook has ${(json.length / 1e6).toFixed(0)} million characters; notebooks over ${MAX_NOTEBOOK / 1e6} million are not read.` };
  let root: unknown;
  try {
    root = JSON.parse(json.replace(/^\ufeff/, ''));
  } catch (error) {
    const mended = json.length <= MAX_MENDED ? parseJson(json) : null;
    root = mended && plainValue(mended);
    if (!isRecord(root) || cellsOf(root) === null) return { problem: `The file is no notebook: it is not JSON (${error instanceof Error ? error.message : String(error)}).` };
  }
  if (!isRecord(root)) return { problem: 'The file is no notebook: its JSON is no object.' };
  const all = cellsOf(root);
  if (all === null) return { problem: 'The file is no notebook: it has no list of cells.' };
  if (!speaksPython(root.metadata)) return { cells: [] };
  const cells: Cell[] = [];
  all.forEach((cell, i) => {
    if (!isRecord(cell) || cell.cell_type !== 'code') return;
    // Version 3 has the language in each cell, and calls the source `input`.
    if (typeof cell.language === 'string' && !isPython(cell.language)) return;
    const text = joined(cell.source ?? cell.input);
    if (text !== null) cells.push({ cell: i + 1, text });
  });
  return { cells };
}

/** Version 4 keeps cells at the top, version 3 in worksheets. */
function cellsOf(root: Record<string, unknown>): unknown[] | null {
  if (Array.isArray(root.cells)) return root.cells;
  if (!Array.isArray(root.worksheets)) return null;
  return root.worksheets.flatMap((sheet: unknown): unknown[] => (isRecord(sheet) && Array.isArray(sheet.cells) ? sheet.cells : []));
}

function speaksPython(metadata: unknown): boolean {
  if (!isRecord(metadata)) return true;
  const { language_info: info, kernelspec: kernel } = metadata;
  const language = [isRecord(info) && info.name, isRecord(kernel) && kernel.language].find((x): x is string => typeof x === 'string' && x !== '');
  return language === undefined || isPython(language);
}

function isPython(language: string): boolean {
  return /^(i?python\d*|sage(math)?)$/i.test(language);
}

function joined(source: unknown): string | null {
  if (typeof source === 'string') return source;
  return Array.isArray(source) ? source.filter((line): line is string => typeof line === 'string').join('') : null;
}

function isRecord(x: unknown): x is Record<string, unknown> {
  return typeof x === 'object' && x !== null && !Array.isArray(x);
}

/** Reads cells in order with a session for Python, which the caller keeps over edits. */
export function readCells(cells: readonly Cell[], python: { update(text: string): Reading }): Reading {
  const program = new Program(cells);
  const { findings, skipped } = python.update(program.text);
  return { findings: findings.map((f) => program.locate(f)), ...(skipped !== undefined && { skipped }) };
}

/** Cells as one text, and the way back. */
class Program {
  readonly text: string;
  private readonly starts: number[] = [];
  private readonly lines: (LineMap | undefined)[] = [];

  constructor(private readonly cells: readonly Cell[]) {
    let text = '';
    for (const cell of cells) {
      this.starts.push(text.length);
      const { text: code, closing } = withoutMagics(cell.text);
      // A line of its own ends a comment or a backslash at the end of the cell.
      text += `${code}\n${closing}\n`;
    }
    this.text = text;
  }

  /** The finding with all its places told by cell. */
  locate(f: Finding): Finding {
    const hyperparameters: Finding['hyperparameters'] = {};
    for (const [key, h] of Object.entries(f.hyperparameters) as [string, Hyperparameter][]) {
      if (h.file !== undefined) Object.assign(hyperparameters, { [key]: h });
      else {
        const range = this.range(h.range);
        Object.assign(hyperparameters, { [key]: { ...h, line: range.line, range } });
      }
    }
    const [before, after] = [f.hyperparameters.T, hyperparameters.T];
    return {
      ...f, hyperparameters, range: this.range(f.range), extent: this.range(f.extent),
      symbols: f.symbols.map((s) => ({ ...s, ranges: s.ranges.map((r) => this.range(r)) })),
      evidence: f.evidence.map((e) => ({ ...e, range: this.range(e.range) })),
      notes: f.notes.map((note) => (before && note === outsideNote(before.line) ? `T is set outside the class, in cell ${after!.range.cell}, line ${after!.line}.` : note)),
    };
  }

  private range({ from, to }: Range): Range {
    const start = this.cellAt(from);
    const end = this.cellAt(Math.max(from, to - 1));
    const [a, b] = [this.within(start, from), this.within(end, to)];
    const first = this.linesOf(start).range(a, a);
    const last = this.linesOf(end).range(b, b);
    const range: Range = { ...first, to: b, endLine: last.line, endColumn: last.column, cell: this.cells[start].cell };
    return end === start ? range : { ...range, endCell: this.cells[end].cell };
  }

  private within(index: number, offset: number): number {
    return Math.min(offset - this.starts[index], this.cells[index].text.length);
  }

  private linesOf(index: number): LineMap {
    return (this.lines[index] ??= new LineMap(this.cells[index].text));
  }

  private cellAt(offset: number): number {
    return lastBeginning(this.starts.length, (i) => this.starts[i] <= offset);
  }
}
