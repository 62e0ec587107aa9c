import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { MarginaliaApi } from '../../extension/main';
import type { PanelSnapshot } from '../../core/protocol/messages';

/** The running extension's API. */
export async function marginalia(): Promise<MarginaliaApi> {
  const extension = vscode.extensions.getExtension<MarginaliaApi>('marginalia.marginalia');
  assert.ok(extension, 'the extension is present');
  return extension.activate();
}

export async function showPython(content: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'python', content }), vscode.ViewColumn.One);
}

export async function lensesOf(document: vscode.TextDocument): Promise<{ title: string; line: number; lens: vscode.CodeLens }[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100);
  return lenses.map((lens) => ({ title: lens.command?.title ?? '', line: lens.range.start.line + 1, lens }));
}

export async function poll<V>(what: string, probe: () => Promise<V | undefined> | V | undefined, milliseconds = 15_000): Promise<V> {
  const until = Date.now() + milliseconds;
  for (;;) {
    const value = await probe();
    if (value !== undefined) return value;
    assert.ok(Date.now() < until, `${what}: not within ${milliseconds} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The panel's snapshot once it satisfies the condition. */
export async function snapshotWhen(api: MarginaliaApi, condition: (snapshot: PanelSnapshot) => boolean, what: string, milliseconds = 60_000): Promise<PanelSnapshot> {
  return poll(what, async () => {
    // Before the page has said hello there is nothing to ask.
    const snapshot = await api.snapshot().catch(() => undefined);
    if (snapshot?.state === 'failed') assert.fail(`the panel failed: ${JSON.stringify(snapshot.settings)}`);
    return snapshot && condition(snapshot) ? snapshot : undefined;
  }, milliseconds);
}

/** A diffusion model in plain functions; T and the end of the schedule as given. */
export function model(T: number, betaEnd = 0.02): string {
  return `import torch

T = ${T}
betas = torch.linspace(1e-4, ${betaEnd}, T)
alphas = 1.0 - betas
abar = torch.cumprod(alphas, dim=0)


def q_sample(x0, t, noise):
    return abar[t].sqrt() * x0 + (1 - abar[t]).sqrt() * noise


@torch.no_grad()
def p_sample(model, x, t):
    eps = model(x, t)
    mean = (x - betas[t] / (1 - abar[t]).sqrt() * eps) / alphas[t].sqrt()
    z = torch.randn_like(x) if t > 0 else 0.0
    return mean + betas[t].sqrt() * z
`;
}
