/** Sizes of a VAE that its layers tell. */
import type { Told } from '../../training/agree';
import { argumentOf } from '../../training/survey';
import type { FileView, Place } from '../family';

const LAYERS = /^(Linear|Dense|dense|LazyLinear)$/;
const MOMENTS = /mu$|mean|logvar|log_var|sigma|std|loc$|log_?scale|^z_|fc21|fc22/i;

/** Outputs of the layers that give μ and log σ², where both are the same. */
export function latentOf(view: FileView, place: Place): Told<number> | undefined {
  const sizes = view.survey.calls.filter((s) => LAYERS.test(s.name) && MOMENTS.test(s.holder.split('.').pop() ?? '') && (!place.definition || s.definitions.includes(place.definition))).flatMap((s) => {
    const keras = /dense/i.test(s.name);
    const c = view.constants.number(argumentOf(s.call, keras ? 0 : 1, 'out_features', 'units', 'features'));
    return c ? [{ value: c.value, source: c.source.name ? c.source : { ...c.source, name: s.holder } }] : [];
  });
  const [first] = sizes;
  return first && sizes.length >= 2 && sizes.every((s) => s.value === first.value) ? first : undefined;
}
