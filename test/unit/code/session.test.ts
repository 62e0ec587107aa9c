/** A session over edits says what a fresh reading says, and the outline cuts a file where the parser does. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readPython, ReadingSession } from '../../../core/code';
import { outlinePython } from '../../../core/code/parse/python-outline';
import { lowerUnit, parsePython, parseUnit } from '../../../core/code/parse/python';
import { longFile } from '../../bench/long-file';
import { seeded } from '../../seeded';
import { fixture, fixtures } from './fixtures';

const EDITS = ['\n', ' ', '    ', '#', '"""', "'", '(', ')', 'x', '1', '# a note\n', '\n\ndef helper(a):\n    return a + 1\n\n', 'import os\n', 'T = 30\n', 'betas', '\r\n', '\\', '@', 'lr=3e-4', 'é', ':'];

describe('incremental readings equal fresh ones', () => {
  const sources = [...fixtures('positive'), ...fixtures('silent').filter((_, i) => i % 4 === 0)];
  for (const [index, { name, text: source }] of sources.entries()) {
    it(name, () => {
      const random = seeded(500 + index);
      const below = (n: number) => Math.floor(random() * n);
      // Windows' line ends in every third file.
      let text = index % 3 === 0 ? source.replaceAll('\n', '\r\n') : source;
      const session = new ReadingSession('python');
      session.update(text);
      for (let step = 0; step < 3; step++) {
        const at = below(text.length + 1);
        const whole = text;
        if (random() < 0.4) text = text.slice(0, at) + text.slice(at + 1 + below(random() < 0.2 ? 80 : 4));
        else text = text.slice(0, at) + EDITS[below(EDITS.length)] + text.slice(at);
        assert.deepEqual(session.update(text), readPython(text), `step ${step}`);
        // Undo most edits, so that files stay readable for long.
        if (random() < 0.7) assert.deepEqual(session.update((text = whole)), readPython(text), `step ${step}, undone`);
      }
    });
  }

  it('a long file, key by key: the findings move and stay', () => {
    let text = longFile(400);
    const session = new ReadingSession('python');
    const first = session.update(text).findings;
    assert.equal(first.length, 2);
    for (const [place, typed] of [['def main():', '# one\n\n'], ['logger = ', 'import os\n'], ['class PointDiffusion', 'def unused(a, b):\n    return a\n\n\n'], ['    def loss(self, x0):', '    # inside\n']] as const) {
      for (const key of typed) {
        const at = text.indexOf(place);
        text = text.slice(0, at) + key + text.slice(at);
        assert.deepEqual(session.update(text), readPython(text), JSON.stringify(typed));
      }
    }
    const { findings } = session.update(text);
    assert.deepEqual(findings.map((f) => f.name), first.map((f) => f.name));
    assert.ok(findings[0].range.line > first[0].range.line);
    for (const f of findings) for (const b of f.symbols) for (const r of b.ranges) assert.ok(`self.${text.slice(r.from, r.to)}` === b.name || text.slice(r.from, r.to) === b.name);
    assert.deepEqual(first, readPython(longFile(400)).findings, 'earlier findings are not touched');
  });

  it('T outside the class is named by its new line', () => {
    const source = fixture('class_required_T_instantiated');
    const session = new ReadingSession('python');
    const note = (text: string) => session.update(text).findings[0].notes.find((n) => n.startsWith('T is set outside'));
    const before = Number(/\d+/.exec(note(source)!)![0]);
    assert.equal(Number(/\d+/.exec(note(`# a\n# b\n${source}`)!)![0]), before + 2);
  });
});

describe('outline', () => {
  for (const { name, text } of [...fixtures('positive'), ...fixtures('silent')].filter((f) => f.name !== 'broken_but_readable')) {
    it(`${name}: statement by statement the tree is that of the whole`, () => {
      assert.deepEqual(parsePython(text), lowerUnit(text, parseUnit(text), 0));
    });
  }

  const cut = (text: string) => outlinePython(text).map(({ from, to }) => text.slice(from, to));
  it('strings, brackets, decorators and clauses hold together', () => {
    assert.deepEqual(cut('x = """\ndef no():\n"""\ny = (1,\n2)\n'), ['x = """\ndef no():\n"""', 'y = (1,\n2)']);
    assert.deepEqual(cut('@a\n@b(1)\ndef f():\n  pass\n\n# note\nz = 1 # end\n'), ['@a\n@b(1)\ndef f():\n  pass', 'z = 1 # end']);
    assert.deepEqual(cut('if a:\n  b\nelse:\n  c\ntry:\n  d\nexcept E:\n  e\nfinally:\n  f\n'), ['if a:\n  b\nelse:\n  c', 'try:\n  d\nexcept E:\n  e\nfinally:\n  f']);
    assert.deepEqual(cut('a = 1 + \\\n2\r\nb = "it\'s" # (\r\nc = \'\\\'\'\r'), ['a = 1 + \\\n2', 'b = "it\'s" # (', "c = '\\''"]);
    assert.deepEqual(cut('\ufeffa = r"\\"\nb\n'), ['a = r"\\"\nb\n'.trimEnd().split('\n')[0], 'b']);
  });

  it('an open bracket ends where a definition begins', () => {
    assert.deepEqual(cut('x = f(1,\n\ndef g():\n  return 2\n'), ['x = f(1,', 'def g():\n  return 2']);
  });
});
