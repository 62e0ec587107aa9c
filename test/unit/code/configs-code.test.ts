/** Settings that code keeps apart from its model: where they are written, and that they say so. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { read, ReadingSession } from '../../../core/code';

/** A model that is given everything; `{T}` and the end points stand for how the file reads its settings. */
const model = (T: string, first = '1e-4', last = '0.02') => `
class Diffusion:
    def __init__(self, steps, first, last):
        self.betas = torch.linspace(first, last, steps)
        self.abar = torch.cumprod(1 - self.betas, dim=0)

    def noisy(self, x0, t, eps):
        return self.abar[t].sqrt() * x0 + (1 - self.abar[t]).sqrt() * eps
`.concat(`\n\ndef main():\n    return Diffusion(${T}, ${first}, ${last})\n\n\nif __name__ == '__main__':\n    main()\n`);

const findings = (text: string, siblings: Record<string, string> = {}) => read(text, 'python', { sibling: (name) => siblings[name] }).findings;

function T(text: string, siblings?: Record<string, string>) {
  const [f] = findings(text, siblings);
  assert.ok(f, 'a model is found');
  const h = f.hyperparameters.T;
  return h && { value: h.value, origin: h.origin, name: h.name, ...(h.file === undefined ? { at: text.slice(h.range.from, h.range.to) } : { file: h.file, line: h.line }) };
}

const IN_CODE: Record<string, [before: string, use: string, name: string]> = {
  'a dataclass': ['from dataclasses import dataclass\n@dataclass\nclass Config:\n    timesteps: int = 640\n', 'Config().timesteps', 'timesteps'],
  'a dataclass with field': ['import dataclasses\n@dataclasses.dataclass(frozen=True)\nclass Config:\n    timesteps: int = dataclasses.field(default=640)\n', 'Config().timesteps', 'timesteps'],
  'a nested dataclass': ['from dataclasses import dataclass, field\n@dataclass\nclass Noise:\n    timesteps: int = 640\n@dataclass\nclass Config:\n    seed: int = 1\n    noise: Noise = field(default_factory=Noise)\ncfg = Config()\n', 'cfg.noise.timesteps', 'timesteps'],
  'an argument of a dataclass': ['from dataclasses import dataclass\n@dataclass\nclass Config:\n    timesteps: int = 10\ncfg = Config(timesteps=640)\n', 'cfg.timesteps', 'timesteps'],
  'an inherited field': ['from dataclasses import dataclass\n@dataclass\nclass Base:\n    timesteps: int = 10\n@dataclass\nclass Config(Base):\n    lr: float = 1e-3\ncfg = Config(timesteps=640)\n', 'cfg.timesteps', 'timesteps'],
  'a plain class of constants': ['class Config:\n    seed = 3\n    timesteps = 640\n', 'Config.timesteps', 'timesteps'],
  'pydantic': ['from pydantic import BaseModel, Field\nclass Config(BaseModel):\n    timesteps: int = Field(640, gt=0)\n', 'Config().timesteps', 'timesteps'],
  'argparse': ['import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument("--timesteps", type=int, default=640)\nargs = parser.parse_args()\n', 'args.timesteps', 'timesteps'],
  'argparse, in a group, by text': ['import argparse\nparser = argparse.ArgumentParser()\ng = parser.add_argument_group("noise")\ng.add_argument("-T", "--time-steps", type=int, default="640")\nargs, _ = parser.parse_known_args()\n', 'args.time_steps', 'time_steps'],
  'argparse with a list': ['import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument("--timesteps", type=int, default=10)\nargs = parser.parse_args(["--timesteps", "640"])\n', 'args.timesteps', 'timesteps'],
  'argparse, set_defaults and vars': ['import argparse\nparser = argparse.ArgumentParser()\nparser.set_defaults(timesteps=640)\ncfg = vars(parser.parse_args())\n', 'cfg["timesteps"]', 'timesteps'],
  'a dict': ['config = {"noise": {"timesteps": 640}, "lr": 1e-3}\n', 'config["noise"]["timesteps"]', 'timesteps'],
  'dict()': ['config = dict(timesteps=640)\n', 'config["timesteps"]', 'timesteps'],
  'SimpleNamespace': ['from types import SimpleNamespace\nargs = SimpleNamespace(timesteps=640)\n', 'args.timesteps', 'timesteps'],
  'ml_collections': ['import ml_collections\ndef get_config():\n    config = ml_collections.ConfigDict()\n    config.model = model = ml_collections.ConfigDict()\n    model.timesteps = 640\n    return config\nconfig = get_config()\n', 'config.model.timesteps', 'timesteps'],
  'ml_collections from a dict': ['from ml_collections import config_dict\nconfig = config_dict.ConfigDict({"model": {"timesteps": 640}})\n', 'config.model.timesteps', 'timesteps'],
  'absl': ['from absl import flags\nFLAGS = flags.FLAGS\nflags.DEFINE_integer("timesteps", 640, "steps")\n', 'FLAGS.timesteps', 'timesteps'],
  'absl by its holder': ['from absl import flags\n_T = flags.DEFINE_integer("timesteps", default=640, help="steps")\n', '_T.value', 'timesteps'],
  'tf.app.flags': ['import tensorflow as tf\ntf.app.flags.DEFINE_integer("timesteps", 640, "steps")\nFLAGS = tf.app.flags.FLAGS\n', 'FLAGS.timesteps', 'timesteps'],
  'OmegaConf.create': ['from omegaconf import OmegaConf\ncfg = OmegaConf.create({"a": {"timesteps": 640}})\n', 'cfg.a.timesteps', 'timesteps'],
  'OmegaConf.structured': ['from dataclasses import dataclass\nfrom omegaconf import OmegaConf\n@dataclass\nclass C:\n    timesteps: int = 640\ncfg = OmegaConf.structured(C)\n', 'cfg.timesteps', 'timesteps'],
};

