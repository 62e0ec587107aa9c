/** WASM and WebGPU in Chromium, our kernels beside plain tfjs ops, and PyTorch beside both, in turns. */
import { openBench, type Bench } from './browser';
import { SETTINGS, type Sampling, type Work } from './device-work';
import { startPeer, type Peer, type PeerNetwork } from './peer';
import type { DeviceFigures, PyTorchFigures, SamplingFigures, TrainingFigures } from './results';
import { inTurns, median, ratio, round } from './rounds';

interface Plan {
  rounds: Record<Work, number>;
  /** Steps that are timed; the rest is scaled. */
  steps: Record<'ours' | 'plain', Record<Work, number>>;
}

/** What is slow in part: every step of a run costs the same. Even numbers, since a long run keeps every second frame alone. */
const PLANS: Record<'wasm' | 'webgpu', Plan> = {
  wasm: { rounds: { ddim50: 5, ancestral1000: 3, train: 7 }, steps: { ours: { ddim50: 50, ancestral1000: 100, train: 200 }, plain: { ddim50: 10, ancestral1000: 10, train: 20 } } },
  webgpu: { rounds: { ddim50: 3, ancestral1000: 2, train: 5 }, steps: { ours: { ddim50: 4, ancestral1000: 4, train: 6 }, plain: { ddim50: 2, ancestral1000: 2, train: 3 } } },
};
const PEER_STEPS: Record<Work, number> = { ddim50: 50, ancestral1000: 50, train: 100 };
const PANEL_STEPS: Record<Sampling, number> = { ddim50: 50, ancestral1000: 300 };
const QUICK = 2;
/** Rounding differs between the two, and a run of 50 steps carries it along. */
const MOST_DIFFERENCE = 1e-2;

export interface DevicesResult {
  devices: { wasm: DeviceFigures; webgpu: DeviceFigures | null };
  pytorch: PyTorchFigures | null;
  chromium: string;
}

type Timing = Record<string, number[]>;

