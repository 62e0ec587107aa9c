/** TeX of the person's own in each kind of extension host: in Node set in a thread, in the browser in a worker of the browser. */
import * as vscode from 'vscode';
import assert from 'node:assert/strict';
import { TexService } from '../../extension/editor/tex-service';
import { SLOW_TEX } from '../slow-tex';
import { marginalia, poll, showPython } from './support';

const inBrowser = typeof process === 'undefined' || !process.versions?.node;

/** Addresses of the browser's workers that are started meanwhile, by the extension too: both see the same globals. */
async function workersDuring(work: () => Promise<void>): Promise<string[]> {
  const addresses: string[] = [];
  if (!inBrowser) {
    await work();
    return addresses;
  }
  const Original = globalThis.Worker;
  globalThis.Worker = function (address: string | URL, options?: WorkerOptions) {
    addresses.push(String(address));
    return new Original(address, options);
  } as unknown as typeof Worker;
  try {
    await work();
  } finally {
    globalThis.Worker = Original;
  }
  return addresses;
}

/** How long nothing else came to its turn in the extension host. */
function longestStall(): () => number {
  let last = performance.now();
  let longest = 0;
  const look = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(look, 20);
  return () => {
    clearInterval(timer);
    look();
    return longest;
  };
}

describe('TeX on hover', () => {
  const hoverOver = async (document: vscode.TextDocument, marked: string): Promise<string> => {
    const offset = document.getText().indexOf(marked);
    assert.ok(offset >= 0, marked.slice(0, 40));
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, document.positionAt(offset + 2));
    return hovers.flatMap(({ contents }) => contents.map((content) => (typeof content === 'string' ? content : content.value))).join('\n');
  };

  it('is a picture in comments and docstrings, says what is wrong, and a formula without end stops by itself', async () => {
    await marginalia();
    const { document } = await showPython(`def f():\n    r"""The mean $\\mu_\\theta$.\n\n    $$${SLOW_TEX}$$\n    """\n\n\ny = 1  # $\\frac{a}{b}$, $\\nosuch$ and $\\sqrt{x}$\n`);
    const picture = /data:image\/svg\+xml;base64,/;
    let stalled = 0;
    const workers = await workersDuring(async () => {
      assert.match(await hoverOver(document, '\\mu_'), picture);
      assert.match(await hoverOver(document, '\\frac'), picture);
      assert.match(await hoverOver(document, '\\nosuch'), /Undefined.+nosuch/);
      const stall = longestStall();
      const begun = performance.now();
      assert.match(await hoverOver(document, '\\def\\c'), /takes.+too.+long/);
      const milliseconds = performance.now() - begun;
      stalled = stall();
      assert.ok(milliseconds < 6000, `given up after ${milliseconds} ms`);
      assert.match(await hoverOver(document, '\\sqrt'), picture);
    });
    console.log(`TeX on hover: workers of the browser ${workers.length}, longest stall beside a formula without end ${stalled.toFixed(0)} ms`);
    assert.ok(stalled < 700, `the extension host stood still for ${stalled} ms`);
    // In Node there is no other way than its threads; in the browser there was one before the formula without end and one after it.
    if (inBrowser) assert.ok(workers.length >= 1 && workers.every((address) => address.startsWith('blob:')), workers.join());
    else assert.equal(typeof globalThis.Worker, 'undefined');
  });

  it('the worker of a formula that takes too long is ended indeed', async () => {
    const extension = vscode.extensions.getExtension('marginalia.marginalia');
    assert.ok(extension);
    const shipped = new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension.extensionUri, 'dist', 'tex-worker.js')));
    const name = `marginalia-tex-${Date.now()}`;
    // It says in its loop that it lives: a worker that is busy can tell others, but is told nothing.
    const forEver = `const beats = new BroadcastChannel('${name}'); const set = onmessage;
      onmessage = (event) => { for (let last = 0; event.data.tex === 'z';) if (Date.now() > last + 20) beats.postMessage(last = Date.now()); set(event); };`;
    const log: string[] = [];
    const keep = (line: string) => void log.push(line);
    const service = new TexService(async () => `${shipped}\n${forEver}`, { warn: keep, error: keep }, { startMs: 15_000, eachMs: 800 });
    const channel = new BroadcastChannel(name);
    let beats = 0;
    let last = performance.now();
    channel.onmessage = () => {
      beats += 1;
      last = performance.now();
    };
    try {
      const workers = await workersDuring(async () => {
        assert.ok('typeset' in (await service.typeset('x', true)), log.join());
        const outcomes = await Promise.all([service.typeset('z', true), service.typeset('y', true)]);
        assert.ok(outcomes.every((outcome) => 'tooLong' in outcome));
        assert.ok(beats >= 5, `it lived: ${beats} beats`);
        // Chromium gives a script two seconds to end by itself.
        const told = last;
        await poll('silence', () => (performance.now() > last + 700 ? true : undefined), 10_000);
        console.log(`a worker without end: silent ${(last - told).toFixed(0)} ms after it was ended`);
        assert.ok('typeset' in (await service.typeset('y', true)), log.join());
      });
      assert.equal(workers.length, inBrowser ? 2 : 0);
      assert.match(log.join('\n'), /^A formula of 1 characters took longer than 800 ms/);
    } finally {
      channel.close();
      service.dispose();
    }
  });
});
