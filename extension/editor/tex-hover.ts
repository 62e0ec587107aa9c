/** Over TeX in a comment or docstring: the formula as a picture, or where it goes wrong. */
import * as vscode from 'vscode';
import { texAt } from '../../core/tex/find';
import { imageOf } from './pictures';
import { LANGUAGES } from './readings';
import type { TexService } from './tex-service';

/** Of a picture in Markdown, which is cut at 100,000 characters. */
const LONGEST = 90_000;

export class TexHovers implements vscode.HoverProvider, vscode.Disposable {
  private readonly subscription: vscode.Disposable;

  constructor(private readonly service: TexService) {
    this.subscription = vscode.languages.registerHoverProvider(LANGUAGES.map((language) => ({ language })), this);
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position, token: vscode.CancellationToken): Promise<vscode.Hover | undefined> {
    if (!vscode.workspace.getConfiguration('marginalia', document).get('texHover.enabled', true)) return undefined;
    const found = texAt(document.getText(), document.offsetAt(position), document.languageId === 'python' ? 'python' : 'javascript');
    if (!found) return undefined;
    const outcome = await this.service.typeset(found.tex, found.display);
    if (token.isCancellationRequested) return undefined;
    const range = new vscode.Range(document.positionAt(found.from), document.positionAt(found.to));
    return new vscode.Hover(textOf(found.tex, outcome), range);
  }

  dispose(): void {
    this.subscription.dispose();
  }
}

function textOf(tex: string, outcome: Awaited<ReturnType<TexService['typeset']>>): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  if ('tooLong' in outcome) return text.appendText(vscode.l10n.t('This formula takes too long to typeset and was given up.'));
  if ('typeset' in outcome) {
    const image = imageOf(outcome.typeset.picture, outcome.typeset.glyphs, tex.replaceAll(/\s+/g, ' ').slice(0, 300));
    return image.length <= LONGEST ? text.appendMarkdown(image) : text.appendText(vscode.l10n.t('This formula is too large to be shown.'));
  }
  const { problem, at } = outcome;
  text.appendText(vscode.l10n.t('TeX, character {0}: {1}', at + 1, problem));
  // The place under the formula, as compilers show it; of long formulas the part around it.
  const from = Math.max(0, at - 40);
  const shown = tex.slice(from, at + 40).replaceAll('\n', ' ');
  return text.appendCodeblock(`${shown}\n${' '.repeat(at - from)}^`, 'text');
}
