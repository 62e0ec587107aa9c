// npm start [-- --port N] [--browser]: installs what is missing, builds, and opens VS Code on samples/ with the extension loaded.
// `--port` and `--browser` choose VS Code in the browser even where `code` is on the PATH. Ctrl-C ends everything that was started.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { endChildrenWithUs, run, stopAll } from './lib/children.mjs';
import { choosePort } from './lib/code-server.mjs';
import { findCode, openDesktop, openDownload, openServer } from './lib/editors.mjs';
import { checkNode, installPackages, SetupError } from './lib/install.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const servable = process.platform === 'linux' && process.arch === 'x64';

function options() {
  try {
    const { values } = parseArgs({ options: { port: { type: 'string' }, browser: { type: 'boolean', default: false } } });
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65535)) throw new Error(`--port wants a number from 1 to 65535, not "${values.port}".`);
    return { port, browser: values.browser };
  } catch (error) {
    throw new SetupError(`${error.message}\nUsage: npm start [-- --port N] [--browser]`);
  }
}

async function main() {
  const { port, browser } = options();
  checkNode();
  if (port !== undefined) await choosePort(port);
  const inBrowser = browser || port !== undefined;
  if (inBrowser && !servable) throw new SetupError(`VS Code in the browser is set up for Linux x64 only; this is ${process.platform} ${process.arch}. Leave --browser and --port away.`);
  await installPackages(root);
  const built = await run(process.execPath, ['esbuild.config.mjs'], { cwd: root });
  if (built.code !== 0) throw new SetupError('The build failed; the messages are above.');
  const place = { root, folder: path.join(root, 'samples'), file: path.join(root, 'samples/ddpm_moons.py') };
  const code = inBrowser ? undefined : findCode(root);
  if (code) return openDesktop({ ...place, command: code });
  return servable ? openServer({ ...place, port }) : openDownload(place);
}

endChildrenWithUs();
process.chdir(root);
try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof SetupError ? error.message : error);
  process.exitCode = 1;
}
await stopAll();
