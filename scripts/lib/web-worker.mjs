// In the browser a worker is started another way than in Node: in the extension's bundle and in that of its tests.
import path from 'node:path';

export const webWorker = {
  name: 'web-worker',
  setup(b) {
    b.onResolve({ filter: /\/tex\/start$/ }, () => ({ path: path.join(b.initialOptions.absWorkingDir, 'extension/tex/start-web.ts') }));
  },
};
