/** Over a variable that holds a symbol of the mathematics: what the symbol means, and the one formula that gives it, with name, source and convention. */
import * as vscode from 'vscode';
import type { FamilyId, Finding } from '../../core/code/types';
import type { PicturedFormula } from '../../core/derivations/pictures';
import type { SymbolId } from '../../core/formulas/symbols';
import { t } from '../l10n';
import { plain } from './markdown';
import type { Pictures } from './pictures';

/** What is hovered: a binding of a finding, as `symbolAt` gives it. */
export interface Held {
  finding: Finding;
  symbol: string;
  /** What the variable holds where that is not the symbol itself, e.g. "√ᾱ". */
  holds?: string;
}

/** What a model of this family computes, for the hover over its header; families without one formula of their own have none. */
const OF_FAMILY: Readonly<Partial<Record<FamilyId, string>>> = {
  'ddpm': 'ddpm.step', 'ddim': 'ddim.step', 'vae': 'vae.elbo', 'autoencoder': 'loss.mse', 'skip-gram': 'word2vec.negative_sampling',
};

/** In Markdown; empty where the family has none. */
export async function formulaOfFamily(pictures: Pictures, family: FamilyId): Promise<string> {
  const id = OF_FAMILY[family];
  if (id === undefined) return '';
  await pictures.index();
  return written(pictures, (await pictures.formulas())[id]);
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
  return text.appendMarkdown(await written(pictures, formula));
}

/** Name, picture, source, convention. */
async function written(pictures: Pictures, { title, picture, spoken, source, convention }: PicturedFormula): Promise<string> {
  const image = await pictures.image(picture, spoken);
  return `\n\n**${plain(pictures.words(title))}**\n\n${image}\n\n[${plain(source.paper)}](${source.url}), ${plain(pictures.words(source.equation))}${convention ? ` · ${plain(pictures.words(convention))}` : ''}`;
}

/** The schedule's own where the file says which; else the only one there is. Where several conventions compete none is claimed. */
function formulaOf(ids: readonly string[], finding: Finding, formulas: Readonly<Record<string, PicturedFormula>>): PicturedFormula | null {
  const schedule = `schedule.${String(finding.hyperparameters.schedule?.value)}`;
  if (ids.includes(schedule)) return formulas[schedule];
  const others = ids.filter((id) => !id.startsWith('schedule.'));
  return others.length === 1 ? formulas[others[0]] : null;
}
