/** All families but the diffusion models that `recognise/findings.ts` reads by their schedules; by an explicit array. */
import type { Span } from '../../parse/ast';
import type { LineMap } from '../../parse/lines';
import type { Language, Machine } from '../../interpret/machine';
import { orderAt, type Order, type Overrides } from '../../overrides';
import type { FamilyId, Finding, Hyperparameter, HyperparameterKey, Hyperparameters } from '../../types';
import { HYPERPARAMETERS } from '../../vocabulary';
import { frameworkOf } from '../framework';
import { hyper } from '../hyperparameters';
import { prepare } from '../training';
import type { Told } from '../training/agree';
import type { Clue, Family, FileView, Lists, ModelCall, Place, Settings } from './family';
import { readImages, sideOf } from './images';
import { definedSettings, handedSettings, importedClue, passedSettings, type TrainedModel } from './imported';
import { readNamed } from './named';
import { placesOf, THRESHOLD, type Placed } from './places';
import { bindingsOf } from './symbols';
import { readTraining } from './training';
import { readWidths } from './widths';
import { ADVERSARIAL } from './adversarial';
import { DENSITIES } from './densities';
import { LATENT } from './latent';
import { SCORES } from './scores';
import { WORDS } from './words';

export const FAMILY_READERS: readonly Family[] = [...LATENT, ...WORDS, ...DENSITIES, ...ADVERSARIAL, ...SCORES];

/** Python computes with these; where none is named, nothing is a model. Plain Python needs random numbers, mathematics, or tables to count in. */
const NUMERICS = ['numpy', 'np', 'torch', 'tensorflow', 'tf', 'keras', 'jax', 'jnp', 'flax', 'haiku', 'gensim', 'sklearn', 'diffusers', 'denoising_diffusion_pytorch', 'transformers', 'nltk', 'pyro', 'numpyro', 'scipy', 'lightning',
  'pytorch_lightning', 'theano', 'lasagne', 'chainer', 'mxnet', 'paddle', 'autograd', 'cupy', 'mlx', 'tinygrad', 'fasttext', 'node2vec', 'pyspark', 'kenlm', 'nflows', 'normflows', 'zuko', 'FrEIA', 'distrax', 'flowjax', 'math', 'random', 'Counter', 'defaultdict', 'einops', 'optax', 'tfp', 'tfd', 'fastai', 'tflearn'];

/** Those readers, and those of some families besides. */
export function readersOf(readers: readonly Family[], ids: readonly FamilyId[]): Family[] {
  return FAMILY_READERS.filter((f) => readers.includes(f) || ids.some((id) => readerOf(id) === f.id));
}

/** Families of which a text with these words may hold a model. */
export function familiesIn(words: ReadonlySet<string>, language: Language): Family[] {
  if (language === 'python' && !NUMERICS.some((w) => words.has(w))) return [];
  return FAMILY_READERS.filter((f) => f.needs[language].every((group) => group.some((w) => words.has(w))));
}

export function familyFindings(families: readonly Family[], view: FileView, overrides: Overrides, trained: readonly TrainedModel[]): Finding[] {
  const forced = [...overrides.statements, ...(overrides.file ? [overrides.file] : [])].map((o) => o.order);
  const wanted = FAMILY_READERS.filter((f) => families.includes(f) || forced.some((o) => readerOf(o) === f.id));
  const out: { finding: Finding; score: number }[] = [];
  const doubt = SYMBOLIC.test(view.text) || STATISTICS.filter((w) => view.words.has(w)).length >= 2 ? 0.5 : 0;
  for (const family of wanted) {
    const own = family.clues(view);
    const made = trained.filter((t) => readerOf(t.model.finding.family) === family.id);
    const clues = made.length === 0 ? own : [...own, ...made.map((t) => importedClue(t, placesOf(view, own).length > 0))];
    const placed = placesOf(view, clues).filter((p) => p.score - doubt >= THRESHOLD && !isNoModel(p.place, family));
    placed.push(...ordered(view, family, placed, clues, overrides));
    for (const p of placed) out.push({ finding: describe(view, family, p, made), score: p.score });
    for (const c of family.calls?.(view) ?? []) out.push({ finding: describeCall(view, family, c), score: 1.5 });
  }
  // One definition is one model: the family with the most evidence.
  out.sort((a, b) => b.score - a.score);
  const kept: Finding[] = [];
  for (const { finding } of out) if (!kept.some((k) => k.range.from === finding.range.from)) kept.push(finding);
  return kept;
}

