/** A derivation as a page of its own. It brings KaTeX' rules and those of its fonts that it uses, so that it reads the same on any machine. */
import katex from 'katex';
import { derivationById, stepTex, type Derivation } from '../../core/derivations';
import { derivationHtml, type Typesetter } from '../../core/derivations/html';
import { h } from './dom';
import { sizeFor } from './tex';
import { language, t } from './words';

/** Of the page's column, less what the numbers of its lines take. */
const WIDTH = '49rem';

interface Face {
  family: string;
  css: string;
}

/** KaTeX' part of this page's style sheet: rules, and fonts as data. */
async function mathSheet(): Promise<{ rules: string; faces: readonly Face[] }> {
  const link = document.querySelector<HTMLLinkElement>('link[rel=stylesheet]')!;
  const sheet = new CSSStyleSheet();
  // Rules of a sheet from another origin cannot be read; its text can.
  sheet.replaceSync(await (await fetch(link.href)).text());
  const rules: string[] = [];
  const faces: Promise<Face>[] = [];
  for (const rule of sheet.cssRules) {
    if (rule instanceof CSSFontFaceRule) {
      const [, file] = /([\w-]+\.woff2)/.exec(rule.cssText) ?? [];
      if (file) faces.push(faceOf(rule, new URL(`fonts/${file}`, link.href).href));
    } else if (rule instanceof CSSStyleRule && rule.selectorText.includes('.katex')) rules.push(rule.cssText);
  }
  return { rules: rules.join('\n'), faces: await Promise.all(faces) };
}

async function faceOf({ style }: CSSFontFaceRule, url: string): Promise<Face> {
  const family = style.getPropertyValue('font-family').replaceAll(/["']/g, '');
  const bytes = await (await fetch(url)).arrayBuffer();
  const data = btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(''));
  return { family, css: `@font-face { font-family: ${family}; font-style: ${style.getPropertyValue('font-style') || 'normal'}; font-weight: ${style.getPropertyValue('font-weight') || 'normal'}; src: url(data:font/woff2;base64,${data}) format("woff2"); }` };
}

/** Families of fonts that the markup is set in, as this page sets it. */
function familiesIn(markup: HTMLElement): Set<string> {
  return new Set([...markup.querySelectorAll('.katex *')].flatMap((element) => getComputedStyle(element).fontFamily.split(/,\s*/).map((name) => name.replaceAll(/["']/g, ''))));
}

export async function exportPage(derivation: Derivation): Promise<string> {
  const { rules, faces } = await mathSheet();
  const bench = h('div', { class: 'export-bench', 'aria-hidden': 'true' });
  bench.style.cssText = `position: absolute; visibility: hidden; width: ${WIDTH}; font-size: 16px; overflow: hidden; contain: strict; height: 10rem;`;
  document.body.append(bench);
  const set = (tex: string, displayMode: boolean): number => {
    katex.render(tex, bench, { displayMode, fleqn: true, output: 'html', throwOnError: true, strict: 'error' });
    return bench.clientWidth / bench.scrollWidth;
  };
  try {
    const typesetter: Typesetter = {
      line: (step, colours) => {
        if (set(stepTex(step, { htmlData: false, colours }), true) >= 1) return bench.innerHTML;
        const share = set(stepTex(step, { htmlData: false, colours, stacked: true }), true);
        return share >= 1 ? bench.innerHTML : `<div style="font-size:${sizeFor(share)}em">${bench.innerHTML}</div>`;
      },
      inline: (tex) => {
        set(tex, false);
        return bench.innerHTML;
      },
      style: (body) => {
        bench.replaceChildren(document.createRange().createContextualFragment(body));
        const used = familiesIn(bench);
        return [...faces.filter(({ family }) => used.has(family)).map(({ css }) => css), rules].join('\n');
      },
    };
    return derivationHtml(derivation, (id) => derivationById(id).title, typesetter, { language: language(), t });
  } finally {
    bench.remove();
  }
}
