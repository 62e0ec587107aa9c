import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import katex from 'katex';
import { evaluate, FORMULAS, formulaById, formulaSpoken, formulaTex, worldAt, type Formula, type World } from '../../../core/formulas';
import type { Expr } from '../../../core/formulas/expr';
import { diffusionQuantities } from '../../../core/math/diffusion';
import { makeBetas, SCHEDULES, type ScheduleName } from '../../../core/math/schedules';
import { DERIVATIONS } from '../../../core/derivations';
import { relativeDifference } from '../../../core/derivations/verify/check';
import { mutantsOf } from '../../../core/derivations/verify/mutants';
import { makeWorld, type WorldKind } from '../../../core/derivations/worlds/diffusion';
import { lossWorld } from './loss-worlds';

const HOLDS = 1e-9;
const CAUGHT = 1e-6;

/** Mutants that mean the same, with the reason; any other survivor fails. Key: formula › what. */
const EQUIVALENT: Record<string, string> = {
  'loss.simple › normSq.0 › swap terms': 'a difference is as long as its opposite',
  'loss.bound.step › div.0 › add.0 › div.0 › normSq.0 › swap terms': 'a difference is as long as its opposite',
  'loss.zero_terminal_snr › div.0 › mul.0 › sqrt.0 › alphaBar → alpha': 'of one factor the product is that factor',
  'loss.zero_terminal_snr › div.1 › sub.0 › sqrt.0 › alphaBar → alpha': 'of one factor the product is that factor',
};

function kindOf(id: string): WorldKind {
  if (id.startsWith('ddim')) return { sampler: 'ddim', eta: id.endsWith('eta1') ? 1 : id.endsWith('deterministic') ? 0 : undefined };
  return { sampler: 'ddpm', varianceType: id.endsWith('fixed_large') ? 'fixed_large' : 'fixed_small' };
}

/** Schedules are checked at every t against core/math/schedules, the others in random chains. */
function worldsFor(formula: Formula): World[] {
  if (formula.id.startsWith('loss.')) return Array.from({ length: 25 }, (_, i) => lossWorld(i + 1, formula.id));
  if (!formula.id.startsWith('schedule.')) return Array.from({ length: 25 }, (_, i) => makeWorld(i + 1, kindOf(formula.id)));
  const name = formula.id.slice('schedule.'.length) as ScheduleName;
  return [[0.0001, 0.02, 40], [0.003, 0.017, 23]].flatMap(([betaStart, betaEnd, T]) => {
    const quantities = diffusionQuantities(makeBetas({ name, T, betaStart, betaEnd }));
    return Array.from({ length: T }, (_, t) => worldAt({ quantities, t, values: { betaStart, betaEnd } }));
  });
}

/** These hold, and their mutants fail, as lines of derivations (test/unit/derivations): what is checked here is that they are such lines. */
const IN_DERIVATIONS = /^(?:vae|word2vec|kl|cross_entropy|gan|flow|energy|autoregressive|gmm|score|cbow|ngram)\.|^softmax$|^loss\.mse$/;
const lines = new Set(DERIVATIONS.flatMap(({ steps }) => steps.flatMap(({ formula }) => formula ?? [])));

const differs = (left: Expr, right: Expr, world: World): number => relativeDifference(evaluate(left, world), evaluate(right, world));

for (const formula of FORMULAS) {
  if (IN_DERIVATIONS.test(formula.id)) test(`${formula.id} is a line of a derivation`, () => assert.ok(lines.has(formula.id)));
  else test(`${formula.id} holds`, () => {
    for (const [i, world] of worldsFor(formula).entries()) {
      const difference = differs(formula.defines, formula.expression, world);
      assert.ok(difference <= HOLDS, `world ${i}: sides differ by ${difference}`);
    }
  });

  if (!IN_DERIVATIONS.test(formula.id)) test(`${formula.id}: every mutant is caught`, () => {
    const worlds = worldsFor(formula);
    const survivors = mutantsOf(formula.expression).filter(({ expr }) => {
      try {
        return worlds.every((world) => differs(formula.defines, expr, world) <= CAUGHT);
      } catch (error) {
        if (error instanceof RangeError || error instanceof TypeError) return false;
        throw error;
      }
    });
    assert.deepEqual(survivors.map(({ what }) => `${formula.id} › ${what}`), Object.keys(EQUIVALENT).filter((key) => key.startsWith(`${formula.id} ›`)));
  });

  test(`${formula.id} renders with every symbol marked, and is spoken without TeX`, () => {
    const html = katex.renderToString(formulaTex(formula, { htmlData: true }), { displayMode: true, throwOnError: true, strict: (code: string) => (code === 'htmlExtension' ? 'ignore' : 'error'), trust: ({ command }: { command: string }) => command === '\\htmlData' });
    const marked = new Set([...html.matchAll(/data-sym="(\w+)"/g)].map((m) => m[1]));
    assert.deepEqual([...marked].sort(), [...formula.symbols].sort());
    const words = formulaSpoken(formula);
    assert.doesNotMatch(words, /[\\_^{}]|undefined/);
    const count = (text: string, part: string): number => text.split(part).length - 1;
    for (const [open, close] of [['open bracket', 'close bracket'], ['the fraction', 'end of fraction']]) assert.equal(count(words, open), count(words, close), words);
    assert.ok(formula.source.paper && formula.source.equation && formula.source.url.startsWith('https://'));
  });
}

test('formula ids are unique and found; unknown ids are refused', () => {
  assert.equal(new Set(FORMULAS.map((f) => f.id)).size, FORMULAS.length);
  for (const f of FORMULAS) assert.equal(formulaById(f.id), f);
  assert.throws(() => formulaById('ddpm.none'), /No formula has the id "ddpm.none"/);
});

test('every schedule but custom has its formula', () => {
  const ids = FORMULAS.filter((f) => f.id.startsWith('schedule.')).map((f) => f.id.slice('schedule.'.length));
  assert.deepEqual(ids.sort(), SCHEDULES.map((s) => s.id).filter((id) => id !== 'custom').sort());
});

test('every family file is registered', () => {
  const registry = readFileSync('core/formulas/index.ts', 'utf8');
  const families = readdirSync('core/formulas').filter((file) => file.endsWith('.ts') && /^export const \w+_FORMULAS\b/m.test(readFileSync(`core/formulas/${file}`, 'utf8')));
  assert.ok(families.length >= 4);
  for (const file of families) {
    const [, name] = /^export const (\w+_FORMULAS)\b/m.exec(readFileSync(`core/formulas/${file}`, 'utf8'))!;
    assert.ok(registry.includes(`...${name}`), `${file}: ${name} is not in the registry`);
  }
});
