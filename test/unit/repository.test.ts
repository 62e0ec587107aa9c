/** What the repository itself promises: it holds nothing of one machine, and its manifest points to what is there. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { referencedFiles } from '../../scripts/lib/steps.mjs';

/** Files that are committed or would be. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(file) && statSync(file).isFile());

/** A home or working directory of some machine; put together so that this file does not match itself. */
const machinePath = new RegExp(`(?<![\\w.:/-])/(?:${['home', 'root', 'work', 'Users'].join('|')})/[\\w.-]|[A-Z]:\\\\Users\\\\`);

interface Manifest {
  scripts: Record<string, string>;
  main: string;
  browser: string;
  icon: string;
}
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

describe('the repository', () => {
  test('holds no path of anyone’s machine', () => {
    const found: string[] = [];
    for (const file of files) {
      const bytes = readFileSync(file);
      if (bytes.includes(0)) continue;
      bytes.toString('utf8').split('\n').forEach((line, index) => {
        if (machinePath.test(line)) found.push(`${file}:${index + 1}: ${line.slice(0, 160)}`);
      });
    }
    assert.deepEqual(found, []);
  });

  test('finds such a path where there is one', () => {
    const slash = '/';
    for (const folder of ['home', 'root', 'work', 'Users']) assert.match(`cd ${slash}${folder}${slash}someone`, machinePath);
    assert.doesNotMatch(`a network${slash}work${slash}done`, machinePath);
    assert.doesNotMatch(`https:${slash}${slash}example.org${slash}home${slash}page`, machinePath);
  });

  test('no source is longer than 400 lines', () => {
    const long = files
      .filter((file) => /\.(ts|mjs)$/.test(file) && !file.startsWith('test/fixtures/'))
      .map((file) => [file, readFileSync(file, 'utf8').split('\n').length] as const)
      .filter(([, lines]) => lines > 400);
    assert.deepEqual(long, []);
  });
});

describe('the lock file', () => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, { resolved?: string; version: string; integrity?: string; link?: boolean }> };

  test('names no registry, so that a mirror serves as well', () => {
    assert.deepEqual(Object.entries(lock.packages).filter(([, entry]) => entry.resolved !== undefined).map(([name]) => name), []);
    const npmrc = readFileSync('.npmrc', 'utf8');
    assert.match(npmrc, /^omit-lockfile-registry-resolved=true$/m);
    assert.doesNotMatch(npmrc, /registry=(?!true)|_auth|_password/);
  });

  test('pins every package by its contents', () => {
    const loose = Object.entries(lock.packages).filter(([name, entry]) => name !== '' && !/^sha(512|1)-/.test(entry.integrity ?? ''));
    assert.deepEqual(loose.map(([name]) => name), []);
  });
});

describe('package.json', () => {
  test('points to files that are there or that the build makes', () => {
    const build = readFileSync('esbuild.config.mjs', 'utf8');
    const named = referencedFiles(manifest);
    assert.ok(named.length >= 4, named.join(', '));
    for (const file of named.map((name) => name.replace(/^\.\//, ''))) {
      assert.ok(file.startsWith('dist/') ? build.includes(`'${file}'`) : existsSync(file), `${file} is neither there nor made by the build`);
    }
  });

  test('its scripts run files that are there', () => {
    const run = Object.values(manifest.scripts).flatMap((script) => [...script.matchAll(/(?:node|esbuild) (?!\.cache)((?:[\w-]+\/)*[\w.-]+\.(?:mjs|ts))/g)].map((match) => match[1]));
    assert.ok(run.length >= 5, run.join(', '));
    assert.deepEqual(run.filter((file) => !existsSync(file)), []);
  });
});

test('every relative link of the pages leads to a file', () => {
  for (const page of ['README.md', 'CONTRIBUTING.md', 'docs/architecture.md', 'docs/reading-code.md']) {
    const links = [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => path.join(path.dirname(page), link));
    assert.deepEqual(links.filter((link) => !existsSync(link)), [], page);
  }
});
