import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const ID = 'marginalia.marginalia';
const COMMANDS = ['sampleDdpm', 'trainDdpm', 'trainVae', 'openLatentMap', 'pauseTraining', 'stop', 'showDerivation', 'openPlayground', 'pinPlayground', 'unpinPlayground', 'runLast', 'openRun', 'newModel'].map((name) => `marginalia.${name}`);

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

  it('registers no command that package.json does not have, and the other way round', async () => {
    const { contributes } = extension.packageJSON as { contributes: { commands: { command: string }[] } };
    const registered = (await vscode.commands.getCommands(true)).filter((command) => command.startsWith('marginalia.'));
    // Views and editors of an extension register commands of their own, in deeper names.
    const own = registered.filter((command) => /^marginalia\.\w+$/.test(command)).sort();
    assert.deepEqual(own, contributes.commands.map(({ command }) => command).sort());
  });

  it('runs in untrusted and in virtual workspaces', () => {
    const { capabilities } = extension.packageJSON as { capabilities: { untrustedWorkspaces: { supported: boolean }; virtualWorkspaces: boolean } };
    assert.equal(capabilities.untrustedWorkspaces.supported, true);
    assert.equal(capabilities.virtualWorkspaces, true);
  });
});
