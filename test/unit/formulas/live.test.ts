import { test } from 'node:test';
import assert from 'node:assert/strict';
import katex from 'katex';
import type { Hyperparameters } from '../../../core/code/types';
import { read } from '../../../core/code';
import { Schedule } from '../../../core/code/recognise/roles';
import { FORMULAS, formulaById, evaluate, SYMBOLS, type SymbolId } from '../../../core/formulas';
import type { Expr } from '../../../core/formulas/expr';
import { HELD } from '../../../core/formulas/held';
import { folded, inserted, valueIn } from '../../../core/formulas/insert';
import { liveInChain, liveSpoken, liveTex, liveWith, scheduleOf, type Live } from '../../../core/formulas/live';
import { liveOfSymbol } from '../../../core/formulas/live-symbols';
import { formulaOfFamily, liveOfFamily } from '../../../core/formulas/of-family';
import { roundedTo } from '../../../core/formulas/rounding';
import { worldAt } from '../../../core/formulas';
import { diffusionQuantities } from '../../../core/math/diffusion';
import { makeBetas, SCHEDULES } from '../../../core/math/schedules';

const settings = (values: Record<string, unknown>): Hyperparameters => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value, line: 1, range: {}, origin: 'literal', name: key }])) as Hyperparameters;
const linear = scheduleOf(settings({ T: 1000, schedule: 'linear', betaStart: 1e-4, betaEnd: 0.02 }))!;
const valueOf = ({ parts }: Live): number | null => { const last = parts[parts.length - 1]; return last.kind === 'number' ? last.value : null; };

test('ᾱ of a linear schedule has the numbers of the file, and its value', () => {
  const live = liveOfSymbol('alphaBar', 'ddpm.alphaBar', undefined, linear)!;
  assert.equal(liveTex(live), '\\bar{\\alpha}_{1000} = \\prod_{s=1}^{1000} (1 - \\beta_s) \\approx 4.04 \\times 10^{-5}');
  assert.equal(liveSpoken(live), 'alpha bar 1000 equals the product over s from 1 to 1000 of open bracket 1 minus beta s close bracket is about 4 point 04 times ten to the power minus 5');
  let product = 1;
  for (let i = 0; i < 1000; i++) product *= 1 - (1e-4 + (i / 999) * (0.02 - 1e-4));
  assert.ok(Math.abs(valueOf(live)! / product - 1) < 1e-9);
});

test('β_t is the formula of the schedule at a step in the middle', () => {
  const live = liveOfSymbol('beta', 'schedule.linear', undefined, linear)!;
  assert.equal(liveTex(live), '\\beta_{500} = 10^{-4} + \\frac{500 - 1}{1000 - 1}\\,(0.02 - 10^{-4}) \\approx 0.01');
  assert.ok(Math.abs(valueOf(live)! - (1e-4 + (499 / 999) * (0.02 - 1e-4))) < 1e-15);
});

test('what is a vector keeps its symbols, and its coefficients are numbers', () => {
  const live = liveOfSymbol('xt', 'ddpm.forward.sample', undefined, linear)!;
  assert.equal(liveTex(live), '\\mathbf{x}_{500} \\approx 0.28\\,\\mathbf{x}_0 + 0.96\\,\\boldsymbol{\\epsilon}');
});

for (const { id } of SCHEDULES.filter((schedule) => schedule.id !== 'custom')) {
  test(`every formula of a ${id} chain has the value that core/math has`, () => {
    const schedule = scheduleOf(settings({ T: 60, schedule: id, betaStart: 1e-3, betaEnd: 0.03 }))!;
    const q = diffusionQuantities(makeBetas({ name: id, T: 60, betaStart: 1e-3, betaEnd: 0.03 }));
    const expected: [SymbolId, string | null, number][] = [
      ['beta', `schedule.${id}`, q.betas[29]], ['alpha', 'ddpm.alpha', q.alphas[29]], ['alphaBar', 'ddpm.alphaBar', q.alphasCumprod[59]], ['alphaBarPrev', null, q.alphasCumprod[28]],
      ['betaTilde', 'ddpm.posterior.variance', q.posteriorVariance[29]], ['snr', 'loss.snr', q.snr[29]],
    ];
    for (const [symbol, formula, value] of expected) {
      const live = liveOfSymbol(symbol, formula, undefined, schedule)!;
      assert.ok(Math.abs(valueOf(live)! / value - 1) < 1e-9, `${symbol}: ${valueOf(live)} is not ${value}`);
      // Whoever computes what stands in the middle gets the value as well, where it is numbers throughout.
      const middle = valueIn(live.parts[1], { symbol: () => undefined, call: () => undefined, density: () => undefined });
      if (middle !== null) assert.ok(Math.abs(middle / value - 1) < 1e-9);
    }
  });
}

