/** One derivation as a standalone HTML page: formulas in the symbols' colours, no script, and nothing from elsewhere. */
import { PALETTE } from '../formulas/palette';
import { SYMBOLS } from '../formulas/symbols';
import { stepCondition, stepSpoken, stepSymbols, symbolAsUsed } from './render';
import type { Derivation, DerivationStep } from './types';

/** How the page's mathematics is set; who calls knows of what typesets it. */
export interface Typesetter {
  /** HTML of one line; `colours` by symbol as in `TexOptions`. */
  line(step: DerivationStep, colours: readonly string[]): string;
  /** HTML of TeX within a text. */
  inline(tex: string): string;
  /** CSS that the finished body needs for its formulas, fonts included. */
  style(body: string): string;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const STYLE = `
  body { max-width: 52rem; margin: 2rem auto; padding: 0 1rem; color: #1f1f1f; background: #ffffff; font: 16px/1.5 system-ui, sans-serif; }
  h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; } .source, .condition { color: #595959; }
  ol { padding-left: 1.6rem; } li { margin: 1.1rem 0; break-inside: avoid; } li > strong { font-weight: 600; }
  .formula { overflow-x: auto; overflow-y: hidden; padding: 0.3rem 0; } .formula .katex-display { margin: 0.2rem 0; } .formula .katex-display > .katex { padding-left: 0; }
  table { border-collapse: collapse; } th, td { text-align: left; vertical-align: top; padding: 0.2rem 1rem 0.2rem 0; border-bottom: 1px solid #d4d4d4; font-weight: normal; } th { white-space: nowrap; }
  code { font-size: 0.9em; }
  @media print { body { margin: 0; } }
`;

/** @param titleOf titles of derivations to read before. */
export function derivationHtml(derivation: Derivation, titleOf: (id: string) => string, typesetter: Typesetter): string {
  const { title, shows, source, prerequisites, after = [], steps } = derivation;
  const colours = PALETTE.light;
  const symbols = [...new Set(steps.flatMap(stepSymbols))].map((id) => SYMBOLS[id]);
  const items = steps.map((step) => {
    const condition = stepCondition(step);
    return `<li><strong>${escaped(step.label)}</strong>${condition ? ` <span class="condition">${escaped(condition)}</span>` : ''}
<div class="formula" role="img" aria-label="${escaped(stepSpoken(step))}">${typesetter.line(step, colours)}</div>
<p>${escaped(step.why)}</p></li>`;
  });
  const rows = symbols.map((s) => `<tr><th scope="row">${typesetter.inline(symbolAsUsed(steps, s.id, { colours }))}</th><td>${escaped(s.meaning)}</td><td>${s.codeNames.map((n) => `<code>${escaped(n)}</code>`).join(', ')}</td></tr>`);
  const body = `<h1>${escaped(title)}</h1>
<p>${escaped(shows)}</p>
<p class="source"><a href="${escaped(source.url)}">${escaped(source.paper)}</a>, ${escaped(source.equation)}</p>
<ul>
${prerequisites.map((p) => `<li>${escaped(p)}</li>`).join('\n')}
</ul>
${after.length > 0 ? `<p>Read before: ${after.map((id) => escaped(titleOf(id))).join('; ')}.</p>\n` : ''}<ol>
${items.join('\n')}
</ol>
<h2>Symbols</h2>
<table><thead><tr><th scope="col">Symbol</th><th scope="col">Meaning</th><th scope="col">In code</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>${STYLE}${typesetter.style(body)}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
