/** Over the line that a lens stands above: what was recognised, why, and what the file says, each with its line. */
import * as vscode from 'vscode';
import type { Finding, Range } from '../../core/code/types';
import { retold } from '../../core/code/sentences';
import { FAMILIES } from '../../core/code/vocabulary';
import { confidenceInWords, frameworkInWords, kindInWords, overruleInWords, placeInWords, settingsOf, type Phrase } from '../../core/code/words';
import { lensesEnabled } from './codelens';
import { t } from '../l10n';
import { liveOfFamily } from '../../core/formulas/of-family';
import { familyHover, formulaHover, formulaInMarkdown, withNumbers } from './formula-hover';
import { LiveFormulas } from './live-formulas';
import { plain } from './markdown';
import { notebookOf, rangesIn } from './notebooks';
import type { Pictures } from './pictures';
import { reader } from './reader';
import { LANGUAGES, toVsRange, type Readings } from './readings';
import type { TexService } from './tex-service';

/** Over the header of a model what was read of it; over a variable the formula that it holds; over a function the formula that it computes. */
export class ModelHovers implements vscode.HoverProvider, vscode.Disposable {
  private readonly subscription: vscode.Disposable;
  private readonly live: LiveFormulas;

  constructor(private readonly readings: Readings, private readonly pictures: Pictures, tex: TexService) {
    this.live = new LiveFormulas(tex);
    this.subscription = vscode.Disposable.from(
      vscode.languages.registerHoverProvider(LANGUAGES.map((language) => ({ language })), this),
      // A model is in view: the next thing may be a pointer on one of its names.
      readings.onDidChange((document) => {
        if (!lensesEnabled(document)) return;
        const { findings } = readings.of(document);
        if (findings.length > 0) this.prepare(document, findings);
      }),
    );
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    if (!lensesEnabled(document)) return undefined;
    const { findings } = this.readings.of(document);
    const header = findings.find(({ range }) => toVsRange(range).contains(position));
    if (header) {
      const [formula, numbers] = await Promise.all([familyHover(this.pictures, header), this.live.image(liveOfFamily(header))]);
      return new vscode.Hover([describe(header, document.uri).appendMarkdown(formula), ...(numbers === '' ? [] : [withNumbers(numbers)])], toVsRange(header.range));
    }
    if (findings.length === 0) return undefined;
    const offset = document.offsetAt(position);
    const held = reader().symbolAt(here(document, findings), offset);
    if (held) {
      const text = await formulaHover(this.pictures, this.live, { finding: held.finding, ...held.binding });
      return text ? new vscode.Hover(text) : undefined;
    }
    const named = functionAt(document, findings, offset);
    const text = named ? await formulaInMarkdown(this.pictures, named.formula) : '';
    // It may do other things besides: a loop of training draws its samples itself.
    return named && text !== '' ? new vscode.Hover(new vscode.MarkdownString(`${vscode.l10n.t('In {0} this is computed:', codeSpan(named.name))}${text}`), new vscode.Range(document.positionAt(named.span.from), document.positionAt(named.span.to))) : undefined;
  }

  /** Reads and typesets in the background what a hover would wait for. What fails now is tried again then. */
  private prepare(document: vscode.TextDocument, findings: readonly Finding[]): void {
    this.pictures.warm();
    if (hasFunctions(document)) reader().warmFunctions(document.getText(), document.languageId, findings);
    this.pictures.index().then((index) => this.live.prepare(index, findings)).catch(() => {});
  }

  dispose(): void {
    this.subscription.dispose();
  }
}

/** The variables that stand in this very document: a notebook's model has some in its other cells. */
function here(document: vscode.TextDocument, findings: readonly Finding[]): readonly Finding[] {
  if (!notebookOf(document.uri)) return findings;
  return findings.map((finding) => ({ ...finding, symbols: finding.symbols.map((binding) => ({ ...binding, ranges: binding.ranges.filter(rangesIn(finding, document) ?? (() => false)) })) }));
}

/** A notebook's cell is no text of its own: what its functions are said to be may stand in another one. */
const hasFunctions = (document: vscode.TextDocument): boolean => LANGUAGES.includes(document.languageId) && !notebookOf(document.uri);

const functionAt = (document: vscode.TextDocument, findings: readonly Finding[], offset: number) => (hasFunctions(document) ? reader().functionAt(document.getText(), document.languageId, findings, offset) : null);

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
