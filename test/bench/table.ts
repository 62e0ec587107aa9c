/** The results as a person reads them: each figure beside its target. */
import type { DeviceFigures, PyTorchFigures, Results, SamplingFigures } from './results';

interface Target {
  text: string;
  met(value: number): boolean;
}

const atMost = (limit: number, text: string): Target => ({ text: `≤ ${text}`, met: (value) => value <= limit });
const atLeast = (limit: number, text: string): Target => ({ text: `≥ ${text}`, met: (value) => value >= limit });

const MIB = 2 ** 20;
export const TARGETS = {
  activationMs: atMost(30, '30 ms'),
  coldMs: atMost(400, '400 ms'),
  incrementalMs: atMost(30, '30 ms'),
  noCandidateMs: atMost(5, '5 ms'),
  scriptToFirstFrameMs: atMost(1500, '1,500 ms'),
  warmClickToFirstFrameMs: atMost(2000, '2,000 ms'),
  longestTaskMs: atMost(50, '50 ms'),
  vsixBytes: atMost(6 * MIB, '6 MB'),
  samplingByPyTorch: atLeast(1, '1 × PyTorch'),
  trainingByPyTorch: atLeast(0.7, '0.7 × PyTorch'),
  webgpuDispatchesPerSamplingStep: atMost(3, '3 dispatches'),
  webgpuRatioToPlain: atLeast(3, '3 × plain tfjs'),
} as const satisfies Record<string, Target>;

type Row = [what: string, value: string, target?: Target, figure?: number];

const ms = (value: number) => `${value.toLocaleString('en')} ms`;
const times = (value: number, of: string) => `${value} × ${of}`;

/** One line a figure; a target that is missed says so. */
export function table(results: Results): string {
  const rows: Row[] = [...editorRows(results), ...readingRows(results), ...(results.devices ? [...deviceRows('wasm', results.devices.wasm), ...(results.devices.webgpu ? deviceRows('webgpu', results.devices.webgpu) : [])] : []), ...pyTorchRows(results)];
  const { machine } = results;
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] as string).length)));
  const lines = rows.map(([what, value, target, figure]) => {
    const verdict = target && figure !== undefined ? `${target.text}${target.met(figure) ? '' : '   missed'}` : '';
    return `${what.padEnd(widths[0])}  ${value.padStart(widths[1])}   ${verdict}`.trimEnd();
  });
  return [
    `${machine.processor}, ${machine.cores} cores; Node ${machine.node}; Chromium ${machine.chromium ?? 'not used'}; load average ${machine.loadAverage.before} before, ${machine.loadAverage.after} after; ${machine.seconds} s`,
    ...(machine.quick ? ['A quick run: no time here means anything.'] : []),
    ...(machine.busy ? ['The machine was busy with other work: only the ratios to plain mean something here.'] : []),
    ...(results.pytorch?.warning ? [results.pytorch.warning] : []),
    '', ...lines,
  ].join('\n');
}

function editorRows(results: Results): Row[] {
  const rows: [keyof Results & string, string, Target?][] = [
    ['activationMs', 'activation of the extension', TARGETS.activationMs],
    ['emptyWebviewMs', 'an empty webview, cold'],
    ['scriptToFirstFrameMs', 'page script to first frame', TARGETS.scriptToFirstFrameMs],
    ['warmClickToFirstFrameMs', 'warm click to first frame', TARGETS.warmClickToFirstFrameMs],
    ['longestTaskMs', 'longest task of the page while training', TARGETS.longestTaskMs],
  ];
  const timed = rows.filter(([key]) => results[key] !== null).map(([key, what, target]): Row => [what, ms(results[key] as number), target, results[key] as number]);
  const { vsixBytes } = results;
  return vsixBytes === null ? timed : [...timed, ['package', `${(vsixBytes / MIB).toFixed(2)} MB`, TARGETS.vsixBytes, vsixBytes]];
}