describe('settings in the code', () => {
  for (const [what, [before, use, name]] of Object.entries(IN_CODE)) {
    it(what, () => {
      const at = before.includes('"640"') ? '"640"' : '640';
      assert.deepEqual(T(`import torch\n${before}${model(use)}`), { value: 640, origin: 'config', name, at });
    });
  }

  it('click and typer', () => {
    const click = `import torch, click\n${model('1')}`.replace('def main():\n    return Diffusion(1,', '@click.command()\n@click.option("--time-steps", "-t", default=640, type=int)\ndef main(time_steps):\n    return Diffusion(time_steps,');
    assert.deepEqual(T(click), { value: 640, origin: 'config', name: 'time_steps', at: '640' });
    const typer = `import torch, typer\n${model('1')}`.replace('def main():\n    return Diffusion(1,', 'def main(timesteps: int = typer.Option(640, help="T")):\n    return Diffusion(timesteps,');
    assert.deepEqual(T(typer), { value: 640, origin: 'config', name: 'timesteps', at: '640' });
  });

  it('a setting that must be given is unknown, not zero', () => {
    const text = `import torch, argparse\nparser = argparse.ArgumentParser()\nparser.add_argument("--timesteps", type=int, required=True)\nargs = parser.parse_args()\n${model('args.timesteps')}`;
    const [f] = findings(text);
    assert.equal(f.hyperparameters.T, undefined);
    assert.equal(f.hyperparameters.schedule?.value, 'linear');
    assert.ok(f.notes.some((n) => /T is not known: `timesteps`/.test(n)), f.notes.join(' | '));
  });

  it('what a model says of itself is no setting kept apart', () => {
    const own = 'import torch\nfrom dataclasses import dataclass\n@dataclass\nclass Diffusion:\n    steps: int = 640\n    def __post_init__(self):\n        self.betas = torch.linspace(1e-4, 0.02, self.steps)\n        self.abar = torch.cumprod(1 - self.betas, 0)\n    def noisy(self, x0, t, eps):\n        return self.abar[t].sqrt() * x0 + (1 - self.abar[t]).sqrt() * eps\n';
    assert.deepEqual([T(own)?.value, T(own)?.origin], [640, 'literal']);
  });
});

