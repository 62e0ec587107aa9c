/** Models that a program trains and another file defines: told by what is done with them here, their settings by both files. */
import type { ImportedModel } from '../../modules/modules';
import type { Expr } from '../../parse/ast';
import type { Hyperparameter, HyperparameterKey, Hyperparameters } from '../../types';
import { HYPERPARAMETERS } from '../../vocabulary';
import { underName } from '../training/agree';
import { idleIn } from '../training/related';
import { dotted, plain, type CallSite } from '../training/survey';
import type { Clue, Family, FileView, Settings } from './family';
import { RULES } from './training';

export interface TrainedModel {
  model: ImportedModel;
  /** Where the program makes it. */
  site: CallSite;
}

/** The error is followed back to the parameters. */
const STEPS = /^(backward|manual_backward|minimize|apply_gradients|apply_updates|value_and_grad|grad)$/;
const LOOKS = /^(test|debug|profile|benchmark|export|convert|load)|_(test|demo|export)$/i;

export function trainedHere(view: FileView, imported: readonly ImportedModel[]): TrainedModel[] {
  if (imported.length === 0 || isTest(view)) return [];
  const idle = idleIn(view.survey);
  const byPath = new Map(imported.map((model) => [absolute(model.path), model]));
  const made = view.survey.calls.flatMap((site): TrainedModel[] => {
    const model = byPath.get(absolute(site.path));
    return model && !site.definitions.some((d) => idle.test(d.name) || LOOKS.test(d.name)) ? [{ model, site }] : [];
  });
  const steps = view.survey.calls.some((s) => STEPS.test(s.name));
  const trained = made.filter((t) => isTrained(view, t, steps));
  // Of several, what is built of the others is the model.
  const outer = trained.filter((t) => !trained.some((o) => o !== t && holds(o.site, t.site.holder)));
  const one = (list: TrainedModel[]) => new Set(list.map((t) => t.model.finding.family)).size === 1;
  if (one(outer)) return outer;
  // What a latent diffusion model is trained in the codes of was trained before.
  const learning = outer.filter((t) => !isFrozen(view, t.site.holder));
  return one(learning) ? learning : [];
}

/** Only evaluated: `vae.eval()`, and never `vae.train()`. */
function isFrozen({ survey }: FileView, holder: string): boolean {
  const called = (name: string) => survey.calls.some((s) => s.path === `${holder}.${name}`);
  return called('eval') && !called('train');
}

/** A test trains a model a little, at sizes that mean nothing. */
function isTest({ survey }: FileView): boolean {
  return [...survey.imports.values()].some((path) => /^(pytest|unittest|absl\.testing)\b/.test(path)) || survey.calls.some((s) => s.path === 'describe' || s.path === 'it');
}

/** `.vae.VAE` of a package is the `vae.VAE` of a folder. */
function absolute(path: string): string {
  return path.replace(/^\.+/, '');
}

function isTrained(view: FileView, { model, site }: TrainedModel, steps: boolean): boolean {
  // A network of TensorFlow 1 is a function: what it gives back is minimised. Nor is `minimize` told of which network the variables are.
  if (model.finding.kind === 'function' ? steps : view.survey.calls.some((s) => s.name === 'minimize')) return true;
  const { holder } = site;
  if (holder === '') return view.survey.calls.some((s) => isTrainer(s, model.finding.framework) && s.call.args.some((a) => within(a.value, site.call)));
  const own = new RegExp(`(?<![\\w.])${holder.replaceAll('.', '\\.')}\\.(?:\\w+\\.)?(?:parameters|named_parameters|trainable_variables|trainable_weights|init)\\b`);
  if (steps && own.test(view.text)) return true;
  // A diffusion process has no parameters: what it is used for is the loss of a network.
  const isProcess = /^(ddpm|ddim|score-sde)$/.test(model.finding.family);
  if (steps && view.survey.calls.some((s) => (isProcess ? s.path === holder || s.path.startsWith(`${holder}.`) : s.path.startsWith(`${holder}.`) && /loss|elbo|nll/i.test(s.name)))) return true;
  return view.survey.calls.some((s) => isTrainer(s, model.finding.framework) && (s.path === `${holder}.${s.name}` || holds(s, holder)));
}

/** `model.fit(…)`, `trainer.fit(model)`, `train(model, …)`, `Trainer(model, …)`. In PyTorch `model.train()` only says what will follow. */
function isTrainer({ name, call }: CallSite, framework: string): boolean {
  if (name === 'train' && call.args.length === 0) return !/pytorch|lightning|diffusers/.test(framework);
  return /^(partial_|run_)?(fit|train)|Trainer$/.test(name) && !/transform/.test(name);
}

