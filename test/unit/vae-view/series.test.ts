/** Curves, gaps, histograms; questions to the model of which only the latest matter. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Asker } from '../../../webview/experiments/vae/view/decoder';
import { vaeLinks } from '../../../webview/experiments/vae/view/links';
import { aligned, errorRows, gapsOf, histogram, lossDiffers, quantileOf, stacked, thinned } from '../../../webview/experiments/vae/view/series';

describe('curves', () => {
  test('runs with steps of their own share one axis', () => {
    assert.deepEqual(aligned([{ steps: [1, 3], columns: [[10, 30], [11, NaN]] }, { steps: [2, 3], columns: [[5, 6]] }]), { steps: [1, 2, 3], columns: [[10, null, 30], [11, null, null], [null, 5, 6]] });
  });

  test('the divergence stands on the reconstruction', () => assert.deepEqual(stacked({ reconstruction: [100, 90], klDivergence: [5, 10] }), [[100, 90], [105, 100]]));

  test('a loss of another β or reduction is told from −ELBO; rounding is not', () => {
    const curves = { steps: [1], reconstruction: [100], klDivergence: [20], stepsPerEpoch: 1, others: [] };
    assert.equal(lossDiffers({ ...curves, loss: [120.00001] }), false);
    assert.equal(lossDiffers({ ...curves, loss: [180] }), true);
    assert.equal(lossDiffers({ ...curves, loss: [120 / 784] }), true);
  });

  test('thinning keeps both ends and the order', () => {
    const kept = thinned(10_000, 100);
    assert.equal(kept.length, 100);
    assert.deepEqual([kept[0], kept.at(-1)], [0, 9999]);
    assert.ok(kept.every((value, i) => i === 0 || value > kept[i - 1]));
    assert.deepEqual(thinned(3, 100), [0, 1, 2]);
  });
});

describe('the bound', () => {
  test('gaps are what the importance weighted bound is tighter by, k ascending', () => {
    const none = new Float32Array(0);
    const bound = { count: 1, reconstruction: 80, kl: 25, reconstructions: none, kls: none, klPerDimension: none, importance: [{ k: 50, bound: -101 }, { k: 5, bound: -103 }] };
    assert.deepEqual(gapsOf(bound), [{ k: 5, value: 103, gap: 2 }, { k: 50, value: 101, gap: 4 }]);
  });

  test('a histogram counts every value once', () => {
    assert.deepEqual(histogram([0, 1, 2, 3, 4, 4], 4), { from: 0, width: 1, counts: [1, 1, 1, 3] });
    assert.deepEqual(histogram([7, 7], 3).counts, [2, 0, 0]);
    assert.deepEqual(histogram([], 3).counts, []);
    assert.equal(quantileOf([3, 1, 2], 0.5), 2);
  });
});

describe('errors beside their baselines', () => {
  const found = { mean: 50, pca: 20, components: 8 };

  test('all bars share one axis from 0; a model that is not there yet has none', () => {
    const rows = errorRows({ model: null, others: [{ name: 'A', error: 10 }] }, found);
    assert.deepEqual(rows.map(({ kind, error, share }) => [kind, error, share]), [['mean', 50, 1], ['pca', 20, 0.4], ['model', null, 0], ['run', 10, 0.2]]);
    assert.equal(rows[1].components, 8);
  });

  test('what is far worse than the mean example does not press the others together', () => {
    const shares = errorRows({ model: 5000, others: [{ name: 'A', error: NaN }, { name: 'B', error: 60 }] }, found).map(({ share }) => share);
    assert.deepEqual(shares, [0.5, 0.2, 1, 1, 0.6]);
    assert.deepEqual(errorRows({ model: 0, others: [] }, { mean: 0, pca: 0, components: 2 }).map(({ share }) => share), [0, 0, 0]);
  });
});

describe('questions to the model', () => {
  const failed = (error: unknown) => assert.fail(String(error));
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

  test('while one is answered only the latest of the others waits', async () => {
    const [asked, answered]: number[][] = [[], []];
    const release: (() => void)[] = [];
    const asker = new Asker<number, number>(async (question) => {
      asked.push(question);
      await new Promise<void>((resolve) => release.push(resolve));
      return 10 * question;
    }, (answer) => answered.push(answer), failed);
    for (const question of [1, 2, 3, 4]) asker.ask(question);
    release[0]();
    await settle();
    release[1]();
    await settle();
    assert.deepEqual([asked, answered], [[1, 4], [10, 40]]);
  });

  test('an answer that is not wanted any more is dropped; the next question is answered', async () => {
    const answered: number[] = [];
    const asker = new Asker<number, number>(async (question) => question, (answer) => answered.push(answer), failed);
    asker.ask(1);
    asker.drop();
    asker.ask(2);
    await settle();
    assert.deepEqual(answered, [2]);
  });

  test('a failure is told, and does not end the questions', async () => {
    const said: string[] = [];
    const asker = new Asker<number, number>(async (question) => {
      if (question === 1) throw new Error('lost');
      return question;
    }, (answer) => said.push(String(answer)), (error) => said.push((error as Error).message));
    asker.ask(1);
    await settle();
    asker.ask(2);
    await settle();
    assert.deepEqual(said, ['lost', '2']);
  });
});

test('picks are told once, and a null takes one back', () => {
  let told = 0;
  const opened: string[] = [];
  const links = vaeLinks((view) => opened.push(view));
  links.changed(() => told++);
  links.pick({ example: 4 });
  links.pick({ example: 4 });
  links.pick({ dimension: 1 });
  assert.deepEqual([links.example, links.dimension, told], [4, 1, 2]);
  links.pick({ example: null });
  assert.deepEqual([links.example, links.dimension], [null, 1]);
  links.open('traverse');
  assert.deepEqual(opened, ['traverse']);
});