/** Algebra with symbols has the formulas of everything. */
const SYMBOLIC = /^[ \t]*(from|import)[ \t]+sympy\b/m;

/** So has a library of regressions: likelihoods, their derivatives, products with the data. */
const STATISTICS = ['endog', 'exog', 'loglike', 'pvalue', 'pvalues', 'bse', 'rv_continuous', 'df_resid', 'regressors', 'covariates', 'hazard', 'censored', 'nobs', 'conf_int', 'kurtosis', 'OLS', 'heteroscedasticity'];

/** Tests of a library use pieces of many models; its distributions have the formulas of models that are made of them. */
function isNoModel({ name, definition }: Place, { id }: Family): boolean {
  const bases = definition?.kind === 'class' ? definition.bases.flatMap((b) => (b.kind === 'name' || b.kind === 'attribute' ? [b.name] : [])) : [];
  return /(Tests?|TestCase)$|^Test[A-Z]/.test(name) || bases.some((b) => b.endsWith('TestCase') || b === 'rv_continuous' || (b === 'Distribution' && id !== 'gmm'));
}

export function viewOf(m: Machine, lines: LineMap, text: string, words: ReadonlySet<string>): FileView {
  const { file, constants } = prepare(m);
  const tops = m.body.filter((s) => s.kind === 'class' || s.kind === 'function');
  return {
    m, lines, text, words, constants, survey: file, framework: frameworkOf(text, m.language), computed: m.trace.computed,
    topOf: (at: Span) => tops.find((s) => s.from <= at.from && at.from < s.to) ?? null,
  };
}

/** DDIM is read by the reader of diffusion; `applied` in findings.ts gives it its name. */
function readerOf<O extends Order>(order: O): O | 'ddpm' {
  return order === 'ddim' ? 'ddpm' : order;
}

/** Models that a comment asks for where the evidence alone is not enough. */
function ordered(view: FileView, family: Family, placed: readonly Placed[], clues: readonly Clue[], overrides: Overrides): Placed[] {
  const out: Placed[] = [];
  for (const s of view.m.body) {
    const said = orderAt(overrides, s.from);
    if (!said || readerOf(said.order) !== family.id || placed.some((p) => p.place.span.from === s.from)) continue;
    const definition = s.kind === 'class' || s.kind === 'function' ? s : null;
    const place: Place = { kind: definition ? definition.kind : 'script', name: definition?.name ?? 'script', definition, span: s };
    out.push({ place, clues: [comment(said.at), ...clues], score: 10 });
  }
  if (overrides.file && readerOf(overrides.file.order) === family.id && placed.length + out.length === 0) {
    const place: Place = { kind: 'script', name: 'script', definition: null, span: view.m.body.find((s) => s.kind !== 'import') ?? overrides.file.at };
    out.push({ place, clues: [comment(overrides.file.at), ...clues], score: 10 });
  }
  return out;
}

function comment(at: Span): Clue {
  return { id: 'comment', weight: 10, text: 'a comment says so', at, role: 'anchor' };
}

