/** What ships, as built: that each bundle holds what its place can run, and nothing else. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const bundle = (file: string) => readFileSync(`dist/${file}`, 'utf8');
const required = (text: string) => new Set([...text.matchAll(/\brequire\(["']([^"']+)["']\)/g)].map(([, name]) => name));

describe('bundles', () => {
  it('the extension needs vscode alone in the web, and on the desktop threads and the reader, which is a file beside it', () => {
    assert.deepEqual([...required(bundle('web/extension.cjs'))], ['vscode']);
    assert.deepEqual([...required(bundle('extension.cjs'))].sort(), ['./reader.cjs', 'node:worker_threads', 'vscode']);
    assert.deepEqual([...required(bundle('reader.cjs'))], []);
    // A package without it would start, and find nothing.
    const shipped = readFileSync('.vscodeignore', 'utf8').split('\n');
    for (const file of required(bundle('extension.cjs'))) if (file.startsWith('./')) assert.ok(shipped.includes(`!dist/${file.slice(2)}`), `${file} is not packaged`);
    // What VS Code waits for when it starts.
    assert.ok(bundle('extension.cjs').length < bundle('reader.cjs').length / 3);
  });

  it('the page has no React and no eval', () => {
    const page = bundle('webview/main.js');
    assert.ok(!/react\.production|react-dom|fast-react-wrapper/.test(page));
    assert.deepEqual([...required(page)], []);
    // The toolkit's foundation looks for the global object in that way where `globalThis` is unknown.
    assert.ok(!/\beval\(|new Function\((?!"return this"\))/.test(page));
  });

  it('the worker is one self-contained classic script', () => {
    const worker = bundle('webview/worker.js');
    assert.ok(!/^\s*(import|export)\s/m.test(worker));
  });

  it('fonts are woff2 only, and every one that the style sheet names is there', () => {
    const fonts = [...bundle('webview/main.css').matchAll(/url\(["']?\.\/(fonts\/[^"')]+)["']?\)/g)].map(([, name]) => name);
    assert.ok(fonts.length >= 10, `${fonts.length} fonts`);
    for (const font of fonts) {
      assert.match(font, /\.woff2$/);
      assert.ok(readFileSync(`dist/webview/${font}`).length > 1000, font);
    }
  });
});
