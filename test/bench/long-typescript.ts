/** A long TypeScript file as a web project's is, with a DDPM in TensorFlow.js and a sampler in plain numbers among pages, parsers and stores. Deterministic. */
import { seeded } from '../seeded';

type Template = (n: number, pick: (list: readonly string[]) => string) => string;

const WORDS = ['Image', 'Token', 'Audio', 'Sensor', 'Graph', 'Patient', 'Video', 'User', 'Weather', 'Protein'] as const;

const TEMPLATES: readonly Template[] = [
  (n, pick) => `export interface ${pick(WORDS)}Settings${n} {
  readonly name: string;
  limit?: number;
  tags: string[];
}

export class ${pick(WORDS)}Store${n}<K extends string, V> {
  private readonly items = new Map<K, V>();
  private readonly listeners: ((key: K) => void)[] = [];

  constructor(private readonly capacity = 100) {}

  get(key: K): V | undefined {
    const value = this.items.get(key);
    if (value === undefined) return undefined;
    this.items.delete(key);
    this.items.set(key, value);
    return value;
  }

  put(key: K, value: V): void {
    if (this.items.size >= this.capacity) {
      const [oldest] = this.items.keys();
      this.items.delete(oldest);
    }
    this.items.set(key, value);
    for (const listener of this.listeners) listener(key);
  }

  subscribe(listener: (key: K) => void): () => void {
    this.listeners.push(listener);
    return () => {
      this.listeners.splice(this.listeners.indexOf(listener), 1);
    };
  }
}
`,
  (n, pick) => `export function parse${pick(WORDS)}Rows${n}(text: string, separator = ','): Record<string, string>[] {
  const [head, ...lines] = text.split(/\\r?\\n/).filter((line) => line.trim() !== '');
  if (!head) throw new Error('the file has no header');
  const names = head.split(separator).map((name) => name.trim());
  return lines.map((line, i) => {
    const cells = line.split(separator);
    if (cells.length !== names.length) {
      throw new Error(\`line \${i + 2}: \${cells.length} cells, \${names.length} expected\`);
    }
    return Object.fromEntries(names.map((name, k) => [name, cells[k].trim()]));
  });
}
`,
  (n, pick) => `router.get('/${pick(WORDS).toLowerCase()}/:id/${n}', async (request, response) => {
  const { id } = request.params;
  try {
    const record = await database.find('${pick(WORDS).toLowerCase()}', id);
    if (!record) {
      response.status(404).json({ error: \`no record \${id}\` });
      return;
    }
    response.json({ ...record, links: [\`/items/\${id}\`] });
  } catch (error) {
    logger.warn('lookup failed', { id, error });
    response.status(500).end();
  }
});
`,
  (n, pick) => `type ${pick(WORDS)}Event${n} =
  | { kind: 'opened'; id: string }
  | { kind: 'renamed'; id: string; to: string }
  | { kind: 'closed'; id: string };

function reduce${n}(state: State, event: ${WORDS[n % WORDS.length]}Event${n}): State {
  switch (event.kind) {
    case 'opened':
      return { ...state, open: [...state.open, event.id] };
    case 'renamed':
      return { ...state, names: { ...state.names, [event.id]: event.to } };
    case 'closed':
      return { ...state, open: state.open.filter((id) => id !== event.id) };
  }
}
`,
  (n, pick) => `export const draw${pick(WORDS)}Chart${n} = (context: CanvasRenderingContext2D, values: number[], options: ChartOptions = {}): void => {
  const { width, height } = context.canvas;
  const margin = options.margin ?? 8;
  const high = Math.max(...values, 1);
  context.clearRect(0, 0, width, height);
  context.beginPath();
  values.forEach((value, i) => {
    const x = margin + (i / (values.length - 1)) * (width - 2 * margin);
    const y = height - margin - (value / high) * (height - 2 * margin);
    if (i === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  });
  context.strokeStyle = options.colour ?? '#4477aa';
  context.stroke();
};
`,
  (n) => `/** Mean and variance of a stream, by Welford's method. */
export class RunningStatistics${n} {
  private count = 0;
  private mean = 0;
  private m2 = 0;

  add(value: number): void {
    this.count++;
    const delta = value - this.mean;
    this.mean += delta / this.count;
    this.m2 += delta * (value - this.mean);
  }

  get deviation(): number {
    return Math.sqrt(this.m2 / Math.max(1, this.count - 1));
  }

  merge(other: RunningStatistics${n}): this {
    const total = this.count + other.count;
    if (total === 0) return this;
    const delta = other.mean - this.mean;
    this.mean += (delta * other.count) / total;
    this.m2 += other.m2 + (delta * delta * this.count * other.count) / total;
    this.count = total;
    return this;
  }
}
`,
  (n, pick) => `export async function load${pick(WORDS)}Page${n}(client: Client, query: Query, signal?: AbortSignal): Promise<Page> {
  const url = new URL('/api/v1/search', client.base);
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(key, String(value));
  }
  for (let attempt = 0; attempt < 4; attempt++) {
    const response = await fetch(url, { signal, headers: client.headers });
    if (response.ok) return (await response.json()) as Page;
    if (response.status < 500) throw new HttpError(response.status, await response.text());
    await sleep(100 * 2 ** attempt);
  }
  throw new HttpError(503, 'gave up');
}
`,
  (n) => `export function build${n}Classifier(inputs: number, classes: number): tf.LayersModel {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 64, activation: 'relu', inputShape: [inputs] }));
  model.add(tf.layers.dropout({ rate: 0.1 }));
  model.add(tf.layers.dense({ units: classes, activation: 'softmax' }));
  model.compile({ optimizer: tf.train.adam(3e-4), loss: 'categoricalCrossentropy' });
  return model;
}
`,
  (n, pick) => `describe('${pick(WORDS).toLowerCase()} settings ${n}', () => {
  const base = { name: 'a', limit: ${n}, tags: ['x', 'y'] };

  it('keeps what it was given', () => {
    expect(normalise(base)).toEqual({ ...base, tags: ['x', 'y'] });
  });

  it('refuses a limit below zero', () => {
    expect(() => normalise({ ...base, limit: -1 })).toThrow(/limit/);
  });
});
`,
];

