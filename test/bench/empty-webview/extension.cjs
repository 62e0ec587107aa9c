// Opens an empty webview beside the editor and puts into its title how long it took until its script spoke.
/* global require, exports */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const vscode = require('vscode');

exports.activate = (context) => {
  context.subscriptions.push(vscode.commands.registerCommand('emptyWebview.open', () => {
    const begun = Date.now();
    const panel = vscode.window.createWebviewPanel('emptyWebview', 'Empty webview', vscode.ViewColumn.Beside, { enableScripts: true });
    panel.webview.onDidReceiveMessage(() => (panel.title = `Empty webview: ${Date.now() - begun} ms`));
    panel.webview.html = '<!doctype html><html><body><script>acquireVsCodeApi().postMessage(null)</script></body></html>';
  }));
};
