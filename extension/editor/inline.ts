/**
 * A derivation between the lines of the file, a step at a time: a comment thread, which is the one block that the stable API puts there. Nothing is written to the file.
 * VS Code opens its Comments panel for the first unresolved thread of a file; ours is marked as resolved, which package.json makes stay closed (`comments.openView`).
 */
import * as vscode from 'vscode';
import type { PicturedDerivation } from '../../core/derivations/pictures';
import { plain } from './markdown';
import type { Pictures } from './pictures';

/** `when` clauses of keys and menus look at it. */
const SHOWN = 'marginalia.inlinePreview';

export interface InlineStart {
  uri: vscode.Uri;
  /** The thread stands below it. */
  line: number;
  derivation: string;
  /** First step to show. */
  step?: number;
}

export class InlinePreview implements vscode.Disposable {
  private readonly controller = vscode.comments.createCommentController('marginalia', 'Marginalia');
  private readonly subscriptions: vscode.Disposable[];
  private thread: vscode.CommentThread | null = null;
  private shown: { derivation: PicturedDerivation; step: number; why: boolean } | null = null;

  /** @param openPanel shows the derivation in the panel, at this step. */
  constructor(private readonly pictures: Pictures, private readonly openPanel: (uri: vscode.Uri, derivation: string, step: number) => void) {
    this.subscriptions = [
      this.controller,
      vscode.window.onDidChangeActiveColorTheme(() => void this.draw()),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (this.thread && uri.toString() === this.thread.uri.toString()) this.close();
      }),
    ];
  }

  async open({ uri, line, derivation, step = 0 }: InlineStart): Promise<void> {
    this.close();
    const read = await this.pictures.derivation(derivation);
    this.shown = { derivation: read, step: Math.min(step, read.steps.length - 1), why: true };
    const thread = this.controller.createCommentThread(uri, new vscode.Range(line, 0, line, 0), []);
    thread.canReply = false;
    thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    thread.state = vscode.CommentThreadState.Resolved;
    thread.contextValue = 'derivation';
    this.thread = thread;
    void vscode.commands.executeCommand('setContext', SHOWN, true);
    await this.draw();
  }

  move(by: number): void {
    if (!this.shown) return;
    const last = this.shown.derivation.steps.length - 1;
    this.shown.step = Math.max(0, Math.min(last, this.shown.step + by));
    void this.draw();
  }

  toggleWhy(): void {
    if (!this.shown) return;
    this.shown.why = !this.shown.why;
    void this.draw();
  }

  inPanel(): void {
    if (this.thread && this.shown) this.openPanel(this.thread.uri, this.shown.derivation.id, this.shown.step);
  }

  close(): void {
    this.thread?.dispose();
    this.thread = null;
    this.shown = null;
    void vscode.commands.executeCommand('setContext', SHOWN, false);
  }

  /** What is shown now; tests ask. */
  get state(): { derivation: string; step: number; steps: number; body: string } | null {
    if (!this.shown || !this.thread) return null;
    const { derivation, step } = this.shown;
    const [comment] = this.thread.comments;
    return { derivation: derivation.id, step, steps: derivation.steps.length, body: comment ? bodyOf(comment) : '' };
  }

  dispose(): void {
    this.close();
    this.subscriptions.forEach((subscription) => void subscription.dispose());
  }

  private async draw(): Promise<void> {
    const { shown } = this;
    if (!shown) return;
    const { derivation, step, why } = shown;
    const { label, condition, why: reason, spoken, picture } = derivation.steps[step];
    const image = await this.pictures.image(picture, spoken);
    // Another step, or none, may have been asked for meanwhile.
    if (this.shown !== shown || shown.step !== step || shown.why !== why || !this.thread) return;
    const body = new vscode.MarkdownString(`**${plain(label)}**${condition ? ` · ${plain(condition)}` : ''}\n\n${image}${why ? `\n\n${plain(reason)}` : ''}`);
    this.thread.label = derivation.title;
    this.thread.comments = [{ body, mode: vscode.CommentMode.Preview, author: { name: vscode.l10n.t('Step {0} of {1}', step + 1, derivation.steps.length) } }];
  }
}

const bodyOf = ({ body }: vscode.Comment): string => (typeof body === 'string' ? body : body.value);
