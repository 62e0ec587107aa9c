/** Which texts of the sources a person sees, and which they never do. */
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { wordsOfTables } from '../../../core/code/words';
import { FASHION_LABELS, SHIPPED } from '../../../core/data/shipped';
import { DATASETS } from '../../../core/math/datasets';
import { askedOf, calleeOf, eachNode, filesIn, looseTexts, type Found } from './sources';

/** Sources of core/ that are given a `Translate`; derivations speak to the page, which has words of its own. */
const SPEAKING = filesIn('core').filter((file) => !file.startsWith('core/derivations/') && readFileSync(file, 'utf8').includes('l10n/translate\''));
const READERS = filesIn('core/code/recognise', 'core/code/configs', 'core/code/index.ts', 'core/code/notebook.ts', 'core/code/move.ts').filter((file) => !file.endsWith('/diffusers-schedulers.ts'));

/** Functions whose first argument is put into the reader's language. */
const ASKING = ['l10n.t', 't', 'say', 'refused', 'mendable', 'damaged'];

/** What is asked for by a variable is one of the words below, each collected from its table, or what one of the functions above was given. */
const BY_VARIABLE = new Set([
  'noun', 'title', 'unitFor(value, unit)', 'unitFor(value, title)', 'nounOf(title)', 'HYPERPARAMETERS.learningRate.title',
  'FAMILIES[family].short', 'FAMILIES[family].title', 'FAMILIES[finding.family].short', 'panel.family', 'known.title', 'holds',
  'english', 'this.english', 'text',
]);

const asked = askedOf([...filesIn('extension'), ...SPEAKING], ASKING);

export const askedTexts: readonly string[] = asked.texts.map(({ text }) => text);
export const askedByVariable: readonly Found[] = asked.others.filter(({ text }) => !BY_VARIABLE.has(text));

/** Of variables that hold what belongs to a symbol: what is more than a formula. */
const HELD = ['ε from v'];

export const tableTexts: readonly string[] = [...wordsOfTables(), ...DATASETS.map(({ title }) => title), ...FASHION_LABELS, ...SHIPPED.map(({ attribution }) => attribution), ...HELD];

/** Names of clues, of operations and of patterns: they tell one from the other, and nobody reads them. What speaks against a family is not shown either. */
const NEVER_SHOWN = new Set([
  'attribute prev_sample', 'attribute T', 'alphaBar √ᾱ', 'alphaBar √(1−ᾱ)', 'mu √ᾱ_{t−1}β/(1−ᾱ)', 'ᾱ before', 'mean with β', 'critic steps', 'kernel mask', 'masked weights', 'free energy', 'both ways',
  'slice {0}', 'step size', 'input size', 'latent size', 'log sigma', 'log σ', 'bernoulli logits', 'log density', 'edm loss', 'edm out', 'learning rate', 'vector size', 'negative samples', 'all reversed',
  'log ᾱ', 'log α', 'log β', 'log β̃', 'embedding size', 'vocabulary size', 'hidden units', 'kernel size', 'context size',
  'is a policy of reinforcement learning', 'samples the weights of a network', 'is a diffusion model', 'is trained against a discriminator', 'is a Gaussian process', 'is a normalizing flow',
]);

/** Clauses of evidence, notes, and why a file is not read. */
export const clauses: readonly Found[] = looseTexts(READERS, isNotShown).filter(({ text }) => !NEVER_SHOWN.has(text));

/** Where a person reads even a single word. */
const LABELS = /^(title|placeHolder|openLabel|saveLabel|tooltip|label|description|detail|problem|hoverMessage)$/;
const NAMES = ['Marginalia', 'PyTorch', 'TensorFlow.js'];

/** Texts of the extension that go past `vscode.l10n`. */
export const untranslated: readonly Found[] = [
  ...looseTexts(filesIn('extension').filter((file) => !file.endsWith('/html.ts') && !file.startsWith('extension/tex/')), (node) => isAsked(node) || isForDevelopers(node)),
  ...labels(),
];

function isAsked(node: ts.Node): boolean {
  return ts.isCallExpression(node) && ASKING.includes(calleeOf(node));
}

/** The output channel, and what other extensions are told. */
function isForDevelopers(node: ts.Node): boolean {
  return (ts.isCallExpression(node) && calleeOf(node).startsWith('log.')) || (ts.isNewExpression(node) && node.expression.getText() === 'ChannelError');
}

function isNotShown(node: ts.Node): boolean {
  if (ts.isCallExpression(node)) {
    const callee = calleeOf(node);
    const speaksAgainst = /^(no|against|add)$/.test(callee) && (callee !== 'add' || node.arguments.some((argument) => argument.getText().startsWith('-')));
    return speaksAgainst || /^(told|argumentOf|toldCount|.*\.toldCount)$/.test(callee);
  }
  return ts.isObjectLiteralExpression(node) && node.properties.some((p) => ts.isPropertyAssignment(p) && p.name.getText() === 'weight' && p.initializer.getText().startsWith('-'));
}

/** Single words that stand where a person reads them. */
function labels(): Found[] {
  const found: Found[] = [];
  eachNode(filesIn('extension'), (node, at) => {
    const read = ts.isPropertyAssignment(node) && LABELS.test(node.name.getText()) ? [node.initializer]
      : ts.isCallExpression(node) && /^window\.show\w+Message$/.test(calleeOf(node)) ? node.arguments : [];
    for (const text of read) if (ts.isStringLiteralLike(text) && /\p{L}/u.test(text.text) && !NAMES.includes(text.text)) found.push({ text: text.text, at: at(text) });
  });
  return found;
}

/** Texts that are listed as never shown and are not there any more. */
export const forgotten = (): string[] => {
  const there = new Set(looseTexts(READERS, () => false).map(({ text }) => text));
  return [...NEVER_SHOWN].filter((text) => !there.has(text));
};
