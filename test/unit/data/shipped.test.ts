/** The sets that ship: they are what they are said to be, small, and a part of what was published. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, test } from 'node:test';
import { loadShipped, SHIPPED, SHIPPED_FILES, shippedFile } from '../../../core/data/shipped';
import { pointData } from '../../../core/data/pointData';
import { DataError } from '../../../core/data/dataError';
import { datasetOf } from '../../../core/math/datasets';
import { IMAGE_SETS, POINT_SETS } from '../../../webview/experiments/vae/manifest';

const FOLDER = 'webview/experiments/vae/data';
const fetchBytes = async (file: string) => new Uint8Array(await readFile(path.join(FOLDER, file)));

const moments = (values: ArrayLike<number>): [mean: number, deviation: number] => {
  const all = Array.from(values);
  const mean = all.reduce((a, b) => a + b, 0) / all.length;
  return [mean, Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length)];
};

/** SHA-256 of the pixels. */
const TAKEN = {
  'mnist train': 'f560eb663e60e4b534550654fecf68dd6de79409df056424d1c316c5836922c5',
  'mnist test': '4b0f990ad76ef0d524b39103bff8812b445ff40a4322441ad6acddd576845117',
  'fashion-mnist train': '9fd8dc5c73b610a8a5af64c29397c7a9141af1d45a6a0feb0181cf3eaa652fb6',
  'fashion-mnist test': '11b0045dd333d8ef2744dafdf3a858b82b075ccca7ea40c6dd09e1d214438199',
};

describe('images that ship', () => {
  test('all files are there and nothing else, at most 1 MB together, with both licences', () => {
    assert.deepEqual(readdirSync(FOLDER).sort(), [...SHIPPED_FILES, 'README.md'].sort());
    assert.ok(SHIPPED_FILES.reduce((sum, file) => sum + statSync(path.join(FOLDER, file)).size, 0) <= 1e6);
    const readme = readFileSync(path.join(FOLDER, 'README.md'), 'utf8');
    for (const words of ['Yann LeCun, Corinna Cortes', 'Attribution-Share Alike 3.0', 'The MIT License (MIT) Copyright © 2017 Zalando SE', 'The above copyright notice and this permission notice shall be included']) assert.ok(readme.includes(words), words);
    assert.deepEqual(SHIPPED.map(({ id }) => id), [...IMAGE_SETS]);
  });

  // Mean and standard deviation of all pixels of the whole training sets as everybody normalises by them: 0.1307, 0.3081; 0.2860, 0.3530.
  for (const [id, train, held, mean, deviation] of [['mnist', 2000, 500, 0.1307, 0.3081], ['fashion-mnist', 1000, 250, 0.286, 0.353]] as const) {
    test(`${id}: counts, labels, pixels`, async () => {
      const data = await loadShipped(id, fetchBytes);
      assert.deepEqual([data.id, data.train.count, data.test.count], [id, train, held]);
      for (const { count, size, image, values, labels } of [data.train, data.test]) {
        assert.deepEqual([size, image, values.length], [784, { height: 28, width: 28, channels: 1 }, count * 784]);
        const counts = new Array<number>(10).fill(0);
        labels!.forEach((label) => counts[label]++);
        assert.deepEqual(counts, new Array(10).fill(count / 10));
        // A beginning has all labels, too.
        assert.equal(new Set(labels!.subarray(0, 100)).size, 10);
        const [of, spread] = moments(values);
        assert.ok(Math.abs(of / 255 - mean) < 0.012 && Math.abs(spread / 255 - deviation) < 0.012, `${of / 255} ${spread / 255}`);
      }
      const known = new Set(Array.from({ length: train }, (_, i) => Buffer.from(data.train.values.slice(i * 784, (i + 1) * 784)).toString('base64')));
      assert.equal(known.size, train, 'an image stands twice in the training set');
      for (let i = 0; i < held; i++) assert.ok(!known.has(Buffer.from(data.test.values.slice(i * 784, (i + 1) * 784)).toString('base64')), 'an image is in both parts');
      assert.equal(data.labelNames?.length ?? 10, 10);
      assert.match(data.attribution, id === 'mnist' ? /CC BY-SA 3\.0/ : /MIT License/);
    });
  }

  test('labels are those of their images: a nearest mean tells them apart', async () => {
    for (const [id, least] of [['mnist', 0.75], ['fashion-mnist', 0.6]] as const) {
      const { train, test: held } = await loadShipped(id, fetchBytes);
      const means = Array.from({ length: 10 }, () => new Float64Array(784));
      train.labels!.forEach((label, i) => means[label].forEach((_, p) => (means[label][p] += train.values[i * 784 + p] / (train.count / 10))));
      const right = held.labels!.filter((label, i) => {
        const far = means.map((mean) => mean.reduce((sum, value, p) => sum + (value - held.values[i * 784 + p]) ** 2, 0));
        return far.indexOf(Math.min(...far)) === label;
      }).length / held.count;
      assert.ok(right > least, `${id}: ${right}`);
    }
  });

  // As scripts/build-images.mjs took them out of the published sets.
  test('they are the images that were taken, byte for byte', async () => {
    for (const [id, expected] of Object.entries(TAKEN)) {
      const [set, part] = id.split(' ');
      const { train, test: held } = await loadShipped(set as 'mnist', fetchBytes);
      assert.equal(createHash('sha256').update((part === 'train' ? train : held).values).digest('hex'), expected, id);
    }
  });

  test('a file that is cut is named with the place', async () => {
    const cutting = async (file: string) => (file.includes('test-images') ? fetchBytes(file).then((bytes) => bytes.subarray(0, 1000)) : fetchBytes(file));
    await assert.rejects(loadShipped('mnist', cutting), (error) => error instanceof DataError && error.message.startsWith(`${shippedFile('mnist', 'test-images')}: the gzip file is cut or damaged`));
  });
});

