// Writes dist/math: every line of every derivation and every formula as a picture, with the words beside it. Pictures are kept by their TeX, since typesetting all of them takes a minute.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { FAMILIES, type FamilyId } from '../core/code/vocabulary';
import { DERIVATIONS, derivationOfFamily, stepCondition, stepSpoken, stepSymbols, stepTex } from '../core/derivations';
import type { PicturedDerivation, PicturedFormula, PicturedWords, PictureIndex } from '../core/derivations/pictures';
import { FORMULAS, formulaSpoken, formulaTex, SYMBOLS, type SymbolId } from '../core/formulas';
import { PLACEHOLDERS, svgOf, svgUri, type Glyphs, type Picture } from '../core/formulas/svg';
import { typeset, type Typeset } from '../extension/tex/typeset';

const [out, cacheFile] = process.argv.slice(2);
/** Wider than this (in ex) a line is broken before its relation: an editor beside a panel is about 80 ex wide. */
const WIDE = 72;
/** A text in Markdown is cut at 100,000 characters, and then shows raw base64; the words stand in the same one. */
const LONGEST = 90_000;

const known: Record<string, Typeset> = existsSync(cacheFile) ? (JSON.parse(readFileSync(cacheFile, 'utf8')) as Record<string, Typeset>) : {};
const used: Record<string, Typeset> = {};
const glyphs: Record<string, string> = {};
function picture(tex: string): Picture {
  const made = (used[tex] ??= known[tex] ?? typeset(tex, true));
  Object.assign(glyphs, made.glyphs);
  const { length } = svgUri(svgOf(made.picture, made.glyphs, { foreground: '#000000', palette: PLACEHOLDERS }));
  if (length > LONGEST) throw new Error(`A picture of ${length} characters would be cut off: ${tex.slice(0, 200)}`);
  return made.picture;
}

const write = (file: string, content: unknown): void => {
  mkdirSync(path.dirname(path.join(out, file)), { recursive: true });
  writeFileSync(path.join(out, file), JSON.stringify(content));
};

for (const derivation of DERIVATIONS) {
  const steps = derivation.steps.map((step) => {
    const flat = picture(stepTex(step, { htmlData: false, colours: PLACEHOLDERS }));
    return {
      label: step.label, condition: stepCondition(step), why: step.why, spoken: stepSpoken(step), symbols: stepSymbols(step),
      picture: flat.width <= WIDE ? flat : picture(stepTex(step, { htmlData: false, colours: PLACEHOLDERS, stacked: true })),
    };
  });
  const { id, title, shows, source } = derivation;
  write(`derivations/${id}.json`, { id, title, shows, source: `${source.paper}, ${source.equation}`, steps } satisfies PicturedDerivation);
}

// Speech in other languages; the words themselves are in one file for page and editor (build-words.mjs).
for (const language of ['zh-cn'] as const) for (const derivation of DERIVATIONS) {
  write(`derivations/${derivation.id}.${language}.json`, {
    steps: derivation.steps.map((step) => ({ condition: stepCondition(step, language), spoken: stepSpoken(step, language) })),
  } satisfies PicturedWords);
}

const formulas: Record<string, PicturedFormula> = {};
const ofSymbol: Partial<Record<SymbolId, string[]>> = {};
for (const formula of FORMULAS) {
  const { id, title, source, convention = null, defines } = formula;
  formulas[id] = { id, title, convention, source, spoken: formulaSpoken(formula), picture: picture(formulaTex(formula, { colours: PLACEHOLDERS })) };
  if (defines.kind === 'symbol') (ofSymbol[defines.id] ??= []).push(id);
}
write('formulas.json', formulas);
write('glyphs.json', glyphs satisfies Glyphs);
write('index.json', {
  derivations: DERIVATIONS.map(({ id, title }) => ({ id, title })),
  ofFamily: Object.fromEntries((Object.keys(FAMILIES) as FamilyId[]).map((family) => [family, derivationOfFamily(family).id])) as Record<FamilyId, string>,
  ofSymbol,
  meanings: Object.fromEntries(Object.values(SYMBOLS).map(({ id, meaning }) => [id, meaning])),
} satisfies PictureIndex);

// Whole or not at all: another build may read it meanwhile.
mkdirSync(path.dirname(cacheFile), { recursive: true });
writeFileSync(`${cacheFile}.${process.pid}`, JSON.stringify(used));
renameSync(`${cacheFile}.${process.pid}`, cacheFile);
