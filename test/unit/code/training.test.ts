/** Settings of network, training and data: what is read, from where, and where nothing is said. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { read, readPython } from '../../../core/code';
import type { DdpmHyperparameters } from '../../../core/code';

const KEYS = ['hiddenUnits', 'hiddenLayers', 'batchSize', 'learningRate', 'emaDecay', 'trainSteps', 'epochs', 'lossWeighting', 'gamma', 'rescaleZeroTerminalSnr', 'data'] as const;

/** `[value, line]` of what is read; the line is where `text` has it. */
function told(h: DdpmHyperparameters): Record<string, unknown> {
  return Object.fromEntries(KEYS.flatMap((key) => (h[key] ? [[key, h[key].value]] : [])));
}

const MODEL = `import torch, argparse, math
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader
from dataclasses import dataclass

class Diffusion(nn.Module):
    def __init__(self, net, T=200):
        super().__init__()
        self.net = net
        self.T = T
        self.register_buffer('betas', torch.linspace(1e-4, 0.05, T))
        self.register_buffer('abar', torch.cumprod(1 - self.betas, 0))

    def noisy(self, x0, t, eps):
        return self.abar[t].sqrt()[:, None] * x0 + (1 - self.abar[t]).sqrt()[:, None] * eps

    def loss(self, x0):
        t = torch.randint(0, self.T, (len(x0),))
        eps = torch.randn_like(x0)
        return F.mse_loss(self.net(self.noisy(x0, t, eps), t), eps)
`;

const NET = `
class Net(nn.Module):
    def __init__(self, hidden=96, time_dim=32):
        super().__init__()
        self.time_mlp = nn.Sequential(nn.Linear(time_dim, time_dim), nn.SiLU(), nn.Linear(time_dim, time_dim))
        self.layers = nn.Sequential(nn.Linear(2 + time_dim, hidden), nn.SiLU(), nn.Linear(hidden, hidden), nn.SiLU(), nn.Linear(hidden, 2))

    def forward(self, x, t):
        return self.layers(torch.cat([x, self.time_mlp(t)], 1))
`;

const TRAIN = `
def train(steps=4000, batch_size=256):
    diffusion = Diffusion(Net())
    opt = torch.optim.Adam(diffusion.parameters(), lr=5e-4)
    for step in range(steps):
        loss = diffusion.loss(two_moons(batch_size))
        opt.zero_grad()
        loss.backward()
        opt.step()

train()
`;

const ALL = { hiddenUnits: 96, hiddenLayers: 2, batchSize: 256, learningRate: 5e-4, trainSteps: 4000, lossWeighting: 'simple', data: 'moons' };

function of(text: string): Record<string, unknown> {
  const { findings } = readPython(text);
  assert.ok(findings.length > 0, 'the model is found');
  return told(findings[0].hyperparameters);
}

