import { test } from 'node:test';
import assert from 'node:assert/strict';
import katex from 'katex';
import { derivationById, DERIVATIONS, stepTex } from '../../../core/derivations';
import { derivationHtml, type Typesetter } from '../../../core/derivations/html';

const set = (tex: string, displayMode: boolean): string => katex.renderToString(tex, { displayMode, output: 'html', throwOnError: true, strict: 'error' });
const typesetter: Typesetter = { line: (step, colours) => set(stepTex(step, { htmlData: false, colours }), true), inline: (tex) => set(tex, false), style: () => '.katex { color: inherit; }' };

test('every derivation is one page that needs nothing from elsewhere', () => {
  for (const derivation of DERIVATIONS) {
    const html = derivationHtml(derivation, (id) => derivationById(id).title, typesetter);
    assert.equal(html.split('<li><strong>').length - 1, derivation.steps.length);
    assert.equal((html.match(/class="katex-display/g) ?? []).length, derivation.steps.length);
    assert.ok(html.includes('.katex { color: inherit; }</style>'));
    assert.doesNotMatch(html, /<script|<link|<img|src=|@import|undefined/);
    // The one link leads to the paper.
    assert.deepEqual([...html.matchAll(/href="([^"]+)"/g)].map((m) => m[1]), [derivation.source.url]);
    assert.match(html, /style="[^"]*color:#[0-9a-f]{6}/);
  }
});

test('text is text', () => {
  const [first] = DERIVATIONS;
  const html = derivationHtml({ ...first, title: 'a < b & "c"', after: [] }, () => '', typesetter);
  assert.match(html, /<title>a &lt; b &amp; &quot;c&quot;<\/title>/);
});
