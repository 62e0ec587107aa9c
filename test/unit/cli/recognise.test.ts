/** The command line's recognise: which files of a folder are read, what may be read beside them, and what is printed. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { recogniseFiles } from '../../../cli/recognise';
import { readSibling, readText } from '../../../cli/recognise-access';
import { block } from '../../../cli/recognise-print';
import { filesOf } from '../../../cli/recognise-walk';
import { recogniseAll } from '../../../cli/recognise-workers';
import { same } from '../../../scripts/lib/recogniser-score';

const root = mkdtempSync(path.join(tmpdir(), 'marginalia-recognise-'));
after(() => rmSync(root, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const MODEL = `import torch
import yaml

cfg = yaml.safe_load(open('conf.yaml'))


class Diffusion:
    def __init__(self):
        self.betas = torch.linspace(1e-4, 0.02, cfg['timesteps'])
        self.abar = torch.cumprod(1 - self.betas, dim=0)

    def noisy(self, x0, t, eps):
        return self.abar[t].sqrt() * x0 + (1 - self.abar[t]).sqrt() * eps
`;

describe('folders', () => {
  it('are walked in one order, past what nobody wrote', () => {
    for (const name of ['walk/b.py', 'walk/a/z.ts', 'walk/a/nb.ipynb', 'walk/B.py', 'walk/a/scheduler_config.json', 'walk/model.mjs']) write(name, '');
    for (const name of ['walk/.hidden/x.py', 'walk/node_modules/x/index.js', 'walk/venv/lib/x.py', 'walk/lib/site-packages/x.py', 'walk/dist/x.js', 'walk/x.min.js', 'walk/types.d.ts', 'walk/notes.txt',
      'walk/package.json', 'walk/mine/lib/x.py', 'walk/.x.py']) write(name, '');
    write('walk/mine/pyvenv.cfg', '');
    symlinkSync(path.join(root, 'walk'), path.join(root, 'walk/a/loop'));
    const problems: string[] = [];
    const files = filesOf([path.join(root, 'walk'), path.join(root, 'walk/b.py'), path.join(root, 'gone')], (file, message) => problems.push(`${path.basename(file)}: ${message}`));
    assert.deepEqual(files.map((f) => path.relative(path.join(root, 'walk'), f)), ['B.py', 'a/nb.ipynb', 'a/scheduler_config.json', 'a/z.ts', 'b.py', 'model.mjs']);
    assert.equal(problems.length, 1);
    assert.match(problems[0], /^gone: It cannot be read/);
  });

  it('many files give what each gives, in their order', async () => {
    const files = Array.from({ length: 30 }, (_, i) => write(`many/m${String(i).padStart(2, '0')}.py`, MODEL.replaceAll('Diffusion', `D${i}`)));
    let read = 0;
    const { findings } = await recogniseAll(files, (count) => { read += count; }, 'not needed for so few');
    assert.equal(read, 30);
    assert.deepEqual(findings.map((f) => f.name), files.map((_, i) => `D${i}`));
  });
});

describe('files of settings beside the code', () => {
  it('are read in its folder, and nowhere else', () => {
    const file = write('beside/train.py', MODEL);
    write('beside/conf.yaml', 'timesteps: 640\n');
    write('beside/sub/deep.yaml', 'x');
    const secret = write('secret.yaml', 'x');
    symlinkSync(secret, path.join(root, 'beside/link.yaml'));
    write('beside/large.yaml', 'x'.repeat(200_001));
    assert.equal(readSibling(file, 'conf.yaml'), 'timesteps: 640\n');
    assert.equal(readSibling(file, 'sub/deep.yaml'), 'x');
    for (const name of ['../secret.yaml', 'link.yaml', 'large.yaml', 'missing.yaml', 'sub']) assert.equal(readSibling(file, name), undefined, name);
    const [f] = recogniseFiles([file], readText, readSibling).findings;
    assert.deepEqual(f.hyperparameters.T, { value: 640, unit: 'steps', line: 1, origin: 'config', name: 'timesteps', file: 'conf.yaml' });
  });
});

describe('output', () => {
  const cells = [{ cell_type: 'markdown', source: 'x' }, { cell_type: 'code', source: 'import torch\nT = 30\nbetas = torch.linspace(1e-4, 0.02, T)\nabar = torch.cumprod(1 - betas, 0)' },
    { cell_type: 'code', source: 'def noisy(x0, t, eps):\n    return abar[t].sqrt() * x0 + (1 - abar[t]).sqrt() * eps' }];
  const file = () => write('nb.ipynb', JSON.stringify({ nbformat: 4, metadata: {}, cells }));

  it('of a notebook: cells from 1 among all, lines within', () => {
    const { findings: [f], problems } = recogniseFiles([file()], readText, readSibling);
    assert.deepEqual(problems, []);
    assert.deepEqual([f.cell, f.line, f.endCell, f.endLine], [2, 3, 3, 2]);
    assert.deepEqual([f.hyperparameters.T.cell, f.hyperparameters.T.line], [2, 2]);
    assert.ok(f.evidence.some((e) => e.cell === 3 && e.line === 2 && /mixes/.test(e.text)));
    assert.deepEqual(JSON.parse(JSON.stringify(f)), f);
  });

  it('for a person: one block, its columns aligned', () => {
    const { findings: [f] } = recogniseFiles([file()], readText, readSibling);
    const lines = block({ ...f, file: 'nb.ipynb' }).split('\n');
    assert.match(lines[0], /^nb\.ipynb:cell 2:3 {2}.*: script \(/);
    const settings = lines.filter((line) => /^ {2}[a-zA-Z]/.test(line));
    assert.ok(settings.includes('  T          30 steps  cell 2 line 2'), lines.join('\n'));
    assert.equal(new Set(settings.map((line) => line.search(/(?<= {2})(?:cell|library)/))).size, 1, settings.join('\n'));
  });

  it('a broken notebook is a problem in a sentence', () => {
    const { problems } = recogniseFiles([write('broken.ipynb', 'oops')], readText, readSibling);
    assert.match(problems[0].message, /^The file is no notebook/);
  });
});

describe('values of the report', () => {
  it('are equal to 1e-9, kinds apart', () => {
    assert.ok(same(0.02, 0.02 * (1 + 5e-10)) && same([1, 2], [1, 2]) && same('a', 'a') && same(0, 0));
    assert.ok(!same(0.02, 0.02 * (1 + 5e-9)) && !same(1, '1') && !same(true, 1) && !same([1], [1, 2]) && !same(1, undefined));
  });
});