describe('a small program', () => {
  it('every setting, at its place', () => {
    const text = MODEL + NET + TRAIN;
    const [{ hyperparameters: h }] = readPython(text).findings;
    assert.deepEqual(told(h), ALL);
    const lines = text.split('\n');
    for (const [key, word] of [['hiddenUnits', 'hidden=96'], ['batchSize', 'batch_size=256'], ['learningRate', 'lr=5e-4'], ['trainSteps', 'steps=4000'], ['data', 'two_moons'], ['lossWeighting', 'mse_loss']] as const) {
      assert.ok(lines[h[key]!.line - 1].includes(word), `${key} is said to be in "${lines[h[key]!.line - 1]}"`);
    }
    assert.equal(text.slice(h.hiddenUnits!.range.from, h.hiddenUnits!.range.to), '96');
    assert.deepEqual([h.batchSize!.origin, h.learningRate!.origin, h.hiddenLayers!.origin], ['default', 'literal', 'folded']);
  });

  /** From, to, and what changes in what is read; undefined: no longer read. */
  const changes: readonly [string, string, string, Record<string, unknown>][] = [
    ['what the one call passes is in effect', 'train()\n', 'train(steps=900, batch_size=64)\n', { trainSteps: 900, batchSize: 64 }],
    ['two calls that differ say nothing', 'train()\n', 'train(steps=900)\ntrain(steps=700)\n', { trainSteps: undefined }],
    ['a network given its size', 'Diffusion(Net())', 'Diffusion(Net(hidden=48))', { hiddenUnits: 48 }],
    ['folded constants', 'lr=5e-4', 'lr=5 * 10 ** -4', {}],
    ['the optimiser of PyTorch has a default', ', lr=5e-4', '', { learningRate: 1e-3 }],
    ['SGD has none', 'torch.optim.Adam(diffusion.parameters(), lr=5e-4)', 'torch.optim.SGD(diffusion.parameters())', { learningRate: undefined }],
    ['a rate from outside', 'lr=5e-4', 'lr=float(input())', { learningRate: undefined }],
    ['layers of two sizes', 'nn.Linear(hidden, hidden), nn.SiLU(), nn.Linear(hidden, 2)', 'nn.Linear(hidden, 50), nn.SiLU(), nn.Linear(50, 2)', { hiddenUnits: 96 }],
    ['unnamed layers of two sizes', 'nn.Linear(2 + time_dim, hidden), nn.SiLU(), nn.Linear(hidden, hidden), nn.SiLU(), nn.Linear(hidden, 2)', 'nn.Linear(2 + time_dim, 64), nn.SiLU(), nn.Linear(64, 50), nn.SiLU(), nn.Linear(50, 2)', { hiddenUnits: undefined }],
    ['convolutions are no MLP', 'self.layers = nn.Sequential(', 'self.conv = nn.Conv1d(1, 8, 3)\n        self.layers = nn.Sequential(', { hiddenUnits: undefined, hiddenLayers: undefined }],
    ['epochs over a loader', 'for step in range(steps):\n        loss = diffusion.loss(two_moons(batch_size))', 'loader = DataLoader(two_moons(9000), batch_size=128, shuffle=True)\n    for epoch in range(30):\n      for x in loader:\n        loss = diffusion.loss(x)', { trainSteps: undefined, epochs: 30, batchSize: 128 }],
    ['a weighted loss is not the simple one', 'return F.mse_loss(self.net(self.noisy(x0, t, eps), t), eps)', 'weight = self.abar[t]\n        return (weight * F.mse_loss(self.net(self.noisy(x0, t, eps), t), eps, reduction="none")).mean()', { lossWeighting: undefined }],
    ['written out', 'F.mse_loss(self.net(self.noisy(x0, t, eps), t), eps)', '((self.net(self.noisy(x0, t, eps), t) - eps) ** 2).mean()', {}],
    ['other data', 'two_moons', 'sample_8gaussians', { data: 'gaussians8' }],
    ['data of no such name', 'two_moons', 'make_blobs', { data: undefined, batchSize: 256 }],
    ['a name that was chosen decides', 'train()\n', 'dataset = "pinwheel"\ntrain()\n', { data: 'pinwheel' }],
    ['a chosen name that is none of ours', 'train()\n', 'dataset = "cifar10"\ntrain()\n', { data: undefined }],
    ['an average of the weights', 'opt = torch', 'ema = EMA(diffusion, beta=0.99)\n    opt = torch', { emaDecay: 0.99 }],
    ['one that is switched off', 'opt = torch', 'use_ema = False\n    if use_ema:\n        ema = EMA(diffusion, beta=0.99)\n    opt = torch', {}],
  ];
  for (const [name, from, to, changed] of changes) {
    it(name, () => {
      const text = MODEL + NET + TRAIN;
      assert.ok(text.includes(from), 'the text has what is replaced');
      const expected: Record<string, unknown> = { ...ALL, ...changed };
      for (const key of Object.keys(expected)) if (expected[key] === undefined) delete expected[key];
      assert.deepEqual(of(text.replaceAll(from, to)), expected);
    });
  }

  it('another model beside it is left out', () => {
    const gan = `
class Generator(nn.Module):
    def __init__(self, width=512):
        super().__init__()
        self.f = nn.Sequential(nn.Linear(16, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 2))

def train_gan(batch_size=32, epochs=7):
    g = Generator()
    opt_g = torch.optim.Adam(g.parameters(), lr=2e-4)
    for epoch in range(epochs):
        loss = g.f(torch.randn(batch_size, 16)).sum() * math.sqrt(2)
        loss.backward()
        opt_g.step()

train_gan()
`;
    assert.deepEqual(of(MODEL + NET + TRAIN + gan), ALL);
    assert.deepEqual(of(MODEL + NET + gan + TRAIN), ALL);
  });
});

