/** Which texts the page shows: what it asks `t` for, the tables that it asks by, and what stands where a person reads it without having been asked for. */
import ts from 'typescript';
import { FORMULAS } from '../../../core/formulas';
import { DERIVATIONS } from '../../../core/derivations';
import { FIELDS } from '../../../webview/experiments/ddpm/manifest';
import { ACTIVATIONS } from '../../../webview/kernels/nets/contract';
import { GROUPS, PAGE_FIELDS } from '../../../webview/ui/fields';
import { VAE_GROUPS, VAE_PAGE_FIELDS } from '../../../webview/ui/vae/fields';
import { SENTENCES } from '../../../webview/ui/sentences';
import { askedOf, calleeOf, eachNode, filesIn, looseTexts, type Found } from './sources';

/** Views draw what the experiment shows; the page is the rest of it. Derivations write their own pages. */
export const PAGE = [
  ...filesIn('webview/ui').filter((file) => !file.endsWith('.d.ts')), ...filesIn('webview/experiments').filter((file) => /\/view(\/|[^/]*$)/.test(file)), 'core/derivations/html.ts', 'core/derivations/markdown.ts',
];

const asked = askedOf(PAGE, ['t', 'pieces']);
export const askedTexts: readonly string[] = asked.texts.map(({ text }) => text);

/** By the file and the name of a constant: words that are asked for by a variable. */
const TABLES: readonly (readonly [file: string, name: string])[] = [
  ['derivationmap', 'WORDS'], ['legend', 'FIELD_WORDS'], ['linetools', 'ONLY_PYTHON'], ['notes', 'DECIDED'], ['plotpane', 'LOSS_NAMES'], ['plots/metrics', 'METRICS'], ['trainbar', 'PHASES'], ['vae/data', 'COLOURS'], ['viewbar', 'FIELD_CHOICES'],
  ...[['axes', 'PLANES'], ['dimensions', 'ORDERS'], ['index', 'VAE_VIEWS'], ['interpolate', 'WAYS'], ['manifold', 'SPACINGS'], ['traverse', 'STARTS']].map(([file, name]) => [`../experiments/vae/view/${file}`, name] as const),
];
/** Parts of a table that are names for the program. */
const NAMES_IN_TABLES = ['value', 'key', 'name', 'id'];

function textsOfTables(): string[] {
  const texts: string[] = [];
  for (const [file, name] of TABLES) {
    const before = texts.length;
    eachNode([`webview/ui/${file}.ts`], (node) => {
      if (!ts.isStringLiteralLike(node) || node.text === '' || (ts.isPropertyAssignment(node.parent) && NAMES_IN_TABLES.includes(node.parent.name.getText()))) return;
      for (let above: ts.Node | undefined = node.parent; above; above = above.parent) if (ts.isVariableDeclaration(above) && above.name.getText() === name) texts.push(node.text);
    });
    if (texts.length === before) throw new Error(`${file} has no table ${name} any more.`);
  }
  return texts;
}

const settings = [
  ...FIELDS.flatMap(({ title, hint }) => [title, hint]), ...[...PAGE_FIELDS, ...VAE_PAGE_FIELDS].flatMap(({ title, hint, choices }) => [title, hint, ...(choices ?? []).map(({ label }) => label)]), ...[...GROUPS, ...VAE_GROUPS].map(({ title }) => title),
];
export const UNITS = ['nats', 'bits/dim'];
/** Where in a paper a derivation stands. */
export const places: readonly string[] = [...new Set([...DERIVATIONS, ...FORMULAS].map(({ source }) => source.equation))];

/** The same in every language: names of symbols, of methods and of what code calls them. */
export const isName = (text: string): boolean => !/\p{L}{3}/u.test(text.replaceAll(/\{\d+\}/g, '')) || NAMES.has(text);
const NAMES = new Set(['DDPM', 'DDIM', 'epsilon (ε)', 'sample (x₀)', 'v_prediction (v)', 'fixed_small (β̃)', 'fixed_large (β)', 'simple', 'min-SNR-γ', 'leading', 'linspace', 'trailing', 'auto', 'WebGPU', 'WASM', 'CPU', '−ELBO', 'MNIST', 'Fashion-MNIST', ...ACTIVATIONS]);

