/** What *New File: Marginalia Model* writes is read like any file: its lens appears, and its numbers are found. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { read } from '../../../core/code';

for (const [file, language, T] of [['ddpm.py', 'python', 200], ['ddpm.ts', 'typescript', 100]] as const) {
  test(`a new ${language} file has its lens above the class`, () => {
    const text = readFileSync(`templates/${file}`, 'utf8');
    const { findings } = read(text, language);
    assert.equal(findings.length, 1);
    const [{ name, range, hyperparameters, symbols }] = findings;
    assert.equal(name, 'DDPM');
    assert.match(text.split('\n')[range.line - 1], /class DDPM/);
    assert.equal(hyperparameters.T?.value, T);
    assert.equal(hyperparameters.schedule?.value, 'linear');
    assert.equal(hyperparameters.predictionType?.value, 'epsilon');
    const tied = new Set(symbols.map(({ symbol }) => symbol));
    for (const symbol of ['alphaBar', 'beta', 'alpha', 'epsilonTheta', 'xt', 'z'] as const) assert.ok(tied.has(symbol), `a variable holds ${symbol}`);
  });
}
