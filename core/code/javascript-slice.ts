/**
 * Which statements of a TypeScript or JavaScript file can matter for a model, told from their text and from the names that they use of each other.
 * Generous: a statement that computes with numbers counts, and so does all that it is joined to by names. What is left is pages, parsers, servers.
 */
import { wordsOf } from './prefilter';
import { relevant, type UnitInfo } from './slice';

const NAME = '[A-Za-z_$\\u0080-\\uffff][\\w$\\u0080-\\uffff]*';
const WORD = new RegExp(NAME, 'g');
/** `function f`, `class A`, `const a`, at the beginning of the statement or of a line of it. */
const DECLARED = new RegExp(`^(?:export\\s+)?(?:default\\s+)?(?:declare\\s+)?(?:abstract\\s+)?(?:async\\s+)?(?:function\\s*\\*?|class|enum|namespace|(?:const|let|var)(?:\\s+enum)?)\\s*(${NAME})?`, 'gm');
/** `{ a, b: c }` and `[a, b]` of a declaration, and further names of it: their words count as declared. */
const PATTERN = /^(?:export\s+)?(?:const|let|var)\s*([[{][^=]{0,400})=/gm;
const FURTHER = new RegExp(`,\\s*(${NAME})\\s*(?::[^=,;\\n]{0,80})?=(?![=>])`, 'g');
const IMPORTED = /^import\b([^'";]{0,2000})\bfrom\b/;
/** `x = …`, `x.y = …`, `x[i] += …`, `x.push(…)`: the statement changes what the name holds. */
const CHANGED = new RegExp(`(?<![\\w$.\\u0080-\\uffff])(${NAME})(?:(?:\\??\\.[\\w$]{1,80}|\\[[^\\]\\n]{0,80}\\]){0,6}\\s*[-+*/%&|^?]{0,3}=(?![=>])|(?:\\.[\\w$]{1,80}){0,3}\\.(?:push|unshift|set|add|fill|assign|compile|fit|addArgument|add_argument)\\()`, 'g');
/** A definition runs nothing where it stands. */
const DEFINITION = new RegExp(`^(?:export\\s+)?(?:default\\s+)?(?:declare\\s+)?(?:abstract\\s+)?(?:(?:async\\s+)?function\\b|class\\b|(?:const|let|var)\\s+${NAME}\\s*(?::[^=\\n]{0,200})?=\\s*(?:async\\s*)?(?:function\\b|\\([^()]{0,400}\\)\\s*(?::[^=\\n]{0,200})?=>|${NAME}\\s*=>))`);

/** Arithmetic beyond counting, layout and statistics: products, powers, logarithms, random numbers, tensors. */
const COMPUTES = /\*\s*\(\s*1(?:\.0*)?\s*-|\btf\.(?!layers|sequential|model\b|train\b|io\b|dispose|memory|ready|setBackend|env\b)[a-z]|\*=|\*\*\s*\(?\s*-?[\d.(]|\b([\w$]+)\s*=\s*\1\s*\*|\bMath\.(?:pow|exp|expm1|log|log1p|tanh|random)\b|\b(?:exp|log|tanh|softmax|sigmoid|cumprod|matMul|randn|randomNormal|gauss\w*)\(|\]\s*\*|\*\s*\(?\s*[\w$.]+\[/;
/** Settings of training, and what trains: a loop, or a call that goes through the data by itself. */
const TRAINING = /\btf\.train\b|\.minimize\(|variableGrads|applyGradients|\.fit\(|batch_?size|learning_?rate|\blr\b|\bepochs?\b|\bEMA|ema_?decay/i;
const RUNS = /\b(?:for|while)\b|\.forEach\(|\.minimize\(|applyGradients|\.fit\(/;

export interface JavascriptUnit extends UnitInfo {
  /** Names that are the file's own only where another statement declares them. */
  changes: readonly string[];
}

export function describeJavascriptUnit(text: string): JavascriptUnit {
  const uses = new Set<string>();
  WORD.lastIndex = 0;
  // A property is no name; what is spread is one.
  for (let match = WORD.exec(text); match; match = WORD.exec(text)) if (text.charCodeAt(match.index - 1) !== 46 || text.charCodeAt(match.index - 2) === 46) uses.add(match[0]);
  const defines = declaredIn(text);
  const definition = DEFINITION.test(text) ? (defines[0] ?? '') : null;
  const changes = [...new Set([...text.matchAll(CHANGED)].map((match) => match[1]))];
  // A script may give a value to a name that it declares nowhere.
  const assigned = definition === null ? changes.filter((name) => text.startsWith(name)) : [];
  return { text, definition, defines: [...defines, ...assigned], changes, uses, words: wordsOf(text), schedule: COMPUTES.test(text), trains: TRAINING.test(text) && (definition === null || RUNS.test(text)) };
}

function declaredIn(text: string): string[] {
  const out = new Set<string>();
  for (const match of text.matchAll(DECLARED)) if (match[1]) out.add(match[1]);
  for (const match of text.matchAll(PATTERN)) for (const word of match[1].match(WORD) ?? []) out.add(word);
  if (/^(?:export\s+)?(?:const|let|var)\b/.test(text)) for (const match of text.matchAll(FURTHER)) out.add(match[1]);
  const imported = IMPORTED.exec(text);
  if (imported) for (const word of imported[1].match(WORD) ?? []) if (word !== 'type' && word !== 'as') out.add(word);
  return [...out];
}

/**
 * For each statement whether it is read. As for Python, but a statement that defines nothing is left out too where no name ties it to what is read: pages and
 * servers are made of such. Imports are read always, since they tell the framework.
 */
export function relevantJavascript(units: readonly JavascriptUnit[], seeds: readonly string[]): boolean[] {
  const declared = new Set(units.flatMap((u) => u.defines));
  // What is imported stays what it is: `tf.fill(…)` changes nothing.
  for (const u of units) if (isImport(u)) for (const name of u.defines) declared.delete(name);
  const linked = units.map((u): UnitInfo => ({ ...u, definition: '', defines: u.changes.length > 0 ? [...new Set([...u.defines, ...u.changes.filter((name) => declared.has(name))])] : u.defines }));
  return relevant(linked, seeds).map((kept, i) => kept || isImport(units[i]));
}

function isImport(unit: JavascriptUnit): boolean {
  return unit.text.startsWith('import');
}