/** @param quick one round of a few steps: whether everything runs, not how fast. */
export async function measureDevices(root: string, quick: boolean, say: (text: string) => void): Promise<DevicesResult> {
  const peer = await startPeer(root);
  if (!peer) say('no Python here has PyTorch');
  if (peer?.warning) say(peer.warning);
  const bench = await openBench(root);
  try {
    const { figures: wasm, pytorch } = await onDevice(bench, 'wasm', quick, say, peer);
    // Its threads wait, but a process less is a noise less.
    await peer?.stop();
    const webgpu = await onDevice(bench, 'webgpu', quick, say, null).catch((error: unknown) => {
      say(`no WebGPU: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    });
    return { devices: { wasm, webgpu: webgpu?.figures ?? null }, pytorch, chromium: bench.version };
  } finally {
    await bench.close();
    await peer?.stop();
  }
}

async function onDevice(bench: Bench, device: 'wasm' | 'webgpu', quick: boolean, say: (text: string) => void, peer: Peer | null): Promise<{ figures: DeviceFigures; pytorch: PyTorchFigures | null }> {
  const adapter = await bench.call('start', device);
  say(adapter);
  const plan = quick ? quickened(PLANS[device]) : PLANS[device];
  const timings = {} as Record<Work, Timing>;
  const figures = { adapter } as DeviceFigures;
  for (const work of ['ddim50', 'ancestral1000', 'train'] as const) {
    say(`${device}, ${work}`);
    const counts = [await dispatches(bench, device, work, 'ours'), await dispatches(bench, device, work, 'plain')];
    const difference = work === 'train' ? 0 : await compare(bench, device, work, plan);
    // Ours and plain have run by now.
    for (const network of peer ? (['same', 'concatenated'] as const) : []) await peer!.time(network, work, 2);
    timings[work] = await inTurns(contenders(bench, device, work, plan, quick, peer), plan.rounds[work]);
    say(`  ${Object.entries(timings[work]).map(([name, times]) => `${name} ${round(median(times))} ms`).join(', ')}`);
    const common = { dispatchesPerStep: counts[0], plainDispatchesPerStep: counts[1], measuredSteps: { ours: plan.steps.ours[work], plain: plan.steps.plain[work] } };
    if (work === 'train') {
      figures.train = { ...trainingFigures(timings.train), ...common };
      continue;
    }
    const measuredSteps = { ...(device === 'wasm' ? { panel: panelSteps(work, quick) } : {}), ...common.measuredSteps };
    const inOneChunk = device === 'webgpu' ? { dispatchesPerChunk: await dispatches(bench, device, work, 'ours', true) } : {};
    figures[work] = { ...samplingFigures(timings[work]), ...common, ...inOneChunk, measuredSteps, difference: Number(difference.toPrecision(2)) };
  }
  await bench.call('stop', device);
  return { figures, pytorch: peer && pyTorchFigures(peer, timings, quick) };
}

/** Milliseconds of a whole run, or of one step of training. */
function contenders(bench: Bench, device: 'wasm' | 'webgpu', work: Work, plan: Plan, quick: boolean, peer: Peer | null): Record<string, () => Promise<number>> {
  const whole = work === 'train' ? 1 : SETTINGS[work].steps;
  const scaled = (steps: number, time: (steps: number) => Promise<number>) => async () => ((await time(steps)) * whole) / steps;
  const side = (name: 'ours' | 'plain') => scaled(plan.steps[name][work], async (steps) => (await bench.call('ask', device, { do: 'time', work, side: name, steps })) as number);
  const torch = (network: PeerNetwork) => scaled(peerSteps(work, quick), (steps) => peer!.time(network, work, steps));
  return {
    ...(device === 'wasm' && work !== 'train' ? { panel: scaled(panelSteps(work, quick), (steps) => bench.call('samplePanel', work, steps)) } : {}),
    ours: side('ours'),
    plain: side('plain'),
    ...(peer ? { same: torch('same'), concatenated: torch('concatenated') } : {}),
  };
}

async function dispatches(bench: Bench, device: 'wasm' | 'webgpu', work: Work, side: 'ours' | 'plain', oneChunk = false): Promise<number> {
  return (await bench.call('ask', device, { do: 'count', work, side, oneChunk })) as number;
}

/** @throws Error when the two do not sample the same: then a ratio of their times would mean nothing. */
async function compare(bench: Bench, device: 'wasm' | 'webgpu', work: Sampling, plan: Plan): Promise<number> {
  const difference = (await bench.call('ask', device, { do: 'compare', work, steps: plan.steps.plain[work] })) as number;
  if (!(difference < MOST_DIFFERENCE)) throw new Error(`${device}, ${work}: our kernels and plain ops differ by ${difference} of the largest coordinate.`);
  return difference;
}

function samplingFigures({ panel, ours, plain }: Timing): Pick<SamplingFigures, 'ms' | 'oneWorkerMs' | 'plainMs' | 'ratioToPlain'> {
  const one = round(median(ours));
  return { ms: panel ? round(median(panel)) : one, ...(panel ? { oneWorkerMs: one } : {}), plainMs: round(median(plain)), ratioToPlain: round(ratio(plain, ours)) };
}

function trainingFigures({ ours, plain }: Timing): Pick<TrainingFigures, 'stepsPerSecond' | 'plainStepsPerSecond' | 'ratioToPlain'> {
  return { stepsPerSecond: round(1000 / median(ours)), plainStepsPerSecond: round(1000 / median(plain)), ratioToPlain: round(ratio(plain, ours)) };
}

function pyTorchFigures({ about, warning }: Peer, { ddim50, ancestral1000, train }: Record<Work, Timing>, quick: boolean): PyTorchFigures {
  const figures = (name: PeerNetwork) => ({ ddim50Ms: round(median(ddim50[name])), ancestral1000Ms: round(median(ancestral1000[name])), trainStepsPerSecond: round(1000 / median(train[name])) });
  return {
    ...about, ...figures('same'), concatenated: figures('concatenated'),
    ratios: { ddim50: round(ratio(ddim50.same, ddim50.panel)), ancestral1000: round(ratio(ancestral1000.same, ancestral1000.panel)), train: round(ratio(train.same, train.ours)) },
    measuredSteps: { ddim50: peerSteps('ddim50', quick), ancestral1000: peerSteps('ancestral1000', quick), train: peerSteps('train', quick) },
    warning,
  };
}

const peerSteps = (work: Work, quick: boolean): number => (quick ? 2 : PEER_STEPS[work]);
const panelSteps = (work: Sampling, quick: boolean): number => (quick ? 10 : PANEL_STEPS[work]);

function quickened({ steps: { ours, plain } }: Plan): Plan {
  const few = (steps: Record<Work, number>) => Object.fromEntries(Object.entries(steps).map(([work, count]) => [work, Math.min(QUICK, count)])) as Record<Work, number>;
  return { rounds: { ddim50: 1, ancestral1000: 1, train: 1 }, steps: { ours: few(ours), plain: few(plain) } };
}