function readingRows({ reading }: Results): Row[] {
  if (!reading) return [];
  return Object.entries({ Python: reading.python, TypeScript: reading.typescript }).flatMap(([language, times]): Row[] => [
    [`${language}: first lenses of 5,000 lines`, ms(times.coldMs), TARGETS.coldMs, times.coldMs],
    [`  lenses after an edit`, ms(times.incrementalMs), TARGETS.incrementalMs, times.incrementalMs],
    [`    inside a model`, ms(times.incrementalInModelMs), TARGETS.incrementalMs, times.incrementalInModelMs],
    [`  a file without candidates`, ms(times.noCandidateMs), TARGETS.noCandidateMs, times.noCandidateMs],
  ]);
}

function deviceRows(name: 'wasm' | 'webgpu', { adapter, ddim50, ancestral1000, train }: DeviceFigures): Row[] {
  const gpu = name === 'webgpu';
  const unit = gpu ? 'dispatches' : 'kernels';
  const ofSampling = (what: string, { ms: whole, oneWorkerMs, plainMs, ratioToPlain, dispatchesPerStep, plainDispatchesPerStep, dispatchesPerChunk }: SamplingFigures): Row[] => [
    [`  ${what}`, ms(whole)],
    ...(oneWorkerMs === undefined ? [] : [['    with one worker', ms(oneWorkerMs)] as Row]),
    [`    plain tfjs`, ms(plainMs)],
    ['    ours by plain', times(ratioToPlain, 'plain'), gpu ? TARGETS.webgpuRatioToPlain : undefined, ratioToPlain],
    [`    ${unit} a step, ours and plain`, `${dispatchesPerStep} and ${plainDispatchesPerStep}`, gpu ? TARGETS.webgpuDispatchesPerSamplingStep : undefined, dispatchesPerStep],
    ...(dispatchesPerChunk === undefined ? [] : [['    ours, all points in one chunk', `${dispatchesPerChunk}`, TARGETS.webgpuDispatchesPerSamplingStep, dispatchesPerChunk] as Row]),
  ];
  return [
    [adapter, '10,000 points'],
    ...ofSampling('DDIM, 50 steps', ddim50),
    ...ofSampling('ancestral, 1,000 steps', ancestral1000),
    ['  training, batch 512', `${train.stepsPerSecond} steps/s`],
    ['    plain tfjs', `${train.plainStepsPerSecond} steps/s`],
    ['    ours by plain', times(train.ratioToPlain, 'plain')],
    [`    ${unit} a step, ours and plain`, `${train.dispatchesPerStep} and ${train.plainDispatchesPerStep}`],
  ];
}

function pyTorchRows({ pytorch }: Results): Row[] {
  if (!pytorch) return [];
  const { ratios, concatenated: other } = pytorch;
  const figures = ({ ddim50Ms, ancestral1000Ms, trainStepsPerSecond }: Pick<PyTorchFigures, 'ddim50Ms' | 'ancestral1000Ms' | 'trainStepsPerSecond'>) => `${ms(ddim50Ms)}, ${ms(ancestral1000Ms)}, ${trainStepsPerSecond} steps/s`;
  return [
    [`PyTorch ${pytorch.torch}, ${pytorch.threads} threads`, 'DDIM, ancestral, training'],
    ['  the same network', figures(pytorch)],
    [`  ${pytorch.parameters.concatenated.toLocaleString('en')} parameters, concatenated`, figures(other)],
    ['  ours on WASM: DDIM', times(ratios.ddim50, 'PyTorch'), TARGETS.samplingByPyTorch, ratios.ddim50],
    ['  ours on WASM: ancestral', times(ratios.ancestral1000, 'PyTorch'), TARGETS.samplingByPyTorch, ratios.ancestral1000],
    ['  ours on WASM: training', times(ratios.train, 'PyTorch'), TARGETS.trainingByPyTorch, ratios.train],
  ];
}
