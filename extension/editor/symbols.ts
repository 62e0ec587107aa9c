/** The tie between symbols and variables: decorations one way, the cursor the other. */
import * as vscode from 'vscode';
import { symbolAt } from '../../core/code';
import { SYMBOLS, type SymbolId } from '../../core/formulas/symbols';
import { PALETTE } from '../../core/formulas/palette';
import type { PanelModel } from '../../core/protocol/messages';
import { LANGUAGES, toVsRange } from './readings';
import type { PlaygroundPanel } from '../panel/panel';

export class SymbolLinks implements vscode.Disposable {
  private readonly decorations = new Map<number, vscode.TextEditorDecorationType>();
  private readonly subscriptions: vscode.Disposable[] = [];
  private highlighted: SymbolId | null = null;
  private underCursor: string | null = null;

  constructor(private readonly panel: PlaygroundPanel) {
    this.subscriptions.push(
      panel.onDidHighlight((symbol) => this.highlight(symbol as SymbolId | null)),
      panel.onDidChangeModel(() => {
        this.underCursor = null;
        this.highlight(this.highlighted);
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => this.highlight(this.highlighted)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => this.cursorMoved(textEditor, selections[0])),
    );
  }

  private highlight(symbol: SymbolId | null): void {
    this.highlighted = symbol;
    const model = this.panel.model;
    const colour = symbol && SYMBOLS[symbol]?.colour;
    for (const editor of vscode.window.visibleTextEditors) {
      for (const [index, decoration] of this.decorations) if (index !== colour) editor.setDecorations(decoration, []);
      if (colour === null || colour === undefined) continue;
      const bindings = model && this.isCurrent(model, editor.document) ? model.finding.symbols.filter((binding) => binding.symbol === symbol) : [];
      editor.setDecorations(this.decorationFor(colour), bindings.flatMap(({ ranges, holds }) =>
        ranges.map((range) => ({ range: toVsRange(range), hoverMessage: holds && `holds ${holds}` }))));
    }
  }

  private cursorMoved(editor: vscode.TextEditor, selection: vscode.Selection): void {
    const model = this.panel.model;
    // The output panel and the like are editors too; only files of code answer for the cursor.
    if (!model || !LANGUAGES.includes(editor.document.languageId)) return;
    const current = this.isCurrent(model, editor.document);
    const symbol = current ? (symbolAt([model.finding], editor.document.offsetAt(selection.active))?.binding.symbol ?? null) : null;
    if (symbol === this.underCursor) return;
    this.underCursor = symbol;
    this.panel.cursorSymbol(symbol);
  }

  /** Ranges are those of one version: until an edit has been read they would light up other words. */
  private isCurrent(model: PanelModel, document: vscode.TextDocument): boolean {
    return model.uri === document.uri.toString() && model.version === document.version && linksEnabled(document);
  }

  /** One decoration type a colour, made on first use: VS Code keeps each alive until it is disposed. */
  private decorationFor(colour: number): vscode.TextEditorDecorationType {
    const known = this.decorations.get(colour);
    if (known) return known;
    const look = (hex: string) => ({ backgroundColor: `${hex}33`, borderColor: hex, overviewRulerColor: hex });
    const made = vscode.window.createTextEditorDecorationType({
      borderStyle: 'solid', borderWidth: '1px', borderRadius: '2px',
      overviewRulerLane: vscode.OverviewRulerLane.Center,
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
      light: look(PALETTE.light[colour]), dark: look(PALETTE.dark[colour]),
    });
    this.decorations.set(colour, made);
    return made;
  }

  dispose(): void {
    this.decorations.forEach((decoration) => decoration.dispose());
    this.subscriptions.forEach((subscription) => subscription.dispose());
  }
}

function linksEnabled(document: vscode.TextDocument): boolean {
  return vscode.workspace.getConfiguration('marginalia', document).get<boolean>('symbolLinks.enabled', true);
}
