/** Read as at the blackboard: arguments of functions in brackets, Greek and Latin letters by their names, roots and logarithms before what they are of. */
import names from '../../l10n/zh-cn/spoken.json';
import type { Bundle } from '../../l10n/translate';
import type { FunctionName } from '../expr';
import { sayCapitals, type Part, type Phrases } from './phrases';

const NAMES: Bundle = names;
const FUNCTIONS: Record<Exclude<FunctionName, 'exp' | 'abs'>, string> = { log: 'log', cos: '余弦', sigmoid: 'sigmoid', tanh: '双曲正切', min: '较小值', max: '较大值' };
/** Of several arguments, so always with brackets. */
const SEVERAL: ReadonlySet<FunctionName> = new Set(['min', 'max']);

/** "k加一" in one breath: the subscript ends there. */
const tight = (words: string): string => words.replace(/ ([加减]) 一/g, '$1一');
const bracket = (words: string): string => `左括号 ${words} 右括号`;
/** Before or after another word. */
const held = ({ words, whole }: Part): string => (whole ? words : bracket(words));
const bare = (name: FunctionName, args: readonly Part[]): boolean => !SEVERAL.has(name) && args.every(({ whole }) => whole);

function applied(name: FunctionName, args: readonly Part[]): string {
  const argument = bare(name, args) ? args[0].words : bracket(args.map(({ words }) => words).join(' 与 '));
  if (name === 'exp') return `e 的 ${argument} 次方`;
  return name === 'abs' ? `${argument} 的绝对值` : `${FUNCTIONS[name]} ${argument}`;
}

export const CHINESE: Phrases = {
  whole: new Set(['number', 'symbol', 'letter', 'kronecker', 'apply', 'density']),
  closes: (name, args) => !bare(name, args),
  bracket,
  // A name as a whole, or word by word; letters stay.
  name: (english) => sayCapitals(NAMES[english] ?? tight(english.split(' ').map((word) => NAMES[word] ?? word).join(' ')), '大写'),
  number: (value) => String(value).replace('-', '负 '),
  scientific: (mantissa, exponent) => `${CHINESE.number(mantissa)} 乘 十的 ${CHINESE.number(exponent)} 次方`,
  step: (name, t) => name.replace(/(^| )t ?减 ?一$/, `$1${t - 1}`).replace(/(^| )t$/, `$1${t}`),
  previous: (name, letter) => `${name.replace(new RegExp(` ${letter}$`), '')} 下标 ${letter}减一`,
  index: (index) => (index === 'T' ? '大写 T' : index.length === 1 ? index : `下标 ${index.replace('-1', '减一').replace('+1', '加一')}`),
  equals: '等于',
  about: '约等于',
  add: (left, right) => `${left} 加 ${right}`,
  sub: (left, right) => `${left} 减 ${right}`,
  neg: (words) => `负 ${words}`,
  mul: (left, right) => `${left} 乘 ${right}`,
  hadamard: (left, right) => `${left} 逐元素乘 ${right}`,
  over: (left, right) => `${left} 除以 ${right}`,
  fraction: (left, right) => `分式，分子 ${left}，分母 ${right}，分式结束`,
  dot: (left, right) => `内积，${left}，与 ${right}，内积结束`,
  crossEntropy: (left, right) => `交叉熵，${left}，与 ${right}，交叉熵结束`,
  kl: (left, right) => `KL 散度，从 ${left}，到 ${right}，散度结束`,
  inverse: (part) => `${held(part)} 的逆`,
  transpose: (part) => `${held(part)} 的转置`,
  trace: (part) => `${held(part)} 的迹`,
  det: (part) => `${held(part)} 的行列式`,
  sqrt: ({ words, whole }) => (whole ? `根号 ${words}` : `根号下 ${words}，根号结束`),
  norm: ({ words, whole }) => (whole ? `${words} 的长度` : `长度，${words}，长度结束`),
  frobenius: ({ words, whole }) => (whole ? `${words} 的 Frobenius 范数` : `Frobenius 范数，${words}，范数结束`),
  frobeniusSq: ({ words, whole }) => (whole ? `${words} 的 Frobenius 范数的平方` : `Frobenius 范数的平方，${words}，范数结束`),
  normSq: ({ words, whole }) => (whole ? `${words} 的长度的平方` : `长度的平方，${words}，长度结束`),
  entropy: (part) => `${held(part)} 的熵`,
  squared: (base) => `${base} 的平方`,
  power: (base, exponent) => `${base} 的 ${held(exponent)} 次方`,
  sum: (letter, from, to, body) => `求和 ${letter} 从 ${from} 到 ${to}，${body}`,
  product: (letter, from, to, body) => `连乘 ${letter} 从 ${from} 到 ${to}，${body}`,
  total: (over, body) => `对所有 ${over} 求和，${body}`,
  integral: (over, body) => `对 ${over} 积分，${body}，积分结束`,
  definite: (over, from, to, body) => `对 ${over} 从 ${from} 到 ${to} 积分，${body}，积分结束`,
  argmax: (over, { words }) => `使 ${words} 最大的 ${over}`,
  argmin: (over, { words }) => `使 ${words} 最小的 ${over}`,
  expectation: (under, body) => `在 ${under} 下的期望，${body}，期望结束`,
  derivative: (by, { words }) => `对 ${by} 求导，${words}，求导结束`,
  divergence: (by, { words }) => `对 ${by} 的散度，${words}，散度结束`,
  function: applied,
  apply: (name, args, given) => `${name} ${bracket(`${args.join(' 与 ')}${given ? ` 给定 ${given.join(' 与 ')}` : ''}`)}`,
  gaussian: (x, mean, variance, matrix) => `正态密度，变量 ${x}，均值 ${mean}，${matrix ? '协方差' : '方差'} ${variance}，密度结束`,
};
