/** Derivations as Markdown with TeX between dollar signs, as GitHub, Jupyter and Obsidian read it. */
import { formulaById } from '../formulas';
import { SYMBOLS } from '../formulas/symbols';
import { stepCondition, stepSymbols, stepTex, symbolAsUsed } from './render';
import type { Derivation, DerivationStep } from './types';

/** One line of a derivation: heading, formula, reason. */
export function stepMarkdown(step: DerivationStep, number?: number): string {
  const condition = stepCondition(step);
  const heading = `**${number === undefined ? '' : `${number}. `}${step.label}**${condition ? ` (${condition})` : ''}`;
  const established = step.formula === undefined ? '' : `\n*Formula* \`${step.formula}\`${convention(step.formula)}\n`;
  return `${heading}\n\n$$\n${stepTex(step, { htmlData: false })}\n$$\n\n${step.why}\n${established}`;
}

const convention = (id: string): string => {
  const { convention: words } = formulaById(id);
  return words ? `: ${words}` : '';
};

/** A whole derivation under a heading of the given level, with what its symbols mean. `titleOf` gives the titles of those to read before. */
export function derivationMarkdown(derivation: Derivation, level: number, titleOf: (id: string) => string): string {
  const { id, title, shows, source, prerequisites, after = [], steps } = derivation;
  const symbols = [...new Set(steps.flatMap(stepSymbols))];
  return [
    `${'#'.repeat(level)} ${title}`,
    `<a id="${id}"></a>\`${id}\` · [${source.paper}](${source.url}), ${source.equation}`,
    shows,
    ...(after.length > 0 ? [`Read before: ${after.map((other) => `[${titleOf(other)}](#${other})`).join(', ')}.`] : []),
    prerequisites.map((p) => `- ${p}`).join('\n'),
    ...steps.map((step, i) => stepMarkdown(step, i + 1).trimEnd()),
    ['| Symbol | Meaning | In code |', '| --- | --- | --- |', ...symbols.map((s) => `| $${symbolAsUsed(steps, s).replaceAll('|', '\\vert ')}$ | ${SYMBOLS[s].meaning} | ${SYMBOLS[s].codeNames.map((n) => `\`${n}\``).join(', ')} |`)].join('\n'),
  ].join('\n\n') + '\n';
}