/** Is what a variable holds given to the call? */
function holds({ call }: CallSite, holder: string): boolean {
  return holder !== '' && call.args.some((a) => dotted(a.value) === holder);
}

function within(e: Expr, inner: Expr): boolean {
  return e.from <= inner.from && inner.to <= e.to;
}

/** `found`: the file holds evidence enough by itself. */
export function importedClue({ model, site }: TrainedModel, found: boolean): Clue {
  const [first] = model.finding.evidence;
  const what = first && !/^is called/.test(first.text) ? first.text : null;
  const { name, file } = model;
  const itself = what === null ? `trains ${name} of ${file}` : `trains ${name} of ${file}, which ${what}`;
  const made = what === null ? `trains what ${name} of ${file} makes` : `trains what ${name} of ${file} makes, which ${what}`;
  return { id: 'imported', weight: 1.2, text: name === model.finding.name ? itself : made, at: site.call, role: found ? 'support' : 'anchor' };
}

/** What the program gives to the constructor, by the names of its parameters; null where it gives something that cannot be told. */
export function passedSettings(view: FileView, family: Family, { model, site }: TrainedModel): { told: Settings; hidden: ReadonlySet<HyperparameterKey> } {
  const told: Settings = {};
  const hidden = new Set<HyperparameterKey>();
  const keyOf = new Map(Object.entries(model.finding.hyperparameters).flatMap(([key, h]): [string, HyperparameterKey][] => (h && h.file === undefined ? [[plain(h.name), key as HyperparameterKey]] : [])));
  site.call.args.forEach((a, i) => {
    if (a.star > 0) model.parameters.slice(i).forEach((p) => { const key = keyOf.get(plain(p)); if (key) hidden.add(key); });
    const name = a.name ?? (a.star === 0 ? model.parameters[i] : undefined);
    if (name === undefined) return;
    const rule = family.named.find((r) => r.names.includes(plain(name)));
    const key = keyOf.get(plain(name)) ?? rule?.key;
    if (!key) return;
    const c = view.constants.of(a.value);
    const value = c && (rule?.key === key && rule.convert ? rule.convert(c.value) : c.value);
    if (c && value !== null && (rule?.key !== key || rule.fits(value))) told[key] = { value, source: underName(c.source, name) };
    else hidden.add(key);
  });
  return { told, hidden };
}

/** Settings that another file keeps, handed over whole: `Trainer(loader, config)`. What the constructor makes of them is said by their names. */
export function handedSettings(view: FileView, family: Family, { site }: TrainedModel): Settings {
  const kept = new Set(site.call.args.flatMap((a) => view.constants.values(a.value)).filter((v) => v.kind === 'dict' && v.prov?.op === 'settings'));
  const out: Settings = {};
  const unsure = new Set<HyperparameterKey>();
  for (const v of kept) for (const [name, value] of v.kind === 'dict' ? v.entries : []) {
    if ((value.kind !== 'number' && value.kind !== 'string') || !value.src) continue;
    const rule = [...family.named, ...RULES].find((r) => r.names.includes(plain(name)));
    const read = rule && (rule.convert ? rule.convert(value.value) : value.value);
    if (!rule || read === null || read === undefined || !rule.fits(read)) continue;
    const before = out[rule.key];
    if (before && before.value !== read) unsure.add(rule.key);
    out[rule.key] = { value: read, source: underName(value.src, name) };
  }
  for (const key of unsure) delete out[key];
  return out;
}

/** How long, how fast, with what: a program says this for itself, whatever the other file has to try its model with. */
const OF_TRAINING: ReadonlySet<HyperparameterKey> = new Set<HyperparameterKey>(['batchSize', 'learningRate', 'epochs', 'trainSteps', 'optimizer', 'adamBeta1', 'emaDecay', 'discriminatorLearningRate', 'criticSteps', 'data']);

/** Settings of the model that only its own file says. */
export function definedSettings({ model }: TrainedModel, own: Hyperparameters, hidden: ReadonlySet<HyperparameterKey>): Hyperparameters {
  const out: Partial<Record<HyperparameterKey, Hyperparameter>> = {};
  for (const key of Object.keys(HYPERPARAMETERS) as HyperparameterKey[]) {
    const h = own[key] ?? (hidden.has(key) || OF_TRAINING.has(key) ? undefined : elsewhere(model, key));
    if (h) out[key] = h;
  }
  return out as Hyperparameters;
}

function elsewhere({ finding, file }: ImportedModel, key: HyperparameterKey): Hyperparameter | undefined {
  const h = finding.hyperparameters[key];
  // What that file has from a third one is not looked up again.
  return h && h.file === undefined ? { ...h, range: { ...h.range, file }, file } : undefined;
}
