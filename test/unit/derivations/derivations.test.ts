import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import katex from 'katex';
import { derivationById, DERIVATIONS, derivationOfFamily, derivationUnder, RELATIONS, stepCondition, stepSpoken, stepSymbols, stepTex } from '../../../core/derivations';
import { FAMILIES, type FamilyId } from '../../../core/code/vocabulary';
import { formulaById } from '../../../core/formulas';
import { SYMBOLS } from '../../../core/formulas/symbols';
import { CAUGHT, gap, HOLDS, residual, WORLDS } from '../../../core/derivations/verify/check';
import { EQUIVALENT } from '../../../core/derivations/verify/equivalent';
import { survivorsOf, surroundingsIn } from '../../../core/derivations/verify/verify';
import { SAME_COLOUR } from './colours';
import { diffusionCase } from '../../../core/derivations/worlds/cases';

for (const derivation of DERIVATIONS) {
  const around = surroundingsIn(derivation);
  derivation.steps.forEach((step, i) => {
    const name = `${derivation.id} ${i + 1}: ${step.label}`;

    test(`${name} holds in ${WORLDS} random worlds`, () => {
      for (const kind of derivation.cases(step)) {
        const difference = residual(step, kind);
        assert.ok(difference <= HOLDS, `${kind.name}: sides differ by ${difference}`);
      }
    });

    test(`${name}: every mutant is caught`, () => {
      const { total, survivors } = survivorsOf(derivation, i, around);
      assert.ok(total > 0);
      const prefix = `${derivation.id} ${i + 1} `;
      assert.deepEqual(survivors.sort(), Object.keys(EQUIVALENT).filter((key) => key.startsWith(prefix)).sort());
    });

    test(`${name} renders, is spoken, and names its symbols`, () => {
      for (const options of [{}, { stacked: true }, { htmlData: false }]) {
        const html = katex.renderToString(stepTex(step, options), { displayMode: true, throwOnError: true, strict: (code: string) => (code === 'htmlExtension' ? 'ignore' : 'error'), trust: ({ command }: { command: string }) => command === '\\htmlData' });
        const found = new Set([...html.matchAll(/data-sym="(\w+)"/g)].map((m) => m[1]));
        assert.deepEqual([...found].sort(), options.htmlData === false ? [] : stepSymbols(step).sort());
      }
      assert.ok(stepSpoken(step).includes(` ${RELATIONS[step.relation].spoken.en} `));
      assert.doesNotMatch(stepSpoken(step), /[\\_^{}]|undefined/);
      assert.ok(step.why.length > 40 && step.label.length > 0);
    });

    if (step.formula) {
      test(`${name} is the formula ${step.formula}`, () => {
        const formula = formulaById(step.formula!);
        assert.deepEqual(step.left, formula.defines);
        assert.deepEqual(step.right, formula.expression);
      });
    }
  });

  test(`${derivation.id}: a line that is not a definition speaks only of symbols met before`, () => {
    const met = new Set<string>(derivation.given);
    for (const step of derivation.steps) {
      if (step.kind === 'numeric') for (const id of stepSymbols(step)) assert.ok(met.has(id), `${step.label}: ${id} was not introduced`);
      stepSymbols(step).forEach((id) => met.add(id));
    }
  });
}

test('symbols that meet in one line have different colours, but for the pairs listed', () => {
  const met: string[] = [];
  for (const derivation of DERIVATIONS) for (const step of derivation.steps) {
    const ids = stepSymbols(step).filter((id) => id !== 't' && id !== 'T').sort();
    ids.forEach((a, i) => ids.slice(i + 1).forEach((b) => {
      if (SYMBOLS[a].colour === SYMBOLS[b].colour && !SAME_COLOUR.has(`${a} ${b}`)) met.push(`${derivation.id}, ${step.label}: ${a} and ${b} are both ${SYMBOLS[a].colour}`);
    }));
  }
  assert.deepEqual(met, []);
});

test('each variance has its own line for σ², in the same place, and shares the others', () => {
  const whole = derivationById('ddpm-sampling');
  const variants = (['fixed_small', 'fixed_large'] as const).map((varianceType) => ({ varianceType, steps: derivationUnder(whole, varianceType).steps }));
  for (const { varianceType, steps } of variants) {
    assert.equal(steps.length, whole.steps.length - 1);
    const other = varianceType === 'fixed_small' ? 'fixed_large' : 'fixed_small';
    const [line] = steps.filter(({ assuming }) => assuming);
    assert.equal(stepCondition(line), `for ${varianceType}`);
    // The line of one variance is false in the worlds of the other.
    assert.ok(gap(line, 1, diffusionCase({ sampler: 'ddpm', varianceType: other })) > CAUGHT);
  }
  const differing = variants[0].steps.flatMap((step, i) => (step === variants[1].steps[i] ? [] : [i]));
  assert.equal(differing.length, 1);
  const ddim = derivationById('ddim-sampling');
  assert.deepEqual(derivationUnder(ddim, 'fixed_large').steps, ddim.steps);
});

test('every derivation file is registered', () => {
  const files = (readdirSync('core/derivations', { recursive: true }) as string[]).filter((f) => f.endsWith('.ts') && /export const [A-Z0-9_]+: Derivation = /.test(readFileSync(`core/derivations/${f}`, 'utf8'))).map((f) => path.basename(f, '.ts'));
  assert.deepEqual(DERIVATIONS.map((d) => d.id).sort(), files.sort());
  for (const { id } of DERIVATIONS) assert.equal(derivationById(id).id, id);
  assert.throws(() => derivationById('none'), /No derivation/);
});

test('every family has a derivation of its own', () => {
  const families = Object.keys(FAMILIES) as FamilyId[];
  const derivations = families.map(derivationOfFamily);
  assert.equal(new Set(derivations).size, families.length);
  derivations.forEach(({ id }, i) => assert.ok(id === families[i] || id === `${families[i]}-sampling`));
});
