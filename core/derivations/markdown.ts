/** Derivations as Markdown with TeX between dollar signs, as GitHub, Jupyter and Obsidian read it. */
import { formulaById } from '../formulas';
import { SYMBOLS } from '../formulas/symbols';
import { inEnglish, listed, type Translate } from '../l10n/translate';
import type { Language } from '../l10n/language';
import { stepCondition, stepSymbols, stepTex, symbolAsUsed } from './render';
import type { Derivation, DerivationStep } from './types';

/** One line of a derivation: heading, formula, reason. */
export function stepMarkdown(step: DerivationStep, number?: number, t: Translate = inEnglish, language: Language = 'en'): string {
  const condition = stepCondition(step, language);
  const heading = `**${number === undefined ? '' : `${number}. `}${t(step.label)}**${condition ? t(' ({0})', condition) : ''}`;
  const established = step.formula === undefined ? '' : `\n*${t('Formula')}* \`${step.formula}\`${convention(step.formula, t)}\n`;
  return `${heading}\n\n$$\n${stepTex(step, { htmlData: false })}\n$$\n\n${t(step.why)}\n${established}`;
}

const convention = (id: string, t: Translate): string => {
  const { convention: words } = formulaById(id);
  return words ? t(': {0}', t(words)) : '';
};

/** A whole derivation under a heading of the given level, with what its symbols mean. `titleOf` gives the titles of those to read before. */
export function derivationMarkdown(derivation: Derivation, level: number, titleOf: (id: string) => string, t: Translate = inEnglish, language: Language = 'en'): string {
  const { id, title, shows, source, prerequisites, after = [], steps } = derivation;
  const symbols = [...new Set(steps.flatMap(stepSymbols))];
  return [
    `${'#'.repeat(level)} ${t(title)}`,
    `<a id="${id}"></a>\`${id}\` · [${source.paper}](${source.url}), ${t(source.equation)}`,
    t(shows),
    ...(after.length > 0 ? [t('Read before: {0}.', listed(after.map((other) => `[${t(titleOf(other))}](#${other})`), t))] : []),
    prerequisites.map((p) => `- ${t(p)}`).join('\n'),
    ...steps.map((step, i) => stepMarkdown(step, i + 1, t, language).trimEnd()),
    [`| ${t('Symbol')} | ${t('Meaning')} | ${t('In code')} |`, '| --- | --- | --- |', ...symbols.map((s) => `| $${symbolAsUsed(steps, s).replaceAll('|', '\\vert ')}$ | ${t(SYMBOLS[s].meaning)} | ${SYMBOLS[s].codeNames.map((n) => `\`${n}\``).join(', ')} |`)].join('\n'),
  ].join('\n\n') + '\n';
}
