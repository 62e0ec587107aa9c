/** Which calls apply a network, to what, and what made it: the chain D(G(z)) of adversarial training. */
import type { Expr } from '../../../parse/ast';
import { dotted, plain, type CallSite } from '../../training/survey';
import type { FileView } from '../family';
import { originsOf, type Origins } from '../origins';

/** Methods that apply the object that they are called on. */
const APPLIES = /^(apply|forward|predict|call|__call__|predict_on_batch|predictOnBatch)$/;
/** No network: what scores, shows, keeps, prints. */
const OTHER = /langevin|sgld|mcmc|^sample_?(q|batch|buffer)|replay|loss|criteri|bce|mse|l1$|entropy|save|show|plot|print|log$|logger|append|write|summar|grid|display|tqdm|optim|penalt|metric|denorm|normali[sz]e|process|transform|schedul|image_?to|rescale|resize|augment|embed|one_?hot|^(to_|get_|load|make_(grid|image|gif)|var|v|np_to_var|to_var|to_np|to_variable|len|zip|int|float|list|tuple|str|range|enumerate|iter|next|min|max|sum|abs|all|any|round|sorted|map|type|isinstance|super|hasattr|getattr|setattr|format|partial|defaultdict|dict|set|open|resolve|promise)$/i;
const LIBRARY = /^(torch|tf|tensorflow|numpy|np|jax|jnp|keras|matplotlib|plt|os|sys|math|random|F|nn|optim|optax|torchvision|PIL|cv2|scipy|sklearn|pandas|time|json|argparse|tqdm|logging|wandb|slim|tflib|K|layers|console|Math|Array|Object|JSON|tfvis|tfjs|@tensorflow\/tfjs|flax|hk|haiku|sns|imageio|itertools|functools|collections|glob|datetime|vutils|utils|pl|lasagne|theano|T)(\.|$)/;
const LAYER = /conv|linear|dense|deconv|^fc|matmul|mat_?mul|^dot$|^mm$|relu|batch_?norm|lstm|gru|sigmoid|tanh|Sequential|Model$|upsampl/i;
const NOISE = /^(randn|randn_like|normal|normal_|random_normal|standard_normal|uniform|uniform_|random_uniform|rand|truncated_normal|randomNormal|randomUniform|truncatedNormal|random_sample|random_z|sample_z|sample_noise|get_noise|noise|sample_Z|random|generate_noise|make_noise|mixing_noise|sample_latent|randomGaussian|gaussian)$/;
const GIVEN = /^(placeholder|Input|input|InputLayer|tensor4?|matrix|symbolicInput)$/;
const NOISE_NAME = /^(z|noise|latent|latents|zs|z_?\w{0,8}|\w*_?(noise|latent)\w*|seed)$/i;

export interface Application {
  site: CallSite;
  /** What is applied, by its last name. */
  key: string;
  /** What it is applied to. */
  inputs: readonly Expr[];
}

export interface Chain {
  outer: Application;
  inner: Application;
  /** `noise`: the inner one is given random numbers. */
  fed: 'noise' | 'other';
  /** The outer one is also applied to what the inner one did not make. */
  both: boolean;
}

/** Networks that the file applies. */
export function applicationsOf(view: FileView): Application[] {
  const origins = originsOf(view);
  return view.survey.calls.flatMap((site) => {
    const a = applicationOf(view, origins, site);
    return a ? [a] : [];
  });
}

function applicationOf(view: FileView, origins: Origins, site: CallSite): Application | null {
  const { call } = site;
  const { callee } = call;
  const key = keyOf(callee);
  if (!key || OTHER.test(key) || call.args.length === 0) return null;
  if (view.survey.classes.has(key) && callee.kind === 'name') return null;
  if (LIBRARY.test(site.path) || /^builtins/.test(site.path)) return null;
  // `hk.Linear(5)(x)`: one layer is no network.
  if (callee.kind === 'call' && /^(nn|hk|flax|haiku)\.(.*\.)?(Linear|Dense|Conv\w*)$/.test(dotted(callee.callee) ?? '')) return null;
  // Python's `apply` of what a library's function gives is none of a network: rotations, tables, hooks.
  if (view.m.language === 'python' && callee.kind === 'attribute' && callee.name === 'apply' && callee.object.kind === 'call' && !view.survey.classes.has(key)) return null;
  if (callee.kind === 'attribute' && !APPLIES.test(callee.name)) {
    const owner = dotted(callee.object);
    if (!(owner && /^(self|this)(\.|$)/.test(owner)) && !/gen|disc|critic|^net/i.test(callee.name) && !/^([DG]($|_|[0-9A-Z])|[dg]($|_|[0-9]))/.test(callee.name)) return null;
  }
  const f = origins.functionOf(site);
  // A function of the file is a network only if layers are in it.
  if (f && !view.survey.calls.some((s) => s.definitions.includes(f) && (LAYER.test(s.name) || wraps(view, origins, s)))) return null;
  // `criterion = nn.BCELoss()`.
  const made = dotted(callee);
  if (made && origins.given(made, site).some((a) => a.value.kind === 'call' && /loss|criterion|partial|compile|function$/i.test(dotted(a.value.callee) ?? ''))) return null;
  const inputs = call.args.map((a) => a.value);
  return { site, key, inputs };
}

