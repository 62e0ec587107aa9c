/**
 * Widths of the hidden layers of encoder and decoder, in their order. All layers of the model must fit together: whatever is left over, of unknown
 * size or of no place in the chain makes the whole unknown.
 */
import type { Source } from '../../../interpret/values';
import type { Told } from '../../training/agree';
import { argumentOf, type CallSite } from '../../training/survey';
import type { FileView, Lists, Place, Settings } from '../family';
import { layersOf, isConvolution, sitesOf, type Sizes } from './layers';
import { productsOf } from './weights';

/** Layers in the order of the text with what each takes, where the library says it, and gives. */
interface Step {
  /** Null for a product with weights that are written out. */
  site: CallSite | null;
  input: number | null;
  output: number;
  told: Told<number>;
}

export interface Shape extends Lists {
  architecture: 'mlp' | 'conv' | 'hierarchical';
  source: Source;
  latentSize?: Told<number>;
  topLatentSize?: Told<number>;
}

const PARALLEL = /^(cat|concat|concatenate|Concatenate|add_embedding|Embedding|LSTM|GRU|RNN|LSTMCell|GRUCell|MultiheadAttention|MultiHeadAttention|TransformerEncoder|GCNConv|GATConv)$/;

/** `heads`: how many layers give the latent variables: two for mean and spread, one for a code. */
export function shapeOf(view: FileView, place: Place, foreign: RegExp, told: Settings, heads: 1 | 2): Shape | null {
  const sites = sitesOf(view, place, foreign);
  // A condition, a sequence or a graph is another network than a chain of layers.
  if (sites.some((s) => PARALLEL.test(s.name)) || place.kind === 'call') return null;
  if (sites.some(isConvolution)) return convolutional(view, sites);
  // Layers made in a loop stand once in the text, and are several.
  const layers = layersOf(view, place, foreign);
  if (layers.some((l) => l.site.loops.length > 0 || l.site.tests.length > 0)) return null;
  // Weights written out stand where the model computes with them.
  const steps = layers.length > 0 ? layers.map((l) => stepOf(l, l.site)) : productsOf(view).map((l) => stepOf(l, null));
  if (steps.length < 2) return null;
  if (steps.some((s) => s === null)) return null;
  const all = steps as Step[];
  if (heads === 2) {
    const ladder = twoLevels(all);
    if (ladder) return ladder;
  }
  // Of pictures that are flattened, the number of their pixels.
  const size = Number(told.inputSize?.value ?? 0) || Number(told.imageSize?.value ?? 0) ** 2 || null;
  const latent = told.latentSize?.value;
  return typeof latent === 'number' ? dense(all, latent, size, heads) : null;
}

function stepOf(l: Sizes, site: CallSite | null): Step | null {
  if (!l.output || (l.from !== null && !l.input)) return null;
  return { site, input: l.input?.value ?? null, output: l.output.value, told: l.output };
}

/** The one way to cut the text into encoder, heads and decoder. */
function dense(steps: readonly Step[], latent: number, size: number | null, heads: 1 | 2): Shape | null {
  const found: { encoder: readonly Step[]; decoder: readonly Step[] }[] = [];
  const n = steps.length;
  for (const ends of endsOf(steps, latent, heads)) {
    const { from, to } = ends;
    // The encoder first: what comes before the heads, then what comes after them.
    if (to < n && fits(steps.slice(0, from), steps.slice(from, to), steps.slice(to), latent, size)) found.push({ encoder: steps.slice(0, from), decoder: steps.slice(to) });
    // The decoder first: the heads stand at the end.
    if (to === n) {
      for (let cut = 1; cut <= from; cut++) if (fits(steps.slice(cut, from), steps.slice(from, to), steps.slice(0, cut), latent, size)) found.push({ encoder: steps.slice(cut, from), decoder: steps.slice(0, cut) });
    }
  }
  // Where the decoder stands first several cuts may close a ring: data are wider than all that is hidden.
  const widest = Math.max(...steps.map((s) => s.output));
  const [one, ...others] = found.length > 1 ? found.filter(({ decoder }) => decoder.at(-1)?.output === widest) : found;
  if (!one || others.length > 0) return null;
  const { encoder, decoder } = one;
  const up = decoder.slice(0, -1);
  return { architecture: 'mlp', source: sourceOf(steps), encoderWidths: listOf(encoder, steps), decoderWidths: listOf(up, decoder) };
}

/** Where the heads may stand: two side by side of the latent size, or one of that size, or of twice that for both. */
function endsOf(steps: readonly Step[], latent: number, heads: 1 | 2): { from: number; to: number }[] {
  return steps.flatMap((s, i) => {
    const next = steps.at(i + 1);
    if (heads === 1) return s.output === latent ? [{ from: i, to: i + 1 }] : [];
    if (s.output === 2 * latent && !(next && next.output === latent && next.input === s.input && s.input !== null)) return [{ from: i, to: i + 1 }];
    return s.output === latent && next?.output === latent && next.input === s.input ? [{ from: i, to: i + 2 }] : [];
  });
}

