/** Every fixture against the finding written beside it, and every near miss against silence. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readPython } from '../../../core/code';
import { makeBetas } from '../../../core/math/schedules';
import type { ScheduleName } from '../../../core/math/schedules';
import { expected, fixture, fixtures, summary } from './fixtures';

describe('positive fixtures', () => {
  for (const { name, text } of fixtures('positive')) {
    it(name, () => {
      const { findings, skipped } = readPython(text);
      assert.equal(skipped, undefined);
      assert.deepEqual(findings.map(summary), expected(name));
      for (const f of findings) {
        assert.ok(f.evidence.length > 0 && f.confidence > 0.5 && f.confidence <= 1);
        for (const b of f.symbols) for (const r of b.ranges) {
          const word = text.slice(r.from, r.to);
          assert.ok(word === b.name || `self.${word}` === b.name, `"${word}" stands where ${b.name} should`);
        }
      }
    });
  }
});

describe('near misses stay silent', () => {
  for (const { name, text } of fixtures('silent')) {
    it(name, () => assert.deepEqual(readPython(text).findings.map((f) => `${f.kind} ${f.name}: ${f.evidence.map((e) => e.text).join('; ')}`), []));
  }
});

describe('one wrong sign or root and the formula is gone', () => {
  const mutants: [string, string, string][] = [
    ['class_basic', '(1 - a).sqrt()', '(1 - a)'],
    ['class_basic', 'a.sqrt() * x', 'a * x'],
    ['class_basic', '1. - betas', 'betas'],
    ['class_renamed', '/ self.w[j] ** 0.5', '/ self.w[j]'],
    ['class_renamed', 'y - self.u[j]', 'y + self.u[j]'],
    ['function_sampler_numpy', 'np.sqrt(1.0 - abar[t])', 'np.sqrt(abar[t])'],
    ['script_running_product', 'acc * (1 - r)', 'acc * (1 + r)'],
  ];
  for (const [name, from, to] of mutants) {
    it(`${name}: ${from} → ${to}`, () => {
      const text = fixture(name);
      assert.ok(text.includes(from));
      assert.equal(readPython(text).findings.length, 1);
      // What trains a network to find noise is a diffusion model still, but not one of whose schedule anything is said.
      for (const f of readPython(text.replaceAll(from, to)).findings) {
        assert.deepEqual([f.hyperparameters.schedule, f.symbols], [undefined, []]);
        for (const e of f.evidence) assert.doesNotMatch(e.text, /Ho et al/);
      }
    });
  }
});

describe('the schedule is read by value', () => {
  const sources: Record<Exclude<ScheduleName, 'custom'>, string> = {
    linear: 'torch.linspace(B0, B1, T)',
    linear_scaled: 'torch.linspace(1000 / T * B0, 1000 / T * B1, T)',
    scaled_linear: '(B0 ** 0.5 + torch.arange(T) / (T - 1) * (B1 ** 0.5 - B0 ** 0.5)).pow(2)',
    cosine: 'torch.tensor([min(1 - math.cos(((i + 1) / T + 0.008) / 1.008 * math.pi / 2) ** 2 / math.cos((i / T + 0.008) / 1.008 * math.pi / 2) ** 2, 0.999) for i in range(T)])',
    sigmoid: 'B0 + (B1 - B0) / (1 + torch.exp(-torch.linspace(-6, 6, T)))',
    sigmoid_alpha_bar: '(lambda a: (1 - a[1:] / a[:-1]).clamp(max=0.999))((torch.sigmoid(torch.tensor(3.)) - torch.sigmoid(torch.linspace(-3, 3, T + 1))) / (torch.sigmoid(torch.tensor(3.)) - torch.sigmoid(torch.tensor(-3.))))',
  };
  for (const [name, source] of Object.entries(sources)) {
    for (const T of [40, 137, 1000]) {
      it(`${name}, T = ${T}`, () => {
        const text = `import math, torch\nT = ${T}\nB0, B1 = 0.0003, 0.017\nq = ${source}\nr = torch.cumprod(1 - q, 0)\ndef f(a, k):\n    e = torch.randn_like(a)\n    return r[k].sqrt() * a + (1 - r[k]).sqrt() * e\n`;
        const { findings: [finding] } = readPython(text);
        assert.ok(finding);
        const h = finding.hyperparameters;
        assert.equal(h.schedule?.value, name);
        assert.deepEqual([h.T?.value, h.T?.line], [T, 2]);
        assert.equal(h.betas, undefined);
        if (name !== 'cosine' && name !== 'sigmoid_alpha_bar') {
          assert.ok(Math.abs(h.betaStart!.value - 0.0003) < 1e-12 && Math.abs(h.betaEnd!.value - 0.017) < 1e-12);
          assert.equal(h.betaStart!.line, 3);
        }
        makeBetas({ name: h.schedule!.value as ScheduleName, T, betaStart: h.betaStart?.value, betaEnd: h.betaEnd?.value });
      });
    }
  }

  it('a perturbed cosine is custom, with the array itself', () => {
    const text = fixture('class_cosine_loop').replace('0.008', '0.0081');
    const h = readPython(text).findings[0].hyperparameters;
    assert.equal(h.schedule?.value, 'custom');
    const f = (i: number) => Math.cos(((i / 120 + 0.0081) / 1.008) * (Math.PI / 2)) ** 2;
    assert.equal(h.betas?.value.length, 120);
    h.betas?.value.forEach((b, i) => assert.ok(Math.abs(b - Math.min(1 - f(i + 1) / f(i), 0.999)) < 1e-12));
  });

  it('an option chooses the branch', () => {
    const text = fixture('class_dispatch_cosine');
    const h = readPython(text.replace("beta_schedule='cosine'", "beta_schedule='linear'")).findings[0].hyperparameters;
    assert.equal(h.schedule?.value, 'linear_scaled');
    const eps = readPython(text.replace("objective='pred_v'", "objective='pred_noise'")).findings[0].hyperparameters;
    assert.equal(eps.predictionType?.value, 'epsilon');
    const open = readPython(text.replace("beta_schedule='cosine'", 'beta_schedule')).findings[0];
    assert.equal(open.hyperparameters.schedule, undefined);
    assert.ok(open.notes.some((n) => n.includes('schedule')));
  });
});

describe('arguments of a scheduler that change what is sampled', () => {
  const call = (args: string) => readPython(`from diffusers import DDPMScheduler\ndef make(flag):\n    return DDPMScheduler(${args})\n`).findings[0];

  it('a rescaled schedule is reported with the rescaling; where that is open, not at all', () => {
    const { hyperparameters: h, notes } = call('rescale_betas_zero_snr=True');
    assert.deepEqual([h.schedule?.value, h.T?.value, h.rescaleZeroTerminalSnr?.value], ['linear', 1000, true]);
    assert.ok(notes.length === 1 && notes[0].includes('zero signal'), notes.join());
    const open = call('rescale_betas_zero_snr=flag');
    assert.deepEqual([open.hyperparameters.schedule, open.hyperparameters.betaStart, open.hyperparameters.rescaleZeroTerminalSnr], [undefined, undefined, undefined]);
    assert.ok(open.notes.length === 1 && open.notes[0].includes('not a constant'), open.notes.join());
    assert.equal(call('rescale_betas_zero_snr=False').hyperparameters.rescaleZeroTerminalSnr, undefined);
    assert.equal(call('rescale_betas_zero_snr=False').hyperparameters.schedule?.value, 'linear');
  });

  it('what the library does by default needs no note', () => {
    assert.deepEqual(call('clip_sample=False, thresholding=False, steps_offset=0').notes, []);
  });

  it('a spacing that is unknown or does not exist is not reported', () => {
    for (const args of ['timestep_spacing=flag', 'timestep_spacing="log"']) {
      const { hyperparameters: h, notes } = call(args);
      assert.equal(h.timestepSpacing, undefined);
      assert.ok(notes.length === 1 && notes[0].includes('timestep_spacing'), notes.join());
    }
  });

  it('DDIM alone is DDIM, in as few as eight steps', () => {
    const text = fixture('class_both_samplers');
    const quick = text.slice(0, text.indexOf('    def ancestral')) + text.slice(text.indexOf('    def quick'));
    for (const every of [5, 10, 14]) {
      const { hyperparameters: h, notes } = readPython(quick.replace('every=5', `every=${every}`)).findings[0];
      assert.deepEqual([h.sampler?.value, h.sampler?.name, notes], ['ddim', 'quick', []], `every ${every}`);
    }
  });
});

describe('the posterior mean is a step of DDPM where x₀ is a guess', () => {
  const text = (x0: string, noise: string) => `import torch
b = torch.linspace(1e-4, 0.02, 300)
ab = torch.cumprod(1 - b, 0)
prev = torch.cat([torch.ones(1), ab[:-1]])
def back(net, x, x_start, t, mask):
    e = net(x, t)
    guess = (x - (1 - ab[t]).sqrt() * e) / ab[t].sqrt()
    mean = prev[t].sqrt() * b[t] / (1 - ab[t]) * ${x0} + (1 - b[t]).sqrt() * (1 - prev[t]) / (1 - ab[t]) * x
    return mean${noise}
`;
  for (const [x0, sampler, noise = ''] of [['guess.clamp(-1, 1)', 'ddpm'], ['torch.clamp(net(x, t), -1, 1)', 'ddpm'], ['x_start', undefined], ['x_start', 'ddpm', ' + mask * torch.randn_like(x)']] as const) {
    it(`${x0}${noise}`, () => {
      const { findings: [finding] } = readPython(text(x0, noise));
      assert.ok(finding.evidence.some((e) => e.text.includes('posterior mean of')));
      assert.equal(finding.hyperparameters.sampler?.value, sampler);
    });
  }
});