describe('points as examples', () => {
  test('standardised, drawn by the seed, the test part apart from the other', () => {
    for (const id of POINT_SETS) {
      const data = pointData(id, 4);
      assert.deepEqual([data.title, data.train.size, data.train.image, data.train.values.length], [datasetOf(id).title, 2, null, 20_000]);
      for (const axis of [0, 1]) {
        const [mean, deviation] = moments(data.train.values.filter((_, i) => i % 2 === axis));
        assert.ok(Math.abs(mean) < 0.05 && Math.abs(deviation - 1) < 0.05, `${id} ${mean} ${deviation}`);
      }
      assert.deepEqual(pointData(id, 4), data);
      assert.notDeepEqual(data.test.values.slice(0, 100), data.train.values.slice(0, 100));
      assert.equal(data.train.labels === null, id === 'swiss-roll' || id === 'dinosaur');
    }
  });

  test('labels are the parts: equally many, and each lies where its part is', () => {
    for (const id of POINT_SETS) {
      const { train: { labels, values, count } } = pointData(id, 2);
      const { parts, mean, std } = datasetOf(id);
      if (!labels || !parts) continue;
      const counts = new Array<number>(parts).fill(0);
      labels.forEach((label) => counts[label]++);
      for (const n of counts) assert.ok(Math.abs(n - count / parts) < 5 * Math.sqrt(count / parts), `${id}: ${counts.join(' ')}`);
      if (id === 'rings') labels.forEach((label, i) => assert.ok(Math.abs(Math.hypot(values[2 * i] * std[0], values[2 * i + 1] * std[1]) - (label + 1) / 3) < 0.3));
      if (id === 'gaussians8') labels.forEach((label, i) => assert.ok(Math.hypot(values[2 * i] * std[0] - Math.cos(label * Math.PI / 4), values[2 * i + 1] * std[1] - Math.sin(label * Math.PI / 4)) < 0.6));
      // The first moon is the upper one.
      if (id === 'moons') assert.ok(labels.every((label, i) => label === 1 || values[2 * i + 1] * std[1] + mean[1] > -0.3));
    }
  });
});
