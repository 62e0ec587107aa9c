import type * as vscode from 'vscode';
import type { Port } from '../../core/protocol/channel';

/** The host's end of the wire to a page. */
export function webviewPort(webview: vscode.Webview): Port {
  return {
    // A webview that was just closed answers false; the channel's disposal is what rejects the caller.
    post: (message) => void webview.postMessage(message),
    listen: (receive) => {
      const subscription = webview.onDidReceiveMessage(receive);
      return () => subscription.dispose();
    },
  };
}
