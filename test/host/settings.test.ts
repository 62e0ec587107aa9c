import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { lensesOf, marginalia, poll } from './support';

const folder = () => vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0].uri, 'settings-test');
const write = (name: string, text: string) => vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder(), name), new TextEncoder().encode(text));
const open = (name: string) => vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder(), name));

async function titlesWhen(what: string, document: vscode.TextDocument, condition: (titles: string) => boolean): Promise<string> {
  return poll(what, async () => {
    const titles = (await lensesOf(document)).map(({ title }) => title).join(' | ');
    return condition(titles) ? titles : undefined;
  });
}

const CODE = `import torch
import yaml

with open('conf/noise.yaml') as f:
    cfg = yaml.safe_load(f)


class Diffusion:
    def __init__(self):
        self.betas = torch.linspace(1e-4, 0.02, cfg['timesteps'])
        self.abar = torch.cumprod(1 - self.betas, dim=0)

    def noisy(self, x0, t, eps):
        return self.abar[t].sqrt() * x0 + (1 - self.abar[t]).sqrt() * eps
`;

describe('files of settings', function () {
  this.timeout(60_000);
  before(async () => { await marginalia(); });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(folder(), { recursive: true });
  });

  it('scheduler_config.json has a lens, JSON of other names and contents has none', async () => {
    const text = JSON.stringify({ _class_name: 'DDPMScheduler', num_train_timesteps: 321, beta_schedule: 'scaled_linear' }, null, 2);
    await write('scheduler_config.json', text);
    await write('other.json', text);
    await write('config.json', '{"model_type": "bert"}');
    const document = await open('scheduler_config.json');
    const titles = await titlesWhen('the lens', document, (found) => found !== '');
    assert.match(titles, /T = 321/);
    assert.match(titles, /scaled_linear/);
    assert.equal((await lensesOf(document))[0].line, 2);
    for (const name of ['other.json', 'config.json']) assert.equal((await lensesOf(await open(name))).length, 0, name);
  });

  it('YAML that the code opens is read, and followed as it is saved and typed', async () => {
    await write('conf/noise.yaml', 'timesteps: 432\n');
    await write('train.py', CODE);
    const document = await open('train.py');
    await titlesWhen('the value of the file', document, (titles) => titles.includes('T = 432'));
    await write('conf/noise.yaml', 'timesteps: 234\n');
    await titlesWhen('the file was saved', document, (titles) => titles.includes('T = 234'));
    const yaml = await vscode.window.showTextDocument(await open('conf/noise.yaml'));
    await yaml.edit((e) => e.replace(new vscode.Range(0, 11, 0, 14), '55'));
    await titlesWhen('the file was edited', document, (titles) => titles.includes('T = 55'));
  });
});
