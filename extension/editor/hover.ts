/** Over the line that a lens stands above: what was recognised, why, and what the file says, each with its line. */
import * as vscode from 'vscode';
import type { Finding, Range } from '../../core/code/types';
import { retold } from '../../core/code/sentences';
import { FAMILIES } from '../../core/code/vocabulary';
import { confidenceInWords, frameworkInWords, kindInWords, overruleInWords, placeInWords, settingsOf, type Phrase } from '../../core/code/words';
import { lensesEnabled } from './codelens';
import { t } from '../l10n';
import { formulaHover, formulaOfFamily } from './formula-hover';
import { plain } from './markdown';
import type { Pictures } from './pictures';
import { reader } from './reader';
import { LANGUAGES, toVsRange, type Readings } from './readings';

/** Over the header of a model what was read of it; over a variable the formula that it holds. */
export class ModelHovers implements vscode.HoverProvider, vscode.Disposable {
  private readonly subscription: vscode.Disposable;

  constructor(private readonly readings: Readings, private readonly pictures: Pictures) {
    let warm = false;
    this.subscription = vscode.Disposable.from(
      vscode.languages.registerHoverProvider(LANGUAGES.map((language) => ({ language })), this),
      // A model with variables is in view: the next thing may be a pointer on one of them.
      readings.onDidChange((document) => {
        if (warm || !readings.of(document).findings.some(({ symbols }) => symbols.length > 0)) return;
        warm = true;
        pictures.warm();
      }),
    );
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    if (!lensesEnabled(document)) return undefined;
    const { findings } = this.readings.of(document);
    const header = findings.find(({ range }) => toVsRange(range).contains(position));
    if (header) return new vscode.Hover(describe(header, document.uri).appendMarkdown(await formulaOfFamily(this.pictures, header.family)), toVsRange(header.range));
    const held = reader().symbolAt(findings, document.offsetAt(position));
    const text = held && (await formulaHover(this.pictures, { finding: held.finding, ...held.binding }));
    return text ? new vscode.Hover(text) : undefined;
  }

  dispose(): void {
    this.subscription.dispose();
  }
}

/** Plain Markdown without commands or HTML: all names and clauses in it come from the file. */
function describe(finding: Finding, uri: vscode.Uri): vscode.MarkdownString {
  const { family, framework, confidence, evidence, notes } = finding;
  const line = (range: Range) => {
    const place = placeInWords(range, t);
    // The address of a notebook's cell ends in a fragment of its own.
    return uri.fragment === '' ? `[${place}](${uri.with({ fragment: `L${range.line}` }).toString()})` : place;
  };
  const items = (list: readonly string[]) => list.map((item) => `\n- ${item}`).join('');
  const head = `**${t(FAMILIES[family].title)}** ${inMarkdown([{ text: '· ' }, ...kindInWords(finding, t), { text: ` · ${frameworkInWords(framework)} · ${confidenceInWords(confidence, t)}` }])}\n`;
  const clauses = items(evidence.map(({ text, range }) => t('{0}: {1}', line(range), plain(retold(text, t)))));
  const settings = settingsOf(finding, t).map(({ title, value, unit, origin }) => t('{0}: {1}', plain(title), `${codeSpan(value)}${inMarkdown([{ text: `${unit && ` ${unit}`} · ` }, ...origin])}`));
  const said = settings.length > 0 ? `\n\n${vscode.l10n.t('The file says')}\n${items(settings)}` : '';
  const unread = notes.length > 0 ? `\n${items(notes.map((note) => plain(retold(note, t))))}` : '';
  const overrule = overruleInWords(finding, t);
  return new vscode.MarkdownString(`${head}${clauses}${said}${unread}${overrule ? `\n\n${inMarkdown(overrule)}` : ''}`);
}

const inMarkdown = (phrases: readonly Phrase[]): string => phrases.map(({ text, code }) => (code ? codeSpan(text) : plain(text))).join('');

/** A longer fence than any in the text, as CommonMark wants it. */
function codeSpan(text: string): string {
  const fence = '`'.repeat(1 + Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length)));
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${text.replace(/\s+/g, ' ')}${pad}${fence}`;
}
