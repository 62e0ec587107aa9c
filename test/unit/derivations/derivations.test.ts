import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import katex from 'katex';
import { derivationById, DERIVATIONS, derivationOfFamily, derivationUnder, stepCondition, stepSpoken, stepSymbols, stepTex, type DerivationStep } from '../../../core/derivations';
import { FAMILIES, type FamilyId } from '../../../core/code/vocabulary';
import { formulaById } from '../../../core/formulas';
import { evaluate } from '../../../core/formulas/evaluate';
import type { Expr } from '../../../core/formulas/expr';
import { SYMBOLS } from '../../../core/formulas/symbols';
import { casesOf, diffusionCase, FAMILY_WORLDS, GIVEN, type Case } from './cases';
import { EQUIVALENT } from './equivalent';
import { mutantsOf, surroundingsOf } from './mutants';
import { relativeDifference } from './worlds';

const WORLDS = 25;
/** A line holds below the first; a mutant counts as caught only above the second, far from rounding. */
const HOLDS = 1e-9;
const CAUGHT = 1e-6;

/** How far the two sides are apart in one world. */
function gap(step: DerivationStep, left: Expr, right: Expr, seed: number, { world, pair }: Case): number {
  if (step.relation === 'equal') {
    const here = world(seed);
    return relativeDifference(evaluate(left, here), evaluate(right, here));
  }
  // A constant factor drops out of the ratio of the values at two points.
  const worlds = pair!(seed);
  const [a, b] = [left, right].map((side) => {
    const [at0, at1] = worlds.map((here) => Math.log(evaluate(side, here) as number));
    return at1 - at0;
  });
  return relativeDifference(a, b);
}

function isCaught(step: DerivationStep, left: Expr, right: Expr, kind: Case): boolean {
  for (let seed = 1; seed <= WORLDS; seed++) {
    try {
      if (!(gap(step, left, right, seed, kind) <= CAUGHT)) return true;
    } catch (error) {
      // A mutant that mixes numbers and vectors, or asks for what does not exist, is caught as well.
      if (error instanceof RangeError || error instanceof TypeError) return true;
      throw error;
    }
  }
  return false;
}

for (const derivation of DERIVATIONS) {
  const around = derivation.id in FAMILY_WORLDS ? surroundingsOf(derivation.steps.flatMap(({ left, right }) => [left, right])) : undefined;
  derivation.steps.forEach((step, i) => {
    const name = `${derivation.id} ${i + 1}: ${step.label}`;
    const cases = casesOf(derivation, step);

    test(`${name} holds in ${WORLDS} random worlds`, () => {
      for (const kind of cases) for (let seed = 1; seed <= WORLDS; seed++) {
        const difference = gap(step, step.left, step.right, seed, kind);
        assert.ok(difference <= HOLDS, `${kind.name}, world ${seed}: sides differ by ${difference}`);
      }
    });

    test(`${name}: every mutant is caught`, () => {
      const survivors: string[] = [];
      let count = 0;
      for (const side of ['left', 'right'] as const) for (const mutant of mutantsOf(step[side], around)) {
        count++;
        const sides = { left: step.left, right: step.right, [side]: mutant.expr };
        // Each kind alone has to catch it: a slip that only the other variance shows would stand in this one's panel.
        if (!cases.every((kind) => isCaught(step, sides.left, sides.right, kind))) survivors.push(`${derivation.id} ${i + 1} ${side}: ${mutant.what}`);
      }
      assert.ok(count > 0);
      const prefix = `${derivation.id} ${i + 1} `;
      assert.deepEqual(survivors, Object.keys(EQUIVALENT).filter((key) => key.startsWith(prefix)));
    });

    test(`${name} renders, is spoken, and names its symbols`, () => {
      for (const options of [{}, { stacked: true }, { htmlData: false }]) {
        const html = katex.renderToString(stepTex(step, options), { displayMode: true, throwOnError: true, strict: (code: string) => (code === 'htmlExtension' ? 'ignore' : 'error'), trust: ({ command }: { command: string }) => command === '\\htmlData' });
        const found = new Set([...html.matchAll(/data-sym="(\w+)"/g)].map((m) => m[1]));
        assert.deepEqual([...found].sort(), options.htmlData === false ? [] : stepSymbols(step).sort());
      }
      assert.match(stepSpoken(step), step.relation === 'equal' ? / equals / : / is proportional to /);
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
    const met = new Set<string>(GIVEN[derivation.id]);
    for (const step of derivation.steps) {
      if (step.kind === 'numeric') for (const id of stepSymbols(step)) assert.ok(met.has(id), `${step.label}: ${id} was not introduced`);
      stepSymbols(step).forEach((id) => met.add(id));
    }
  });
}

test('symbols that meet in one line have different colours, but for the pairs listed', () => {
  // Nine symbols share eight colours; these pairs are told apart by their place. t and T are indices and never compared.
  const allowed = new Set(['alphaBarPrev z', 'betaTilde xPrev', 'beta eta', 'alpha x0Theta', 'mu xPrev', 'epsilon epsilonTheta', 'mixtureDensity mixtureSize']);
  const met: string[] = [];
  for (const derivation of DERIVATIONS) for (const step of derivation.steps) {
    const ids = stepSymbols(step).filter((id) => id !== 't' && id !== 'T').sort();
    ids.forEach((a, i) => ids.slice(i + 1).forEach((b) => {
      if (SYMBOLS[a].colour === SYMBOLS[b].colour && !allowed.has(`${a} ${b}`)) met.push(`${derivation.id}, ${step.label}: ${a} and ${b} are both ${SYMBOLS[a].colour}`);
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
    assert.ok(gap(line, line.left, line.right, 1, diffusionCase({ sampler: 'ddpm', varianceType: other })) > CAUGHT);
  }
  const differing = variants[0].steps.flatMap((step, i) => (step === variants[1].steps[i] ? [] : [i]));
  assert.equal(differing.length, 1);
  const ddim = derivationById('ddim-sampling');
  assert.deepEqual(derivationUnder(ddim, 'fixed_large').steps, ddim.steps);
});

test('every derivation file is registered', () => {
  const files = readdirSync('core/derivations').filter((f) => /export const [A-Z_]+: Derivation = /.test(readFileSync(`core/derivations/${f}`, 'utf8'))).map((f) => f.replace('.ts', ''));
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
