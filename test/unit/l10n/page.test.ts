/** What the page shows, in every language that it has words for. */
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { wordsOf } from '../../../scripts/build-words.mjs';
import { DERIVATIONS, derivationById } from '../../../core/derivations';
import { findDerivations } from '../../../core/derivations/find';
import { derivationHtml } from '../../../core/derivations/html';
import { derivationMarkdown } from '../../../core/derivations/markdown';
import { languageOf } from '../../../core/l10n/language';
import { translator } from '../../../core/l10n/translate';
import { provenance } from '../../../webview/ui/notes';
import { reworded } from '../../../webview/ui/sentences';
import { resolve } from '../../../webview/ui/settings';
import { progressText, noTraining } from '../../../webview/ui/training-state';
import { speak } from '../../../webview/ui/words';
import { assertComplete, assertFaithful, assertSetWell, glossaryOf, LANGUAGES, placeholdersOf, readBundle } from './check';
import { askedByVariable, askedTexts, isName, PAGE, places, tableTexts, untranslated } from './page';
import { stale, untold } from './told';

const wanted = [...new Set([...askedTexts, ...tableTexts])];
/** Patterns without words are the same everywhere, unless a language says otherwise. */
const hasWords = (text: string): boolean => !isName(text);

describe('texts of the page', () => {
  test('every one goes through t', () => assert.deepEqual(untranslated(PAGE), []));

  test('what is asked for by a variable is known', () => assert.deepEqual(askedByVariable, []));

  test('what the worker, the engine and the mathematics say is among the sentences, and no sentence is left over', () => {
    assert.deepEqual(untold, []);
    assert.deepEqual(stale, []);
  });

  test('a text that does not is found, wherever it stands', () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'page-')), 'x.ts');
    for (const line of ["h('p', {}, 'ready');", "h('p', { title: 'what it is' });", 'setText(element, `step ${n}`);', "const label = busy ? 'Pause' : t('Resume');", "button({ label: 'go', onPress })", 'say(`${n} points are there`);', "linkButton(t('x'), 'show it', act);"]) {
      writeFileSync(file, line);
      assert.equal(untranslated([file]).length, 1, line);
      writeFileSync(file, '');
    }
  });
});

for (const language of LANGUAGES) {
  describe(`the page in ${language}`, async () => {
    const bundle = readBundle(`core/l10n/${language}/page.json`);
    const sources = readBundle(`core/l10n/${language}/sources.json`);
    const words = await wordsOf('.', language);

    test('every text of it has words, and none is left over', () => {
      assert.deepEqual(wanted.filter((text) => hasWords(text) && !(text in words)), [], 'these texts have no translation');
      assert.deepEqual(Object.keys(bundle).filter((text) => !wanted.includes(text)), [], 'these translations belong to no text');
      assertComplete(sources, places);
    });

    test('formulas and places for values are kept, terms are those of the glossary, and it is set well', () => {
      const glossary = glossaryOf(language);
      for (const [english, said] of Object.entries({ ...bundle, ...sources })) {
        if (hasWords(english)) assertFaithful(english, said, glossary);
        else assert.deepEqual(placeholdersOf(said), placeholdersOf(english));
        assertSetWell(said);
      }
    });
  });
}

test('the language is the editor\'s where there are words for it', () => {
  assert.deepEqual(['zh-cn', 'zh-CN', 'en', 'en-gb', 'zh-tw', 'de'].map(languageOf), ['zh-cn', 'zh-cn', 'en', 'en', 'en', 'en']);
});

test('derivations in Chinese: as HTML, as Markdown, and found by their words', async () => {
  const t = translator(await wordsOf('.', 'zh-cn'));
  const derivation = derivationById('ddpm-sampling');
  const html = derivationHtml(derivation, (id) => derivationById(id).title, { line: () => '', inline: () => '', style: () => '' }, { language: 'zh-cn', t });
  assert.match(html, /^<!doctype html>\n<html lang="zh-CN">/);
  assert.ok(html.includes(`<h1>${t(derivation.title)}</h1>`) && t(derivation.title) !== derivation.title);
  for (const { label, why } of derivation.steps) assert.ok(html.includes(t(label)) && !html.includes(`>${why}<`));
  assert.match(html, /<th scope="col">符号<\/th>/);
  assert.match(derivationMarkdown(derivation, 2, (id) => derivationById(id).title, t, 'zh-cn'), /\| 符号 \| 含义 \| 代码中的名称 \|/);
  assert.ok(findDerivations(DERIVATIONS, '证据下界', t).length > 0);
  assert.deepEqual(findDerivations(DERIVATIONS, '证据下界'), []);
  assert.deepEqual(findDerivations(DERIVATIONS, 'evidence lower bound', t), findDerivations(DERIVATIONS, 'evidence lower bound'));
});

test('the page speaks Chinese once it is told, also of what the worker and the settings say', async () => {
  speak('zh-cn', await wordsOf('.', 'zh-cn'));
  try {
    assert.equal(progressText({ ...noTraining(), step: 1240, settings: resolve(null, {}).settings }), '1,240 / 5,000 步');
    assert.equal(provenance(resolve(null, {})).ours, '网络，一个用“双月”训练的 2 维小型替身，以及那些数据：你自己的网络从不运行');
    assert.equal(resolve(null, { learningRate: 7 }).problems.learningRate, '学习率：7 超出范围；请给出 1e-7 到 1 之间的值。');
    assert.equal(resolve(null, { T: 50, schedule: 'linear_scaled', betaEnd: 0.9 }).problems.betaEnd?.includes('请增大 T'), true);
    assert.equal(reworded('WebGPU is not used: this place has no WebGPU.'), '没有使用 WebGPU：这里没有 WebGPU。');
    assert.equal(reworded('What nobody has translated'), 'What nobody has translated');
  } finally {
    speak('en', undefined);
  }
});
