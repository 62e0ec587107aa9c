/** Notebooks: which cells are read, what IPython's own lines become, and where findings are said to stand. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NotebookSession, readNotebook } from '../../../core/code';
import { withoutMagics } from '../../../core/code/magics';
import { pythonCells } from '../../../core/code/notebook';
import { fixture } from './fixtures';

const SCHEDULE = 'import torch\nT = 240\nbetas = torch.linspace(1e-4, 0.02, T)\nabar = torch.cumprod(1 - betas, dim=0)\n';
const CLASS = `class Diffusion:
    def __init__(self, net):
        self.net = net

    def noisy(self, x0, t, eps):
        return abar[t].sqrt() * x0 + (1 - abar[t]).sqrt() * eps
`;

interface Written {
  cell_type: string;
  source?: string | string[];
  [key: string]: unknown;
}

const code = (source: string | string[]): Written => ({ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source });
const text = (source: string): Written => ({ cell_type: 'markdown', metadata: {}, source });
const notebook = (cells: unknown[], metadata: unknown = { kernelspec: { name: 'python3', language: 'python' } }) => JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 });

describe('cells of a notebook', () => {
  it('one model over several cells, each place told by cell', () => {
    const { findings, skipped } = readNotebook(notebook([text('# Diffusion'), code('!pip install torch\n%matplotlib inline'), code(SCHEDULE), text('The model'), code(CLASS)]));
    assert.equal(skipped, undefined);
    assert.equal(findings.length, 1);
    const [f] = findings;
    assert.equal(f.hyperparameters.T?.value, 240);
    assert.deepEqual([f.hyperparameters.T?.range.cell, f.hyperparameters.T?.line, f.hyperparameters.T?.range.column], [3, 2, 4]);
    assert.deepEqual([f.range.cell, f.range.line], [5, 1]);
    assert.equal(SCHEDULE.slice(f.hyperparameters.T!.range.from, f.hyperparameters.T!.range.to), '240');
    const bar = f.symbols.find((s) => s.symbol === 'alphaBar');
    assert.deepEqual(new Set(bar?.ranges.map((r) => r.cell)), new Set([3, 5]));
    for (const r of bar!.ranges) assert.equal((r.cell === 3 ? SCHEDULE : CLASS).slice(r.from, r.to), 'abar');
    assert.ok(f.notes.includes('T is set outside the class, in cell 3, line 2.'), f.notes.join(' | '));
  });

  it('a range over several cells says where it ends', () => {
    const mix = 'def noisy(x0, t, eps):\n    return abar[t].sqrt() * x0 + (1 - abar[t]).sqrt() * eps\n';
    const [f] = readNotebook(notebook([code(SCHEDULE), text('then'), code(mix)])).findings;
    assert.deepEqual([f.kind, f.extent.cell, f.extent.endCell, f.extent.endLine], ['script', 1, 3, 2]);
    assert.equal(f.extent.to, mix.trimEnd().length);
  });

  it('version 3, with worksheets, languages and lists of lines', () => {
    const cell = (input: string[], language = 'python') => ({ cell_type: 'code', input, language, outputs: [] });
    const old = JSON.stringify({ nbformat: 3, metadata: { name: 'x' }, worksheets: [{ cells: [{ cell_type: 'heading', source: 'x' }, cell(['#!/bin/sh\n'], 'bash'), cell(SCHEDULE.split(/(?<=\n)/)), cell(CLASS.split(/(?<=\n)/))] }] });
    const [f] = readNotebook(old).findings;
    assert.deepEqual([f?.hyperparameters.T?.range.cell, f?.range.cell], [3, 4]);
  });

  it('other kernels are silent, a kernel that is not named is taken for Python', () => {
    const cells = [code(SCHEDULE), code(CLASS)];
    assert.deepEqual(readNotebook(notebook(cells, { kernelspec: { name: 'ir', language: 'R' } })), { findings: [] });
    assert.deepEqual(readNotebook(notebook(cells, { language_info: { name: 'julia' } })), { findings: [] });
    assert.equal(readNotebook(notebook(cells, {})).findings.length, 1);
    assert.equal(readNotebook(notebook(cells, { kernelspec: { name: 'conda-env-x', display_name: 'x' } })).findings.length, 1);
  });

  it('what is no notebook is told in a sentence, damage that leaves cells is passed over', () => {
    assert.match(readNotebook('').skipped!, /^The file is no notebook: it is not JSON/);
    assert.match(readNotebook('<html></html>').skipped!, /not JSON/);
    assert.match(readNotebook('[1, 2]').skipped!, /its JSON is no object/);
    assert.match(readNotebook('{"a": 1}').skipped!, /no list of cells/);
    const whole = notebook([code(SCHEDULE), code(CLASS), code('print(1)')]);
    assert.equal(readNotebook(whole.slice(0, whole.indexOf('print'))).findings.length, 1, 'cut off');
    assert.equal(readNotebook('\ufeff' + whole).findings.length, 1, 'a byte order mark');
    for (const odd of [null, 7, 'x', [], {}, { cell_type: 'code' }, { cell_type: 'code', source: [1, null, SCHEDULE] }, { cell_type: 'code', source: { a: 1 } }]) {
      assert.equal(readNotebook(notebook([odd, code(SCHEDULE), code(CLASS)])).findings.length, 1, JSON.stringify(odd));
    }
  });

  it('a cell that is left open does not swallow the next', () => {
    for (const open of ['x = foo(1,', 'text = """never closed', 'y = [1, {', 'z = 1 + \\', 'd = {"a": (', '# comment']) {
      const { findings } = readNotebook(notebook([code(open), code(SCHEDULE), code(CLASS)]));
      assert.equal(findings.length, 1, open);
      assert.deepEqual([findings[0].range.cell, findings[0].range.line], [3, 1], open);
    }
  });

  it('a file in one cell reads as the file does', () => {
    const source = fixture('class_basic');
    const cells = pythonCells(notebook([code(source)]));
    assert.ok('cells' in cells && cells.cells[0].text === source);
    const [f] = readNotebook(notebook([code(source)])).findings;
    assert.deepEqual([f.name, f.range.line, f.hyperparameters.T?.line], ['Diffusion', 6, 7]);
  });

  it('a session follows edits, moves, insertions and deletions', () => {
    const session = new NotebookSession();
    const at = (cells: [number, string][]) => session.update(cells.map(([cell, source]) => ({ cell, text: source }))).findings.map((f) => [f.range.cell, f.range.line, f.hyperparameters.T?.value]);
    assert.deepEqual(at([[1, SCHEDULE], [2, CLASS]]), [[2, 1, 240]]);
    assert.deepEqual(at([[1, SCHEDULE], [4, CLASS]]), [[4, 1, 240]], 'text cells in between');
    assert.deepEqual(at([[1, SCHEDULE], [2, 'print(1)'], [4, `\n\n${CLASS}`]]), [[4, 3, 240]]);
    assert.deepEqual(at([[1, SCHEDULE.replace('240', '90')], [4, CLASS]]), [[4, 1, 90]]);
    assert.deepEqual(at([[4, CLASS]]), []);
    assert.deepEqual(at([]), []);
  });
});

describe('magics', () => {
  const kept = (source: string) => {
    const { text: out } = withoutMagics(source);
    assert.equal(out.length, source.length, source);
    assert.equal(out.replaceAll(/[^\n]/g, ''), source.replaceAll(/[^\n]/g, ''), source);
    return out.split('\n').map((line) => line.trimEnd()).join('\n');
  };

  it('lines that are IPython\'s are blanked', () => {
    for (const line of ['%matplotlib inline', '!pip install -q torch', '  !ls', 'files = !ls *.py', 'a, b = %sql select 1', 'torch.cumprod?', 'betas??', '?torch', '%%timeit?', '!cd x && \\\n  pip install y', '%load_ext autoreload']) {
      assert.equal(kept(`x = 1\n${line}\ny = 2`), `x = 1\n${line.replaceAll(/[^\n]/g, '')}\ny = 2`, line);
    }
  });

  it('what is Python stays', () => {
    for (const source of ['x = (a\n  % b)', 'y = """\n%cd x\n!ls\n"""', 'z = a \\\n  % b', 'if x != 3:\n    pass', 'x = "what?"', 'print(f"{x}?")', 'a = b if c else d  # why?', 's = \'\'\'\nis it?\n\'\'\'', 'w = a == b']) {
      assert.equal(kept(source), source);
    }
  });

  it('cell magics: Python where they run it in the notebook, nothing where they do not', () => {
    assert.equal(kept('%%time\nx = 1').trim(), 'x = 1');
    assert.equal(kept('#@title A form\n%%capture out\nx = 1').trim(), '#@title A form\n\nx = 1');
    for (const magic of ['bash', 'html', 'javascript', 'writefile model.py', 'R', 'latex', 'script bash', '!']) assert.equal(kept(`%%${magic}\nbetas = 1\n`).trim(), '', magic);
    assert.equal(kept('%time x = train()').trim(), 'x = train()');
  });
});
