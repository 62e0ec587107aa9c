/** Words of the interface in the reader's language. English text is the key, as with `vscode.l10n`, whose placeholders {0}, {1} … are the same. */

/** English words → those of another language. */
export type Bundle = Readonly<Record<string, string>>;

export type Translate = (english: string, ...values: (string | number)[]) => string;

const fill = (text: string, values: readonly (string | number)[]): string => text.replaceAll(/\{(\d+)\}/g, (whole, place: string) => String(values[Number(place)] ?? whole));

/** What has no translation stays English: a sentence in the wrong language is better than none. A test keeps that from happening. */
export const translator = (bundle: Bundle | undefined): Translate => (english, ...values) => fill(bundle?.[english] ?? english, values);

export const inEnglish: Translate = translator(undefined);
