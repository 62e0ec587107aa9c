/**
 * Real TeX, within all bounds of length, macros and nesting, that MathJax sets for some ten seconds: of colours that stand
 * in each other's scope it asks each for all that follow. In groups, since one long row would end at the browser's stack.
 */
export const SLOW_TEX = `\\def\\c{${'\\color{red}'.repeat(80)}}${'{\\c}'.repeat(400)}`;

/** Real TeX that becomes some two million letters, so that memory ends before the macros do. */
export const LARGE_TEX = `\\newcommand{\\a}{${'x '.repeat(2000)}}${'\\a '.repeat(990)}`;
