/** diffusers' files of settings in the editor: told by their names, so that other JSON costs nothing. */
import type * as vscode from 'vscode';
import type { Finding } from '../../core/code/types';
import { reader } from './reader';

/** The same names as in core/code/configs; the reader is not loaded to know them. */
const NAME = /(?:^|\/)(?:scheduler_config|model_index|config)\.json$/;
export const CONFIG_FILES: vscode.DocumentFilter = { language: 'json', pattern: '**/{scheduler_config,model_index,config}.json' };

export function isConfigFile({ languageId, uri }: vscode.TextDocument): boolean {
  return languageId === 'json' && NAME.test(uri.path);
}

export function readConfigFile(document: vscode.TextDocument, sibling: (name: string) => string | undefined): { findings: Finding[]; skipped?: string } {
  const text = document.getText();
  // `config.json` is a common name: most are no model's, and these do not even load the reader.
  if (!text.includes('"_class_name"')) return { findings: [] };
  return reader().readFile(document.uri.path, text, { sibling }) ?? { findings: [] };
}
