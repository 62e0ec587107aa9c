/** The built command line as a person or a script calls it: dist/cli.cjs in a process of its own. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readSafetensors, writeSafetensors } from '../../../core/math/safetensors';

const CLI = path.resolve('dist/cli.cjs');
const QUICK = ['sample', 'ddpm', '--schedule', 'cosine', '--T', '200', '--sampler', 'ddim', '--steps', '5', '--n', '300'];
const TINY = ['train', 'ddpm', '--data', 'gaussians8', '--T', '40', '--hidden-units', '10', '--hidden-layers', '2', '--batch-size', '32', '--n', '50', '--device', 'wasm', '--json'];

describe('marginalia on the command line', () => {
  let folder: string;
  before(() => { folder = mkdtempSync(path.join(tmpdir(), 'marginalia-cli-')); });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const at = (name: string) => path.join(folder, name);
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8', timeout: 120_000 });
    return { status, stdout, stderr };
  };
  /** Wrong usage or input: exit code 2, a message on stderr, nothing on stdout. */
  const refused = (message: RegExp, ...args: string[]) => {
    const { status, stdout, stderr } = run(...args);
    assert.equal(status, 2, stderr);
    assert.match(stderr, message);
    assert.equal(stdout, '');
  };

  it('says how it is used', () => {
    const { status, stdout } = run('--help');
    assert.equal(status, 0);
    assert.match(stdout, /marginalia recognise PATH/);
    assert.equal(run('--version').stdout.trim(), (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version);
  });

  it('recognises the samples; stdout is one JSON value', () => {
    const { status, stdout } = run('recognise', 'samples/ddpm_moons.py', 'samples/diffusers_sampling.py', '--json');
    assert.equal(status, 0);
    const findings = JSON.parse(stdout) as { file: string; family: string; name: string; line: number; framework: string; hyperparameters: Record<string, { value: unknown; line: number }>; evidence: { text: string; line: number }[] }[];
    const moons = findings.find(({ file }) => file.endsWith('ddpm_moons.py'))!;
    assert.deepEqual([moons.family, moons.name, moons.framework], ['ddpm', 'DDPM', 'pytorch']);
    assert.equal(moons.hyperparameters.T.value, 200);
    assert.equal(moons.hyperparameters.schedule.value, 'cosine');
    const lines = readFileSync('samples/ddpm_moons.py', 'utf8').split('\n');
    assert.match(lines[moons.line - 1], /class DDPM/);
    assert.match(lines[moons.hyperparameters.T.line - 1], /T=200/);
    assert.ok(moons.evidence.length > 0);
    assert.ok(findings.some(({ framework }) => framework === 'diffusers'));
  });

  it('gives the same bytes for the same seed, and JSON alone on stdout', () => {
    const [a, b, c] = ['a.csv', 'b.csv', 'c.csv'].map(at);
    const first = run(...QUICK, '--seed', '3', '--out', a, '--json');
    assert.equal(first.status, 0, first.stderr);
    run(...QUICK, '--seed', '3', '--out', b, '--json');
    run(...QUICK, '--seed', '4', '--out', c, '--json');
    assert.ok(readFileSync(a).equals(readFileSync(b)));
    assert.ok(!readFileSync(a).equals(readFileSync(c)));
    const lines = readFileSync(a, 'utf8').trimEnd().split('\n');
    assert.equal(lines[0], 'x,y');
    assert.equal(lines.length, 301);
    const result = JSON.parse(first.stdout) as Record<string, unknown>;
    assert.deepEqual(Object.keys(result), ['points', 'slicedWasserstein', 'slicedWassersteinReal', 'mmd', 'mmdReal', 'seconds', 'device', 'seed']);
    assert.deepEqual([result.points, result.seed], [300, 3]);
    assert.match(first.stderr, /WASM/);
  });

  it('refuses a command line that makes no sense', () => {
    refused(/no command "forget"; there are derivations, export, recognise, sample and train/, 'forget');
    refused(/train ddpm/, 'train');
    refused(/--resume wants the --checkpoint/, ...TINY, '--resume');
    refused(/at least one file/, 'recognise');
    refused(/sample ddpm/, 'sample', 'vae');
    refused(/--frobnicate/, 'sample', 'ddpm', '--frobnicate');
    refused(/"many"/, 'sample', 'ddpm', '--n', 'many');
    refused(/device/, 'sample', 'ddpm', '--device', 'abacus');
  });

  it('refuses settings that cannot run, each with what is allowed', () => {
    refused(/T: 0 is out of range; give 1 to 10000/, ...QUICK, '--T', '0');
    refused(/T: 1000000000 is out of range/, ...QUICK, '--T', '1e9');
    refused(/β end: 1 is out of range/, ...QUICK, '--schedule', 'linear', '--beta-end', '1');
    refused(/Steps: 201 is more than T = 200/, ...QUICK, '--steps', '201');
    refused(/"zigzag" is unknown; choose one of/, ...QUICK, '--schedule', 'zigzag');
  });

  it('names files that cannot be read and goes on with the others', () => {
    writeFileSync(at('binary.py'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3]));
    writeFileSync(at('large.py'), 'x = 1\n'.repeat(1_800_000));
    writeFileSync(at('broken.py'), 'class Diffusion(:\n    betas = torch.linspace(((\n  alphas_cumprod = torch.cumprod(1 - betas, 0\n');
    const { status, stdout, stderr } = run('recognise', at('missing.py'), at('binary.py'), at('large.py'), at('broken.py'), 'samples/ddpm_moons.py', '--json');
    assert.equal(status, 2);
    for (const name of ['missing.py', 'binary.py', 'large.py']) assert.match(stderr, new RegExp(`${name}: `));
    assert.equal((JSON.parse(stdout) as unknown[]).length, 1);
  });

  it('refuses weights that are cut, misshapen or missing', () => {
    const whole = readFileSync('webview/experiments/ddpm/weights/moons.safetensors');
    writeFileSync(at('cut.safetensors'), whole);
    truncateSync(at('cut.safetensors'), whole.length - 1000);
    const { tensors, metadata } = readSafetensors(whole);
    const [name] = Object.keys(tensors);
    const misshapen = { ...tensors, [name]: { ...tensors[name], shape: [tensors[name].data.length, 1] } };
    writeFileSync(at('misshapen.safetensors'), writeSafetensors({ tensors: misshapen, metadata }));
    for (const [file, message] of [['cut', /cut\.safetensors/], ['misshapen', /shape/], ['missing', /missing\.safetensors/]] as const) {
      refused(message, ...QUICK, '--weights', at(`${file}.safetensors`));
    }
  });

  it('trains, writes a network that sample takes, and goes on from a checkpoint to the same bytes', () => {
    const [straight, resumed, checkpoint] = ['straight.safetensors', 'resumed.safetensors', 'run.checkpoint'].map(at);
    const options = ['--prediction-type', 'v_prediction', '--loss', 'min_snr'];
    const whole = run(...TINY, ...options, '--steps', '60', '--out', straight);
    assert.equal(whole.status, 0, whole.stderr);
    const result = JSON.parse(whole.stdout) as Record<string, number | string>;
    assert.deepEqual(Object.keys(result), ['data', 'steps', 'loss', 'stepsPerSecond', 'slicedWasserstein', 'slicedWassersteinReal', 'mmd', 'mmdReal', 'boundNats', 'bitsPerDim', 'seconds', 'device', 'seed']);
    assert.deepEqual([result.data, result.steps], ['gaussians8', 60]);
    assert.ok(Object.values(result).every((value) => typeof value === 'string' || Number.isFinite(value)), whole.stdout);
    assert.match(whole.stderr, /step 60 of 60, loss [\d.]+, [\d.]+ steps\/s/);

    assert.equal(run(...TINY, ...options, '--steps', '25', '--checkpoint', checkpoint).status, 0);
    const second = run(...TINY, ...options, '--steps', '60', '--checkpoint', checkpoint, '--resume', '--out', resumed);
    assert.match(second.stderr, /going on from step 25/);
    assert.ok(readFileSync(resumed).equals(readFileSync(straight)));

    const { metadata } = readSafetensors(readFileSync(straight));
    assert.deepEqual([metadata.prediction, metadata.steps, metadata.dataset], ['v_prediction', '60', 'gaussians8']);
    const sampled = run(...QUICK, '--data', 'gaussians8', '--weights', straight, '--json');
    assert.equal(sampled.status, 0, sampled.stderr);
  });

  it('trains on the points of a file, and samples beside them', () => {
    const points = at('points.csv');
    writeFileSync(points, `x;y\n${Array.from({ length: 300 }, (_, i) => `${Math.cos(i)};${3 * Math.sin(i) + 5}`).join('\n')}\n`);
    const weights = at('points.safetensors');
    const trained = run(...TINY, '--data', points, '--steps', '20', '--out', weights);
    assert.equal(trained.status, 0, trained.stderr);
    assert.match(trained.stderr, /300 points of points\.csv/);
    const sampled = run(...QUICK, '--data', points, '--weights', weights, '--json');
    assert.equal(sampled.status, 0, sampled.stderr);
    refused(/No network is shipped for points of your own/, ...QUICK, '--data', points);
    writeFileSync(points, 'x,y\n1,2\n3,NaN\n');
    refused(/NaN/, ...TINY, '--data', points);
    refused(/cannot be read/, ...TINY, '--data', at('missing.csv'));
    refused(/"zebra" is unknown; choose one of moons/, ...TINY, '--data', 'zebra');
  });

  it('notices before it trains what cannot be written or gone on from', () => {
    mkdirSync(at('folder'));
    refused(/--out cannot be written/, ...TINY, '--out', at('folder'));
    refused(/--out cannot be written/, ...QUICK, '--out', at('nowhere/points.csv'));
    refused(/--checkpoint cannot be written/, ...TINY, '--checkpoint', at('nowhere/run.checkpoint'));
    refused(/checkpoint cannot be used/, ...TINY, '--checkpoint', at('absent'), '--resume');
    assert.ok(!existsSync(at('absent')));
    const checkpoint = at('cut.checkpoint');
    assert.equal(run(...TINY, '--steps', '3', '--checkpoint', checkpoint).status, 0);
    refused(/of other settings \(hiddenUnits was 10\)/, ...TINY, '--hidden-units', '11', '--steps', '5', '--checkpoint', checkpoint, '--resume');
    truncateSync(checkpoint, 2000);
    refused(/the checkpoint cannot be used: it cannot be read .*cut/, ...TINY, '--steps', '5', '--checkpoint', checkpoint, '--resume');
    refused(/Hidden units: 513 is out of range; give 1 to 512/, ...TINY, '--hidden-units', '513');
  });
});