describe('settings by name', () => {
  const cli = `
def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument('--batch-size', type=int, default=48)
    parser.add_argument('--lr', type=float, default=3e-4)
    parser.add_argument('--num_epochs', type=int, default=12)
    parser.add_argument('--ema_decay', type=float, default=0.995)
    parser.add_argument('--dataset', default='swiss_roll')
    return parser.parse_args()

args = arguments()
diffusion = Diffusion(None)
`;
  it('argparse', () => {
    const [{ hyperparameters: h }] = readPython(MODEL + cli).findings;
    assert.deepEqual(told(h), { batchSize: 48, learningRate: 3e-4, emaDecay: 0.995, epochs: 12, lossWeighting: 'simple', data: 'swiss-roll' });
    assert.ok([h.batchSize, h.learningRate, h.emaDecay, h.epochs, h.data].every((x) => x!.origin === 'config'));
  });

  it('a dataclass, and two places that differ', () => {
    const config = '\n@dataclass\nclass DiffusionConfig:\n    batch_size: int = 100\n    learning_rate: float = 1e-3\n    hidden_dim: int = 64\n\nconfig = DiffusionConfig()\ndiffusion = Diffusion(None)\n';
    assert.deepEqual(of(MODEL + config), { batchSize: 100, learningRate: 1e-3, hiddenUnits: 64, lossWeighting: 'simple' });
    assert.deepEqual(of(`${MODEL}${config}BATCH_SIZE = 32\n`), { learningRate: 1e-3, hiddenUnits: 64, lossWeighting: 'simple' });
  });

  it('a batch that is sampled or evaluated is none', () => {
    assert.equal(of(`${MODEL}\nclass Sampler:\n    def sample(self, model, batch_size=16):\n        return Diffusion(model)\n`).batchSize, undefined);
  });
});

describe('weights over t', () => {
  const weighted = (line: string, prediction = 'eps') => `${MODEL}
class Weighted(nn.Module):
    def __init__(self, net, T=400, gamma=5.0):
        super().__init__()
        self.net = net
        self.T = T
        betas = torch.linspace(1e-4, 0.02, T)
        alphas = 1 - betas
        self.abar = torch.cumprod(alphas, 0)
        prev = F.pad(self.abar[:-1], (1, 0), value=1.)
        variance = betas * (1 - prev) / (1 - self.abar)
        snr = self.abar / (1 - self.abar)
        self.lam = ${line}

    def loss(self, x0, t):
        eps = torch.randn_like(x0)
        x = self.abar[t].sqrt()[:, None] * x0 + (1 - self.abar[t]).sqrt()[:, None] * eps
        return (self.lam[t] * ((self.net(x, t) - ${prediction}) ** 2).mean(1)).mean()
`;
  const read2 = (text: string) => told(readPython(text).findings.find((f) => f.name === 'Weighted')!.hyperparameters);
  for (const [line, expected] of [
    ['torch.clamp(snr, max=gamma)', { lossWeighting: 'min_snr', gamma: 5 }],
    ['torch.clamp(snr, max=gamma) / snr', { lossWeighting: 'min_snr', gamma: 5 }],
    ['snr.clamp(max=gamma) / (snr + 1)', { lossWeighting: 'min_snr', gamma: 5 }],
    ['betas ** 2 / (2 * betas * alphas * (1 - self.abar))', { lossWeighting: 'vlb' }],
    ['betas ** 2 / (2 * variance.clamp(min=1e-20) * alphas * (1 - self.abar))', { lossWeighting: 'vlb' }],
    ['snr / (snr + 1)', {}],
  ] as const) it(line, () => assert.deepEqual(read2(weighted(line)), expected));
});

