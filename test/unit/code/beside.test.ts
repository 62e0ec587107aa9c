/** Files of code beside the one that is read: the models that it trains, and settings that it imports. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { read, ReadingSession, type Finding } from '../../../core/code';

const MODEL = `import torch
from torch import nn

class Coder(nn.Module):
    def __init__(self, sides, code=12):
        super().__init__()
        self.inner = nn.Linear(sides, 96)
        self.mean = nn.Linear(96, code)
        self.spread = nn.Linear(96, code)
        self.outer = nn.Linear(code, sides)

    def forward(self, x):
        h = torch.relu(self.inner(x))
        m, s = self.mean(h), self.spread(h)
        z = m + torch.exp(0.5 * s) * torch.randn_like(m)
        return torch.sigmoid(self.outer(z)), m, s

def bound(x, y, m, s):
    return nn.functional.binary_cross_entropy(y, x, reduction='sum') - 0.5 * torch.sum(1 + s - m ** 2 - s.exp())
`;

const program = (imports: string, make: string, step = 'opt = torch.optim.Adam(net.parameters(), lr=3e-4)\n    loss = net(x).sum()\n    loss.backward()\n    opt.step()') => `import torch
${imports}

def main(x):
    net = ${make}
    ${step}
`;

function findings(text: string, files: Record<string, string>, asked: string[] = []): Finding[] {
  return read(text, 'python', { sibling: (name) => { asked.push(name); return files[name]; } }).findings;
}

const settings = (f: Finding) => Object.fromEntries(Object.entries(f.hyperparameters).map(([key, h]) => [key, h && [h.value, h.file ?? 'here']]));

describe('a program that trains a model of another file', () => {
  const WAYS: Record<string, [imports: string, make: string, file: string]> = {
    'from a file': ['from nets import Coder', 'Coder(784)', 'nets.py'],
    'under another name': ['from nets import Coder as C', 'C(784)', 'nets.py'],
    'a module': ['import nets', 'nets.Coder(784)', 'nets.py'],
    'a module under another name': ['import nets as n', 'n.Coder(784)', 'nets.py'],
    'everything': ['from nets import *', 'Coder(784)', 'nets.py'],
    'of a package': ['from models.coder import (\n    Coder,  # the model\n)', 'Coder(784)', 'models/coder.py'],
    'a module of a package': ['from models import coder', 'coder.Coder(784)', 'models/coder.py'],
    'relative': ['from .nets import Coder', 'Coder(784)', 'nets.py'],
    'from the folder of the project': ['from models.coder import Coder', 'Coder(784)', '../models/coder.py'],
    'moved to a device': ['from nets import Coder', "Coder(784).to('cuda')", 'nets.py'],
  };
  for (const [way, [imports, make, file]] of Object.entries(WAYS)) {
    it(way, () => {
      const text = program(imports, make);
      const [f, ...more] = findings(text, { [file]: MODEL });
      assert.deepEqual([f?.family, f?.name, f?.kind, more.length], ['vae', 'main', 'function', 0]);
      assert.deepEqual(settings(f), { latentSize: [12, file], likelihood: ['bernoulli', file], reconstructionReduction: ['sum', file], klReduction: ['sum', file], activation: ['relu', file], learningRate: [3e-4, 'here'], optimizer: ['adam', 'here'] });
      const { latentSize } = f.hyperparameters;
      assert.equal(MODEL.slice(latentSize!.range.from, latentSize!.range.to), '12');
      assert.match(f.evidence[0].text, new RegExp(`^trains Coder of ${file.replaceAll('.', '\\.')}, which `));
      assert.equal(text.slice(f.evidence[0].range.from, f.evidence[0].range.to), make.replace(".to('cuda')", ''));
    });
  }

  it('through a package that hands it on', () => {
    const [f] = findings(program('from models import Coder', 'Coder(784)'), { 'models/__init__.py': 'from .nets import Coder\nfrom .other import Other\n', 'models/nets.py': MODEL });
    assert.deepEqual([f?.family, f?.hyperparameters.latentSize?.file], ['vae', 'models/nets.py']);
  });

  it('what is passed counts more than what the file has; what cannot be told hides it', () => {
    const of = (make: string) => settings(findings(program('from nets import Coder', make), { 'nets.py': MODEL })[0]).latentSize;
    assert.deepEqual(of('Coder(784, 20)'), [20, 'here']);
    assert.deepEqual(of('Coder(784, code=20)'), [20, 'here']);
    assert.equal(of('Coder(784, x.shape[1])'), undefined);
    assert.equal(of('Coder(*x)'), undefined);
  });

  it('is no model where nothing is trained, or something else', () => {
    const files = { 'nets.py': MODEL, 'other.py': 'class Other:\n    pass\n' };
    const silent = {
      'only sampled from': program('from nets import Coder', 'Coder(784)', 'return net(x)'),
      'the optimiser is another model\'s': program('from nets import Coder', 'Coder(784)', 'head = torch.nn.Linear(4, 2)\n    opt = torch.optim.Adam(head.parameters())\n    head(net(x)[1]).sum().backward()\n    opt.step()'),
      'another name of the file': program('from nets import bound as Coder', 'list(x)'),
      'another class of that name': program('from other import Coder', 'Coder(784)'),
      'never made': program('from nets import Coder', 'torch.nn.Linear(2, 2)'),
      'in a test': program('from nets import Coder', 'Coder(784)').replace('def main', 'def test_coder'),
    };
    for (const [why, text] of Object.entries(silent)) assert.deepEqual(findings(text, files).map((f) => f.evidence[0].text), [], why);
  });

  it('libraries are not asked for, nor anything above two folders', () => {
    const asked: string[] = [];
    findings(program('import numpy as np\nfrom torchvision import datasets\nfrom ...deep.er import Coder\nfrom ..../x import y\nfrom nets import Coder', 'Coder(1)'), {}, asked);
    assert.deepEqual([...new Set(asked)].filter((name) => /numpy|torchvision|^\/|(\.\.\/){3}/.test(name)), []);
    assert.ok(asked.includes('nets.py'));
  });

  it('follows the other file as it changes', () => {
    const files: Record<string, string> = {};
    const session = new ReadingSession('python', { sibling: (name) => files[name] });
    const text = program('from nets import Coder', 'Coder(784)');
    const size = () => session.update(text).findings.map((f) => f.hyperparameters.latentSize?.value);
    assert.deepEqual(size(), []);
    files['nets.py'] = MODEL;
    assert.deepEqual(size(), [12]);
    files['nets.py'] = MODEL.replace('code=12', 'code=5');
    assert.deepEqual(size(), [5]);
    delete files['nets.py'];
    assert.deepEqual(size(), []);
  });

  it('by the function that makes it', () => {
    const files = { 'nets.py': `${MODEL}\n\ndef build(size):\n    return Coder(784, code=size)\n\ndef shape(x):\n    return x.shape\n` };
    const [f] = findings(program('from nets import build', 'build(9)'), files);
    assert.deepEqual([f?.family, f?.evidence[0].text.slice(0, 35)], ['vae', 'trains what build of nets.py makes,']);
    assert.deepEqual(findings(program('from nets import shape', 'shape(x)'), files), []);
  });

  it('in TypeScript and JavaScript', () => {
    const model = `import * as tf from '@tensorflow/tfjs';
export class Coder {
  constructor(size = 6) { this.size = size; }
  code(m: tf.Tensor2D, s: tf.Tensor2D) {
    const z = m.add(s.mul(0.5).exp().mul(tf.randomNormal([1, this.size])));
    const kl = s.add(1).sub(m.square()).sub(s.exp()).sum().mul(-0.5);
    return [z, kl];
  }
}
export default Coder;
`;
    const program = (first: string, make: string) => `import * as tf from '@tensorflow/tfjs';\n${first}\nconst coder = ${make};\nconst optimizer = tf.train.adam(2e-3);\noptimizer.minimize(() => coder.code(a, b)[1]);\n`;
    const of = (text: string, file: string) => read(text, 'typescript', { sibling: (name) => (name === file ? model : undefined) }).findings.map((f) => [f.family, f.hyperparameters.learningRate?.value, f.evidence[0].text.split(',')[0]]);
    const found = (file: string) => [['vae', 2e-3, `trains Coder of ${file}`]];
    assert.deepEqual(of(program("import { Coder } from './nets';", 'new Coder(4)'), 'nets.ts'), found('nets.ts'));
    assert.deepEqual(of(program("import { Coder as C } from '../lib/nets.js';", 'new C(4)'), '../lib/nets.ts'), found('../lib/nets.ts'));
    assert.deepEqual(of(program("import C from './nets';", 'new C(4)'), 'nets/index.js'), found('nets/index.js'));
    assert.deepEqual(of(program("import * as nets from './nets';", 'new nets.Coder(4)'), 'nets.tsx'), found('nets.tsx'));
    assert.deepEqual(of(program("const { Coder } = require('./nets');", 'new Coder(4)'), 'nets.js'), found('nets.js'));
    assert.deepEqual(of(program("const nets = require('./nets');", 'new nets.Coder(4)'), 'nets.js'), found('nets.js'));
    assert.deepEqual(of(program("import { Coder } from 'nets';", 'new Coder(4)'), 'nets.ts'), []);
    assert.deepEqual(of(`describe('coder', () => { it('learns', () => {}); });\n${program("import { Coder } from './nets';", 'new Coder(4)')}`, 'nets.ts'), []);
  });

  it('files that import each other come to an end', () => {
    const files = { 'a/__init__.py': 'from .b import *\nfrom . import *\n', 'a/b/__init__.py': 'from .. import *\nfrom ..b import Coder\n' };
    assert.deepEqual(findings(program('from a import Coder', 'Coder(1)'), files), []);
  });
});

describe('settings of a file of code', () => {
  const model = (imports: string, latent: string) => `import torch\nfrom torch import nn\n${imports}\n${MODEL.slice(MODEL.indexOf('class'))}\nnet = Coder(784, ${latent})\n`;
  const WAYS: Record<string, [file: string, imports: string, latent: string]> = {
    'constants': ['SIZE = 7\nRATE = 1e-3\n', 'from config import SIZE, RATE', 'SIZE'],
    'all constants': ['SIZE = 7\n', 'from config import *', 'SIZE'],
    'the module': ['SIZE = 7\n', 'import config as c', 'c.SIZE'],
    'a class': ['class Config:\n    size = 7\n', 'from config import Config', 'Config.size'],
    'an instance': ['class Config:\n    def __init__(self):\n        self.size = 7\ncfg = Config()\n', 'from config import cfg', 'cfg.size'],
    'a dataclass': ['from dataclasses import dataclass\n@dataclass\nclass Config:\n    size: int = 7\n', 'from config import Config\nc = Config()', 'c.size'],
    'a dict': ['config = {"net": {"size": 7}}\n', 'from config import config', 'config["net"]["size"]'],
    'a parser': ['import argparse\ndef get_args():\n    parser = argparse.ArgumentParser()\n    parser.add_argument("--size", type=int, default=7)\n    return parser.parse_args()\n', 'from config import get_args\nargs = get_args()', 'args.size'],
  };
  for (const [way, [file, imports, latent]] of Object.entries(WAYS)) {
    it(way, () => {
      const [f] = findings(model(imports, latent), { 'config.py': file });
      const size = f?.hyperparameters.latentSize;
      assert.deepEqual([size?.value, size?.origin, size?.file, size && file.slice(size.range.from, size.range.to)], [7, 'config', 'config.py', '7']);
    });
  }

  const handed = `import argparse\ndef get_config():\n    parser = argparse.ArgumentParser()\n    parser.add_argument('--z_dim', type=int, default=7)\n    parser.add_argument('--batch_size', type=int, default=48)\n`;
  for (const [way, last, unpacked] of [['one object', 'parser.parse_args()', 'config'], ['with what is left over', 'parser.parse_known_args()', 'config, rest']] as const) {
    it(`handed over whole, ${way}`, () => {
      const trained = `from config import get_config\nfrom nets import Coder\nimport torch\ndef main(config):\n    net = Coder(config)\n    opt = torch.optim.Adam(net.parameters())\n    net.loss().backward()\n    opt.step()\n${unpacked} = get_config()\nmain(config)\n`;
      const [f] = findings(trained, { 'config.py': `${handed}    return ${last}\n`, 'nets.py': MODEL });
      assert.deepEqual([f?.family, f?.hyperparameters.batchSize?.value, f?.hyperparameters.batchSize?.file, f?.hyperparameters.latentSize?.value], ['vae', 48, 'config.py', 7]);
    });
  }

  it('other files are not run for settings', () => {
    const [f] = findings(model('from tools import SIZE', 'SIZE'), { 'tools.py': 'SIZE = 7\n' });
    assert.deepEqual([f?.family, f?.hyperparameters.latentSize], ['vae', undefined]);
  });
});
