/** The page's HTML: nothing in it but the policy, the style sheet and the script. */
import * as vscode from 'vscode';
import { WASM_FILES, type PageAssets } from '../../core/protocol/messages';
import { languageOf, type Language } from '../../core/l10n/language';
import { SHIPPED_FILES } from '../../core/data/shipped';
import { DATASETS } from '../../core/math/datasets';

export function webviewRoot(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, 'dist', 'webview');
}

/** What the page fetches first, under way before its script has run: through a webview the way to the files is long. */
const fetchedFirst = ['worker.js', ...WASM_FILES.map((file) => `wasm/${file}`)];

/** `computes`: whether the page will run something at once, so that it is worth to fetch what that needs. */
export function pageHtml(webview: vscode.Webview, extension: vscode.Uri, computes: boolean): string {
  const uri = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(webviewRoot(extension), name)).toString();
  const language = languageOf(vscode.env.language);
  const nonce = makeNonce();
  // wasm-unsafe-eval compiles the WASM device; blob: starts the compute worker; inline styles are KaTeX's.
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}' ${webview.cspSource} 'wasm-unsafe-eval'`,
    `worker-src blob:`,
    `connect-src ${webview.cspSource} blob: data:`,
    `img-src ${webview.cspSource} data:`,
    `style-src ${webview.cspSource} 'unsafe-inline'`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <title>Marginalia</title>
  <link rel="stylesheet" href="${uri('main.css')}">
${[...(language === 'en' ? [] : [wordsFile(language)]), ...(computes ? fetchedFirst : [])].map((name) => `  <link rel="preload" as="fetch" crossorigin="anonymous" href="${uri(name)}">`).join('\n')}
</head>
<body>
  <script nonce="${nonce}" src="${uri('main.js')}"></script>
</body>
</html>`;
}

export function pageAssets(webview: vscode.Webview, extension: vscode.Uri): PageAssets {
  const uri = (...parts: string[]) => webview.asWebviewUri(vscode.Uri.joinPath(webviewRoot(extension), ...parts)).toString();
  return {
    worker: uri('worker.js'),
    wasm: Object.fromEntries(WASM_FILES.map((file) => [file, uri('wasm', file)])),
    weights: Object.fromEntries(DATASETS.map(({ id }) => [id, uri('weights', `${id}.safetensors`)])),
    images: Object.fromEntries(SHIPPED_FILES.map((file) => [file, uri('images', file)])),
  };
}

/** Where the page finds its words; null where it has them. */
export function pageWords(webview: vscode.Webview, extension: vscode.Uri, language: Language): string | null {
  return language === 'en' ? null : webview.asWebviewUri(vscode.Uri.joinPath(webviewRoot(extension), wordsFile(language))).toString();
}

const wordsFile = (language: Language): string => `words.${language}.json`;

function makeNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(24)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
