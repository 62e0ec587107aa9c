/** The one activation of the hidden layers, by the names that libraries give it, where it is the function that the playground has under that name. */
import type { Told } from '../../training/agree';
import { argumentOf, type CallSite } from '../../training/survey';
import type { FileView, Place } from '../family';
import { isConvolution, isLinear, sitesOf } from './layers';

const NAMES: Readonly<Record<string, string>> = {
  relu: 'relu', leaky_relu: 'leaky_relu', leakyrelu: 'leaky_relu', elu: 'elu', tanh: 'tanh', softplus: 'softplus', silu: 'silu', swish: 'silu', gelu: 'gelu',
};
/** Other ones: with one of these among them no single one is meant. */
const OTHERS = /^(selu|celu|prelu|hardtanh|relu6|mish|rrelu|glu|hardswish|hard_swish|crelu|threshold|sin)$/;

export function activationOf(view: FileView, place: Place, foreign: RegExp): Told<string> | undefined {
  const found: Told<string | null>[] = [];
  for (const s of sitesOf(view, place, foreign)) {
    const name = s.name.toLowerCase();
    // Methods of tensors too: `self.fc1(x).relu()`.
    if (OTHERS.test(name)) return undefined;
    if (Object.hasOwn(NAMES, name)) found.push(told(plainOf(view, s, NAMES[name]), s.call, s.name));
    const word = name === 'activation' ? argumentOf(s.call, 0, 'activation') : isLinear(s) || isConvolution(s) ? argumentOf(s.call, -1, 'activation') : undefined;
    if (!word) continue;
    const c = view.constants.of(word);
    if (typeof c?.value === 'string') {
      const key = c.value.toLowerCase();
      if (OTHERS.test(key)) return undefined;
      if (Object.hasOwn(NAMES, key)) found.push(told(key === 'leaky_relu' ? null : NAMES[key], word, 'activation'));
    } else if (word.kind === 'attribute' && Object.hasOwn(NAMES, word.name.toLowerCase())) found.push(told(word.name.toLowerCase() === 'leaky_relu' ? null : NAMES[word.name.toLowerCase()], word, 'activation'));
    else if (word.kind !== 'none') return undefined;
  }
  // A softplus beside another one makes a deviation positive.
  const hidden = found.some((f) => f.value !== 'softplus') ? found.filter((f) => f.value !== 'softplus') : [];
  const [first] = hidden;
  return first && first.value !== null && hidden.every((f) => f.value === first.value) ? { value: first.value, source: first.source } : undefined;
}

const told = (value: string | null, at: { from: number; to: number }, name: string): Told<string | null> => ({ value, source: { span: { from: at.from, to: at.to }, origin: 'literal', name } });

/** Slopes and approximations differ between libraries: PyTorch's are the playground's. */
function plainOf(view: FileView, s: CallSite, value: string): string | null {
  const torch = /^(torch|nn|F)\b/.test(s.path);
  if (value === 'leaky_relu') {
    const slope = argumentOf(s.call, /^LeakyReLU$/.test(s.name) ? 0 : 1, 'negative_slope', 'alpha');
    const c = view.constants.number(slope);
    return c ? (Math.abs(c.value - 0.01) < 1e-12 ? value : null) : !slope && torch ? value : null;
  }
  if (value === 'elu') return s.call.args.some((a) => a.name === 'alpha') || (s.name === 'ELU' && s.call.args.length > 0) ? null : value;
  return value === 'gelu' && !torch ? null : value;
}
