/** Languages that the product speaks, as VS Code names them. */
export type Language = 'en' | 'zh-cn';
