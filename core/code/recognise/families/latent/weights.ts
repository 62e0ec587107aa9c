/** Layers made by hand: products with weights whose shape the file writes down, `x @ randn(784, 200)`, `tf.matmul(x, tf.Variable(init([784, 200])))`. */
import type { Value } from '../../../interpret/values';
import { operationOf } from '../../graph';
import type { Told } from '../../training/agree';
import type { FileView } from '../family';
import { toldOf, type Sizes } from './layers';

const MAKERS = /^(noise|randn|rand|normal|random_normal|truncated_normal|uniform|random_uniform|standard_normal|get_variable|randomNormal|truncatedNormal|randomUniform)$/;
/** The weight is still the weight. */
const AROUND = /^(Variable|Parameter|variable|\*|\/|settled|astype|tensor|array|float|to|requires_grad_|cast|as_tensor|asarray)$/;

/** In the order in which they are computed. */
export function productsOf(view: FileView): Sizes[] {
  const seen = new Map<Value, Sizes>();
  for (const { value } of view.computed) {
    const o = operationOf(value);
    if (!o || !/^(matmul|mm|dot|@|matMul|xw_plus_b)$/.test(o.op) || !o.args[1]) continue;
    const shape = shapeOf(o.args[1]);
    if (shape) seen.set(o.args[1], { from: String(shape[0].value), to: String(shape[1].value), input: shape[0], output: shape[1] });
  }
  return [...seen.values()];
}

function shapeOf(w: Value, depth = 0): readonly [Told<number>, Told<number>] | null {
  const o = depth > 5 ? null : operationOf(w);
  if (!o) return null;
  if (MAKERS.test(o.op)) {
    const all = [...o.args, ...(o.keywords?.values() ?? [])];
    const list = all.find((a) => a.kind === 'sequence' && a.items.length === 2);
    const [a, b] = list?.kind === 'sequence' ? list.items : /^rand/.test(o.op) && o.args.length === 2 ? o.args : [];
    const [rows, columns] = [toldOf(a, 'shape'), toldOf(b, 'shape')];
    return rows && columns && rows.value > 1 ? [rows, columns] : null;
  }
  if (!AROUND.test(o.op)) return null;
  for (const a of o.args) { const found = a.kind === 'atom' || a.kind === 'linear' ? shapeOf(a, depth + 1) : null; if (found) return found; }
  return null;
}