const YAML = '# settings\nmodel:\n  timesteps: 640\n  betas: {first: 2e-4, last: 0.03}\nsteps: ${model.timesteps}\n';
const JSON_TEXT = '{\n  "model": {\n    "timesteps": 640\n  }\n}\n';

const LOADED: Record<string, [before: string, use: string, file?: string, name?: string]> = {
  'yaml.safe_load(open(…))': ['import yaml\ncfg = yaml.safe_load(open("conf.yaml"))\n', 'cfg["model"]["timesteps"]'],
  'with open(…)': ['import yaml\nwith open("./conf.yaml", "r") as f:\n    cfg = yaml.load(f, Loader=yaml.FullLoader)\n', 'cfg["model"]["timesteps"]'],
  'f.read()': ['import yaml\nwith open("conf.yaml") as f:\n    cfg = yaml.safe_load(f.read())\n', 'cfg["model"]["timesteps"]'],
  'OmegaConf.load': ['from omegaconf import OmegaConf\ncfg = OmegaConf.load("conf.yaml")\n', 'cfg.model.timesteps'],
  'a reference of OmegaConf': ['from omegaconf import OmegaConf\ncfg = OmegaConf.load("conf.yaml")\n', 'cfg.steps', 'conf.yaml', 'steps'],
  'json.load': ['import json\nwith open("conf.json") as f:\n    cfg = json.load(f)\n', 'cfg["model"]["timesteps"]', 'conf.json'],
  'Path.read_text': ['import json\nfrom pathlib import Path\ncfg = json.loads((Path(__file__).parent / "conf.json").read_text())\n', 'cfg["model"]["timesteps"]', 'conf.json'],
  'os.path': ['import os, yaml\ncfg = yaml.safe_load(open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "conf.yaml")))\n', 'cfg["model"]["timesteps"]'],
  'the default of --config': ['import argparse, yaml\np = argparse.ArgumentParser()\np.add_argument("--config", default="conf.yaml")\nargs = p.parse_args()\nwith open(args.config) as f:\n    cfg = yaml.safe_load(f)\n', 'cfg["model"]["timesteps"]'],
  'in a folder below': ['import yaml\ncfg = yaml.safe_load(open("configs/deep/conf.yaml"))\n', 'cfg["model"]["timesteps"]', 'configs/deep/conf.yaml'],
  'a namespace made of it': ['import yaml, argparse\ndef dict2namespace(config):\n    namespace = argparse.Namespace()\n    for key, value in config.items():\n        if isinstance(value, dict):\n            new_value = dict2namespace(value)\n        else:\n            new_value = value\n        setattr(namespace, key, new_value)\n    return namespace\ncfg = dict2namespace(yaml.safe_load(open("conf.yaml")))\n', 'cfg.model.timesteps'],
  'as keywords': ['import yaml\ncfg = yaml.safe_load(open("conf.yaml"))\ndef steps(timesteps, betas):\n    return timesteps\n', 'steps(**cfg["model"])'],
};
const FILES = { 'conf.yaml': YAML, 'configs/deep/conf.yaml': YAML, 'conf.json': JSON_TEXT };

