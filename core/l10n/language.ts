/** Languages that the product speaks, as VS Code names them. */
export type Language = 'en' | 'zh-cn';

/** Of the editor's language the one that we speak: English where it is another. */
export const languageOf = (editor: string): Language => (editor.toLowerCase() === 'zh-cn' ? 'zh-cn' : 'en');
