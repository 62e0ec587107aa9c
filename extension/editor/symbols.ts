/** The tie between symbols and variables: decorations one way, the cursor the other. */
import * as vscode from 'vscode';
import { SYMBOLS, type SymbolId } from '../../core/formulas/symbols';
import { PALETTE } from '../../core/formulas/palette';
import type { Range } from '../../core/code/types';
import type { PanelModel } from '../../core/protocol/messages';
import { t } from '../l10n';
import { notebookOf, rangesIn } from './notebooks';
import { LANGUAGES, toVsRange } from './readings';
import type { PlaygroundPanel } from '../panel/panel';
import type { Panels } from '../panel/panels';
import { reader } from './reader';

export class SymbolLinks implements vscode.Disposable {
  private readonly decorations = new Map<number, vscode.TextEditorDecorationType>();
  private readonly subscriptions: vscode.Disposable[] = [];
  /** The pointer is over one symbol of one panel; the variables of that panel's model light up. */
  private highlighted: { panel: PlaygroundPanel; symbol: SymbolId } | null = null;
  /** The symbol that each panel was told the cursor stands on. */
  private readonly underCursor = new WeakMap<PlaygroundPanel, string | null>();

  constructor(private readonly panels: Panels) {
    this.subscriptions.push(
      panels.onDidHighlight(({ panel, symbol }) => {
        if (symbol !== null) this.highlighted = { panel, symbol: symbol as SymbolId };
        else if (this.highlighted?.panel === panel) this.highlighted = null;
        this.decorate();
      }),
      panels.onDidChangeModel((panel) => {
        this.underCursor.delete(panel);
        this.decorate();
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => this.decorate()),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => this.cursorMoved(textEditor, selections[0])),
    );
  }

  private decorate(): void {
    const symbol = this.highlighted?.symbol;
    const model = this.highlighted?.panel.model ?? null;
    const colour = symbol && SYMBOLS[symbol]?.colour;
    for (const editor of vscode.window.visibleTextEditors) {
      for (const [index, decoration] of this.decorations) if (index !== colour) editor.setDecorations(decoration, []);
      if (colour === null || colour === undefined) continue;
      const here = model && this.placesIn(model, editor.document);
      const bindings = here ? model.finding.symbols.filter((binding) => binding.symbol === symbol) : [];
      editor.setDecorations(this.decorationFor(colour), bindings.flatMap(({ ranges, holds }) =>
        ranges.filter(here ?? (() => false)).map((range) => ({ range: toVsRange(range), hoverMessage: holds && vscode.l10n.t('holds {0}', t(holds)) }))));
    }
  }

  private cursorMoved(editor: vscode.TextEditor, selection: vscode.Selection): void {
    // The output panel and the like are editors too; only files of code answer for the cursor.
    if (!LANGUAGES.includes(editor.document.languageId)) return;
    for (const panel of this.panels.all) {
      const { model } = panel;
      if (!model) continue;
      const here = this.placesIn(model, editor.document);
      const symbols = here ? model.finding.symbols.map((binding) => ({ ...binding, ranges: binding.ranges.filter(here) })) : [];
      const symbol = here ? (reader().symbolAt([{ ...model.finding, symbols }], editor.document.offsetAt(selection.active))?.binding.symbol ?? null) : null;
      if (symbol === (this.underCursor.get(panel) ?? null)) continue;
      this.underCursor.set(panel, symbol);
      panel.cursorSymbol(symbol);
    }
  }

  /**
   * Which of the model's ranges are in a document; null where none can be. Ranges are those of one version: until an edit has been read they would
   * light up other words. A model of a notebook has variables in all its cells.
   */
  private placesIn(model: PanelModel, document: vscode.TextDocument): ((range: Range) => boolean) | null {
    if (!linksEnabled(document)) return null;
    if (notebookOf(document.uri)) return rangesIn(model.finding, document);
    return model.uri === document.uri.toString() && model.version === document.version ? () => true : null;
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