function describe(view: FileView, family: Family, { place, clues, score }: Placed, trained: readonly TrainedModel[]): Finding {
  const { lines } = view;
  const d = place.definition;
  const seen = new Set<string>();
  // What speaks for a model from nowhere in particular stands at its head.
  const rangeOf = (at: Span) => (at.to > at.from ? lines.range(at.from, at.to) : lines.range((d?.header ?? place.span).from, (d?.header ?? place.span).from));
  const evidence = [...clues].sort((a, b) => b.weight - a.weight).filter((c) => c.weight > 0 && !seen.has(c.id) && seen.add(c.id))
    .map((c) => ({ text: c.text, range: rangeOf(c.at) }));
  const inside = d ? [] : clues.filter((c) => c.role === 'anchor').map((c) => view.m.body.find((s) => s.from <= c.at.from && c.at.from < s.to)?.to ?? c.at.to);
  return {
    family: family.id, kind: place.kind, name: place.name, framework: view.framework,
    range: d ? lines.range(d.header.from, d.header.to) : lines.range(place.span.from, place.span.to),
    extent: d ? lines.range(d.from, d.to) : lines.range(place.span.from, Math.max(place.span.to, ...inside)),
    confidence: Math.round(100 * Math.min(0.99, 1 - 0.4 * 0.5 ** (2 * (score - 1)))) / 100,
    hyperparameters: settingsOf(view, family, place, trained.length === 1 ? trained[0] : undefined), symbols: bindingsOf(view, clues.flatMap((c) => c.bound ?? [])), evidence, notes: [],
  };
}

/** Nothing of the rest of the file is taken for a setting of the call. */
function describeCall(view: FileView, family: Family, { site, text, settings, notes }: ModelCall): Finding {
  const { lines } = view;
  const range = lines.range(site.call.from, site.call.to);
  return {
    family: family.id, kind: 'call', name: site.name, framework: view.framework, range, extent: range, confidence: 0.95,
    hyperparameters: hyperparametersOf(view, settings), symbols: [], evidence: [{ text, range: lines.range(site.call.callee.from, site.call.callee.to) }], notes,
  };
}

const TURNS = ['criticSteps', 'epochs', 'trainSteps', 'langevinSteps', 'negative'] as const;

function settingsOf(view: FileView, family: Family, place: Place, trained: TrainedModel | undefined): Hyperparameters {
  const passed = trained && passedSettings(view, family, trained);
  const told: Settings = { ...family.settings?.(view, place), ...passed?.told };
  // A number of turns is no size: `NC` may be either.
  const turns = new Set(TURNS.flatMap((key) => (told[key] ? [told[key].source.span.from] : [])));
  for (const rule of family.named) {
    const named = told[rule.key] === undefined ? readNamed(view, place, rule, family.foreign) : undefined;
    // `n_hidden` that is the size of the code is no width of a hidden layer as well.
    if (named && !turns.has(named.source.span.from) && !(rule.key === 'hiddenUnits' && told.latentSize?.source.span.from === named.source.span.from)) told[rule.key] = named;
  }
  // What stands in one place says one thing: the steps of a sampler are none of training.
  const taken = new Set(Object.values(told).filter((t) => t !== undefined).map((t) => t.source.span.from));
  for (const [key, t] of Object.entries({ ...readWidths(view, place, family.foreign), ...readImages(view, place, family.foreign), ...readTraining(view, family, place) })) if (!t || !taken.has(t.source.span.from)) told[key as HyperparameterKey] ??= t;
  told.imageSize ??= sideOf(view, told.inputSize);
  if (trained) for (const [key, t] of Object.entries(handedSettings(view, family, trained))) if (t) told[key as HyperparameterKey] ??= t;
  const lists = family.conclude?.(view, place, told);
  const own = hyperparametersOf(view, told, lists);
  return trained ? definedSettings(trained, own, passed!.hidden) : own;
}

export function hyperparametersOf(view: FileView, told: Settings, lists: Lists = {}): Hyperparameters {
  const out: Partial<Record<HyperparameterKey, Hyperparameter>> = {};
  for (const key of Object.keys(HYPERPARAMETERS) as HyperparameterKey[]) {
    const t = (lists as Record<string, Told<number[]> | undefined>)[key] ?? told[key];
    if (!t) continue;
    out[key] = hyper(view.lines, t.value, t.source);
  }
  return out as Hyperparameters;
}
