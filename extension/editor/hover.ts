/** Over the line that a lens stands above: what was recognised, why, and what the file says, each with its line. */
import * as vscode from 'vscode';
import type { Finding, Range } from '../../core/code/types';
import { FAMILIES } from '../../core/code/vocabulary';
import { confidenceInWords, frameworkInWords, kindInWords, overruleInWords, placeInWords, settingsOf, type Phrase } from '../../core/code/words';
import { lensesEnabled } from './codelens';
import { LANGUAGES, toVsRange, type Readings } from './readings';

export class ModelHovers implements vscode.HoverProvider, vscode.Disposable {
  private readonly subscription: vscode.Disposable;

  constructor(private readonly readings: Readings) {
    this.subscription = vscode.languages.registerHoverProvider(LANGUAGES.map((language) => ({ language })), this);
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    if (!lensesEnabled(document)) return undefined;
    const finding = this.readings.of(document).findings.find(({ range }) => toVsRange(range).contains(position));
    return finding && new vscode.Hover(describe(finding, document.uri), toVsRange(finding.range));
  }

  dispose(): void {
    this.subscription.dispose();
  }
}

/** Plain Markdown without commands or HTML: all names and clauses in it come from the file. */
function describe(finding: Finding, uri: vscode.Uri): vscode.MarkdownString {
  const { family, framework, confidence, evidence, notes } = finding;
  const text = new vscode.MarkdownString();
  const say = (phrases: readonly Phrase[]) => phrases.forEach((phrase) => (text.appendMarkdown(phrase.code ? codeSpan(phrase.text) : plain(phrase.text))));
  const line = (range: Range) => {
    // The address of a notebook's cell ends in a fragment of its own.
    if (uri.fragment === '') text.appendMarkdown(`[${placeInWords(range)}](${uri.with({ fragment: `L${range.line}` }).toString()})`);
    else text.appendMarkdown(placeInWords(range));
  };
  const item = (fill: () => void) => {
    text.appendMarkdown('\n- ');
    fill();
  };
  text.appendMarkdown(`**${FAMILIES[family].title}** `);
  say([{ text: '· ' }, ...kindInWords(finding), { text: ` · ${frameworkInWords(framework)} · ${confidenceInWords(confidence)}` }]);
  text.appendMarkdown('\n');
  evidence.forEach(({ text: clause, range }) => item(() => {
    line(range);
    text.appendMarkdown(plain(`: ${clause}`));
  }));
  const settings = settingsOf(finding);
  if (settings.length > 0) text.appendMarkdown('\n\nThe file says\n');
  settings.forEach(({ title, value, unit, origin }) => item(() => say([{ text: `${title}: ` }, { text: value, code: true }, { text: `${unit && ` ${unit}`} · ` }, ...origin])));
  if (notes.length > 0) text.appendMarkdown('\n');
  notes.forEach((note) => item(() => text.appendMarkdown(plain(note))));
  const overrule = overruleInWords(finding);
  if (overrule) {
    text.appendMarkdown('\n\n');
    say(overrule);
  }
  return text;
}

/** `appendText` would forbid every line break within. */
const plain = (text: string): string => text.replace(/[\\`*_{}[\]()#+\-.!~<>|&]/g, '\\$&').replace(/\s+/g, ' ');

/** A longer fence than any in the text, as CommonMark wants it. */
function codeSpan(text: string): string {
  const fence = '`'.repeat(1 + Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length)));
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${text.replace(/\s+/g, ' ')}${pad}${fence}`;
}
