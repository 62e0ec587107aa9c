/** Words of the interface in the reader's language. English text is the key, as with `vscode.l10n`, whose placeholders {0}, {1} … are the same. */

/** English words → those of another language. */
export type Bundle = Readonly<Record<string, string>>;

export type Translate = (english: string, ...values: (string | number)[]) => string;

const fill = (text: string, values: readonly (string | number)[]): string => text.replaceAll(/\{(\d+)\}/g, (whole, place: string) => String(values[Number(place)] ?? whole));

/** What has no translation stays English: a sentence in the wrong language is better than none. A test keeps that from happening. */
export const translator = (bundle: Bundle | undefined): Translate => (english, ...values) => fill(bundle?.[english] ?? english, values);

export const inEnglish: Translate = translator(undefined);

/** Parts of a phrase, with the comma of the language. */
export const listed = (parts: readonly string[], t: Translate = inEnglish): string => (parts.length === 0 ? '' : parts.reduce((list, part) => t('{0}, {1}', list, part)));

/** A sentence that is put into words where it is known for whom: an error is made far from who reads it. */
export class Said {
  constructor(private readonly english: string, private readonly values: readonly (string | number | Said)[]) {}

  in(t: Translate): string {
    return t(this.english, ...this.values.map((value) => (value instanceof Said ? value.in(t) : value)));
  }
}

export const say = (english: string, ...values: (string | number | Said)[]): Said => new Said(english, values);
