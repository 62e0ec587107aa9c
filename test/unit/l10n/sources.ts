/** The texts that the sources hold, read from their syntax: what is asked of `t`, and every other text that is more than one word. */
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';

export interface Found {
  /** Of a template, its values are {0}, {1} … in the order in which they stand. */
  text: string;
  /** Where: "extension/commands.ts:12". */
  at: string;
}

export const filesIn = (...folders: readonly string[]): string[] => folders.flatMap((folder) =>
  folder.endsWith('.ts') ? [folder] : readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.ts')).map((entry) => `${entry.parentPath}/${entry.name}`).sort());

/** First arguments of calls of these names (`l10n.t` by its whole name): texts, and as they are written those that are no texts. */
export function askedOf(files: readonly string[], names: readonly string[]): { texts: Found[]; others: Found[] } {
  const texts: Found[] = [];
  const others: Found[] = [];
  eachNode(files, (node, at) => {
    if (!ts.isCallExpression(node) || !names.includes(calleeOf(node))) return;
    const [first] = node.arguments;
    for (const part of branches(first)) (ts.isStringLiteralLike(part) ? texts : others).push({ text: ts.isStringLiteralLike(part) ? part.text : part.getText(), at: at(part) });
  });
  return { texts, others };
}

const SENTENCE = /\p{L}[\p{L}\p{M}’',:]* \S*\p{L}/u;

/** Texts of two words or more, values counted; none in or below what `without` names. */
export function looseTexts(files: readonly string[], without: (node: ts.Node) => boolean): Found[] {
  const found: Found[] = [];
  eachNode(files, (node, at) => {
    const text = textOf(node);
    if (text === null || !SENTENCE.test(text.replaceAll(/\{\d\}/g, 'X')) || !/\p{L}/u.test(text.replaceAll(/\{\d\}/g, ''))) return;
    for (let above: ts.Node | undefined = node; above; above = above.parent) if (without(above)) return;
    found.push({ text, at: at(node) });
  });
  return found;
}

/** "l10n.t", "notes.push", "add". */
export function calleeOf({ expression }: ts.CallExpression): string {
  if (ts.isIdentifier(expression)) return expression.text;
  if (!ts.isPropertyAccessExpression(expression)) return '';
  const { expression: owner, name } = expression;
  return `${ts.isIdentifier(owner) ? owner.text : ts.isPropertyAccessExpression(owner) ? owner.name.text : ''}.${name.text}`;
}

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return node.templateSpans.reduce((text, span, i) => `${text}{${i}}${span.literal.text}`, node.head.text);
}

const branches = (node: ts.Expression): ts.Expression[] => (ts.isConditionalExpression(node) ? [...branches(node.whenTrue), ...branches(node.whenFalse)] : [node]);

const parsed = new Map<string, ts.SourceFile>();

function sourceOf(file: string): ts.SourceFile {
  let source = parsed.get(file);
  if (!source) parsed.set(file, (source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)));
  return source;
}

/** Every node below types and imports. */
export function eachNode(files: readonly string[], visit: (node: ts.Node, at: (node: ts.Node) => string) => void): void {
  for (const file of files) {
    const source = sourceOf(file);
    const at = (node: ts.Node) => `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
    const walk = (node: ts.Node): void => {
      if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
      visit(node, at);
      ts.forEachChild(node, walk);
    };
    walk(source);
  }
}
