import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { functionAt, read } from '../../../core/code';
import { CLAUSES_NAMED } from '../../../core/code/recognise/named-functions';
import { formulaById } from '../../../core/formulas';

const LANGUAGES: Readonly<Record<string, string>> = { '.py': 'python', '.ts': 'typescript', '.js': 'javascript' };

/** The formula of every place where a name stands, null where there is none. */
function formulasOf(text: string, name: string, languageId = 'python'): (string | null)[] {
  const { findings } = read(text, languageId);
  return [...text.matchAll(new RegExp(`\\b${name}\\b`, 'g'))].map(({ index }) => functionAt(text, languageId, findings, index + 1)?.formula ?? null);
}

const MODEL = `import torch

T = 50
betas = torch.linspace(1e-4, 0.02, T)
alphas = 1.0 - betas
abar = torch.cumprod(alphas, dim=0)


def zzz(x0, t, noise):
    return abar[t].sqrt() * x0 + (1 - abar[t]).sqrt() * noise


def q_sample(model, x, t):
    eps = model(x, t)
    mean = (x - betas[t] / (1 - abar[t]).sqrt() * eps) / alphas[t].sqrt()
    z = torch.randn_like(x) if t > 0 else 0.0
    return mean + betas[t].sqrt() * z
`;

test('a function is what it computes, whatever it is called', () => {
  assert.deepEqual(formulasOf(MODEL, 'zzz'), ['ddpm.forward.sample']);
  assert.deepEqual(formulasOf(MODEL, 'q_sample'), ['ddpm.step.fixed_large']);
  assert.deepEqual(formulasOf(MODEL, 'torch'), [null, null, null, null]);
});

test('its calls in the same file are the same function; words in comments and strings, and its name as a value, are no calls', () => {
  assert.deepEqual(formulasOf(`${MODEL}\nx = zzz(data, 3, noise)\n# zzz(1)\ns = 'zzz(1)'\nf = zzz\n`, 'zzz'), ['ddpm.forward.sample', 'ddpm.forward.sample', null, null, null]);
});

test('a name that is bound twice, or hidden by a parameter, is left alone in calls', () => {
  const call = '\nx = zzz(data, 3, noise)\n';
  for (const other of ['zzz = other', 'from other import zzz', 'def zzz(x):\n    return x', 'def f(zzz):\n    return zzz(1, 2, 3)', 'for zzz in functions:\n    pass']) {
    assert.equal(formulasOf(`${MODEL}\n${other}\n${call}`, 'zzz').at(-1), null, other);
  }
});

test('a method of something unknown is not taken for one of the file', () => {
  const text = `import torch

class Diffusion:
    def __init__(self):
        self.betas = torch.linspace(1e-4, 0.02, 50)
        self.abar = torch.cumprod(1 - self.betas, dim=0)

    def noised(self, x0, t, noise):
        return self.abar[t].sqrt() * x0 + (1 - self.abar[t]).sqrt() * noise

    def other(self, x0, t, noise):
        return self.noised(x0, t, noise)


def train(unknown, x0, t, noise):
    made = Diffusion()
    return made.noised(x0, t, noise) + unknown.noised(x0, t, noise)
`;
  assert.deepEqual(formulasOf(text, 'noised'), ['ddpm.forward.sample', 'ddpm.forward.sample', 'ddpm.forward.sample', null]);
});

test('a function that chooses between schedules is none of them', () => {
  const chosen = (body: string): string => `import torch

def plan(T, kind):
${body}

betas = plan(50, 'linear')
abar = torch.cumprod(1 - betas, dim=0)

def noised(x0, t, noise):
    return abar[t].sqrt() * x0 + (1 - abar[t]).sqrt() * noise
`;
  assert.deepEqual(formulasOf(chosen('    return torch.linspace(1e-4, 0.02, T)'), 'plan'), ['schedule.linear', 'schedule.linear']);
  assert.deepEqual(formulasOf(chosen('    if kind == \'linear\':\n        return torch.linspace(1e-4, 0.02, T)\n    return torch.linspace(1e-2, 0.2, T) ** 2'), 'plan'), [null, null]);
});

test('two formulas of equal rank in one function are none', () => {
  const em = (body: string): string => readFileSync('test/fixtures/code/families/positive/gmm_numpy_em.py', 'utf8') + body;
  assert.deepEqual([...new Set(formulasOf(em(''), 'expectation'))], ['gmm.responsibility']);
  assert.deepEqual([...new Set(formulasOf(em(''), 'maximisation'))], ['gmm.mean']);
});

test('every formula that functions of the fixtures are said to have is one of the registry, and many kinds of it are there', () => {
  const seen = new Set<string>();
  for (const folder of ['test/fixtures/code/positive', 'test/fixtures/code/families/positive', 'test/fixtures/code/typescript/positive']) {
    for (const file of readdirSync(folder)) {
      const languageId = LANGUAGES[path.extname(file)];
      if (!languageId || /^(autoencoder|autoregressive|gan)/.test(file)) continue;
      const text = readFileSync(path.join(folder, file), 'utf8');
      const { findings } = read(text, languageId);
      for (const { index } of text.matchAll(/[A-Za-z_$][\w$]*(?=\s*\()/g)) {
        const named = functionAt(text, languageId, findings, index);
        if (named) seen.add(named.formula);
      }
    }
  }
  for (const id of seen) formulaById(id);
  assert.ok(seen.size >= 20, [...seen].join());
});

test('every clause that counts is one that a reader writes', () => {
  const sources: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const name = path.join(folder, entry.name);
      if (entry.isDirectory()) walk(name);
      else if (entry.name !== 'named-functions.ts') sources.push(readFileSync(name, 'utf8'));
    }
  };
  walk('core/code/recognise');
  const all = sources.join('\n');
  for (const clause of CLAUSES_NAMED) assert.ok(all.includes(`'${clause}'`), clause);
});
