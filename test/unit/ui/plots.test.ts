import { test } from 'node:test';
import assert from 'node:assert/strict';
import { barLabels, barOfTime, boundBars, boundTotal, inUnit, termName, timeOfTerm } from '../../../webview/ui/plots/bound-bars';
import { wantsLog } from '../../../webview/ui/plots/log-scale';
import { LossHistory } from '../../../webview/ui/plots/loss-history';
import { barShare, multipleText } from '../../../webview/ui/plots/multiples';
import { nextTab } from '../../../webview/ui/plots/tabs';

test('a short loss curve is kept as it is', () => {
  const history = new LossHistory();
  [3, 1, 2].forEach((loss, i) => history.push(i + 1, loss));
  const { steps, raw, smooth } = history.columns();
  assert.deepEqual([steps, raw], [[1, 2, 3], [3, 1, 2]]);
  // The bias-corrected running mean by its definition: weights 0.98^age.
  const weights = [0.98 ** 2, 0.98, 1];
  const mean = (3 * weights[0] + 1 * weights[1] + 2 * weights[2]) / (weights[0] + weights[1] + weights[2]);
  assert.ok(Math.abs(smooth[2]! - mean) < 1e-12);
  assert.equal(history.latest?.step, 3);
});

test('a long one keeps its extremes in at most 2,000 points, in order', () => {
  const history = new LossHistory();
  const loss = (step: number) => (step === 77_777 ? 99 : step === 12_345 ? -5 : 1 + 0.1 * Math.sin(step));
  for (let step = 1; step <= 100_000; step++) history.push(step, loss(step));
  const { steps, raw, smooth } = history.columns();
  assert.ok(steps.length <= 2000 && steps.length > 500, String(steps.length));
  assert.equal(raw[steps.indexOf(77_777)], 99);
  assert.equal(raw[steps.indexOf(12_345)], -5);
  assert.ok(steps.every((step, i) => (i === 0 || step > steps[i - 1]) && raw[i] === loss(step)));
  assert.ok(smooth.some((value) => value !== null));
});

test('going back to a checkpoint forgets what came after it; what is not a number is left out', () => {
  const [history, straight] = [new LossHistory(), new LossHistory()];
  for (let step = 1; step <= 100; step++) history.push(step, step);
  history.push(101, NaN);
  history.push(102, Infinity);
  assert.equal(history.latest?.step, 100);
  for (let step = 61; step <= 80; step++) history.push(step, -step);
  for (let step = 1; step <= 80; step++) straight.push(step, step <= 60 ? step : -step);
  assert.deepEqual(history.columns(), straight.columns());
  history.clear();
  assert.equal(history.latest, null);
});

const terms = (T: number) => Float64Array.from({ length: T + 1 }, (_, k) => k + 1);

test('bars: all terms where there is room, sums where there is not, the two ends always by themselves', () => {
  const wide = boundBars(terms(10), 100);
  assert.equal(wide.perBar, 1);
  assert.deepEqual(wide.bars.map(({ nats }) => nats), [...terms(10)]);
  const narrow = boundBars(terms(1000), 60);
  assert.equal(narrow.perBar, 20);
  assert.ok(narrow.bars.length <= 60);
  assert.deepEqual([narrow.bars[0], narrow.bars.at(-1)].map((bar) => [bar?.kind, bar?.first, bar?.last]), [['decoder', 0, 0], ['prior', 1000, 1000]]);
  assert.deepEqual(narrow.bars.slice(1, 3).map(({ first, last }) => [first, last]), [[1, 20], [21, 40]]);
  assert.equal(narrow.bars[1].nats, [...terms(1000).slice(1, 21)].reduce((a, b) => a + b));
  const sum = narrow.bars.reduce((total, { nats }) => total + nats, 0);
  assert.equal(sum, boundTotal(terms(1000)).total);
  assert.deepEqual(boundBars(terms(1), 50).bars.map(({ kind }) => kind), ['decoder', 'prior']);
  assert.deepEqual(boundBars([], 50).bars, []);
});

test('terms that are not computed yet are counted, not summed', () => {
  const partial = [1, 2, NaN, NaN, NaN];
  assert.deepEqual(boundTotal(partial), { decoder: 1, divergences: 2, prior: NaN, total: 3, known: 2, terms: 5 });
  const { bars } = boundBars(partial, 100);
  assert.deepEqual(bars.map(({ missing }) => missing), [0, 0, 1, 1, 1]);
  assert.ok(Number.isNaN(bars[4].nats));
});

test('bits per dimension, times and names', () => {
  assert.ok(Math.abs(inUnit(2 * Math.LN2, 'bits/dim', 2) - 1) < 1e-15);
  assert.equal(inUnit(3, 'nats', 2), 3);
  const T = 200;
  const { bars } = boundBars(terms(T), 50);
  for (const t of [1, 2, 57, 200]) {
    const bar = bars[barOfTime(bars, t)];
    assert.ok(timeOfTerm(bar.first, T) <= t && t <= timeOfTerm(bar.last, T), `t = ${t}`);
  }
  assert.equal(barOfTime(bars, 0), 0);
  assert.equal(termName({ first: 137, last: 137 }), 'L₁₃₇');
  assert.equal(termName({ first: 1, last: 5 }), 'L₁ … L₅');
});

test('labels of bars: round numbers on the bars that hold them, and the ends', () => {
  const { bars } = boundBars(terms(1000), 60);
  const labels = barLabels(bars, 6);
  assert.deepEqual(labels.map(({ k }) => k), [0, 200, 400, 600, 800, 1000]);
  for (const { index, k } of labels) assert.ok(bars[index].first <= k && k <= bars[index].last);
});

test('distances in multiples of real draws', () => {
  assert.equal(multipleText({ value: 0.05, real: 0.036 }), '1.4 × real draws');
  assert.equal(multipleText({ value: 0.03, real: 0.036 }), 'as real draws');
  assert.equal(multipleText({ value: 72, real: 0.036 }), '2,000 × real draws');
  assert.equal(multipleText({ value: 1, real: 0 }), '–');
  assert.deepEqual([0.5, 1, 10, 100, 1e4].map((value) => barShare({ value, real: 1 })), [0, 0, 0.5, 1, 1]);
});

test('a log scale is for positive values over more than a factor of 20', () => {
  assert.equal(wantsLog([1, 19, null, NaN]), false);
  assert.equal(wantsLog([1, 21]), true);
  assert.equal(wantsLog([-1, 1, 100]), false);
  assert.equal(wantsLog([]), false);
});

test('the keys of tabs go around', () => {
  assert.deepEqual(['ArrowRight', 'ArrowLeft', 'Home', 'End', 'x'].map((key) => nextTab(key, 2, 3)), [0, 1, 0, 2, null]);
});