export const tableTexts: readonly string[] = [...new Set([...textsOfTables(), ...settings, ...UNITS, ...places, ...SENTENCES])];

/** What is asked for by a variable: each is of a table above, of a derivation, a symbol, a formula, a model's family, or was asked for where it was made. */
const BY_VARIABLE = new Set([
  'english', 'WORDS[place]', 'FIELD_WORDS[state.fieldMode]', 'ONLY_PYTHON', 'DECIDED[id]', 'LOSS_NAMES[settings.lossWeighting]', 'PHASES[phase]', 'PHASES[state.phase]', 'label', 'unit', 'value', 'field.title', 'field.hint', 'name', 'convention', 'words',
  'title', 'shows', 'derivation.title', 'derivation.shows', 'derivationById(other).title', 'current.title', 'current.shows', 'current.source.equation', 'source.equation', 'step.label', 'step.why', 'info.meaning', 's.meaning', 'SYMBOLS[s].meaning', 'p',
  'titleOf(id)', 'titleOf(other)', 'datasetOf(id).title', 'datasetOf(data).title', 'FAMILIES[family].short', "FAMILIES[family ?? experiment ?? 'ddpm'].short", 'holds', 'text',
  'field.choices?.find((choice) => choice.value === value)?.label ?? String(value)',
]);
export const askedByVariable: readonly Found[] = asked.others.filter(({ text }) => !BY_VARIABLE.has(text));

/** Texts that are not translated where they stand, with the reason. */
const UNTRANSLATED = new Map([
  ['Connecting to the editor…', 'the page has not been told its language yet'],
  ['Settings that cannot run make no record.', 'a mistake of the program: it goes to the log'],
  ['No weights are shipped for the data set "{0}".', 'a mistake of the build: it goes to the log'],
  ['A field needs whole, positive counts of columns and rows, not {0} × {1}.', 'a mistake of the program'],
  ['There is no tab {0}; there are {1}.', 'a mistake of the program'],
  ['the worker did not answer the cancel in time and was ended', 'a line of the log'],
  ['Stopped.', 'cancelled work is not reported'], ['Stopped before the first step.', 'cancelled work is not reported'],
  ['export failed: {0}', 'a line of the log'],
  ['drawn points', 'names a stream of random numbers'],
]);

