/** Over a variable that holds a symbol of the mathematics: what the symbol means, and the one formula that gives it, with name, source and convention. */
import * as vscode from 'vscode';
import type { Finding } from '../../core/code/types';
import type { PicturedFormula } from '../../core/derivations/pictures';
import type { SymbolId } from '../../core/formulas/symbols';
import { t } from '../l10n';
import type { Pictures } from './pictures';

/** What is hovered: a binding of a finding, as `symbolAt` gives it. */
export interface Held {
  finding: Finding;
  symbol: string;
  /** What the variable holds where that is not the symbol itself, e.g. "√ᾱ". */
  holds?: string;
}

export async function formulaHover(pictures: Pictures, { finding, symbol, holds }: Held): Promise<vscode.MarkdownString | null> {
  const [index, formulas] = await Promise.all([pictures.index(), pictures.formulas()]);
  const meaning = index.meanings[symbol as SymbolId];
  if (meaning === undefined) return null;
  const text = new vscode.MarkdownString();
  text.appendText(pictures.words(meaning));
  if (holds) text.appendMarkdown('  \n').appendText(vscode.l10n.t('Here it holds {0}.', t(holds)));
  const formula = formulaOf(index.ofSymbol[symbol as SymbolId] ?? [], finding, formulas);
  if (!formula) return text;
  const { title, picture, spoken, source, convention } = formula;
  text.appendMarkdown(`\n\n**${escaped(pictures.words(title))}**\n\n${await pictures.image(picture, spoken)}\n\n[${escaped(source.paper)}](${source.url}), ${escaped(pictures.words(source.equation))}`);
  if (convention) text.appendMarkdown(` · ${escaped(pictures.words(convention))}`);
  return text;
}

/** The schedule's own where the file says which; else the only one there is. Where several conventions compete none is claimed. */
function formulaOf(ids: readonly string[], finding: Finding, formulas: Readonly<Record<string, PicturedFormula>>): PicturedFormula | null {
  const schedule = `schedule.${String(finding.hyperparameters.schedule?.value)}`;
  if (ids.includes(schedule)) return formulas[schedule];
  const others = ids.filter((id) => !id.startsWith('schedule.'));
  return others.length === 1 ? formulas[others[0]] : null;
}

const escaped = (text: string): string => text.replace(/[\\`*_{}[\]()#+\-.!~<>|&]/g, '\\$&');
