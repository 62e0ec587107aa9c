/** One derivation as a standalone HTML page: formulas in the symbols' colours, no script, and nothing from elsewhere. */
import { PALETTE } from '../formulas/palette';
import { SYMBOLS } from '../formulas/symbols';
import type { Language } from '../l10n/language';
import { inEnglish, type Translate } from '../l10n/translate';
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

/** The language of the page, and its words. */
export interface Wording {
  language: Language;
  t: Translate;
}

const ENGLISH: Wording = { language: 'en', t: inEnglish };
const TAGS: Readonly<Record<Language, string>> = { 'en': 'en', 'zh-cn': 'zh-CN' };

/** @param titleOf titles of derivations to read before, in English. */
export function derivationHtml(derivation: Derivation, titleOf: (id: string) => string, typesetter: Typesetter, { language, t }: Wording = ENGLISH): string {
  const { title, shows, source, prerequisites, after = [], steps } = derivation;
  const colours = PALETTE.light;
  const symbols = [...new Set(steps.flatMap(stepSymbols))].map((id) => SYMBOLS[id]);
  const items = steps.map((step) => {
    const condition = stepCondition(step, language);
    return `<li><strong>${escaped(t(step.label))}</strong>${condition ? ` <span class="condition">${escaped(condition)}</span>` : ''}
<div class="formula" role="img" aria-label="${escaped(stepSpoken(step, language))}">${typesetter.line(step, colours)}</div>
<p>${escaped(t(step.why))}</p></li>`;
  });
  const rows = symbols.map((s) => `<tr><th scope="row">${typesetter.inline(symbolAsUsed(steps, s.id, { colours }))}</th><td>${escaped(t(s.meaning))}</td><td>${s.codeNames.map((n) => `<code>${escaped(n)}</code>`).join(', ')}</td></tr>`);
  const body = `<h1>${escaped(t(title))}</h1>
<p>${escaped(t(shows))}</p>
<p class="source"><a href="${escaped(source.url)}">${escaped(source.paper)}</a>, ${escaped(t(source.equation))}</p>
<ul>
${prerequisites.map((p) => `<li>${escaped(t(p))}</li>`).join('\n')}
</ul>
${after.length > 0 ? `<p>${escaped(t('Read before: {0}.', after.map((id) => t(titleOf(id))).join(t('; '))))}</p>\n` : ''}<ol>
${items.join('\n')}
</ol>
<h2>${t('Symbols')}</h2>
<table><thead><tr>${[t('Symbol'), t('Meaning'), t('In code')].map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table>`;
  return `<!doctype html>
<html lang="${TAGS[language]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(t(title))}</title>
<style>${STYLE}${typesetter.style(body)}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
