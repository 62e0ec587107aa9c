/**
 * Which statements of a Python file can matter for a diffusion model. The others are not parsed: where a name of theirs is used, it is unknown.
 * Decided from the text of each statement and from the names they use of each other.
 */
import { hasSchedulerOrProduct, wordsOf } from './prefilter';

/** What the text of one top-level statement says, wherever it stands. */
export interface UnitInfo {
  text: string;
  /** Of a class or function; other statements are always read. */
  definition: string | null;
  /** Names that it gives to the module. */
  defines: readonly string[];
  /** Names that it takes from elsewhere. */
  uses: ReadonlySet<string>;
  /** All its words. */
  words: ReadonlySet<string>;
  /** May hold a schedule. */
  schedule: boolean;
  /** Trains something that is called noise or diffusion, or holds settings of training. */
  trains: boolean;
}

const DEFINITION = /^(?:async[ \t]+)?(?:def|class)[ \t]+([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)/m;
const WORD = /[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*/g;
/** `a, b = …`, `x: int = …`, `y += …` at the beginning of a line. */
const TARGETS = /^[ \t]*([\w\u0080-\uffff*][\w\u0080-\uffff., \t*]{0,199}?)[ \t]{0,20}(?::[^=\n]{0,200})?(?:[-+*/@%&|^]|\*\*|\/\/|<<|>>)?=(?!=)/gm;
/** `x.append(…)`, `x[i] = …`, `x.y = …`: a statement of the module changes what the name holds. */
const CHANGED = /(?<![\w\u0080-\uffff])([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]{0,99})(?:\.(?:append|extend|update|insert|setdefault)\(|(?:\[[^\]\n]{0,80}\]|\.\w+)[ \t]*[-+*/]{0,2}=(?!=))/g;
const BOUND = /\b(?:for[ \t]+([\w\u0080-\uffff, ()*]{1,200}?)[ \t]+in|as[ \t]+([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*))\b/g;
const HEADER = /\bdef[ \t]+[\w\u0080-\uffff]+[ \t]*\(/g;
/** Beyond these many characters a function's head is one that was never closed. */
const MAX_HEADER = 4000;
const PARAMETER = /[(,*][ \t\r\n]*([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)[ \t\r\n]*(?=[,)=:])/g;
const TRAINING = /\.backward\(|\bzero_grad\b|\.optim\b|\bAdamW?\(|\bEMA\w*\(|batch_?size|learning_?rate|\blr\b/i;
const NOISY = /diffus|ddpm|denois|noise|score/i;
/** Settings that a file keeps in one place. */
const OPTIONS = /\.add_argument\(|^@dataclass|^class[^\n]*(?:Config|NamedTuple|BaseModel|Settings|Args)\b/m;

export function describeUnit(text: string): UnitInfo {
  const definition = DEFINITION.exec(text)?.[1] ?? null;
  const assigned = targetsOf(text);
  const changed = definition === null ? [...text.matchAll(CHANGED)].map((match) => match[1]) : [];
  const own = definition === null ? new Set<string>() : new Set([...assigned, ...parametersOf(text)]);
  const uses = new Set<string>();
  WORD.lastIndex = 0;
  for (let match = WORD.exec(text); match; match = WORD.exec(text)) {
    if (text.charCodeAt(match.index - 1) !== 46 && !own.has(match[0])) uses.add(match[0]);
  }
  if (definition !== null) uses.delete(definition);
  return { text, definition, defines: definition === null ? [...assigned, ...changed] : [definition], uses, words: wordsOf(text), schedule: hasSchedulerOrProduct(text), trains: TRAINING.test(text) && (NOISY.test(text) || OPTIONS.test(text)) };
}

function targetsOf(text: string): string[] {
  const out = new Set<string>();
  const add = (list: string) => {
    for (const part of list.split(/[,()* \t]+/)) if (part !== '' && !part.includes('.')) out.add(part);
  };
  // A keyword argument on a line of its own is no target.
  for (const match of text.matchAll(TARGETS)) if (!/[,([{\\]$/.test(text.slice(Math.max(0, match.index - 40), match.index).trimEnd())) add(match[1]);
  for (const match of text.matchAll(BOUND)) add(match[1] ?? match[2]);
  return [...out];
}

/** Names directly after `(`, `,` or `*` between the parentheses of a function's head. */
function parametersOf(text: string): string[] {
  const out: string[] = [];
  for (const { index, 0: head } of text.matchAll(HEADER)) {
    let end = index + head.length;
    const limit = Math.min(text.length, end + MAX_HEADER);
    for (let depth = 1; depth > 0 && end < limit; end++) {
      const c = text.charCodeAt(end);
      if (c === 40 || c === 91) depth++;
      else if (c === 41 || c === 93) depth--;
    }
    for (const match of text.slice(index + head.length - 1, end).matchAll(PARAMETER)) out.push(match[1]);
  }
  return out;
}

/** A file with more characters than this is read with fewer seeds. */
const LONG = 60_000;
/** A word that more statements of a long file have than this tells nothing of any of them. */
const COMMON = 6;

/** For each statement the seeds among its words: known from before for all but the edited one, as long as the seeds stay. */
const seedsFound = new WeakMap<ReadonlySet<string>, { of: string; found: readonly string[] }>();

/** For each statement whether a seed stands in it. In a long file those that are all over it do not count: a file of usual length is read generously, a long one where its models can be. */
function seeded(units: readonly UnitInfo[], written: readonly string[]): boolean[] {
  const seeds = [...new Set(written)];
  const of = seeds.join(' ');
  const perUnit = units.map(({ words }) => {
    let known = seedsFound.get(words);
    if (known?.of !== of) seedsFound.set(words, (known = { of, found: seeds.filter((w) => words.has(w)) }));
    return known.found;
  });
  if (units.reduce((n, u) => n + u.text.length, 0) <= LONG) return perUnit.map((found) => found.length > 0);
  const times = new Map<string, number>();
  for (const found of perUnit) for (const w of found) times.set(w, (times.get(w) ?? 0) + 1);
  return perUnit.map((found) => found.some((w) => times.get(w)! <= COMMON));
}

/** For each statement whether it is read. `seeds`: words that a statement may have which speaks for a model of the families that are looked for. */
export function relevant(units: readonly UnitInfo[], seeds: readonly string[]): boolean[] {
  const definers = new Map<string, number[]>();
  units.forEach((u, i) => {
    for (const name of u.defines) {
      const list = definers.get(name);
      if (list) list.push(i);
      else definers.set(name, [i]);
    }
  });
  const users = new Map<string, number[]>();
  units.forEach((u, i) => {
    for (const name of u.uses) {
      if (!definers.has(name)) continue;
      const list = users.get(name);
      if (list) list.push(i);
      else users.set(name, [i]);
    }
  });
  const kept = new Array<boolean>(units.length).fill(false);
  const pending: number[] = [];
  const keep = (i: number) => {
    if (kept[i]) return;
    kept[i] = true;
    pending.push(i);
  };
  // What uses a schedule, at any remove: classes, loops, the program that sets T.
  const telling = seeded(units, seeds);
  units.forEach((u, i) => { if (u.schedule || telling[i]) keep(i); });
  for (let i = pending.pop(); i !== undefined; i = pending.pop()) {
    for (const name of units[i].defines) {
      users.get(name)?.forEach(keep);
      // All are kept now; to ask again for each of a thousand statements that define it would take a million steps.
      users.delete(name);
    }
  }
  // And what all these are made with.
  units.forEach((u, i) => { if (kept[i] || u.trains) { kept[i] = true; pending.push(i); } });
  for (let i = pending.pop(); i !== undefined; i = pending.pop()) {
    for (const name of units[i].uses) {
      definers.get(name)?.forEach(keep);
      definers.delete(name);
    }
  }
  return units.map((u, i) => kept[i] || u.definition === null);
}
