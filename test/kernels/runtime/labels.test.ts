/** Each frame says which timestep the next step starts from, also where DDIM's steps do not arrive there. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { timesteps, type TimestepSpacing } from '../../../core/math/samplers';
import { startEngine } from '../../../webview/engine';
import { DEFAULTS } from '../../../webview/experiments/ddpm/manifest';
import { loadNetwork, sampleFrames } from '../../../webview/experiments/ddpm/runtime';
import { WASM_PATHS } from '../engine/suite';

it('labels the frames with the timesteps of the run, in every spacing', async () => {
  const engine = await startEngine({ device: 'wasm', wasmPaths: WASM_PATHS });
  const network = loadNetwork(engine, readFileSync('webview/experiments/ddpm/weights/moons.safetensors'));
  try {
    for (const timestepSpacing of ['leading', 'linspace', 'trailing'] satisfies TimestepSpacing[]) {
      const labels: number[] = [];
      const settings = { ...DEFAULTS, T: 200, sampler: 'ddim', steps: 30, points: 20, timestepSpacing } as const;
      for await (const { t } of sampleFrames(engine, network, settings, new AbortController().signal)) labels.push(t);
      assert.deepEqual(labels, [...timesteps({ T: 200, steps: 30, spacing: timestepSpacing }), -1], timestepSpacing);
    }
  } finally {
    network.dispose();
    engine.dispose();
  }
});
