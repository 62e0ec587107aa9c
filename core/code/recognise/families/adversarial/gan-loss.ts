/** Which loss the discriminator is trained with: what is computed of its output. */
import type { Expr, Span } from '../../../parse/ast';
import { subexpressions } from '../../../parse/ast';
import { underName, type Told } from '../../training/agree';
import { argumentOf, dotted, type CallSite } from '../../training/survey';
import type { FileView } from '../family';
import { originsOf } from '../origins';
import { saturates } from './minimax';
import { applicationsOf, isOff, type Chain } from './networks';

export type GanLoss = 'minimax' | 'non-saturating' | 'wasserstein' | 'least-squares' | 'hinge';

/** What a call between the output and the loss says; a plain mean says Wasserstein. */
const SAYS: readonly (readonly [GanLoss, RegExp])[] = [
  ['hinge', /hinge|^relu$|^maximum$|^clamp_?min$|^clip_by_value$/i],
  ['non-saturating', /^(BCE\w*|bce\w*|binary_?cross_?entropy\w*|sigmoid_?cross_?entropy\w*|sigmoid_binary_cross_entropy|softplus|log|log_?sigmoid|logLoss|cross_?entropy)$/i],
  ['least-squares', /^(mse\w*|mean_?squared_?error|squared?|pow|square|squared_difference|lsgan\w*|l2_loss)$/i],
  ['wasserstein', /wasserstein|wgan/i],
];
const MEAN = /^(mean|reduce_mean|average|sum|reduce_sum)$/;
const JUDGE = /disc|critic|^net_?d$|^d$|^d_/i;

interface Use {
  says: GanLoss;
  at: Span;
  name: string;
}

export function ganLossOf(view: FileView, chains: readonly Chain[]): Told<GanLoss> | undefined {
  const keys = new Set(chains.map((c) => c.outer.key).filter((k) => JUDGE.test(k)));
  if (keys.size === 0) chains.filter((c) => c.both && c.fed === 'noise').forEach((c) => keys.add(c.outer.key));
  const uses = usesOf(view, keys);
  // A penalty or a second output has its own; the most frequent is the game's.
  const counts = new Map<GanLoss, Use[]>();
  for (const u of uses) counts.set(u.says, [...(counts.get(u.says) ?? []), u]);
  const chosen = mode(view);
  if (chosen) return chosen;
  const named = compiled(view);
  if (named && !counts.has('wasserstein')) return named;
  const specific = [...counts].filter(([k]) => k !== 'wasserstein').sort((a, b) => b[1].length - a[1].length);
  const best = specific[0]?.[1][0] ?? counts.get('wasserstein')?.[0];
  if (best) return { value: best.says === 'non-saturating' && saturates(view) ? 'minimax' : best.says, source: { span: { from: best.at.from, to: best.at.to }, origin: 'literal', name: best.name } };
  return byName(view);
}

/** Calls that score what the discriminator gives. */
function usesOf(view: FileView, keys: ReadonlySet<string>): Use[] {
  const origins = originsOf(view);
  const judged = new Set(applicationsOf(view).filter((a) => keys.has(a.key)).map((a) => a.site));
  if (judged.size === 0) return [];
  const out: Use[] = [];
  const reaches = (e: Expr, s: Pick<CallSite, 'definitions'>): boolean => origins.calls([e], s, (x) => !judged.has(x) && !MEAN.test(x.name) && !/^(grad|gradient|gradients)$|penalt/.test(x.name)).some((x) => judged.has(x));
  for (const s of view.survey.calls) {
    const made = /^(self\.|this\.)?\w+$/.test(dotted(s.call.callee) ?? '') ? origins.given(dotted(s.call.callee)!, s).map((a) => a.value).find((v) => v.kind === 'call') : undefined;
    const name = made ? (nameOf(made) ?? s.name) : s.name;
    const says = SAYS.find(([, p]) => p.test(name))?.[0] ?? within(view, s);
    if (isOff(view, s) || (!says && !MEAN.test(name))) continue;
    if (/cycle|recon|ident|pixel|content|feature|aux|categ|info|class/i.test(`${s.holder} ${s.name}`)) continue;
    const inputs = [...(s.call.callee.kind === 'attribute' && !/^(torch|tf|F|jnp|np|K|nn|optax|jax)$/.test(dotted(s.call.callee.object) ?? '') ? [s.call.callee.object] : []), ...s.call.args.map((a) => a.value)];
    if (says) {
      if (inputs.some((e) => reaches(e, s))) out.push({ says, at: s.call.callee, name });
      continue;
    }
    for (const e of inputs) {
      const direct = plainly(e, s, judged, view);
      if (direct) out.push({ says: direct, at: s.call.callee, name });
    }
  }
  return out;
}

