/** Cases of the fuzz tests as fast-check makes and shrinks them: damaged sources, programs of a grammar, rows of scraps, and edits one after the other. */
import fc from 'fast-check';
import type { FuzzLanguage } from './fuzz-languages';
import { seedsOf } from './fuzz-languages';

export interface Case {
  languageId: string;
  /** One text, or one text after each edit. */
  texts: readonly string[];
}

/** A place as a share of the text, so that it stays one when the text shrinks. */
const PLACES = 1 << 16;
const place = fc.nat(PLACES);
const at = (text: string, where: number) => Math.floor((where / PLACES) * text.length);

type Change = (text: string) => string;

function changes(language: FuzzLanguage, seeds: readonly string[]): fc.Arbitrary<Change> {
  const scrap = fc.constantFrom(...language.scraps);
  const length = fc.oneof({ weight: 4, arbitrary: fc.nat(12) }, { weight: 2, arbitrary: fc.nat(80) }, { weight: 1, arbitrary: fc.nat(2000) });
  const put = (text: string, i: number, what: string, removed = 0) => text.slice(0, i) + what + text.slice(i + removed);
  return fc.oneof(
    { weight: 6, arbitrary: fc.tuple(place, scrap).map(([p, s]): Change => (text) => put(text, at(text, p), s)) },
    { weight: 4, arbitrary: fc.tuple(place, length).map(([p, n]): Change => (text) => put(text, at(text, p), '', n)) },
    { weight: 2, arbitrary: fc.tuple(place, length, scrap).map(([p, n, s]): Change => (text) => put(text, at(text, p), s, n)) },
    { weight: 1, arbitrary: place.map((p): Change => (text) => text.slice(0, at(text, p))) },
    { weight: 2, arbitrary: fc.tuple(place, fc.constantFrom(...seeds), place).map(([p, other, q]): Change => (text) => text.slice(0, at(text, p)) + other.slice(at(other, q))) },
    { weight: 1, arbitrary: fc.tuple(place, length, place).map(([p, n, q]): Change => (text) => put(text, at(text, q), text.slice(at(text, p), at(text, p) + n))) },
    { weight: 1, arbitrary: fc.tuple(place, length).map(([p, n]): Change => (text) => put(text, at(text, p), [...text.slice(at(text, p), at(text, p) + n)].reverse().join(''), n)) },
    { weight: 1, arbitrary: fc.tuple(place, fc.string({ unit: 'binary', maxLength: 6 })).map(([p, s]): Change => (text) => put(text, at(text, p), s)) },
    { weight: 1, arbitrary: fc.constantFrom('\r\n', '\r', '\n\n', '\n\t').map((end): Change => (text) => text.replaceAll('\n', end)) },
    { weight: 1, arbitrary: place.map((p): Change => (text) => text.slice(0, at(text, p)) + text.slice(at(text, p)).replaceAll('\n', '\r\n')) },
    { weight: 1, arbitrary: fc.constantFrom('\t', '  ', '', '     ').map((tab): Change => (text) => text.replaceAll('    ', tab)) },
    { weight: 1, arbitrary: fc.tuple(fc.nat(40), fc.nat(40)).map(([a, b]): Change => (text) => swapLines(text, a, b)) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom('betas', 'self', 'x', 'T', 'alphas', 'this', 'noise', 'sqrt', '1e-4', '0.02'), scrap).map(([from, to]): Change => (text) => text.replaceAll(from, to)) },
    { weight: 1, arbitrary: fc.constant((text: string) => '\ufeff' + text) },
  );
}

function swapLines(text: string, a: number, b: number): string {
  const lines = text.split('\n');
  const [i, k] = [a % lines.length, b % lines.length];
  [lines[i], lines[k]] = [lines[k], lines[i]];
  return lines.join('\n');
}

const apply = (text: string, list: readonly Change[]) => list.reduce((t, change) => change(t), text);

/** Mostly one changed source; also programs, rows of scraps, and edits in turn, some of them undone. */
export function casesOf(language: FuzzLanguage): fc.Arbitrary<Case> {
  const { id: languageId } = language;
  const seeds = seedsOf(language);
  if (seeds.length === 0) throw new Error(`no fixture of ${languageId}`);
  const change = changes(language, seeds);
  const seed = fc.constantFrom(...seeds);
  const program = language.programs ?? seed;
  const one = (text: fc.Arbitrary<string>) => text.map((t): Case => ({ languageId, texts: [t] }));
  return fc.oneof(
    { weight: 9, arbitrary: one(fc.tuple(seed, fc.array(change, { minLength: 1, maxLength: 5 })).map(([text, list]) => apply(text, list))) },
    { weight: 4, arbitrary: one(program) },
    { weight: 3, arbitrary: one(fc.tuple(program, fc.array(change, { minLength: 1, maxLength: 3 })).map(([text, list]) => apply(text, list))) },
    { weight: 2, arbitrary: one(fc.array(fc.constantFrom(...language.scraps), { maxLength: 40 }).map((row) => language.head + row.join(''))) },
    { weight: 2, arbitrary: fc.tuple(fc.oneof({ weight: 3, arbitrary: seed }, { weight: 1, arbitrary: program }), fc.array(fc.tuple(change, fc.boolean()), { minLength: 2, maxLength: 6 })).map(([text, list]) => ({ languageId, texts: edits(text, list) })) },
  );
}

function edits(text: string, list: readonly (readonly [Change, boolean])[]): string[] {
  const out = [text];
  for (const [change, undone] of list) {
    const before = out[out.length - 1];
    out.push(change(before));
    if (undone) out.push(before);
  }
  return out;
}
