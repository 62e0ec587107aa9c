/** The language of the editor. Texts of the extension itself go through `vscode.l10n.t`; what core/ says in words is given this. */
import * as vscode from 'vscode';
import type { Translate } from '../core/l10n/translate';
import { RecordError } from '../core/protocol/record';

export const t: Translate = (english, ...values) => vscode.l10n.t(english, ...values);

/** Why something failed, in words for the person. What the system says stays as it says it. */
export function problemOf(error: unknown): string {
  if (error instanceof RecordError) return error.said.in(t);
  return error instanceof Error ? error.message : String(error);
}
