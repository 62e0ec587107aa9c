/** What the pictures draw, out of the state of the page. */
import { firstOf } from '../../../core/math/examples';
import type { VaeModel, VaeScene } from '../../experiments/vae/view/types';
import type { DeviceChoice } from '../../worker/protocol';
import type { VaeCompute } from './compute';
import { objective } from './objective';
import { differences } from './runs';
import { dataKey, wantedBaseline } from './baseline';
import { allSteps, type VaeState } from './state';

export interface SceneModel {
  /** Called with what is decoded by hand, one point at a time. */
  decoded(z: Float32Array): void;
  device(): DeviceChoice;
  compute: VaeCompute;
  /** Somebody looks at principal components. */
  wantBaseline(): void;
}

export function sceneOf(state: VaeState, { device, compute, decoded, wantBaseline }: SceneModel): VaeScene {
  const { data, preview, trained, histories, revision, runs, bound, step, baseline } = state;
  const watched = (count: number) => ({ examples: firstOf(data!.test, count), labelNames: data!.labelNames });
  const model: VaeModel | null = trained && data && step > 0 && preview ? {
    latentSize: trained.latentSize,
    decode: (z, count) => {
      if (count === 1) decoded(z.slice());
      return compute.decode(device(), z, count);
    },
    encode: (values, count) => compute.encode(device(), values, count),
  } : null;
  const shown = runs.filter((run) => run.shown);
  const unlike = differences([...shown.map((run) => run.settings), ...(trained ? [trained] : [])]);
  const here = data && dataKey(data);
  const pca = baseline && baseline.key === wantedBaseline(state)?.key ? baseline : null;
  const own = histories.columns;
  return {
    model, revision,
    map: preview && data && trained ? { ...watched(preview.map.mean.length / trained.latentSize), posterior: preview.map } : null,
    pairs: preview && data ? { ...watched(preview.reconstructions.length / data.test.size), reconstructions: preview.reconstructions } : null,
    samples: preview?.samples ?? null,
    bound: bound ?? preview?.bound ?? null,
    baseline: {
      found: pca?.found ?? null, problem: pca?.problem ?? null, want: wantBaseline, model: step > 0 && preview ? preview.squaredError : null, autoencoder: trained?.noise === 'no' && trained.beta === 0,
      others: shown.flatMap((run, i) => (run.squaredError !== null && run.data === here ? [{ name: [run.name, ...unlike[i]].join(', '), error: run.squaredError }] : [])),
    },
    curves: {
      ...own, loss: objective(own, trained, data?.train.size ?? 1),
      stepsPerEpoch: trained ? Math.max(1, allSteps(state, trained) / trained.epochs) : 1,
      others: shown.map((run, i) => ({ name: [run.name, ...unlike[i]].join(', '), ...run.histories.columns, loss: objective(run.histories.columns, run.settings, data?.train.size ?? 1) })),
    },
  };
}
