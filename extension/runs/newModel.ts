/** *New File: Marginalia Model*: a small diffusion model that runs as it is, in an editor of its own. */
import * as vscode from 'vscode';

interface Template {
  language: 'python' | 'typescript';
  label: string;
  description: string;
  file: string;
}

const templates = (): readonly Template[] => [
  { language: 'python', label: 'PyTorch', description: vscode.l10n.t('Python, needs torch and numpy'), file: 'ddpm.py' },
  { language: 'typescript', label: 'TensorFlow.js', description: vscode.l10n.t('TypeScript, needs @tensorflow/tfjs'), file: 'ddpm.ts' },
];

/** Opens an untitled document; asks which when no language is given. Resolves to undefined when the person chose none. */
export async function newModel(extension: vscode.Uri, language?: unknown): Promise<vscode.TextDocument | undefined> {
  const template = templates().find((candidate) => candidate.language === language)
    ?? (await vscode.window.showQuickPick(templates(), { title: vscode.l10n.t('New Marginalia model'), placeHolder: vscode.l10n.t('A denoising diffusion model of the two moons in…') }));
  if (!template) return undefined;
  // Through workspace.fs: in the browser the extension's files are on no disk.
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, 'templates', template.file));
  const document = await vscode.workspace.openTextDocument({ language: template.language, content: new TextDecoder().decode(bytes) });
  await vscode.window.showTextDocument(document);
  return document;
}