function fits(encoder: readonly Step[], heads: readonly Step[], decoder: readonly Step[], latent: number, size: number | null): boolean {
  const last = decoder.at(-1);
  if (!last) return false;
  // Where layers say what they take, each takes what the one before gives.
  const entry = (encoder.at(0) ?? heads[0]).input ?? size;
  const chained = (list: readonly Step[], before: number | null) => list.every((s, i) => s.input === null || (i === 0 ? before === null || s.input === before : s.input === list[i - 1].output));
  const width = encoder.at(-1)?.output ?? entry;
  if (!chained(encoder, entry) || !heads.every((h) => h.input === null || h.input === width) || !chained(decoder, latent)) return false;
  // It comes back to the size of the input, which nothing between has.
  // Where neither layers nor the file say it, the last and widest layer does.
  const back = entry ?? last.output;
  if (last.output !== back || (entry === null && [...encoder, ...decoder.slice(0, -1)].some((s) => s.output > back))) return false;
  return [...encoder, ...decoder.slice(0, -1)].every((s) => s.output !== back);
}

/** x → z₁ → z₂ and back: three pairs of heads, of z₁, z₂ and z₁ again, the second made of what the first gives. */
function twoLevels(steps: readonly Step[]): Shape | null {
  const pairs: { at: number; size: Told<number> }[] = [];
  for (let i = 0; i + 1 < steps.length; i++) {
    const [a, b] = [steps[i], steps[i + 1]];
    if (a.input !== null && a.input === b.input && a.output === b.output) pairs.push({ at: i++, size: a.told });
  }
  if (pairs.length !== 3) return null;
  const [first, top, down] = pairs;
  const [lower, upper] = [first.size.value, top.size.value];
  if (down.size.value !== lower || steps[first.at + 2].input !== lower || steps[top.at + 2].input !== upper) return null;
  const back = steps.at(-1);
  return back && back.output === steps[0].input ? { architecture: 'hierarchical', source: sourceOf(steps), latentSize: first.size, topLatentSize: top.size } : null;
}

/** Filters in their order. Of the decoder: the channels of what each enlarging layer is given; the last gives the image's. */
function convolutional(view: FileView, sites: readonly CallSite[]): Shape | null {
  const all = sites.filter(isConvolution);
  if (all.some((s) => s.loops.length > 0 || s.tests.length > 0)) return null;
  const maps = all.map((s) => mapOf(view, s));
  if (maps.some((m) => m === null)) return null;
  const known = maps as ConvMap[];
  const begin = known.findIndex((m) => m.up);
  if (begin < 1 || known.slice(begin).some((m, i, rest) => !m.up && i < rest.length - 1)) return null;
  const [encoder, decoder] = [known.slice(0, begin), known.slice(begin)];
  const last = decoder[decoder.length - 1];
  const chained = (list: readonly ConvMap[]) => list.every((m, i) => i === 0 || m.input === null || m.input === list[i - 1].output.value);
  if (!chained(encoder) || !chained(decoder) || ![1, 3].includes(last.output.value) || (encoder[0].input !== null && encoder[0].input !== last.output.value)) return null;
  const encoderWidths = listed(encoder.map((m) => m.output), sourceAt(encoder[0].site));
  // A last layer that enlarges no more only mixes channels.
  const mixes = last.stride === 1;
  const inner = decoder.slice(0, -1);
  const given = decoder[0].input;
  const widths = mixes ? inner.map((m) => m.output.value) : given === null ? null : [given, ...inner.map((m) => m.output.value)];
  if (widths === null || widths.length === 0) return { architecture: 'conv', source: sourceAt(all[0]), encoderWidths };
  return { architecture: 'conv', source: sourceAt(all[0]), encoderWidths, decoderWidths: { value: widths, source: sourceAt(decoder[0].site) } };
}

interface ConvMap {
  site: CallSite;
  up: boolean;
  input: number | null;
  output: Told<number>;
  stride: number | null;
}

function mapOf(view: FileView, site: CallSite): ConvMap | null {
  const torch = /^(Lazy)?Conv(Transpose)?2d$/.test(site.name);
  const keras = /^(Conv2DTranspose|Conv2D|conv2d|conv2dTranspose|Conv|ConvTranspose)$/.test(site.name) && !/^(tf|tensorflow)\.nn\./.test(site.path);
  if (!torch && !keras) return null;
  const output = view.constants.toldCount(argumentOf(site.call, torch ? 1 : 0, 'out_channels', 'filters', 'features'), site.holder);
  const input = torch ? view.constants.toldCount(argumentOf(site.call, 0, 'in_channels'), site.holder) : null;
  if (!output || (torch && !input)) return null;
  const e = argumentOf(site.call, torch ? 3 : 2, 'stride', 'strides');
  const one = e?.kind === 'sequence' ? e.items[0] : e;
  return { site, up: /transpose/i.test(site.name), input: input?.value ?? null, output, stride: e ? (view.constants.number(one)?.value ?? null) : 1 };
}

const sourceAt = (s: CallSite): Source => ({ span: { from: s.call.from, to: s.call.to }, origin: 'literal', name: s.holder });
const sourceOf = ([first]: readonly Step[]): Source => (first.site ? sourceAt(first.site) : first.told.source);

/** One list of what several places say: it stands where the first of them does, and comes from where all of them do. */
function listed(told: readonly Told<number>[], at: Source): Told<number[]> {
  const [first] = told;
  const { file } = first?.source ?? {};
  if (told.length === 1 && first) return { value: [first.value], source: first.source };
  const same = told.every((t) => t.source.origin === first.source.origin && t.source.file === undefined);
  return { value: told.map((t) => t.value), source: { ...at, origin: same && !file && first ? first.source.origin : told.length === 0 ? 'literal' : 'folded' } };
}

const listOf = (hidden: readonly Step[], part: readonly Step[]): Told<number[]> => listed(hidden.map((s) => s.told), sourceOf(hidden.length > 0 ? hidden : part));