describe('zero terminal SNR', () => {
  const rescale = `
def rescale_zero_terminal_snr(betas):
    alphas_bar_sqrt = torch.cumprod(1.0 - betas, dim=0).sqrt()
    first = alphas_bar_sqrt[0].clone()
    last = alphas_bar_sqrt[-1].clone()
    alphas_bar_sqrt -= last
    alphas_bar_sqrt *= first / (first - last)
    alphas_bar = alphas_bar_sqrt ** 2
    alphas = torch.cat([alphas_bar[0:1], alphas_bar[1:] / alphas_bar[:-1]])
    return 1 - alphas
`;
  const rescaled = MODEL.replace('torch.linspace(1e-4, 0.05, T))', 'rescale_zero_terminal_snr(torch.linspace(1e-4, 0.05, T)))');
  it('the function of the paper, in the file', () => {
    const [f] = readPython(rescaled + rescale).findings;
    const h = f.hyperparameters;
    assert.deepEqual([h.T?.value, h.schedule?.value, h.betaStart?.value, h.betaEnd?.value, h.rescaleZeroTerminalSnr?.value, h.betas], [200, 'linear', 1e-4, 0.05, true, undefined]);
    assert.ok(f.notes.some((n) => n.includes('rescaled')));
  });
  it('imported, the schedule is not known but the rescaling is', () => {
    const [f] = readPython(`from schedules import rescale_zero_terminal_snr\n${rescaled}`).findings;
    assert.deepEqual([f.hyperparameters.schedule, f.hyperparameters.rescaleZeroTerminalSnr?.value], [undefined, true]);
  });
  it('a last β of 1 by another way is no schedule of a name', () => {
    const h = readPython(rescaled + rescale.replace('first / (first - last)', '1 / (1 - last)')).findings[0]?.hyperparameters;
    assert.equal(h?.schedule, undefined);
    assert.equal(h?.rescaleZeroTerminalSnr, undefined);
  });
  it('a function that is called for something else changes nothing', () => {
    const text = MODEL.replace("        self.register_buffer('abar'", "        self.other = rescale_zero_terminal_snr(self.betas)\n        self.register_buffer('abar'");
    assert.equal(readPython(text + rescale).findings[0].hyperparameters.rescaleZeroTerminalSnr, undefined);
  });
});

describe('samples', () => {
  for (const [file, expected] of [
    ['ddpm_moons.py', { hiddenUnits: 128, hiddenLayers: 3, batchSize: 512, learningRate: 1e-3, trainSteps: 5001, lossWeighting: 'simple', data: 'moons' }],
    ['ddpm_functions.py', { hiddenUnits: 128, hiddenLayers: 2, batchSize: 512, learningRate: 1e-3, trainSteps: 4000, lossWeighting: 'simple', data: 'gaussians8' }],
    ['diffusers_sampling.py', { hiddenUnits: 128, hiddenLayers: 2, batchSize: 512, learningRate: 1e-3, trainSteps: 5000, lossWeighting: 'simple', data: 'checkerboard' }],
    ['ddpm_tfjs.ts', { hiddenUnits: 96, batchSize: 256, learningRate: 2e-3, trainSteps: 3001, lossWeighting: 'simple', data: 'moons' }],
  ] as const) it(file, () => assert.deepEqual(told(read(readFileSync(`samples/${file}`, 'utf8'), file.endsWith('.ts') ? 'typescript' : 'python').findings[0].hyperparameters), expected));
});

describe('TensorFlow.js layers', () => {
  const model = (layers: string, train: string) => `import * as tf from '@tensorflow/tfjs';
const betas = tf.linspace(1e-4, 0.05, 120);
const abar = tf.cumprod(tf.sub(1, betas));
${layers}
function lossOf(x0: tf.Tensor2D): tf.Scalar {
  const t = tf.randomUniform([64], 0, 120, 'int32') as tf.Tensor1D;
  const noise = tf.randomNormal(x0.shape) as tf.Tensor2D;
  const a = abar.gather(t).expandDims(1);
  const xt = a.sqrt().mul(x0).add(tf.sub(1, a).sqrt().mul(noise));
  return tf.losses.meanSquaredError(noise, net.predict([xt, t]) as tf.Tensor2D);
}
${train}`;
  const train = 'const optimizer = tf.train.adam(0.003);\nfor (let i = 0; i < 2500; i++) optimizer.minimize(() => lossOf(checkerboard(300)));\n';
  it('tf.sequential with its list', () => {
    const [f] = read(model('const net = tf.sequential({ layers: [tf.layers.dense({ units: 80, inputShape: [3] }), tf.layers.dense({ units: 80 }), tf.layers.dense({ units: 2 })] });', train), 'typescript').findings;
    assert.deepEqual(told(f.hyperparameters), { hiddenUnits: 80, hiddenLayers: 2, batchSize: 300, learningRate: 0.003, trainSteps: 2500, lossWeighting: 'simple', data: 'checkerboard' });
  });
  it('layers that are added', () => {
    const [f] = read(model('const net = tf.sequential();\nnet.add(tf.layers.dense({ units: 80, inputShape: [3] }));\nnet.add(tf.layers.dense({ units: 2 }));', ''), 'typescript').findings;
    assert.deepEqual(told(f.hyperparameters), { hiddenUnits: 80, hiddenLayers: 1, lossWeighting: 'simple' });
  });
});