const HEAD = `/** Experiments of one project, in one long file. */
import * as tf from '@tensorflow/tfjs';
import { router } from './router';
import { database, logger, sleep } from './server';
import type { ChartOptions, Client, Page, Query, State } from './types';
import { HttpError, normalise } from './types';
`;

const DDPM = `export class PointDiffusion {
  readonly betas: tf.Tensor1D;
  readonly alphasCumprod: tf.Tensor1D;

  constructor(private readonly model: tf.LayersModel, readonly timesteps = 200, betaStart = 1e-4, betaEnd = 0.05) {
    this.betas = tf.linspace(betaStart, betaEnd, timesteps);
    this.alphasCumprod = tf.cumprod(tf.sub(1, this.betas)) as tf.Tensor1D;
  }

  addNoise(x0: tf.Tensor2D, t: tf.Tensor1D, noise: tf.Tensor2D): tf.Tensor2D {
    const bar = this.alphasCumprod.gather(t).reshape([-1, 1]);
    return bar.sqrt().mul(x0).add(tf.sub(1, bar).sqrt().mul(noise));
  }

  loss(x0: tf.Tensor2D): tf.Scalar {
    const t = tf.randomUniform([x0.shape[0]], 0, this.timesteps, 'int32') as tf.Tensor1D;
    const noise = tf.randomNormal(x0.shape) as tf.Tensor2D;
    const predicted = this.model.predict([this.addNoise(x0, t, noise), t]) as tf.Tensor2D;
    return tf.losses.meanSquaredError(noise, predicted) as tf.Scalar;
  }

  sample(n: number): tf.Tensor2D {
    let x = tf.randomNormal([n, 2]) as tf.Tensor2D;
    for (let t = this.timesteps - 1; t >= 0; t--) {
      const eps = this.model.predict([x, tf.fill([n], t)]) as tf.Tensor2D;
      const beta = this.betas.gather([t]);
      const bar = this.alphasCumprod.gather([t]);
      const mean = x.sub(beta.div(tf.sub(1, bar).sqrt()).mul(eps)).div(tf.sub(1, beta).sqrt());
      const z = t > 0 ? tf.randomNormal([n, 2]) : tf.zeros([n, 2]);
      x = mean.add(beta.sqrt().mul(z)) as tf.Tensor2D;
    }
    return x;
  }
}

export function trainPoints(model: tf.LayersModel, batches: tf.Tensor2D[]): PointDiffusion {
  const diffusion = new PointDiffusion(model);
  const optimizer = tf.train.adam(2e-3);
  for (const batch of batches) {
    optimizer.minimize(() => diffusion.loss(batch));
  }
  return diffusion;
}
`;

const SECOND = `export function ancestralSampler(predict: (x: number[], t: number) => number[], T = 400) {
  const betas = Array.from({ length: T }, (_, i) => 1e-4 + ((0.03 - 1e-4) * i) / (T - 1));
  const bars: number[] = [];
  let bar = 1;
  for (const beta of betas) {
    bar *= 1 - beta;
    bars.push(bar);
  }
  const step = (x: number[], t: number, z: number[]): number[] => {
    const eps = predict(x, t);
    const c = betas[t] / Math.sqrt(1 - bars[t]);
    return x.map((v, i) => (v - c * eps[i]) / Math.sqrt(1 - betas[t]) + Math.sqrt(betas[t]) * z[i]);
  };
  return { step, betas, bars };
}
`;

const TAIL = `export async function main(model: tf.LayersModel): Promise<void> {
  const diffusion = trainPoints(model, []);
  logger.info('trained', { steps: diffusion.timesteps });
}

void main(build7Classifier(2, 2));
`;

/** At least `lines` lines, two models among them; without models for what a prefilter must stop. */
export function longTypescript(lines: number, models = true): string {
  const random = seeded(20250405);
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)];
  // What computes with tensors is left out of a file without models: such a file may hold one as far as a prefilter can tell.
  const templates = models ? TEMPLATES : TEMPLATES.filter((make) => !make(0, pick).includes('tf.'));
  const parts = [models ? HEAD : HEAD.replace(/^.*tensorflow.*\n/m, '')];
  let count = HEAD.split('\n').length;
  const add = (part: string) => {
    parts.push(part);
    count += part.split('\n').length;
  };
  const places = models ? [[0.45, DDPM], [0.8, SECOND]] as [number, string][] : [];
  for (let n = 0; count < lines - 6; n++) {
    if (places.length > 0 && count > places[0][0] * lines) add(places.shift()![1]);
    add(templates[n % templates.length](n, pick));
  }
  if (models) add(TAIL);
  return parts.join('\n');
}
