import { test } from 'node:test';
import assert from 'node:assert/strict';
import { PALETTE } from '../../../core/formulas/palette';
import { placeholder, svgOf, svgUri } from '../../../core/formulas/svg';
import { TexProblem, typeset } from '../../../extension/tex/typeset';

const look = { foreground: '#112233', palette: PALETTE.light };

test('a formula becomes a picture that needs nothing beside it, in the colours of the theme', () => {
  const { picture, glyphs } = typeset(`\\textcolor{${placeholder(3)}}{\\bar\\alpha_t} = \\prod_{s=1}^t \\boldsymbol{\\alpha}_s`, true);
  const svg = svgOf(picture, glyphs, look);
  assert.ok(picture.width > 5 && picture.height > 2, JSON.stringify(picture).slice(0, 200));
  assert.ok(svg.includes('fill="#112233"') && svg.includes(PALETTE.light[3]));
  assert.doesNotMatch(svg, /#00000\d|data-|xlink|currentColor|http(?!:\/\/www\.w3\.org\/2000\/svg)/);
  for (const [, key] of svg.matchAll(/<use [^>]*href="#([^"]+)"/g)) assert.ok(svg.includes(`<path id="${key}"`), key);
  assert.match(svgUri(svg), /^data:image\/svg\+xml;base64,[A-Za-z0-9+/=]+$/);
  assert.throws(() => svgOf(picture, {}, look), /No outline/);
});

test('what is wrong is said in words, and nothing of the text becomes markup', () => {
  for (const wrong of ['\\frac{1}', '\\nosuch', '{a', 'a_b_c', '\\left( x']) assert.throws(() => typeset(wrong, true), TexProblem, wrong);
  const { picture, glyphs } = typeset('\\text{<script>alert(1)</script> "quoted"}', true);
  assert.doesNotMatch(svgOf(picture, glyphs, look), /<script|alert\(/i);
});

test('one formula defines nothing for the next', () => {
  typeset('\\newcommand{\\mine}{x} \\mine', true);
  assert.throws(() => typeset('\\mine', true), TexProblem);
});

test('bombs of macros and deep nesting end with a message', () => {
  const bomb = `${'abcdefghijklmnop'.split('').map((c, i, all) => `\\newcommand{\\${c}}{${i + 1 < all.length ? `\\${all[i + 1]}\\${all[i + 1]}` : 'x'}}`).join('')}\\a`;
  for (const hostile of [bomb, '\\newcommand{\\a}{\\a x}\\a', '{'.repeat(20_000), '\\sqrt{'.repeat(4000) + 'x' + '}'.repeat(4000)]) assert.throws(() => typeset(hostile, true));
});
