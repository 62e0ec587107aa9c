/** The engine's steps in float32 against diffusers' numbers (test/fixtures/oracle), the same cases on every device. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { makeBetas } from '../../../core/math/schedules';
import { samplerPlan, type StepPlan } from '../../../core/math/samplers';
import { tf, type Engine } from '../../../webview/engine';
import { affineStep } from '../../../webview/experiments/ddpm/runtime';
import { plainStep } from '../../../webview/experiments/ddpm/runtime/plain';
import type { PredictionType } from '../../../core/math/diffusion';
import type { VarianceType } from '../../../core/math/samplers';

interface Row {
  sampler: 'ddpm' | 'ddim';
  prediction_type: PredictionType;
  clip_sample?: boolean;
  variance_type?: VarianceType;
  eta?: number;
  num_inference_steps?: number;
  t: number;
  prev_sample: number[][];
}

const oracle = JSON.parse(readFileSync('test/fixtures/oracle/ddpm_steps.json', 'utf8')) as {
  single_steps: { x_t: number[][]; model_output: number[][]; noise_z: number[][]; rows: Row[] };
};
const betas = makeBetas({ name: 'linear', T: 1000, betaStart: 1e-4, betaEnd: 0.02 });

export function stepTests(device: string, open: () => Promise<Engine>): void {
  describe(`sampling steps on ${device}`, () => {
    let engine: Engine;
    before(async () => { engine = await open(); });
    after(() => engine.dispose());

    it('equals diffusers in float32 to 1e-5, for every prediction type, variance and η', async () => {
      const { x_t, model_output, noise_z, rows } = oracle.single_steps;
      const unclipped = rows.filter(({ clip_sample }) => !clip_sample);
      assert.ok(unclipped.length >= 60, `${unclipped.length} rows`);
      const tensors = [x_t, model_output, noise_z].map((rows2) => tf.tensor2d(rows2));
      for (const row of unclipped) {
        const step = affineStep(planOf(row));
        const next = plainStep(step, tensors[0], tensors[1], step.z === 0 ? null : tensors[2]);
        const got = await next.data();
        next.dispose();
        row.prev_sample.flat().forEach((want, i) => {
          const error = Math.abs(got[i] - want) / Math.max(1, Math.abs(want));
          assert.ok(error <= 1e-5, `${JSON.stringify({ ...row, prev_sample: undefined })}: ${got[i]} for ${want}`);
        });
      }
      tensors.forEach((tensor) => tensor.dispose());
    });
  });
}

function planOf(row: Row): StepPlan {
  const plan = samplerPlan({
    betas, sampler: row.sampler, predictionType: row.prediction_type, varianceType: row.variance_type, eta: row.eta,
    steps: row.num_inference_steps ?? 1000, timestepSpacing: 'leading',
  });
  const found = plan.find(({ t }) => t === row.t);
  assert.ok(found, `no step at t = ${row.t}`);
  return found;
}
