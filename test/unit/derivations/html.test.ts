import { test } from 'node:test';
import assert from 'node:assert/strict';
import katex from 'katex';
import { derivationById, DERIVATIONS } from '../../../core/derivations';
import { derivationHtml } from '../../../core/derivations/html';

const math = (tex: string, displayMode: boolean): string => /<math[\s\S]*<\/math>/.exec(katex.renderToString(tex, { displayMode, output: 'mathml', throwOnError: true, strict: 'error' }))![0];

test('every derivation is one page that needs nothing from elsewhere', () => {
  for (const derivation of DERIVATIONS) {
    const html = derivationHtml(derivation, (id) => derivationById(id).title, math);
    assert.equal(html.split('<li><strong>').length - 1, derivation.steps.length);
    assert.equal((html.match(/<math /g) ?? []).length, (html.match(/<\/math>/g) ?? []).length);
    assert.doesNotMatch(html, /<script|<link|<img|src=|@import|undefined/);
    // The one link leads to the paper.
    assert.deepEqual([...html.matchAll(/href="([^"]+)"/g)].map((m) => m[1]), [derivation.source.url]);
    assert.match(html, /mathcolor="#[0-9a-f]{6}"/);
  }
});

test('text is text', () => {
  const [first] = DERIVATIONS;
  const html = derivationHtml({ ...first, title: 'a < b & "c"', after: [] }, () => '', math);
  assert.match(html, /<title>a &lt; b &amp; &quot;c&quot;<\/title>/);
});
