/** The formulas as pictures, read from dist/math when they are wanted, in the colours of the theme. */
import * as vscode from 'vscode';
import type { PicturedDerivation, PicturedFormula, PicturedWords, PictureIndex } from '../../core/derivations/pictures';
import { PALETTE } from '../../core/formulas/palette';
import { languageOf } from '../../core/l10n/language';
import { inEnglish, translator, type Bundle, type Translate } from '../../core/l10n/translate';
import { svgOf, svgUri, type Glyphs, type Look, type Picture } from '../../core/formulas/svg';

/** Extensions cannot read the theme's colours, only its kind: these stand out on every background of that kind. */
const FOREGROUND: Readonly<Record<vscode.ColorThemeKind, string>> = {
  [vscode.ColorThemeKind.Light]: '#1f1f1f',
  [vscode.ColorThemeKind.Dark]: '#d4d4d4',
  [vscode.ColorThemeKind.HighContrast]: '#ffffff',
  [vscode.ColorThemeKind.HighContrastLight]: '#000000',
};

export function lookOf({ kind }: vscode.ColorTheme): Look {
  const light = kind === vscode.ColorThemeKind.Light || kind === vscode.ColorThemeKind.HighContrastLight;
  return { foreground: FOREGROUND[kind], palette: light ? PALETTE.light : PALETTE.dark };
}

export class Pictures {
  private readonly read = new Map<string, Promise<unknown>>();
  private readonly language = languageOf(vscode.env.language);
  private translate: Translate = inEnglish;

  constructor(private readonly extension: vscode.Uri) {}

  /** Also learns the words of meanings and titles, so that {@link words} has them. */
  async index(): Promise<PictureIndex> {
    await this.learn();
    return this.file('index.json');
  }

  /** Meanings of symbols, titles and conventions of formulas, in the editor's language. */
  words(english: string): string {
    return this.translate(english);
  }

  /** In the editor's language. */
  async derivation(id: string): Promise<PicturedDerivation> {
    const english = await this.file<PicturedDerivation>(`derivations/${id}.json`);
    if (this.language === 'en') return english;
    const [{ steps }] = await Promise.all([this.file<PicturedWords>(`derivations/${id}.${this.language}.json`), this.learn()]);
    return { ...english, title: this.words(english.title), steps: english.steps.map((step, i) => ({ ...step, ...steps[i], label: this.words(step.label), why: this.words(step.why) })) };
  }

  /** Reads what a hover over a variable wants, so that the first one does not wait for it. What fails now is tried again then. */
  warm(): void {
    Promise.all([this.index(), this.formulas(), this.file('glyphs.json')]).catch(() => {});
  }

  /** By id. */
  formulas(): Promise<Readonly<Record<string, PicturedFormula>>> {
    return this.file('formulas.json');
  }

  /** An image in Markdown, with what it says for screen readers. */
  async image(picture: Picture, spoken: string): Promise<string> {
    return imageOf(picture, await this.file<Glyphs>('glyphs.json'), spoken);
  }

  /** The page's words: meanings, titles and reasons are the same there. */
  private async learn(): Promise<void> {
    if (this.language !== 'en' && this.translate === inEnglish) this.translate = translator(await this.file<Bundle>(`../webview/words.${this.language}.json`));
  }

  private file<T>(name: string): Promise<T> {
    let found = this.read.get(name);
    if (!found) {
      const uri = vscode.Uri.joinPath(this.extension, 'dist', 'math', ...name.split('/'));
      found = Promise.resolve(vscode.workspace.fs.readFile(uri)).then((bytes) => JSON.parse(new TextDecoder().decode(bytes)) as T);
      this.read.set(name, found);
      // A file that could not be read now may be there later.
      found.catch(() => this.read.delete(name));
    }
    return found as Promise<T>;
  }
}

export function imageOf(picture: Picture, glyphs: Glyphs, spoken: string): string {
  return `![${spoken.replaceAll(/[[\]\\!]/g, ' ')}](${svgUri(svgOf(picture, glyphs, lookOf(vscode.window.activeColorTheme)))})`;
}