test('every formula of the registry with numbers in it is TeX that can be set, and is spoken in both languages without TeX', () => {
  let shown = 0;
  for (const formula of FORMULAS) {
    const live = liveInChain(formula, linear, 500, { alpha: formulaById('ddpm.alpha').expression });
    if (!live) continue;
    shown++;
    katex.renderToString(liveTex(live), { displayMode: true, throwOnError: true });
    for (const language of ['en', 'zh-cn'] as const) assert.doesNotMatch(liveSpoken(live, language), /[\\_^{}]|undefined|NaN/, formula.id);
    assert.doesNotMatch(liveTex(live), /_\{?t\b|NaN|undefined/, formula.id);
  }
  assert.ok(shown >= 20, `${shown} formulas`);
});

test('what the file leaves open is not shown with numbers', () => {
  assert.equal(scheduleOf(settings({ schedule: 'linear', betaStart: 1e-4, betaEnd: 0.02 })), null);
  assert.equal(scheduleOf(settings({ T: 1000, schedule: 'linear', betaStart: 1e-4 })), null);
  assert.equal(scheduleOf(settings({ T: 1000, betaStart: 1e-4, betaEnd: 0.02 })), null);
  assert.equal(scheduleOf(settings({ T: 1000, schedule: 'linear', betaStart: 2, betaEnd: 0.02 })), null);
  assert.ok(scheduleOf(settings({ T: 1000, schedule: 'cosine' })));
  assert.ok(scheduleOf(settings({ schedule: 'custom', betas: [0.1, 0.2, 0.3] })));
});

test('a schedule that was rescaled afterwards is not its own formula any more', () => {
  const rescaled = scheduleOf(settings({ T: 100, schedule: 'linear', betaStart: 1e-3, betaEnd: 0.03, rescaleZeroTerminalSnr: true }))!;
  assert.equal(liveOfSymbol('beta', 'schedule.linear', undefined, rescaled), null);
  assert.equal(liveOfSymbol('beta', 'schedule.cosine', undefined, linear), null);
});

test('where sampling leaves out steps, nothing is said of the step before', () => {
  const skipping = scheduleOf(settings({ T: 1000, schedule: 'linear', betaStart: 1e-4, betaEnd: 0.02, samplingSteps: 50 }))!;
  for (const [symbol, id] of [['alphaBarPrev', null], ['betaTilde', 'ddpm.posterior.variance'], ['sigma', 'ddim.sigma']] as const) assert.equal(liveOfSymbol(symbol, id, undefined, skipping), null, symbol);
  assert.ok(liveOfSymbol('alphaBar', 'ddpm.alphaBar', undefined, skipping));
});

/** Two ways to write the same numbers. */
const SAME: Readonly<Record<string, string>> = { '(1−ᾱ)/ᾱ': '1/ᾱ−1', '√((1−ᾱ)/ᾱ)': '√(1/ᾱ−1)' };

test('what a variable holds is an expression of just those numbers', () => {
  const betas = makeBetas({ name: 'cosine', T: 40 });
  const schedule = new Schedule(betas);
  const quantities = diffusionQuantities(betas);
  for (const [holds, expr] of Object.entries(HELD)) {
    // β̃ of the first step is 0, and code replaces it.
    const numbers = Float64Array.from(betas, (_, t) => evaluate(expr, worldAt({ quantities, t })) as number);
    assert.equal(schedule.arrayRole(numbers)?.holds, SAME[holds] ?? holds);
  }
});

test('a tree with numbers in it is the same tree; only what was asked for is replaced', () => {
  const { expression } = formulaById('ddpm.posterior.variance');
  const one = (value: number): Expr => ({ kind: 'number', value });
  assert.deepEqual(inserted(expression, () => undefined), expression);
  assert.equal(evaluate(inserted(expression, (id) => one({ alphaBar: 0.5, alphaBarPrev: 0.6, beta: 0.1 }[id as string]!)), { symbol: () => undefined, call: () => undefined, density: () => undefined }), ((1 - 0.6) / (1 - 0.5)) * 0.1);
  assert.deepEqual(folded(expression), expression);
});

test('numbers are rounded as a reader wants them', () => {
  assert.deepEqual(roundedTo(4.0358e-5, 3), { mantissa: 4.04, exponent: -5, exact: false });
  assert.deepEqual(roundedTo(0.02, 12), { mantissa: 0.02, exponent: null, exact: true });
  assert.deepEqual(roundedTo(0.9996, 3), { mantissa: 1, exponent: null, exact: false });
  assert.deepEqual(roundedTo(0, 3), { mantissa: 0, exponent: null, exact: true });
  assert.deepEqual(roundedTo(-1.5e7, 12), { mantissa: -1.5, exponent: 7, exact: true });
});

test('families without a chain have their settings in their formula', () => {
  assert.equal(liveTex(liveWith(formulaById('vae.beta'), { klWeight: 4 })!).split(' = ').length, 2);
  assert.match(liveTex(liveWith(formulaById('gmm.density'), { mixtureSize: 3 })!), /\\sum_\{k=1\}\^\{3\}/);
  const { findings } = read('from gensim.models import Word2Vec\nmodel = Word2Vec(sentences, sg=1, negative=7, ns_exponent=0.5)\n', 'python');
  assert.match(liveTex(liveOfFamily(findings[0])!), /\^\{0\.5\}/);
  const plain = read('from gensim.models import Word2Vec\nmodel = Word2Vec(sentences, sg=1, negative=7)\n', 'python').findings[0];
  assert.match(liveTex(liveOfFamily(plain)!), /\\sum_\{k=1\}\^\{7\}/);
  assert.equal(liveOfFamily({ ...plain, hyperparameters: {} }), null);
});

test('a family shows no formula of another loss', () => {
  const gan = { family: 'gan', evidence: [], hyperparameters: settings({ ganLoss: 'wasserstein' }) } as unknown as Parameters<typeof formulaOfFamily>[0];
  assert.equal(formulaOfFamily(gan), null);
  assert.equal(formulaOfFamily({ ...gan, hyperparameters: settings({ ganLoss: 'minimax' }) }), 'gan.value');
});

test('symbols that follow t are written at their step', () => {
  const at = (id: SymbolId): string => liveTex({ parts: [{ kind: 'symbol', id }], t: 500 });
  assert.equal(at('alphaBarPrev'), '\\bar{\\alpha}_{499}');
  assert.equal(at('mu'), '\\tilde{\\boldsymbol{\\mu}}_{500}');
  assert.equal(at('x0'), SYMBOLS.x0.tex);
});
