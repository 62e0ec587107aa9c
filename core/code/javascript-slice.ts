/**
 * Which statements of a TypeScript or JavaScript file can matter for a model, told from their text and from the names that they use of each other.
 * Generous: a statement that computes with numbers counts, and so does all that it is joined to by names. What is left is pages, parsers, servers.
 */
import type { UnitInfo } from './slice';

const NAME = '[A-Za-z_$\\u0080-\\uffff][\\w$\\u0080-\\uffff]*';
const WORD = new RegExp(NAME, 'g');
/** `function f`, `class A`, `const a`, at the beginning of the statement or of a line of it. */
const DECLARED = new RegExp(`^(?:export\\s+)?(?:default\\s+)?(?:declare\\s+)?(?:abstract\\s+)?(?:async\\s+)?(?:function\\s*\\*?|class|enum|namespace|(?:const|let|var)(?:\\s+enum)?)\\s*(${NAME})?`, 'gm');
/** `{ a, b: c }` and `[a, b]` of a declaration, and further names of it: their words count as declared. */
const PATTERN = /^(?:export\s+)?(?:const|let|var)\s*([[{][^=]{0,400})=/gm;
const FURTHER = new RegExp(`,\\s*(${NAME})\\s*(?::[^=,;\\n]{0,80})?=(?![=>])`, 'g');
const IMPORTED = /^import\b([^'";]{0,2000})\bfrom\b/;
/** `x = …`, `x.y = …`, `x[i] += …`, `x.push(…)`: the statement changes what the name holds. */
const CHANGED = new RegExp(`(?<![\\w$.\\u0080-\\uffff])(${NAME})(?:(?:\\??\\.[\\w$]{1,80}|\\[[^\\]\\n]{0,80}\\]){0,6}\\s*[-+*/%&|^?]{0,3}=(?![=>])|(?:\\.[\\w$]{1,80}){0,3}\\.(?:push|unshift|set|add|fill|assign|compile|fit)\\()`, 'g');
/** A definition runs nothing where it stands. */
const DEFINITION = new RegExp(`^(?:export\\s+)?(?:default\\s+)?(?:declare\\s+)?(?:abstract\\s+)?(?:(?:async\\s+)?function\\b|class\\b|(?:const|let|var)\\s+${NAME}\\s*(?::[^=\\n]{0,200})?=\\s*(?:async\\s*)?(?:function\\b|\\([^()]{0,400}\\)\\s*(?::[^=\\n]{0,200})?=>|${NAME}\\s*=>))`);

/** Arithmetic beyond counting and layout: products, powers, roots, logarithms, random numbers, tensors. */
const COMPUTES = /\btf\.|\*=|\*\*|\b([\w$]+)\s*=\s*\1\s*\*|\bMath\.(?:sqrt|pow|exp|expm1|log|log1p|tanh|random)\b|\b(?:sqrt|exp|log|tanh|softmax|sigmoid|cumprod|matMul|randn|randomNormal|gauss\w*)\(|\]\s*\*|\*\s*\(?\s*[\w$.]+\[/;
const TRAINS = /\btf\.train\b|\.minimize\(|variableGrads|applyGradients|\.fit\(|batch_?size|learning_?rate|\blr\b|\bepochs?\b|\bEMA|ema_?decay/i;

export function describeJavascriptUnit(text: string): UnitInfo {
  const uses = new Set<string>();
  WORD.lastIndex = 0;
  for (let match = WORD.exec(text); match; match = WORD.exec(text)) if (text.charCodeAt(match.index - 1) !== 46 || text.charCodeAt(match.index - 2) === 46) uses.add(match[0]);
  const defines = declaredIn(text);
  const named = DEFINITION.test(text) ? (defines[0] ?? '') : null;
  return { text, definition: named, defines, uses, seed: COMPUTES.test(text), trains: TRAINS.test(text) };
}

function declaredIn(text: string): string[] {
  const out = new Set<string>();
  for (const match of text.matchAll(DECLARED)) if (match[1]) out.add(match[1]);
  for (const match of text.matchAll(PATTERN)) for (const word of match[1].match(WORD) ?? []) out.add(word);
  if (/^(?:export\s+)?(?:const|let|var)\b/.test(text)) for (const match of text.matchAll(FURTHER)) out.add(match[1]);
  const imported = IMPORTED.exec(text);
  if (imported) for (const word of imported[1].match(WORD) ?? []) if (word !== 'type' && word !== 'as') out.add(word);
  for (const match of text.matchAll(CHANGED)) out.add(match[1]);
  return [...out];
}
