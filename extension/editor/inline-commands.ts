/** Which derivation a preview shows, and from which line on: of the model at the cursor, at the symbol that stands there. */
import * as vscode from 'vscode';
import type { FamilyId, Finding } from '../../core/code/types';
import type { PanelModel } from '../../core/protocol/messages';
import type { ModelFinder } from './find';
import type { InlinePreview } from './inline';
import type { Pictures } from './pictures';
import { reader } from './reader';

/** Derivations of the bound for families that are trained by one; the general one for all others. */
const BOUNDS: Readonly<Partial<Record<FamilyId, string>>> = { 'vae': 'vae', 'ddpm': 'ddpm-elbo-denoising', 'ddim': 'ddpm-elbo-denoising', 'score-sde': 'ddpm-elbo-denoising', 'gmm': 'gmm-em' };
const BOUND = 'elbo-jensen';

export interface InlineServices {
  models: ModelFinder;
  pictures: Pictures;
  preview: InlinePreview;
}

export function inlineCommands({ models, pictures, preview }: InlineServices): Record<string, () => unknown> {
  const open = async (choose: (finding: Finding | null) => Promise<{ derivation: string; step?: number } | null>): Promise<void> => {
    const editor = vscode.window.activeTextEditor;
    if (!editor) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Open a file first: the preview stands between its lines.'));
      return;
    }
    const { document, selection } = editor;
    const found = await models.find(undefined, () => true);
    const finding = 'model' in found && isOf(found.model, document) ? found.model.finding : null;
    const chosen = await choose(finding);
    if (chosen) await preview.open({ uri: document.uri, line: selection.active.line, ...chosen });
    else void vscode.window.showInformationMessage('problem' in found ? found.problem : vscode.l10n.t('No model was recognised here.'));
  };
  const ofModel = async (finding: Finding | null): Promise<{ derivation: string; step: number } | null> => {
    if (!finding) return null;
    const derivation = (await pictures.index()).ofFamily[finding.family];
    return { derivation, step: await stepAtCursor(pictures, derivation, finding) };
  };
  return {
    previewDerivationInline: () => open(ofModel),
    previewElboInline: () => open((finding) => Promise.resolve({ derivation: (finding && BOUNDS[finding.family]) ?? BOUND })),
    inlinePrevious: () => preview.move(-1),
    inlineNext: () => preview.move(1),
    inlineWhy: () => preview.toggleWhy(),
    inlineInPanel: () => preview.inPanel(),
    inlineClose: () => preview.close(),
  };
}

const isOf = (model: PanelModel, { uri }: vscode.TextDocument): boolean => model.uri === uri.toString();

/** The first line that speaks of the symbol under the cursor, or else the first line. */
async function stepAtCursor(pictures: Pictures, id: string, finding: Finding): Promise<number> {
  const editor = vscode.window.activeTextEditor;
  const symbol = editor && reader().symbolAt([finding], editor.document.offsetAt(editor.selection.active))?.binding.symbol;
  if (!symbol) return 0;
  const { steps } = await pictures.derivation(id);
  return Math.max(0, steps.findIndex(({ symbols }) => (symbols as readonly string[]).includes(symbol)));
}
