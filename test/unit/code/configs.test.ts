/** Files of settings: diffusers' own JSON, and what is refused. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readFile } from '../../../core/code';
import { parseJson } from '../../../core/code/configs/json';
import { safeName } from '../../../core/code/configs/siblings';
import { SCHEDULERS } from '../../../core/code/recognise/diffusers-schedulers';

const one = (name: string, text: string, siblings: Record<string, string> = {}) => {
  const reading = readFile(name, text, { sibling: (path) => siblings[path] });
  assert.equal(reading?.findings.length, 1, JSON.stringify(reading));
  return reading!.findings[0];
};
const values = (f: ReturnType<typeof one>) => Object.fromEntries(Object.entries(f.hyperparameters).map(([key, h]) => [key, [h.value, h.origin, h.line]]));

const SCHEDULER = `{
  "_class_name": "DDPMScheduler",
  "_diffusers_version": "0.30.0",
  "beta_end": 0.015,
  "beta_schedule": "scaled_linear",
  "beta_start": 1.5e-3,
  "clip_sample": false,
  "num_train_timesteps": 640,
  "prediction_type": "v_prediction",
  "timestep_spacing": "trailing",
  "trained_betas": null
}
`;

describe('scheduler_config.json', () => {
  it('each value at its place, the rest by the library', () => {
    const f = one('out/scheduler/scheduler_config.json', SCHEDULER);
    assert.deepEqual([f.kind, f.family, f.framework, f.name, f.range.line, f.extent.line, f.extent.endLine], ['config', 'ddpm', 'diffusers', 'DDPMScheduler', 2, 1, 12]);
    assert.deepEqual(values(f), {
      T: [640, 'config', 8], schedule: ['scaled_linear', 'config', 5], betaStart: [0.0015, 'config', 6], betaEnd: [0.015, 'config', 4], predictionType: ['v_prediction', 'config', 9],
      sampler: ['ddpm', 'config', 2], varianceType: ['fixed_small', 'library', 2], timestepSpacing: ['trailing', 'config', 10],
    });
    const { range } = f.hyperparameters.betaStart!;
    assert.equal(SCHEDULER.slice(range.from, range.to), '1.5e-3');
    assert.equal(SCHEDULER.slice(f.range.from, f.range.to), '"_class_name": "DDPMScheduler"');
  });

  it('other schedulers with betas have their own defaults', () => {
    const bare = (className: string) => values(one('scheduler_config.json', JSON.stringify({ _class_name: className })));
    assert.deepEqual(bare('EulerDiscreteScheduler').timestepSpacing, ['linspace', 'library', 1]);
    assert.deepEqual(bare('PNDMScheduler').timestepSpacing, ['leading', 'library', 1]);
    assert.deepEqual(bare('HeunDiscreteScheduler').betaStart, [0.00085, 'library', 1]);
    assert.deepEqual(bare('LCMScheduler').schedule, ['scaled_linear', 'library', 1]);
    assert.equal(bare('EulerDiscreteScheduler').sampler, undefined);
    for (const [name, { kind }] of Object.entries(SCHEDULERS)) {
      const f = one('scheduler_config.json', JSON.stringify({ _class_name: name }));
      assert.equal(f.family, kind === 'sigmas' ? 'score-sde' : name.startsWith('DDIM') ? 'ddim' : 'ddpm', name);
    }
  });

  it('noise levels of score models', () => {
    const f = one('scheduler_config.json', '{"_class_name": "ScoreSdeVeScheduler", "sigma_max": 50.0, "num_train_timesteps": 2000}');
    assert.deepEqual([f.family, values(f)], ['score-sde', { sigmaMin: [0.01, 'library', 1], sigmaMax: [50, 'config', 1], snr: [0.15, 'library', 1], noiseLevels: [2000, 'config', 1] }]);
  });

  it('betas as an array, and zero terminal SNR', () => {
    const f = one('scheduler_config.json', '{"_class_name": "DDIMScheduler", "trained_betas": [0.01, 0.02, 0.04], "rescale_betas_zero_snr": false}');
    assert.deepEqual([f.hyperparameters.schedule?.value, f.hyperparameters.T?.value, f.hyperparameters.betas?.value], ['custom', 3, [0.01, 0.02, 0.04]]);
    assert.equal(one('scheduler_config.json', '{"_class_name": "DDIMScheduler", "rescale_betas_zero_snr": true}').hyperparameters.rescaleZeroTerminalSnr?.value, true);
  });

  it('flows, unknown classes, other names and damage are silent', () => {
    const silent = (name: string, text: string) => assert.deepEqual(readFile(name, text), { findings: [] }, text.slice(0, 60));
    silent('scheduler_config.json', '{"_class_name": "FlowMatchEulerDiscreteScheduler", "num_train_timesteps": 1000}');
    silent('scheduler_config.json', '{"_class_name": "DPMSolverMultistepScheduler", "prediction_type": "flow_prediction"}');
    for (const text of ['', '{', 'null', '[]', '"_class_name"', '{"_class_name": 3}', '{"_class_name": "constructor"}', '{"_class_name": "UNet2DModel"}', `${'['.repeat(100_000)}"_class_name"`]) silent('scheduler_config.json', text);
    assert.equal(readFile('package.json', SCHEDULER), null);
    assert.equal(readFile('my_scheduler_config.json', SCHEDULER), null);
    assert.equal(one('scheduler_config.json', SCHEDULER.replace(/\}\s*$/, '')).hyperparameters.T?.value, 640, 'cut off');
  });
});

describe('model_index.json and config.json', () => {
  const pipeline = (scheduler: string) => JSON.stringify({ _class_name: 'DDPMPipeline', scheduler: ['diffusers', scheduler], unet: ['diffusers', 'UNet2DModel'] }, null, 2);

  it('the pipeline\'s scheduler tells the family, its settings lie beside', () => {
    const alone = one('model_index.json', pipeline('DDIMScheduler'));
    assert.deepEqual([alone.family, alone.name, values(alone), alone.notes.length], ['ddim', 'DDPMPipeline', { sampler: ['ddim', 'config', 5] }, 1]);
    const f = one('model_index.json', pipeline('DDPMScheduler'), { 'scheduler/scheduler_config.json': SCHEDULER });
    assert.deepEqual([f.hyperparameters.T?.value, f.hyperparameters.T?.line, f.hyperparameters.T?.file], [640, 8, 'scheduler/scheduler_config.json']);
    assert.deepEqual(readFile('model_index.json', pipeline('FlowMatchEulerDiscreteScheduler')), { findings: [] });
    assert.deepEqual(readFile('model_index.json', JSON.stringify({ _class_name: 'X', scheduler: ['my_code', 'DDPMScheduler'] })), { findings: [] });
  });

  it('a pipeline of an autoencoder alone', () => {
    assert.equal(one('model_index.json', JSON.stringify({ _class_name: 'VaePipeline', vae: ['diffusers', 'AutoencoderKL'] })).family, 'vae');
    assert.deepEqual(readFile('model_index.json', JSON.stringify({ _class_name: 'X', vae: ['diffusers', 'AutoencoderKL'], transformer: ['diffusers', 'Y'] })), { findings: [] });
  });

  it('autoencoders', () => {
    const f = one('vae/config.json', '{\n  "_class_name": "AutoencoderKL",\n  "latent_channels": 16,\n  "sample_size": 512\n}');
    assert.deepEqual([f.family, values(f)], ['vae', { latentSize: [16, 'config', 3], channels: [3, 'library', 2], imageSize: [512, 'config', 4] }]);
    assert.equal(one('config.json', '{"_class_name": "VQModel"}').family, 'autoencoder');
    assert.deepEqual(values(one('config.json', '{"_class_name": "AutoencoderKLWan"}')), {});
    assert.deepEqual(readFile('config.json', '{"_class_name": "UNet2DConditionModel"}'), { findings: [] });
    assert.deepEqual(readFile('config.json', '{"model_type": "bert"}'), { findings: [] });
  });
});

describe('names of files beside the code', () => {
  it('stay inside the folder', () => {
    for (const name of ['conf.yaml', './conf.yml', 'a/b/c.json', 'configs/./x.yaml', 'mit leer.yaml']) assert.notEqual(safeName(name), null, name);
    for (const name of ['/etc/passwd.json', '../x.yaml', 'a/../../x.yaml', 'C:\\x.yaml', 'C:/x.yaml', '~/x.yaml', 'https://x/y.json', 'a\\b.yaml', 'x.py', 'x', '', '.yaml/..', 'a//b.yaml', `${'x'.repeat(300)}.yaml`, 'x\0.yaml']) assert.equal(safeName(name), null, name);
  });

  it('JSON with places', () => {
    const text = '{"a": [1, 2.5], // comment\n "b": {"c": "d",},}';
    const root = parseJson(text);
    assert.ok(root?.kind === 'map');
    const [a, b] = root.entries.map(({ value }) => value);
    assert.equal(text.slice(a.from, a.to), '[1, 2.5]');
    assert.ok(b.kind === 'map' && b.entries[0].value.kind === 'scalar' && b.entries[0].value.value === 'd');
  });
});