const LABELS = new Set(['title', 'label', 'hint', 'placeholder', 'aria-label', 'aria-description', 'aria-valuetext', 'empty', 'text', 'ours', 'notice', 'note', 'error', 'message']);
/** Functions of which every text is read by a person. */
const SHOWING = new Set(['setText', 'fail', 'linkButton', 'toggle', 'choice']);
/** Names of keys on the keyboard, of formats, of languages and of elements: no words. */
const CAPITALISED = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'Escape', 'Enter', 'Tab', 'PageUp', 'PageDown', 'Backspace', 'Delete', 'Markdown', 'Python', 'Math', 'Infinity', 'Device: "{0}" is unknown; choose one of {1}.']);
/** Words that stand in formulas and names. */
const IN_FORMULAS = new Set(['log', 'SNR', 'DDPM', 'DDIM', 'LaTeX', 'MathML', 'JavaScript']);
/** Style sheets. */
const IS_CSS = /^(@font-face|rgba\(|\(prefers-)/;

const hasWords = (text: string): boolean => !isName(text) && !IS_CSS.test(text) && (text.replaceAll(/<[^>]*>/g, ' ').match(/\p{L}{2,}/gu) ?? []).some((word) => !IN_FORMULAS.has(word));

/** Literals and templates whose words a person may read and that have not gone through `t`. */
export function untranslated(files: readonly string[]): Found[] {
  const known = new Set([...tableTexts, ...UNTRANSLATED.keys()]);
  const found: Found[] = [];
  const check = (text: string, where: string) => {
    if (hasWords(text) && !known.has(text)) found.push({ text, at: where });
  };
  eachNode(files, (node, at) => {
    for (const part of shownBy(node).flatMap(textsIn)) check(part.text, at(part.node));
    // A label may be made elsewhere than where it is shown; it begins like one.
    if (ts.isStringLiteralLike(node) && /^\p{Lu}\p{Ll}/u.test(node.text) && !CAPITALISED.has(node.text) && !goesElsewhere(node)) check(node.text, at(node));
  });
  for (const { text, at } of looseTexts(files, isNoText)) if (!CAPITALISED.has(text)) check(text, at);
  return found.filter(({ at, text }, i) => found.findIndex((other) => other.at === at && other.text === text) === i);
}

const goesElsewhere = (node: ts.Node): boolean => {
  for (let above: ts.Node | undefined = node; above; above = above.parent) if (isNoText(above)) return true;
  return false;
};

/** What is asked of `t`, the log, and attributes that only style sheets and programs read. */
function isNoText(node: ts.Node): boolean {
  if (ts.isCallExpression(node)) return /^(t|pieces|log|warn|.*\.(log|warn|mark|toggle|contains|closest|querySelectorAll|querySelector))$/.test(calleeOf(node)) || calleeOf(node) === 'closest';
  if (ts.isPropertyAssignment(node)) return ['class', 'd', 'viewBox', 'style', 'font', 'key'].includes(propertyName(node));
  if (ts.isBinaryExpression(node) && ts.isPropertyAccessExpression(node.left)) return /^(font|cssText)$/.test(node.left.name.text);
  return ts.isVariableDeclaration(node) && /^(ICONS|STYLE|font|DIGITS|SYMBOLS)$/.test(node.name.getText());
}

/** Expressions under a node that a person reads. */
function shownBy(node: ts.Node): readonly ts.Expression[] {
  if (ts.isPropertyAssignment(node)) return LABELS.has(propertyName(node)) ? [node.initializer] : [];
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isPropertyAccessExpression(node.left) && ['title', 'textContent', 'ariaLabel'].includes(node.left.name.text)) return [node.right];
  if (!ts.isCallExpression(node)) return [];
  const callee = calleeOf(node);
  if (callee === 'h') return node.arguments.slice(2);
  if (callee === 'append') return node.arguments.slice(1);
  if (callee.endsWith('.setAttribute')) return LABELS.has((node.arguments[0] as ts.StringLiteral).text) ? node.arguments.slice(1) : [];
  if (/\.(append|replaceChildren|createTextNode|status)$/.test(callee)) return node.arguments;
  return SHOWING.has(callee) || callee === 'readout.set' ? node.arguments : [];
}

const propertyName = ({ name }: ts.PropertyAssignment): string => (ts.isStringLiteralLike(name) ? name.text : name.getText());

/** Literals that become what the expression is: through conditions, defaults, concatenations, lists and templates, not into calls. */
function textsIn(node: ts.Node): { text: string; node: ts.Node }[] {
  if (ts.isStringLiteralLike(node)) return [{ text: node.text, node }];
  if (ts.isTemplateExpression(node)) return [{ text: [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(' '), node }, ...node.templateSpans.flatMap(({ expression }) => textsIn(expression))];
  if (ts.isConditionalExpression(node)) return [...textsIn(node.whenTrue), ...textsIn(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return [ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.BarBarToken, ts.SyntaxKind.PlusToken].includes(node.operatorToken.kind) ? [...textsIn(node.left), ...textsIn(node.right)] : node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken ? textsIn(node.right) : [];
  if (ts.isParenthesizedExpression(node) || ts.isSpreadElement(node)) return textsIn(node.expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(textsIn);
  return [];
}
