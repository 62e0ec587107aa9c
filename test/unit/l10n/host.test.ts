/** What the editor shows outside of the panel's page, in every language that there is a bundle for. */
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { read } from '../../../core/code';
import { SENTENCES, retold } from '../../../core/code/sentences';
import { findingInWords, settingsInWords, summaryInWords, withArticle } from '../../../core/code/words';
import { inEnglish, translator } from '../../../core/l10n/translate';
import { readRecord, RecordError, type RunRecord } from '../../../core/protocol/record';
import { runInWords, settingsOfRun } from '../../../core/protocol/words';
import { titleOf } from '../../../extension/panel/ownership';
import { assertComplete, assertFaithful, assertSetWell, glossaryOf, readBundle } from './check';
import { askedByVariable, askedTexts, clauses, forgotten, tableTexts, untranslated } from './shown';

const LANGUAGES = readdirSync('l10n').map((file) => /^bundle\.l10n\.(.+)\.json$/.exec(file)?.[1] ?? assert.fail(`${file} is no bundle`));
/** They are the same in every language. */
const NAMES = ['Marginalia', 'DDPM', 'DDIM', 'VAE', 'CBOW', 'GAN', 'EBM', 'GMM', 'skip-gram'];

describe('texts of the sources', () => {
  test('every one that the extension shows is asked of vscode.l10n', () => assert.deepEqual(untranslated, []));

  test('what is asked for by a variable is known', () => assert.deepEqual(askedByVariable, []));

  test('every clause with a place for a value is among the sentences, and no sentence is left over', () => {
    const written = clauses.filter(({ text }) => /\{\d\}/.test(text));
    assert.deepEqual(written.filter(({ text }) => !SENTENCES.includes(text)), []);
    assert.deepEqual(SENTENCES.filter((sentence) => !written.some(({ text }) => text === sentence)), []);
    assert.deepEqual(forgotten(), [], 'these are not in the sources any more');
  });
});

for (const language of LANGUAGES) {
  const bundle = readBundle(`l10n/bundle.l10n.${language}.json`);
  const t = translator(bundle);

  describe(`bundle in ${language}`, () => {
    test('is whole, with nothing left over', () => {
      assertComplete(bundle, [...new Set([...askedTexts, ...tableTexts, ...clauses.map(({ text }) => text)])]);
    });

    test('keeps formulas and places for values, and says terms as the glossary has them', () => {
      const glossary = glossaryOf(language);
      for (const [english, words] of Object.entries(bundle)) {
        if (NAMES.includes(english)) assert.equal(words, english);
        else assertFaithful(english, words, glossary);
        assertSetWell(words);
      }
    });

    test('finds every sentence of a finding again, with its names', () => {
      for (const sentence of SENTENCES) {
        const names = ['model.py', 'Net', '12'].slice(0, new Set(sentence.match(/\{\d\}/g)).size);
        const said = inEnglish(sentence, ...names);
        assert.equal(retold(said, t), t(sentence, ...names), sentence);
        assert.equal(retold(said, inEnglish), said);
      }
      assert.equal(retold('trains VAE of model.py, which builds on Net', t), t('trains {0} of {1}, which {2}', 'VAE', 'model.py', t('builds on {0}', 'Net')));
      assert.equal(retold('says what nobody has said', t), 'says what nobody has said');
    });

    test('the programs of samples and templates have nothing to say that is not translated', () => {
      for (const folder of ['samples', 'templates']) for (const file of readdirSync(folder)) {
        for (const finding of read(readFileSync(`${folder}/${file}`, 'utf8'), file.endsWith('.py') ? 'python' : 'typescript').findings) {
          const english = findingInWords(finding);
          const words = findingInWords(finding, t);
          assert.equal(words.length, english.length);
          assert.deepEqual(words.filter((line) => english.includes(line)), [], file);
        }
      }
    });
  });

  describe(`package.json in ${language}`, () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, unknown>;
    const [english, words] = ['package.nls.json', `package.nls.${language}.json`].map(readBundle);

    test('names a key for every text, and both languages have it', () => {
      const texts = visible(manifest);
      assert.ok(texts.length >= 30, `${texts.length} texts`);
      assert.deepEqual(texts.filter((text) => !/^%[\w.]+%$/.test(text) && !NAMES.includes(text)), [], 'these are not translated');
      const keys = texts.flatMap((text) => (text.startsWith('%') ? [text.slice(1, -1)] : []));
      assertComplete(english, keys);
      assertComplete(words, keys);
    });

    test('keeps links, and says terms as the glossary has them', () => {
      const links = (text: string) => [...text.matchAll(/\]\((.*?)\)/g)].map(([, link]) => link);
      for (const [key, text] of Object.entries(english)) {
        assertFaithful(text, words[key], glossaryOf(language));
        assertSetWell(words[key]);
        assert.deepEqual(links(words[key]), links(text), key);
      }
    });

    test('ships, with the bundle', () => {
      assert.equal(manifest.l10n, './l10n');
      const shipped = readFileSync('.vscodeignore', 'utf8').split('\n');
      for (const file of ['package.nls.json', `package.nls.${language}.json`, 'l10n/*.json']) assert.ok(shipped.includes(`!${file}`), file);
    });
  });
}