/** Calls an object that was made of layers. */
function wraps(view: FileView, origins: Origins, s: CallSite): boolean {
  const name = dotted(s.call.callee);
  return name !== null && origins.given(name, s).some(({ value }) => value.kind === 'call' && (LAYER.test(last(value.callee) ?? '') || view.survey.classes.has(last(value.callee) ?? '')));
}

function keyOf(callee: Expr): string | null {
  if (callee.kind === 'call') return last(callee.callee);
  if (callee.kind === 'attribute' && APPLIES.test(callee.name)) return callee.object.kind === 'call' ? last(callee.object.callee) : last(callee.object);
  return last(callee);
}

function last(e: Expr): string | null {
  if (e.kind === 'index') return last(e.object);
  return e.kind === 'name' || e.kind === 'attribute' ? e.name : null;
}

/** All ways in which one network's output is another's input. */
export function chainsOf(view: FileView, applications = applicationsOf(view)): Chain[] {
  const origins = originsOf(view);
  const bySite = new Map(applications.map((a) => [a.site, a]));
  /** Networks and other calls that made the inputs, without what went into those networks. */
  const made = new Map<Application, CallSite[]>();
  for (const a of applications) made.set(a, origins.calls(a.inputs, a.site, (s) => !bySite.has(s)));
  const out: Chain[] = [];
  for (const outer of applications) {
    for (const s of made.get(outer)!) {
      const inner = bySite.get(s);
      if (!inner || inner.key === outer.key) continue;
      const both = applications.some((a) => a.key === outer.key && a !== outer && !made.get(a)!.some((x) => bySite.get(x)?.key === inner.key));
      out.push({ outer, inner, fed: isNoise(inner, made.get(inner)!) || drawsInside(view, origins, inner) ? 'noise' : 'other', both });
    }
    // TensorFlow 1: a network whose layers stand in the program itself, and is no function.
    const inline = isInline(made.get(outer)!);
    const plainly = applications.some((a) => a.key === outer.key && a !== outer && !isInline(made.get(a)!) && made.get(a)!.some((s) => GIVEN.test(s.name)));
    if (inline && plainly) out.push({ outer, inner: { site: inline, key: 'layers', inputs: [] }, fed: 'other', both: true });
  }
  return out;
}

/** The last layer of the program's own that these calls go through, where they begin with what the program is given. */
function isInline(made: readonly CallSite[]): CallSite | undefined {
  const layers = made.filter((s) => /^(tf|tensorflow)\..*layers\./.test(s.path) && LAYER.test(s.name) && s.definitions.length === 0);
  return layers.length > 1 && made.some((s) => GIVEN.test(s.name)) ? layers[0] : undefined;
}

/** The function draws what it starts from. */
function drawsInside(view: FileView, origins: Origins, a: Application): boolean {
  const f = origins.functionOf(a.site);
  return f !== null && view.survey.calls.some((s) => s.definitions.includes(f) && NOISE.test(s.name) && NOISE_NAME.test(s.holder));
}

/** Random numbers, or what a caller gives under the name of such. */
function isNoise(a: Application, made: readonly CallSite[]): boolean {
  if (made.some((s) => NOISE.test(s.name))) return true;
  const named = a.inputs.some((e) => e.kind === 'name' && NOISE_NAME.test(e.name));
  return named || made.some((s) => GIVEN.test(s.name) && NOISE_NAME.test(plain(s.holder.split('.').pop() ?? '')));
}

/** In a branch that the file's own settings turn off: `if MODE == 'dcgan'` where MODE is 'wgan-gp'. */
export function isOff(view: FileView, site: CallSite): boolean {
  return site.tests.some((t) => {
    if (t.kind !== 'compare' || t.op !== '==') return false;
    // A test that never ran, since one before it held: what the name was given.
    const value = (e: Expr) => view.constants.of(e)?.value ?? (e.kind === 'name' ? view.constants.of(originsOf(view).given(e.name, site).at(-1)?.value)?.value : undefined);
    const [a, b] = [value(t.left), value(t.right)];
    return typeof a === 'string' && typeof b === 'string' && a !== b;
  });
}
