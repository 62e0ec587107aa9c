/** TeX to pictures by MathJax. Runs when the extension is built, for our own formulas, and in a worker, for those of the person's comments. */
import { mathjax } from '@mathjax/src/mjs/mathjax.js';
import { TeX } from '@mathjax/src/mjs/input/tex.js';
import { SVG } from '@mathjax/src/mjs/output/svg.js';
import { liteAdaptor } from '@mathjax/src/mjs/adaptors/liteAdaptor.js';
import { RegisterHTMLHandler } from '@mathjax/src/mjs/handlers/html.js';
import '@mathjax/src/mjs/input/tex/base/BaseConfiguration.js';
import '@mathjax/src/mjs/input/tex/ams/AmsConfiguration.js';
import '@mathjax/src/mjs/input/tex/boldsymbol/BoldsymbolConfiguration.js';
import '@mathjax/src/mjs/input/tex/color/ColorConfiguration.js';
import '@mathjax/src/mjs/input/tex/newcommand/NewcommandConfiguration.js';
import { MathJaxTexFont } from '@mathjax/mathjax-tex-font/mjs/svg.js';
import type { Glyphs, Picture } from '../../core/formulas/svg';

export interface Typeset {
  picture: Picture;
  glyphs: Glyphs;
}

/** MathJax says what is wrong in words; the place it does not know. */
export class TexProblem extends Error {}

const adaptor = liteAdaptor();
RegisterHTMLHandler(adaptor);
const output = new SVG({ fontCache: 'local', fontData: MathJaxTexFont, linebreaks: { inline: false } });

/**
 * @param macros how often macros may be replaced in one formula: a bomb of definitions stops there.
 * @throws TexProblem for TeX that is not understood.
 */
export function typeset(tex: string, display: boolean, macros = 1000): Typeset {
  const input = new TeX({
    packages: ['base', 'ams', 'boldsymbol', 'color', 'newcommand'], maxMacros: macros, maxBuffer: 20 * 1024,
    formatError: (_: unknown, error: Error) => {
      throw new TexProblem(error.message);
    },
  });
  const document = mathjax.document('', { InputJax: input, OutputJax: output });
  const container = document.convert(tex, { display, em: 16, ex: 8, containerWidth: 1280 });
  return apart(adaptor.outerHTML(adaptor.firstChild(container) as never));
}

/** Outlines and drawing apart, and of the drawing only what is seen. */
export function apart(svg: string): Typeset {
  const glyphs: Record<string, string> = {};
  const keyOf = (id: string): string => id.replace(/^MJX-\d+-(?:TEX-)?/, '');
  const [, head, rest] = /^<svg([^>]*)>([\s\S]*)<\/svg>$/.exec(svg) ?? [];
  if (head === undefined) throw new TexProblem('');
  const body = rest.replace(/<defs>([\s\S]*?)<\/defs>/, (_, defs: string) => {
    for (const [, id, d] of defs.matchAll(/<path id="([^"]+)" d="([^"]*)"/g)) glyphs[keyOf(id)] = d;
    return '';
  })
    .replaceAll(/ (?:data-[\w-]+|aria-[\w-]+|role|focusable|stroke|stroke-width)="[^"]*"/g, '')
    .replaceAll(/ xlink:href="#([^"]+)"/g, (_, id: string) => ` href="#${keyOf(id)}"`)
    .replaceAll(/<(\w+)([^>]*)><\/\1>/g, '<$1$2/>')
    .replaceAll(' fill="currentColor"', '');
  const of = (name: string): string => new RegExp(` ${name}="([^"]*)"`).exec(head)?.[1] ?? '';
  return { picture: { width: parseFloat(of('width')), height: parseFloat(of('height')), viewBox: of('viewBox'), body: withoutIdleGroups(body) }, glyphs };
}

/** Half of a drawing are groups that say nothing, from the inside out. */
function withoutIdleGroups(body: string): string {
  const less = body.replaceAll(/<g>((?:(?!<\/?g[ >]).)*)<\/g>/g, '$1');
  return less === body ? body : withoutIdleGroups(less);
}