/** A loss that the file defines says what it computes. */
function within(view: FileView, s: CallSite): GanLoss | undefined {
  const f = /loss|adv|crit/i.test(s.name) ? originsOf(view).functionOf(s) : null;
  if (!f) return undefined;
  return view.survey.calls.filter((c) => c.definitions.includes(f)).map((c) => SAYS.find(([, p]) => p.test(c.name))?.[0]).find((x) => x !== undefined);
}

/** `nn.BCELoss().to(device)` is a BCELoss. */
function nameOf(e: Expr): string | null {
  if (e.kind !== 'call') return null;
  return e.callee.kind === 'attribute' && e.callee.object.kind === 'call' ? nameOf(e.callee.object) : (dotted(e.callee)?.split('.').pop() ?? null);
}

/** In the mean: the output itself, or its square, perhaps less a target. */
function plainly(e: Expr, s: CallSite, judged: ReadonlySet<CallSite>, view: FileView, depth = 0): GanLoss | null {
  const origins = originsOf(view);
  const site = origins.siteOf(e);
  if (site) return judged.has(site) ? 'wasserstein' : null;
  if (depth > 4) return null;
  if (e.kind === 'name' || (e.kind === 'attribute' && e.dotted !== null)) {
    for (const a of origins.given(e.kind === 'name' ? e.name : e.dotted!, s)) {
      const found = plainly(a.value, { ...s, definitions: a.definitions as CallSite['definitions'] }, judged, view, depth + 1);
      if (found) return found;
    }
    return null;
  }
  if (e.kind === 'unary') return plainly(e.operand, s, judged, view, depth + 1);
  if (e.kind === 'binary' && e.op === '**') return plainly(e.left, s, judged, view, depth + 1) ? 'least-squares' : null;
  if (e.kind === 'binary' && /^[-+]$/.test(e.op)) return subexpressions(e).map((x) => plainly(x, s, judged, view, depth + 1)).find((x) => x !== null) ?? null;
  return null;
}

/** A program of several losses says which one it takes. */
function mode(view: FileView): Told<GanLoss> | undefined {
  for (const s of view.survey.settings) {
    if (!/^(mode|gan_?(type|mode|loss)|loss_?(type|mode|fn)|adversarial_?loss_?(type|mode)?)$/i.test(s.name) && !(s.option === true && /^loss$/i.test(s.name))) continue;
    const c = view.constants.of(s.value);
    if (typeof c?.value !== 'string') continue;
    const value = /wgan|wasserstein/i.test(c.value) ? 'wasserstein' : /lsgan|least/i.test(c.value) ? 'least-squares' : /hinge/i.test(c.value) ? 'hinge' : /^(gan|vanilla|dcgan|bce|ns\w*|standard|logistic)$/i.test(c.value) ? 'non-saturating' : null;
    if (value) return { value, source: underName(c.source, s.name) };
  }
  return undefined;
}

/** Keras: `compile(loss='binary_crossentropy')`. */
function compiled(view: FileView): Told<GanLoss> | undefined {
  for (const s of view.survey.calls) {
    const loss = s.name === 'compile' ? argumentOf(s.call, 1, 'loss') : undefined;
    const list = loss?.kind === 'sequence' ? loss.items : loss ? [loss] : [];
    for (const e of list) {
      const word = view.constants.of(e)?.value ?? dotted(e)?.split('.').pop();
      if (typeof word !== 'string') continue;
      const value = /^binary_?crossentropy$/i.test(word) ? 'non-saturating' : /^(mse|mean_?squared_?error)$/i.test(word) ? 'least-squares' : /wasserstein/i.test(word) ? 'wasserstein' : /hinge/i.test(word) ? 'hinge' : null;
      if (value) return { value, source: { span: { from: e.from, to: e.to }, origin: 'literal', name: 'loss' } };
    }
  }
  return undefined;
}

/** Where the score is computed elsewhere: the one criterion that the file makes. */
function byName(view: FileView): Told<GanLoss> | undefined {
  const found = new Map<GanLoss, CallSite>();
  for (const s of view.survey.calls) {
    const says = SAYS.find(([, p]) => p.test(s.name))?.[0];
    if (!says || !/loss|BCE|entropy|hinge|wasserstein/i.test(s.name) || /cycle|recon|ident|pixel|content|feature|aux|categ|info|class|l1/i.test(s.holder)) continue;
    if (!found.has(says)) found.set(says, s);
  }
  const [first] = found;
  return first && found.size === 1 ? { value: first[0], source: { span: first[1].call.callee, origin: 'literal', name: first[1].name } } : undefined;
}
