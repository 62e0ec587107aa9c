/** Models of all families as people write them, and near misses. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { read, type Finding } from '../../../core/code';
import { asExpected, expectedModels, familyFixtures } from './family-fixtures';

const said = (f: Finding) => `${f.family} ${f.kind} ${f.name} (${f.confidence}): ${f.evidence.map((e) => e.text).join('; ')}`;

describe('models of all families', () => {
  for (const { file, language, text } of familyFixtures('positive')) {
    it(file, () => {
      const { findings, skipped } = read(text, language);
      assert.equal(skipped, undefined);
      const models = expectedModels(file);
      assert.equal(findings.length, models.length, findings.map(said).join('\n'));
      models.forEach((model, i) => assert.deepEqual(asExpected(findings[i], model), model));
      for (const f of findings) {
        assert.ok(f.evidence.length > 0 && f.confidence > 0.5 && f.confidence <= 1, said(f));
        for (const h of Object.values(f.hyperparameters)) assert.ok(h.range.from >= 0 && h.range.to <= text.length && h.line === h.range.line);
      }
    });
  }
});

describe('near misses of all families stay silent', () => {
  for (const { file, language, text } of familyFixtures('silent')) it(file, () => assert.deepEqual(read(text, language).findings.map(said), []));
});

describe('symbols of the derivation are tied to variables', () => {
  it('by the values that a formula was recognised in', () => {
    const text = 'import torch\n\n\ndef draw(a, b):\n    e = torch.randn_like(a)\n    return a + torch.exp(0.5 * b) * e\n\n\ndef cost(p, q):\n    return (1 + q - p ** 2 - q.exp()).sum()\n';
    const [finding] = read(text, 'python').findings;
    const bound = finding.symbols.map((b) => [b.symbol, b.name, b.ranges.map((r) => r.line)]);
    assert.deepEqual(bound, [['encoderMean', 'a', [4, 5, 6]], ['logVariance', 'b', [4, 6]], ['latentNoise', 'e', [5, 6]], ['encoderMean', 'p', [9, 10]], ['logVariance', 'q', [9, 10, 10]]]);
    for (const { name, ranges } of finding.symbols) for (const r of ranges) assert.equal(text.slice(r.from, r.to), name);
  });
});

describe('a comment overrides', () => {
  const model = `import torch\n\n\nclass M:\n    def f(self, x):\n        a, b = self.enc(x).chunk(2, -1)\n        z = a + torch.exp(0.5 * b) * torch.randn_like(a)\n        return self.dec(z), (1 + b - a ** 2 - b.exp()).sum()\n`;
  const families = (text: string) => read(text, 'python').findings.map((f) => [f.family, f.name, f.range.line]);
  const plain = 'import torch\n\n\nclass Net:\n    def f(self, x):\n        return x\n';
  it('finds the model without one', () => assert.deepEqual(families(model), [['vae', 'M', 4]]));
  it('off, above the class', () => assert.deepEqual(families(model.replace('class M', '# marginalia: off\nclass M')), []));
  it('off, behind the header', () => assert.deepEqual(families(model.replace('class M:', 'class M:  # marginalia: off')), []));
  it('off, for the file', () => assert.deepEqual(families(`# marginalia: off\n${model}`), []));
  it('a family, above a class that shows none', () => assert.deepEqual(families(plain.replace('class', '# marginalia: vae\nclass')), [['vae', 'Net', 5]]));
  it('a family, for the file', () => assert.deepEqual(families(`# marginalia: vae\n${plain}`), [['vae', 'script', 5]]));
  it('DDIM, which shares its reader with DDPM', () => assert.deepEqual(families(plain.replace('class', '# marginalia: ddim\nclass')), [['ddim', 'Net', 5]]));
  it('an unknown word says nothing', () => assert.deepEqual(families(model.replace('class M', '# marginalia: maybe\nclass M')), [['vae', 'M', 5]]));
  it('in TypeScript', () => assert.deepEqual(read('// marginalia: vae\nexport class Net { f(x: number): number { return x; } }\n', 'typescript').findings.map((f) => f.family), ['vae']));
});
