/** Notebooks as one program: the findings of all Python cells in order, told to each cell's document. */
import * as vscode from 'vscode';
import type { NotebookSession } from '../../core/code';
import type { Finding, Range } from '../../core/code/types';
import { reader } from './reader';
import type { SettingsFiles } from './settings-files';

/** Where the cells of a reading were: a cell that has been edited since is not one of them any more. */
interface Cells {
  documents: ReadonlyMap<number, vscode.TextDocument>;
  versions: ReadonlyMap<vscode.TextDocument, number>;
}

export interface NotebookReading {
  findings: Finding[];
  skipped?: string;
}

interface Open {
  session: NotebookSession;
  /** What was read: the cells with their versions, and the settings beside the notebook. */
  signature: string;
  cells: Cells;
  reading: NotebookReading;
}

/** By finding: which documents its ranges are in. Findings are plain data, and a panel keeps the one that it shows. */
const cellsOf = new WeakMap<Finding, Cells>();

export class Notebooks {
  private readonly open = new Map<string, Open>();

  constructor(private readonly settings: SettingsFiles) {}

  /** The findings that stand in a cell, their header and extent within it. Other ranges may have another `cell`. */
  of(document: vscode.TextDocument, notebook: vscode.NotebookDocument): NotebookReading {
    const { reading, cells } = this.read(notebook);
    const index = [...cells.documents].find(([, d]) => d === document)?.[0];
    const findings = reading.findings.filter(({ range }) => range.cell === index).map((finding) => {
      const here = { ...finding, range: within(finding.range, index!, document), extent: within(finding.extent, index!, document) };
      cellsOf.set(here, cells);
      return here;
    });
    return { ...reading, findings };
  }

  close(notebook: vscode.NotebookDocument): void {
    this.open.delete(notebook.uri.toString());
  }

  private read(notebook: vscode.NotebookDocument): Open {
    const key = notebook.uri.toString();
    const known = this.open.get(key);
    const python = notebook.getCells().filter((cell) => cell.kind === vscode.NotebookCellKind.Code && cell.document.languageId === 'python');
    const signature = `${this.settings.revision(notebook.uri)} ${python.map(({ index, document }) => `${index}:${document.uri.fragment}:${document.version}`).join()}`;
    if (known?.signature === signature) return known;
    const session = known?.session ?? new (reader().NotebookSession)({ sibling: this.settings.beside(notebook.uri) });
    const { findings, skipped } = session.update(python.map(({ index, document }) => ({ cell: index + 1, text: document.getText() })));
    const cells: Cells = { documents: new Map(python.map(({ index, document }) => [index + 1, document])), versions: new Map(python.map(({ document }) => [document, document.version])) };
    const now = { session, signature, cells, reading: { findings, skipped } };
    this.open.set(key, now);
    return now;
  }
}

/** The notebook that a document is a cell of. */
export function notebookOf(uri: vscode.Uri): vscode.NotebookDocument | undefined {
  if (uri.scheme !== 'vscode-notebook-cell') return undefined;
  const text = uri.toString();
  return vscode.workspace.notebookDocuments.find((notebook) => notebook.getCells().some((cell) => cell.document.uri.toString() === text));
}

/** The part of a range that lies in one cell. Lines and columns only: these are what an editor shows. */
function within(range: Range, cell: number, document: vscode.TextDocument): Range {
  const { endCell, ...rest } = range;
  const last = document.lineAt(document.lineCount - 1).range.end;
  const end = endCell !== undefined && endCell !== cell ? { to: document.offsetAt(last), endLine: last.line + 1, endColumn: last.character } : {};
  const start = range.cell !== cell ? { from: 0, line: 1, column: 0 } : {};
  return { ...rest, ...start, ...end, cell };
}

/**
 * Which ranges of a finding are in a document as it is now; null where none can be: the document is no part of it, or was edited since.
 * A file of its own is asked about by its caller.
 */
export function rangesIn(finding: Finding, document: vscode.TextDocument): ((range: Range) => boolean) | null {
  const cells = cellsOf.get(finding);
  if (!cells || cells.versions.get(document) !== document.version) return null;
  return (range) => range.cell !== undefined && cells.documents.get(range.cell) === document;
}
