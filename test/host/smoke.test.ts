import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const ID = 'marginalia.marginalia';
const COMMANDS = ['marginalia.sampleDdpm', 'marginalia.showDerivation', 'marginalia.openPlayground', 'marginalia.stop'];

describe('the extension in its host', () => {
  let extension: vscode.Extension<unknown>;

  before(async () => {
    const found = vscode.extensions.getExtension(ID);
    assert.ok(found, `${ID} is not among the extensions of this VS Code`);
    extension = found;
    await extension.activate();
  });

  it('activates', () => {
    assert.equal(extension.isActive, true);
  });

  for (const command of COMMANDS) {
    it(`registers ${command}`, async () => {
      const registered = await vscode.commands.getCommands(true);
      assert.ok(registered.includes(command));
    });
  }

  it('runs in untrusted and in virtual workspaces', () => {
    const { capabilities } = extension.packageJSON as { capabilities: { untrustedWorkspaces: { supported: boolean }; virtualWorkspaces: boolean } };
    assert.equal(capabilities.untrustedWorkspaces.supported, true);
    assert.equal(capabilities.virtualWorkspaces, true);
  });
});
