/** Over a variable that holds a symbol of the mathematics: what the symbol means, and the one formula that gives it, with name, source and convention. */
import * as vscode from 'vscode';
import type { Finding } from '../../core/code/types';
import type { PicturedFormula, PictureIndex } from '../../core/derivations/pictures';
import type { SymbolId } from '../../core/formulas/symbols';
import { t } from '../l10n';
import { formulaOfFamily } from '../../core/formulas/of-family';
import type { LiveFormulas } from './live-formulas';
import { plain } from './markdown';
import type { Pictures } from './pictures';

/** What is hovered: a binding of a finding, as `symbolAt` gives it. */
export interface Held {
  finding: Finding;
  symbol: string;
  /** What the variable holds where that is not the symbol itself, e.g. "√ᾱ". */
  holds?: string;
}

/** In Markdown; empty where the family has none that this model is sure to have. */
export async function familyHover(pictures: Pictures, finding: Finding): Promise<string> {
  const id = formulaOfFamily(finding);
  return id === null ? '' : formulaInMarkdown(pictures, id);
}

/** A formula of the registry, in Markdown. */
export async function formulaInMarkdown(pictures: Pictures, id: string): Promise<string> {
  await pictures.index();
  const formulas = await pictures.formulas();
  return id in formulas ? written(pictures, formulas[id]) : '';
}

/** What the symbol means and its formula; apart from that, for a text is cut at 100,000 characters, the formula with the file's numbers. */
export async function formulaHover(pictures: Pictures, live: LiveFormulas, { finding, symbol, holds }: Held): Promise<vscode.MarkdownString[] | null> {
  const [index, formulas] = await Promise.all([pictures.index(), pictures.formulas()]);
  const meaning = index.meanings[symbol as SymbolId];
  if (meaning === undefined) return null;
  const text = new vscode.MarkdownString();
  text.appendText(pictures.words(meaning));
  if (holds) text.appendMarkdown('  \n').appendText(vscode.l10n.t('Here it holds {0}.', t(holds)));
  const id = formulaIdOf(index, symbol, finding);
  const [formula, numbers] = await Promise.all([id === null ? '' : written(pictures, formulas[id]), live.image(live.ofSymbol(index, finding, symbol, holds))]);
  text.appendMarkdown(formula);
  return numbers === '' ? [text] : [text, withNumbers(numbers)];
}

export const withNumbers = (image: string): vscode.MarkdownString => new vscode.MarkdownString(`${vscode.l10n.t('With the numbers of this file')}\n\n${image}`);

/** Name, picture, source, convention. */
async function written(pictures: Pictures, { title, picture, spoken, source, convention }: PicturedFormula): Promise<string> {
  const image = await pictures.image(picture, spoken);
  return `\n\n**${plain(pictures.words(title))}**\n\n${image}\n\n[${plain(source.paper)}](${source.url}), ${plain(pictures.words(source.equation))}${convention ? ` · ${plain(pictures.words(convention))}` : ''}`;
}

/** The schedule's own where the file says which; else the only one there is. Where several conventions compete none is claimed. */
export function formulaIdOf(index: PictureIndex, symbol: string, finding: Finding): string | null {
  const ids = index.ofSymbol[symbol as SymbolId] ?? [];
  const schedule = `schedule.${String(finding.hyperparameters.schedule?.value)}`;
  if (ids.includes(schedule)) return schedule;
  const others = ids.filter((id) => !id.startsWith('schedule.'));
  return others.length === 1 ? others[0] : null;
}
