import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PALETTE } from '../../../core/formulas/palette';

/** Editor and side bar backgrounds of VS Code's own themes. */
const BACKGROUNDS = { light: ['#ffffff', '#f8f8f8', '#f3f3f3'], dark: ['#000000', '#181818', '#1e1e1e', '#1f1f1f', '#252526'] } as const;

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

describe('palette', () => {
  it('computes contrast as WCAG does', () => {
    assert.equal(contrast('#000000', '#ffffff'), 21);
    assert.ok(Math.abs(contrast('#777777', '#ffffff') - 4.48) < 0.005);
  });

  for (const kind of ['light', 'dark'] as const) {
    it(`${kind}: eight different colours, each at least 4.5 : 1 on every background`, () => {
      assert.equal(new Set(PALETTE[kind]).size, 8);
      for (const colour of PALETTE[kind]) {
        for (const background of BACKGROUNDS[kind]) {
          assert.ok(contrast(colour, background) >= 4.5, `${colour} on ${background}: ${contrast(colour, background).toFixed(2)}`);
        }
      }
    });
  }
});
