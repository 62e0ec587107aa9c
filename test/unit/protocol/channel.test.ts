import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, it } from 'node:test';
import { CANCELLED, Channel, CLOSED, FAILED, memoryPorts, Transfer, UNKNOWN_METHOD, type Handlers, type Port } from '../../../core/protocol/channel';

type Server = {
  double: { params: number; result: number };
  count: { params: { to: number }; event: number; result: string };
  fail: { params: null; result: null };
  hang: { params: null; result: null };
  buffer: { params: null; result: Float32Array };
};
type Client = { ask: { params: string; result: string } };

function pair(overrides: Partial<Handlers<Server>> = {}) {
  const [a, b] = memoryPorts((value) => structuredClone(value));
  const log: string[] = [];
  const handlers: Handlers<Server> = {
    double: (n) => n * 2,
    async count({ to }, { progress, signal }) {
      for (let i = 1; i <= to; i++) {
        await wait(1);
        if (signal.aborted) throw new Error(`stopped at ${i}`);
        progress(i);
      }
      return `counted to ${to}`;
    },
    fail: () => { throw new RangeError('no such thing'); },
    hang: (_, { signal }) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
    buffer: () => { const value = new Float32Array([1, 2]); return new Transfer(value, [value.buffer]); },
    ...overrides,
  };
  const server = new Channel<Server, Client>(a, handlers, (text) => log.push(text));
  const client = new Channel<Client, Server>(b, { ask: (text) => `${text}!` }, (text) => log.push(text));
  return { server, client, log, a, b };
}

describe('channel', () => {
  it('answers in both directions', async () => {
    const { client, server } = pair();
    assert.equal(await client.call('double', 21), 42);
    assert.equal(await server.call('ask', 'well'), 'well!');
    assert.deepEqual(await client.call('buffer', null), new Float32Array([1, 2]));
  });

  it('keeps interleaved calls apart and delivers events before the result, in order', async () => {
    const { client } = pair();
    const seen: Record<string, number[]> = { a: [], b: [] };
    const [a, b] = await Promise.all([
      client.call('count', { to: 3 }, { onEvent: (n) => seen.a.push(n) }),
      client.call('count', { to: 5 }, { onEvent: (n) => seen.b.push(n) }),
    ]);
    assert.deepEqual([a, b], ['counted to 3', 'counted to 5']);
    assert.deepEqual(seen, { a: [1, 2, 3], b: [1, 2, 3, 4, 5] });
  });

  it('answers a handler that throws with its message', async () => {
    const { client } = pair();
    await assert.rejects(client.call('fail', null), { code: FAILED, message: 'no such thing' });
  });

  it('answers a method nobody handles, also one named like a property of Object', async () => {
    const { client } = pair();
    for (const method of ['nothing', 'toString', 'constructor']) {
      await assert.rejects(client.call(method as 'double', 1), { code: UNKNOWN_METHOD });
    }
  });

  it('cancels: the handler sees the signal and the caller gets the code', async () => {
    const { client } = pair();
    const controller = new AbortController();
    const events: number[] = [];
    const call = client.call('count', { to: 10_000 }, { signal: controller.signal, onEvent: (n) => { events.push(n); if (n === 3) controller.abort(); } });
    await assert.rejects(call, { code: CANCELLED });
    assert.ok(events.length < 20, `stopped soon after: ${events.length} events`);
    await assert.rejects(client.call('double', 1, { signal: controller.signal }), { code: CANCELLED }, 'an aborted signal sends nothing');
  });

  it('rejects what is pending, and aborts what runs for the other side, when disposed', async () => {
    let aborted = false;
    const { client, server } = pair({ hang: (_, { signal }) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => { aborted = true; reject(new Error('x')); })) });
    const call = client.call('hang', null);
    await wait(5);
    server.dispose();
    client.dispose();
    await assert.rejects(call, { code: CLOSED });
    await assert.rejects(client.call('double', 1), { code: CLOSED });
    assert.ok(aborted);
  });

  it('logs answers to unknown ids and messages of unknown form, and goes on', async () => {
    const { client, log, a } = pair();
    a.post({ kind: 'result', id: 'from before the reload', value: 1 });
    a.post({ kind: 'event', id: 'another', event: 1 });
    a.post('hello');
    a.post({ kind: 'cancel', id: 'unknown' });
    assert.equal(await client.call('double', 2), 4);
    assert.equal(log.length, 3);
    assert.match(log.join('\n'), /from before the reload[\s\S]*another[\s\S]*unknown form/);
  });

  it('rejects a call whose message cannot be posted', async () => {
    const [port] = memoryPorts();
    const broken: Port = { ...port, post: () => { throw new Error('DataCloneError'); } };
    await assert.rejects(new Channel<Client, Server>(broken, { ask: (text) => text }).call('double', 1), { message: 'DataCloneError' });
  });

  it('does not confuse ids of two callers on one port', async () => {
    const [a, b] = memoryPorts((value) => structuredClone(value));
    new Channel<Server, Client>(a, { ...({} as Handlers<Server>), double: (n) => n * 2 });
    const one = new Channel<Client, Server>(b, { ask: (text) => text });
    const two = new Channel<Client, Server>(b, { ask: (text) => text });
    assert.deepEqual(await Promise.all([one.call('double', 1), two.call('double', 2)]), [2, 4]);
  });
});