test('lenses, titles and questions in Chinese', () => {
  const t = translator(readBundle('l10n/bundle.l10n.zh-cn.json'));
  const [finding] = read(readFileSync('samples/ddpm_moons.py', 'utf8'), 'python').findings;
  assert.equal(t('▶ Sample from {0}', t('DDPM')), '▶ 从 DDPM 采样');
  assert.equal(settingsInWords(finding, t).yours, settingsInWords(finding).yours.replaceAll(', ', '，').replace(/ schedule/, ' 调度'));
  assert.match(summaryInWords(finding, t), /^DDPM · 扩散步数 \d+/);
  assert.match(findingInWords(finding, t)[0], /^离散时间扩散模型，类 .+，PyTorch：(?:几乎可以确定|很有可能)（0\.\d\d）$/);
  assert.equal(withArticle('autoencoder', t), '自编码器');
  const panel = { fileName: 'vae.py', family: 'autoregressive', modelName: 'M', models: 1, pinned: true };
  assert.equal(titleOf(panel, [], t), '自回归 · vae.py · M（已固定）');
  const record: RunRecord = { format: 'marginalia-run', version: 1, kind: 'sample', settings: { data: 'moons', points: 2000, steps: 1, T: 50, schedule: 'cosine' }, device: 'wasm', trainedSteps: 0, points: null, model: null };
  assert.equal(runInWords(record, t), '用 1 步从 DDPM 采样双月的 2,000 个点');
  assert.equal(runInWords({ ...record, trainedSteps: 300 }, t), '在双月上训练 DDPM 300 步，然后用 1 步采样 2,000 个点');
  assert.equal(settingsOfRun(record, t), 'T = 50，cosine 调度，在 wasm 上运行');
  assert.throws(() => readRecord({ ...record, trainedSteps: 'many' }), (error) =>
    error instanceof RecordError && error.said.in(t) === '"trainedSteps" 的值为："many"；必须是 0 到 10,000,000 之间的整数。请重新导出该运行，或手动修复文件。');
});

/** What VS Code shows of a manifest. */
function visible(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return /^(displayName|description|title|category|altText|name|label|viewsWelcome|contents|(markdown)?[dD]eprecationMessage|markdownDescription|(markdown)?[eE]num(Item)?(Descriptions|Labels)|placeholder)$/.test(key) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((entry) => visible(entry, key));
  if (typeof value !== 'object' || value === null) return [];
  // The name of the package itself is no text, and npm's fields are not shown.
  const entries = Object.entries(value).filter(([name]) => !('publisher' in value) || ['displayName', 'description', 'contributes'].includes(name));
  return entries.flatMap(([name, entry]) => visible(entry, name));
}
