/** Settings that are told by a name: a parameter of the model, an option of the program, an assignment. Places nearer to the model count more. */
import type { Expr, FunctionDefinition } from '../../parse/ast';
import type { HyperparameterKey } from '../../types';
import { agreed, underName, writtenAs, type Told } from '../training/agree';
import { plain, type Place as Site } from '../training/survey';
import { differs } from '../training/optimise';
import { idleIn } from '../training/related';
import type { Definition, FileView, Place } from './family';

export interface NamedRule {
  key: HyperparameterKey;
  /** Names without case, `_` and `-`: `latent_dim` and `latentDim` are "latentdim". */
  names: readonly string[];
  fits: (value: number | string | boolean) => boolean;
  /** To the vocabulary's own words: null where the value is none of them. */
  convert?: (value: number | string | boolean) => number | string | boolean | null;
  /** Read only inside the model: the name is too common elsewhere. */
  inside?: boolean;
}

export const count = (max = 1e7) => (x: unknown): boolean => typeof x === 'number' && Number.isInteger(x) && x >= 1 && x <= max;
export const positive = (max = Infinity) => (x: unknown): boolean => typeof x === 'number' && x > 0 && x <= max;
export const nonNegative = (max = Infinity) => (x: unknown): boolean => typeof x === 'number' && x >= 0 && x <= max;
export const fraction = (x: unknown): boolean => typeof x === 'number' && x > 0 && x < 1;
export const truthValue = (x: unknown): boolean => typeof x === 'boolean';
export const word = (x: unknown): boolean => typeof x === 'string' && x !== '';

/** Settings of sampling stand where it samples. */
const SAMPLING: ReadonlySet<HyperparameterKey> = new Set(['samplingSteps', 'eta', 'guidanceScale', 'snr', 'langevinSteps']);

export function readNamed(view: FileView, place: Place, rule: NamedRule, foreign?: RegExp): Told<number | string | boolean> | undefined {
  const names = new Set(rule.names);
  const fitting = (c: { value: number | string | boolean; source: Told<unknown>['source'] } | null, name: string, origin: 'default' | 'config' | null = null): Told<number | string | boolean>[] => {
    if (!c) return [];
    const value = rule.convert ? rule.convert(c.value) : c.value;
    if (value === null || !rule.fits(value)) return [];
    const told = { value, source: underName(c.source, name) };
    return [writtenAs(told, origin)];
  };
  const of = (e: Expr | undefined, name: string, origin: 'default' | 'config' | null = null) => fitting(view.constants.of(e), name, origin);

  // 1. What the model's own constructor or function holds, as it is called.
  const own = parametersOf(place).filter((p) => names.has(plain(p.name))).flatMap((p) => {
    const seen = view.constants.parameter(p);
    return seen ? fitting(seen, p.name) : of(p.default, p.name, 'default');
  });
  const [passed] = own.filter((t) => t.source.origin !== 'default');
  if (passed) return passed;

  const none = idleIn(view.survey);
  const idle = (name: string) => none.test(name) && !(SAMPLING.has(rule.key) && /sampl/i.test(name));
  const outside = (s: Site) => s.definitions.some((d) => d !== place.definition && ((foreign?.test(d.name) ?? false) || idle(d.name))) || isApart(view, place, s);
  const settings = view.survey.settings.filter((s) => names.has(plain(s.name)) && !differs(view.survey, view.constants, s) && !outside(s) && !idle(s.callee) && !(foreign?.test(s.callee) ?? false));
  // What its caller has to say is told by no argument of the model's own calls.
  const asked = parametersOf(place).some((p) => names.has(plain(p.name)) && !p.default);
  const inPlace = (s: Site) => place.definition !== null && s.definitions.includes(place.definition);
  const pick = (list: typeof settings) => {
    // `chunk_size = seq_length + 1` says nothing more than what it is made of.
    const told = list.filter((s) => !(s.value.kind === 'binary' && [s.value.left, s.value.right].some((e) => e.kind === 'name' && names.has(plain(e.name)) && list.some((o) => o.name === e.name)))).flatMap((s) => of(s.value, s.name, s.option === true ? 'config' : null));
    return agreed(told);
  };
  // 2. Assigned in the model's own code, or options and constants of the program.
  const tiers = rule.inside ? [settings.filter(inPlace)] : [
    settings.filter((s) => inPlace(s) && s.callee === ''),
    settings.filter((s) => s.option === true || (s.callee === '' && s.definitions.every((d) => d.kind === 'class'))),
    settings.filter((s) => s.callee !== '' && !(asked && inPlace(s))),
    settings.filter((s) => !(asked && s.callee !== '' && inPlace(s))),
  ];
  for (const tier of tiers) {
    const told = pick(tier);
    if (told) return told;
  }
  // What a function of the file is given by its place: `this.run(100, 0.0002)`.
  if (!rule.inside && own.length === 0) {
    const told = agreed(view.survey.parameters.filter((s) => names.has(plain(s.parameter.name)) && !outside(s)).flatMap(({ parameter: p }) => fitting(view.constants.parameter(p), p.name)).filter((t) => t.source.origin === 'literal' || t.source.origin === 'config'));
    if (told) return told;
  }
  // 3. Defaults: of the model, then of the functions around it.
  if (own.length > 0) return own[0];
  if (rule.inside) return undefined;
  return agreed(view.survey.parameters.filter((s) => names.has(plain(s.parameter.name)) && !outside(s)).flatMap(({ parameter: p }) => of(p.default, p.name, 'default')));
}

/** Classes that hold settings or training for a model that they are given. */
const AROUND = /train|solver|learner|experiment|config|hparams?|arg|option|setting|param|data|runner|engine|module|agent|main|flags/i;

/** Does it stand in another class that has nothing to do with the model? */
function isApart(view: FileView, place: Place, s: Site): boolean {
  const own = place.definition;
  const [d] = s.definitions;
  if (own?.kind !== 'class' || d?.kind !== 'class' || d === own || AROUND.test(d.name)) return false;
  const builds = (outer: typeof d, inner: typeof d) => outer.bases.some((b) => b.kind === 'name' && b.name === inner.name) || view.survey.calls.some((c) => c.name === inner.name && c.definitions.includes(outer));
  return !builds(own, d) && !builds(d, own);
}

/** Parameters of the constructor of a class, of the function itself. */
export function parametersOf(place: Place): FunctionDefinition['params'] {
  return place.definition ? constructorOf(place.definition) : [];
}

export function constructorOf(d: Definition): FunctionDefinition['params'] {
  if (d.kind === 'function') return d.params;
  return d.body.flatMap((s) => (s.kind === 'function' && /^(__init__|setup|constructor|build|__call__)$/.test(s.name) ? s.params : []));
}
