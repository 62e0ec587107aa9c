import { test } from 'node:test';
import assert from 'node:assert/strict';
import { texAt } from '../../../core/tex/find';
import type { TexLanguage } from '../../../core/tex/regions';

/** The formula at the bar, which is taken out. */
function at(marked: string, language: TexLanguage = 'python'): string | null {
  const offset = marked.indexOf('¦');
  const text = marked.replace('¦', '');
  const found = texAt(text, offset, language);
  if (found) assert.ok(found.from <= offset && offset <= found.to);
  return found && `${found.display ? '[] ' : ''}${found.tex}`;
}

test('in Python comments', () => {
  assert.equal(at('x = 1  # noise: $\\bet¦a_t$ here\n'), '\\beta_t');
  assert.equal(at('# $$a +¦ b$$\n'), '[] a + b');
  assert.equal(at('# the bound\n# \\[ a ¦=\n#    b \\]\nx = 1\n'), '[] a =\n   b');
  assert.equal(at('# \\(x¦\\)\n'), 'x');
  assert.equal(at('x = "# $\\alpha¦$"\n'), null, 'a string is no comment');
  assert.equal(at('cost = 5  # costs $5 or ¦$6\n'), null, 'prices');
  assert.equal(at('# escaped \\$x¦$\n'), null);
});

test('in docstrings, raw or not', () => {
  assert.equal(at('def f():\n    r"""The mean $\\mu_\\the¦ta$."""\n'), '\\mu_\\theta');
  assert.equal(at('def f():\n    """The mean $\\\\mu_\\\\the¦ta$."""\n'), '\\mu_\\theta');
  assert.equal(at('def f():\n    r"""\n    :math:`\\sqrt{¦x}` it is\n    """\n'), '\\sqrt{x}');
  assert.equal(at('def f():\n    r"""\n    .. math::\n\n        a = ¦b\n        + c\n\n    after\n    """\n'), '[] a = b\n        + c');
  assert.equal(at('def f():\n    r"""\n    .. math:: a = ¦b\n\n    after\n    """\n'), '[] a = b');
  assert.equal(at("s = '''quotes \\''' inside, $x¦$'''\n"), 'x');
});

test('in TypeScript and JavaScript', () => {
  assert.equal(at('// $\\alp¦ha$\nlet x = 1;', 'javascript'), '\\alpha');
  assert.equal(at('/**\n * The variance:\n * \\[ \\sigma¦^2 =\n *   1 \\]\n */\nfunction f() {}', 'javascript'), '[] \\sigma^2 =\n  1');
  assert.equal(at('const s = "// $x¦$";', 'javascript'), null);
  assert.equal(at('const s = `${x} and ${¦y}`; // ${z}', 'javascript'), null);
});

test('what is too long is left alone, and hostile text costs no time', () => {
  assert.equal(at(`# $${'x'.repeat(9000)}¦$\n`), null);
  const begun = performance.now();
  for (const text of ['$'.repeat(100_000), '\\('.repeat(50_000), '"""'.repeat(30_000), '#$a'.repeat(30_000), `/*${'*'.repeat(100_000)}`, '.. math::\n'.repeat(5000)]) {
    for (const language of ['python', 'javascript'] as const) texAt(`# ${text}`, 50, language);
  }
  assert.ok(performance.now() - begun < 3000, `${performance.now() - begun} ms`);
});