describe('settings in a file beside the code', () => {
  for (const [what, [before, use, file = 'conf.yaml', name = 'timesteps']] of Object.entries(LOADED)) {
    it(what, () => assert.deepEqual(T(`import torch\n${before}${model(use)}`, FILES), { value: 640, origin: 'config', name, file, line: 3 }));
  }

  it('end points too, each with its place', () => {
    const [f] = findings(`import torch, yaml\ncfg = yaml.safe_load(open("conf.yaml"))["model"]\n${model('cfg["timesteps"]', 'cfg["betas"]["first"]', 'cfg["betas"]["last"]')}`, FILES);
    const { betaStart, betaEnd } = f.hyperparameters;
    assert.deepEqual([betaStart?.value, betaEnd?.value, betaStart?.file, betaStart?.line], [2e-4, 0.03, 'conf.yaml', 4]);
    assert.equal(YAML.slice(betaEnd!.range.from, betaEnd!.range.to), '0.03');
    assert.ok(!f.notes.some((n) => /outside the class/.test(n)));
  });

  it('hydra, with a group', () => {
    const text = `import torch, hydra\n${model('1')}`.replace('def main():\n    return Diffusion(1,', '@hydra.main(version_base=None, config_path="conf", config_name="config")\ndef main(cfg):\n    return Diffusion(cfg.model.timesteps,');
    const files = { 'conf/config.yaml': 'defaults:\n  - model: small\n  - _self_\nlr: 1e-3\n', 'conf/model/small.yaml': 'width: 8\ntimesteps: 640\n' };
    assert.deepEqual(T(text, files), { value: 640, origin: 'config', name: 'timesteps', file: 'conf/model/small.yaml', line: 2 });
    assert.equal(T(text, { ...files, 'conf/config.yaml': `${files['conf/config.yaml']}model:\n  timesteps: 70\n` })?.value, 70);
  });

  it('nothing outside the folder is asked for, and nothing too large is read', () => {
    const asked: string[] = [];
    for (const name of ['/etc/conf.yaml', '../conf.yaml', 'a/../../conf.yaml', 'conf.txt']) {
      const text = `import torch, yaml\ncfg = yaml.safe_load(open("${name}"))\n${model('cfg["model"]["timesteps"]')}`;
      assert.equal(read(text, 'python', { sibling: (n) => { asked.push(n); return YAML; } }).findings[0]?.hyperparameters.T, undefined, name);
    }
    assert.deepEqual(asked, []);
    const text = `import torch, yaml\ncfg = yaml.safe_load(open("conf.yaml"))\n${model('cfg["model"]["timesteps"]')}`;
    assert.equal(T(text, { 'conf.yaml': `${YAML}#${'x'.repeat(200_000)}` }), undefined);
    for (const damaged of ['', ':', '\t', '{', '- [', '&a *a', '*nobody', '!!python/object/apply:os.system [ls]', 'model: !!python/tuple [1]', `${'['.repeat(10_000)}`]) assert.equal(T(text, { 'conf.yaml': damaged }), undefined, damaged.slice(0, 30));
  });

  it('anchors and merges are followed, bombs are not', () => {
    const text = `import torch, yaml\ncfg = yaml.safe_load(open("conf.yaml"))\n${model('cfg["model"]["timesteps"]')}`;
    assert.equal(T(text, { 'conf.yaml': 'base: &base\n  timesteps: 640\n  lr: 1\nmodel:\n  <<: *base\n  lr: 2\n' })?.value, 640);
    const bomb = Array.from({ length: 12 }, (_, i) => `a${i}: &a${i} [${Array.from({ length: 9 }, () => (i === 0 ? 'x' : `*a${i - 1}`)).join(', ')}]`).join('\n');
    const started = performance.now();
    T(text, { 'conf.yaml': `${bomb}\nmodel:\n  timesteps: 640\n` });
    assert.ok(performance.now() - started < 3000);
  });

  it('a session follows the file when it changes', () => {
    const files: Record<string, string> = { 'conf.yaml': YAML };
    const session = new ReadingSession('python', { sibling: (name) => files[name] });
    const text = `import torch, yaml\ncfg = yaml.safe_load(open("conf.yaml"))\n${model('cfg["model"]["timesteps"]')}`;
    const now = () => session.update(text).findings[0].hyperparameters.T?.value;
    assert.equal(now(), 640);
    assert.equal(session.update(text), session.update(text), 'an unchanged text is not read again');
    files['conf.yaml'] = YAML.replace('640', '99');
    assert.equal(now(), 99);
    assert.equal(session.update(`# moved\n\n${text}`).findings[0].hyperparameters.T?.line, 3, 'the line of the file does not move with the code');
    delete files['conf.yaml'];
    assert.equal(now(), undefined);
  });
});
