import { test } from 'node:test';
import assert from 'node:assert/strict';
import katex from 'katex';
import { DERIVATIONS, stepSymbols } from '../../../core/derivations';
import { evaluate, formulaById, FORMULAS, SYMBOLS, symbolValue, worldAt, type SymbolId } from '../../../core/formulas';
import { add, dot, mul, num, sqrt, sym } from '../../../core/formulas/expr';
import { SYMBOL_TABLES } from '../../../core/formulas/symbols';
import { PALETTE } from '../../../core/formulas/palette';
import { diffusionQuantities } from '../../../core/math/diffusion';
import { makeBetas } from '../../../core/math/schedules';
import { samplerPlan } from '../../../core/math/samplers';

const quantities = diffusionQuantities(makeBetas({ name: 'cosine', T: 100 }));

for (const [key, info] of Object.entries(SYMBOLS)) {
  test(`symbol ${key} is complete`, () => {
    assert.equal(info.id, key);
    assert.match(info.meaning, /^[A-Z].{20,}\.$/);
    assert.ok(info.codeNames.length > 0 && new Set(info.codeNames).size === info.codeNames.length);
    assert.ok(Number.isInteger(info.colour) && info.colour >= 0 && info.colour < PALETTE.light.length);
    assert.match(info.spoken, /^[a-zA-Z ]+$/);
    katex.renderToString(info.tex, { throwOnError: true, strict: 'error' });
  });
}

test('values without a plan are those of the schedule', () => {
  const at = (id: SymbolId): number | null => symbolValue(id, { quantities, t: 40, betaStart: 0.1 });
  assert.equal(at('T'), 100);
  assert.equal(at('t'), 40);
  assert.equal(at('beta'), quantities.betas[40]);
  assert.equal(at('alpha'), quantities.alphas[40]);
  assert.equal(at('alphaBar'), quantities.alphasCumprod[40]);
  assert.equal(at('alphaBarPrev'), quantities.alphasCumprod[39]);
  assert.equal(at('betaTilde'), quantities.posteriorVariance[40]);
  assert.equal(at('betaStart'), 0.1);
  assert.equal(at('snr'), quantities.snr[40]);
  for (const id of ['sigma', 'eta', 'betaEnd', 'x0', 'xt', 'z', 'epsilonTheta', 'mu', 'gamma', 'lossWeight', 'lossPrior', 'alphaBarRescaled'] as const) assert.equal(at(id), null);
});

test('outside 0 … T − 1 only T has a value', () => {
  for (const t of [-1, 100, 1.5, NaN]) {
    assert.equal(symbolValue('alphaBar', { quantities, t }), null);
    assert.equal(symbolValue('T', { quantities, t }), 100);
  }
});

test('with a plan that skips steps the values satisfy the formulas of the step', () => {
  const plan = samplerPlan({ betas: quantities.betas, sampler: 'ddpm', predictionType: 'epsilon', steps: 10 });
  for (const step of plan.slice(0, -1)) {
    const value = (id: SymbolId): number => symbolValue(id, { quantities, t: step.t, plan: step })!;
    assert.equal(value('alphaBarPrev'), quantities.alphasCumprod[step.prevT]);
    const values = Object.fromEntries((['beta', 'alpha', 'alphaBar', 'alphaBarPrev', 'betaTilde', 'sigma'] as const).map((id) => [id, value(id)]));
    const world = worldAt({ quantities, t: step.t, values });
    const variance = evaluate(formulaById('ddpm.variance.fixed_small').expression, world) as number;
    assert.ok(Math.abs(variance - step.out.z ** 2) < 1e-12);
    assert.ok(Math.abs(variance - value('betaTilde')) < 1e-12);
    assert.ok(Math.abs(value('alpha') + value('beta') - 1) < 1e-15);
  }
});

test('evaluation refuses what has no value or no sense', () => {
  const world = worldAt({ quantities, t: 3, values: { x0: [1, 2], z: [1, 2, 3] } });
  assert.throws(() => evaluate(sym('epsilon'), world), /epsilon has no value here/);
  assert.throws(() => evaluate(add(sym('x0'), num(1)), world), /cannot be added/);
  assert.throws(() => evaluate(dot(sym('x0'), sym('z')), world), /cannot be added/);
  assert.throws(() => evaluate(mul(sym('x0'), sym('x0')), world), /Two columns have no product/);
  assert.throws(() => evaluate(sqrt(sym('x0')), world), /A number is needed/);
  assert.throws(() => evaluate(sym('alpha', 's'), world), /alpha has no value here/);
  assert.throws(() => evaluate(sym('beta', 't-1'), worldAt({ quantities, t: 0 })), /beta has no value here/);
  assert.deepEqual(evaluate(mul(num(2), sym('x0')), world), [2, 4]);
  assert.equal(evaluate(sym('alphaBar', 't-1'), world), quantities.alphasCumprod[2]);
  assert.equal(evaluate(sym('alphaBar', '1'), world), quantities.alphasCumprod[0]);
  assert.equal(evaluate(sym('alphaBar', 'T'), world), quantities.alphasCumprod[99]);
});

test('no id stands in two tables, where the later one would win unseen', () => {
  assert.equal(SYMBOL_TABLES.reduce((total, table) => total + Object.keys(table).length, 0), Object.keys(SYMBOLS).length);
});

test('every symbol is in use', () => {
  const used = new Set([...DERIVATIONS.flatMap(({ steps }) => steps.flatMap(stepSymbols)), ...FORMULAS.flatMap(({ symbols }) => symbols)]);
  assert.deepEqual(Object.keys(SYMBOLS).filter((id) => !used.has(id as SymbolId)), []);
});
