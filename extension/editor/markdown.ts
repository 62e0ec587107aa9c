/** Words are words in Markdown: an asterisk is no emphasis, a line break none of its own. `appendText` would forbid every line break within. */
export const plain = (text: string): string => text.replace(/[\\`*_{}[\]()#+\-.!~<>|&]/g, '\\$&').replace(/\s+/g, ' ');
