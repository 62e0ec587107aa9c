/** Who may import whom, over the real sources; and that the check can fail. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { importsOf, violations, type Source } from './imports';

const isSource = (file: string) => existsSync(file) && statSync(file).isFile();

function sourcesUnder(folder: string): Source[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => path.posix.join(entry.parentPath.split(path.sep).join('/'), entry.name))
    .map((file) => ({ path: file, text: readFileSync(file, 'utf8') }));
}

describe('who may import whom', () => {
  for (const room of ['core', 'extension', 'webview', 'cli']) {
    test(`${room} keeps to its neighbours`, () => {
      const sources = sourcesUnder(room);
      assert.ok(sources.length > 0, `${room} holds no source`);
      assert.deepEqual(sources.flatMap((source) => violations(source, isSource)), []);
    });
  }

  test('outside of extension/ only host tests import vscode', () => {
    const others = ['core', 'webview', 'cli', 'test', 'scripts'].flatMap(sourcesUnder);
    const users = others.filter((source) => importsOf(source).includes('vscode')).map((source) => source.path);
    assert.deepEqual(users.filter((user) => !user.startsWith('test/host/')), []);
  });
});

describe('the check of the imports can fail', () => {
  const files = new Set([
    'core/math/a.ts', 'core/b.ts', 'extension/main.ts', 'webview/ui/main.ts', 'webview/engine/index.ts', 'webview/worker/main.ts',
    'webview/experiments/ddpm/manifest.ts', 'webview/experiments/ddpm/runtime.ts', 'webview/experiments/ddpm/view.ts', 'webview/experiments/vae/runtime.ts',
  ]);
  const read = (file: string, text: string) => violations({ path: file, text }, (candidate) => files.has(candidate));

  const bad: [what: string, file: string, text: string, sentence: RegExp][] = [
    ['core imports the extension', 'core/math/a.ts', "import { x } from '../../extension/main';", /imports extension\/main\.ts/],
    ['core imports a type of the webview', 'core/b.ts', "import type { X } from '../webview/engine';", /imports webview\/engine\/index\.ts/],
    ['core imports Node', 'core/b.ts', "import fs from 'node:fs';", /package node:fs/],
    ['core re-exports tfjs', 'core/b.ts', "export * from '@tensorflow/tfjs-core';", /package @tensorflow/],
    ['core loads the extension later', 'core/b.ts', "const later = () => import('../extension/main');", /imports extension\/main\.ts/],
    ['core asks for the document', 'core/b.ts', 'export const title = () => document.title;', /core\/b\.ts:1 uses document/],
    ['the extension imports the page', 'extension/main.ts', "import '../webview/ui/main';", /imports webview\/ui\/main\.ts/],
    ['the extension imports a runtime', 'extension/main.ts', "import { r } from '../webview/experiments/ddpm/runtime';", /imports webview\/experiments\/ddpm\/runtime\.ts/],
    ['the page imports the extension', 'webview/ui/main.ts', "import '../../extension/main';", /imports extension\/main\.ts/],
    ['the page imports vscode', 'webview/ui/main.ts', "import * as vscode from 'vscode';", /package vscode/],
    ['the page imports tfjs', 'webview/ui/main.ts', "import * as tf from '@tensorflow/tfjs-core';", /package @tensorflow/],
    ['the worker imports tfjs', 'webview/worker/main.ts', "require('@tensorflow/tfjs-core');", /package @tensorflow/],
    ['a manifest uses the document', 'webview/experiments/ddpm/manifest.ts', 'window.alert(1);', /uses window/],
    ['one experiment imports another', 'webview/experiments/ddpm/runtime.ts', "import { v } from '../vae/runtime';", /imports webview\/experiments\/vae\/runtime\.ts/],
    ['a part of a runtime uses the document', 'webview/experiments/ddpm/runtime/training.ts', 'document.title;', /uses document/],
    ['a part of a runtime imports another experiment', 'webview/experiments/ddpm/runtime/training.ts', "import { v } from '../../vae/runtime';", /imports webview\/experiments\/vae\/runtime\.ts/],
    ['the command line imports a view', 'cli/main.ts', "import { v } from '../webview/experiments/ddpm/view';", /imports webview\/experiments\/ddpm\/view\.ts/],
    ['a file lies outside of the rooms', 'elsewhere/a.ts', '', /belongs to no room/],
  ];
  for (const [what, file, text, sentence] of bad) {
    test(what, () => {
      const found = read(file, text);
      assert.equal(found.length, 1, found.join('\n'));
      assert.match(found[0], sentence);
    });
  }

  const good: [what: string, file: string, text: string][] = [
    ['the extension imports a manifest', 'extension/main.ts', "import { m } from '../webview/experiments/ddpm/manifest';\nimport * as vscode from 'vscode';"],
    ["a parameter called document is the editor's", 'extension/main.ts', 'export const f = (document: { uri: string }) => document.uri;\nexport const g = (editor: { document: { uri: string } }) => editor.document.uri;'],
    ['a variable called window', 'extension/main.ts', "import { window } from 'vscode';\nwindow.showInformationMessage('x');"],
    ['an object with a key called document', 'core/b.ts', 'export const o = { document: 1 };\nexport const { document: d } = o;\nexport const p = d;'],
    ['a runtime in several files', 'webview/experiments/ddpm/runtime/index.ts', "import { e } from '../../../engine';\nimport * as tf from '@tensorflow/tfjs-core';\nimport { m } from '../manifest';"],
    ['a runtime imports the engine and tfjs', 'webview/experiments/ddpm/runtime.ts', "import { e } from '../../engine';\nimport * as tf from '@tensorflow/tfjs-core';"],
  ];
  for (const [what, file, text] of good) {
    test(`but not on: ${what}`, () => assert.deepEqual(read(file, text), []));
  }
});
