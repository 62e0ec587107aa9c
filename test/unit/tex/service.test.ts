/** The service with the worker that ships, in real threads. The hosts' tests drive it in the browser's. */
import { before, test } from 'node:test';
import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { TexService, type TexBounds, type TexOutcome } from '../../../extension/editor/tex-service';
import { LARGE_TEX, SLOW_TEX } from '../../slow-tex';

let shipped: string;
before(async () => {
  const { outputFiles } = await build({ entryPoints: ['extension/tex/worker.ts'], bundle: true, write: false, platform: 'browser', format: 'iife', mainFields: ['module', 'main'], logLevel: 'error' });
  shipped = outputFiles[0].text;
});

/** @param source of the worker that is started as the nth, from 1. */
function serviceOf(bounds: Partial<TexBounds>, source = (_: number): string => shipped) {
  const log: string[] = [];
  let starts = 0;
  const keep = (line: string) => void log.push(line);
  const service = new TexService(async () => source(++starts), { warn: keep, error: keep }, { startMs: 60_000, eachMs: 60_000, ...bounds });
  return { service, log, starts: () => starts };
}

const widthOf = (outcome: TexOutcome): number => ('typeset' in outcome ? outcome.typeset.picture.width : NaN);
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Part of one processor that this process keeps busy, all threads together. */
async function busy(milliseconds: number): Promise<number> {
  const begun = process.cpuUsage();
  await pause(milliseconds);
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000 / milliseconds;
}

test('a formula that takes too long ends its worker; those that wait are told, and the next one starts another', async () => {
  const { service, log, starts } = serviceOf({ eachMs: 1500 });
  const width = widthOf(await service.typeset('x^2', true));
  assert.ok(width > 0);
  const begun = performance.now();
  const slow = service.typeset(SLOW_TEX, true);
  const behind = service.typeset('y', true);
  const atWork = await busy(500);
  for (const outcome of await Promise.all([slow, behind])) assert.ok('tooLong' in outcome, JSON.stringify(outcome).slice(0, 200));
  const milliseconds = performance.now() - begun;
  assert.ok(milliseconds >= 1400 && milliseconds < 4000, `${milliseconds} ms`);
  assert.match(log.join('\n'), new RegExp(`^A formula of ${SLOW_TEX.length} characters took longer than 1500 ms`));
  await pause(200);
  const left = await busy(500);
  assert.ok(left < atWork / 3, `${left} of a processor is busy, ${atWork} were while it worked`);
  assert.ok(widthOf(await service.typeset('y', true)) > 0, 'what waited goes well when it is asked again');
  assert.equal(widthOf(await service.typeset('x^{2}', true)), width);
  assert.equal(starts(), 2);
  service.dispose();
});

test('what was given up is tried again, and what was set is not', async () => {
  const forEver = 'const set = onmessage; onmessage = (event) => { while (event.data.tex === "z"); set(event); };';
  const { service, starts } = serviceOf({ eachMs: 500 }, (n) => (n === 1 ? `${shipped}\n${forEver}` : shipped));
  const first = await service.typeset('x', true);
  assert.ok('tooLong' in (await service.typeset('z', true)));
  assert.ok(widthOf(await service.typeset('z', true)) > 0);
  assert.equal(await service.typeset('x', true), first);
  assert.equal(starts(), 2);
  service.dispose();
});

test('a worker may take longer to start than a formula may take, and no formula has that time', async () => {
  const slowly = 'for (const until = Date.now() + 1500; Date.now() < until;);';
  const { service, log, starts } = serviceOf({ eachMs: 700 }, () => `${slowly}\n${shipped}`);
  for (let i = 1; i <= 2; i++) {
    const outcomes = await Promise.all([service.typeset(SLOW_TEX, true), service.typeset('y', true)]);
    assert.ok(outcomes.every((outcome) => 'tooLong' in outcome));
    assert.match(log[i - 1], /took longer than 700 ms/);
    assert.equal(log.length, i);
  }
  assert.ok(widthOf(await service.typeset('y', true)) > 0);
  assert.equal(starts(), 3);
  service.dispose();
});

test('a worker that does not start is given up, and what waited for it is told', async () => {
  const sources = ['for (;;);', 'throw new Error("no worker here");'];
  const { service, log, starts } = serviceOf({ startMs: 3000 }, (n) => sources[n - 1] ?? shipped);
  const never = await Promise.all([service.typeset('x', true), service.typeset('y', true)]);
  assert.ok(never.every((outcome) => 'tooLong' in outcome));
  assert.ok('tooLong' in (await service.typeset('x', true)));
  assert.match(log[0], /took longer than 3000 ms/);
  assert.match(log[1], /no worker here/, 'it is not waited for');
  assert.equal(log.length, 2);
  assert.ok(widthOf(await service.typeset('x', true)) > 0);
  assert.equal(starts(), 3);
  service.dispose();
});

test('a formula that wants too much memory ends its worker, and nothing else', async () => {
  const { service, log, starts } = serviceOf({});
  assert.ok('tooLong' in (await service.typeset(LARGE_TEX, true)));
  assert.match(log.join('\n'), /^The typesetting worker ended: .*memory/);
  assert.ok(widthOf(await service.typeset('x', true)) > 0);
  assert.equal(starts(), 2);
  service.dispose();
});

test('a worker that cannot be read is said so, and read again', async () => {
  const { service, starts } = serviceOf({}, (n) => {
    if (n === 1) throw new Error('no such file');
    return shipped;
  });
  await assert.rejects(service.typeset('x', true), /no such file/);
  assert.ok(widthOf(await service.typeset('x', true)) > 0);
  assert.equal(starts(), 2);
  service.dispose();
});
