/** From the schedules that a run saw to findings: where a model stands, how sure that is, and what the file says of it. */
import type { ClassDefinition, FunctionDefinition, Stmt } from '../parse/ast';
import type { LineMap } from '../parse/lines';
import type { Finding, Hyperparameters } from '../types';
import type { Machine } from '../interpret/machine';
import { isAssumed, type Value } from '../interpret/values';
import { diffusersFindings } from './diffusers';
import type { Clue, Group } from './evidence';
import type { FileView } from './families/family';
import { groupsOf, numbersOf } from './evidence';
import type { Role } from './roles';
import { nameOfOwner, readHyperparameters, top } from './hyperparameters';
import { bindSymbols } from './symbols';
import { TrainingReader } from './training';

interface Place {
  kind: Finding['kind'];
  name: string;
  /** Top-level names whose clues belong to it; '' is the module. */
  tops: Set<string>;
  definition: ClassDefinition | FunctionDefinition | null;
}

/** Models whose schedule stands in the file, and calls of diffusers' schedulers. */
export function diffusionFindings(view: FileView): Finding[] {
  const { m, lines } = view;
  const out: { finding: Finding; group: Group; strength: number }[] = [];
  const training = new TrainingReader(view);
  for (const group of groupsOf(m)) {
    for (const place of placesOf(group, m)) {
      const clues = group.clues.filter((c) => place.tops.has(top(c.owner)));
      if (!enough(clues)) continue;
      const finding = describe(group, place, clues, view, training);
      out.push({ finding, group, strength: clues.filter((c) => c.strength === 'strong').length });
      if (finding.family === 'ddpm' && place.kind === 'script') for (const own of samplersOf(group, m)) {
        const steps = group.clues.filter((c) => own.tops.has(top(c.owner)));
        out.push({ finding: describe(group, own, steps, view, training), group, strength: steps.filter((c) => c.strength === 'strong').length });
      }
    }
  }
  // One lens for one definition: the schedule with the most evidence.
  // Betas that are known, before those that were only tried out.
  const tried = (item: { group: Group }) => Number(isAssumed(item.group.betas.value));
  out.sort((a, b) => tried(a) - tried(b) || b.strength - a.strength);
  const kept: typeof out = [];
  for (const item of out) {
    const same = kept.find((k) => k.finding.range.from === item.finding.range.from);
    if (same) {
      if (same.group !== item.group && !tried(item)) same.finding.notes.push(`A second schedule of ${item.group.schedule.betas.length} steps is in use as well; this is the first.`);
    } else if (item.strength > 0 || !kept.some((k) => k.group.betas.at.from === item.group.betas.at.from)) {
      // What only holds the schedule is part of the model that uses it.
      kept.push(item);
    }
  }
  return [...kept.map((k) => k.finding), ...diffusersFindings(m, lines, training)].sort((a, b) => a.range.from - b.range.from);
}

/** Functions that take DDIM's steps and nothing else, beside a model that is sampled with DDPM's: samplers of their own. */
function samplersOf(group: Group, m: Machine): Place[] {
  const of = (kind: 'ddpm' | 'ddim') => new Set(group.sampler.filter((s) => s.value === kind).map((s) => top(s.owner)));
  const [ddpm, ddim] = [of('ddpm'), of('ddim')];
  if (ddpm.size === 0) return [];
  const trainers = new Set([...group.trainers].map(top));
  return m.body.flatMap((s): Place[] => (s.kind === 'function' && ddim.has(s.name) && !ddpm.has(s.name) && !trainers.has(s.name) ? [{ kind: 'function', name: s.name, tops: new Set([s.name]), definition: s }] : []));
}

/** The one note that names a line. */
export function outsideNote(line: number): string {
  return `T is set outside the class, in line ${line}.`;
}

/** A running product alone is no diffusion model: survival curves and ray marching have it too. */
function enough(clues: readonly Clue[]): boolean {
  const strong = clues.filter((c) => c.strength === 'strong').length;
  const medium = new Set(clues.filter((c) => c.strength === 'medium').map((c) => c.text)).size;
  return strong >= 1 || medium >= 2;
}

function placesOf(group: Group, m: Machine): Place[] {
  const definitions = new Map<string, ClassDefinition | FunctionDefinition>();
  for (const s of m.body) if (s.kind === 'class' || s.kind === 'function') definitions.set(s.name, s);
  const strong = group.clues.filter((c) => c.strength === 'strong');
  const telling = strong.length > 0 ? strong : group.clues.filter((c) => c.strength === 'medium');
  const tops = new Set(telling.map((c) => top(c.owner)));
  const places: Place[] = [];
  const rest = new Set<string>();
  for (const name of tops) {
    const definition = definitions.get(name);
    if (definition?.kind === 'class') places.push({ kind: 'class', name, tops: new Set([name]), definition });
    else rest.add(name);
  }
  // Functions called by a class of the file are that class's helpers.
  if (rest.size === 0 || (places.length > 0 && !rest.has('') && strong.every((c) => definitions.get(top(c.owner))?.kind === 'class'))) return places;
  const global = [...m.module.names.values()].some((v) => isCore(v, group));
  const outer = definitions.get(group.betas.unit ?? '');
  if (!global && rest.size === 1 && definitions.get([...rest][0])?.kind === 'function') {
    const [name] = rest;
    places.push({ kind: 'function', name, tops: rest, definition: definitions.get(name) ?? null });
  } else if (!global && outer) places.push({ kind: 'function', name: outer.name, tops: rest, definition: outer });
  // Functions that are each given the schedule stand for themselves.
  else if (!global && !rest.has('')) for (const name of rest) places.push({ kind: 'function', name, tops: new Set([name]), definition: definitions.get(name) ?? null });
  else places.push({ kind: 'script', name: 'script', tops: rest, definition: null });
  return places;
}

function describe(group: Group, place: Place, clues: Clue[], { m, lines, framework }: FileView, training: TrainingReader): Finding {
  const betasName = nameOfBetas(group, m);
  const reading = readHyperparameters(group, m, new Set([...place.tops, top(group.betas.owner)]), lines, betasName);
  const { range, extent } = spans(group, place, clues, m, lines);
  const T = reading.hyperparameters.T;
  if (T && T.file === undefined && place.kind === 'class' && (T.range.from < extent.from || T.range.to > extent.to) && T.name !== '') reading.notes.push(outsideNote(T.line));
  const order = { strong: 0, medium: 1, weak: 2 };
  const seen = new Set<string>();
  const evidence = [...clues].sort((a, b) => order[a.strength] - order[b.strength]).filter((c) => !seen.has(c.text) && seen.add(c.text))
    .map((c) => ({ text: c.text, range: lines.range(c.at.from, c.at.to) }));
  const strong = new Set(clues.filter((c) => c.strength === 'strong').map((c) => c.text)).size;
  const medium = new Set(clues.filter((c) => c.strength === 'medium').map((c) => c.text)).size;
  return {
    family: familyOf(reading.hyperparameters, group, place), kind: place.kind, name: place.name, framework, range, extent,
    confidence: Math.round(100 * (1 - 0.4 * 0.5 ** strong * 0.8 ** medium)) / 100,
    hyperparameters: { ...reading.hyperparameters, ...training.read(group, place.tops) }, symbols: bindSymbols(group, m, reading, lines, extent), evidence, notes: reading.notes,
  };
}

/** What takes DDIM's steps and none of training is the sampler alone. */
function familyOf({ sampler }: Hyperparameters, group: Group, { tops }: Place): Finding['family'] {
  const trains = [...group.trainers].some((owner) => tops.has(top(owner)));
  return sampler?.value === 'ddim' && !trains ? 'ddim' : 'ddpm';
}

function nameOfBetas(group: Group, m: Machine): string {
  for (const o of m.trace.occurrences.values()) {
    if (o.values.some((v) => v.kind === 'array' && v.data === group.betas.value.data)) return o.name;
  }
  for (const o of m.trace.occurrences.values()) {
    if (o.values.some((v) => roleOfNumbers(v, group)?.symbol === 'beta')) return o.name;
  }
  // A schedule that no variable holds is named after the function that makes it.
  return nameOfOwner(group.betas.owner);
}

function roleOfNumbers(v: Value, group: Group): Role | null {
  const a = numbersOf(v);
  return a && group.schedule.arrayRole(a.data);
}

/** β or ᾱ, in any of their forms. */
function isCore(v: Value | undefined, group: Group): boolean {
  const symbol = v && roleOfNumbers(v, group)?.symbol;
  return symbol === 'beta' || symbol === 'alphaBar';
}

function spans(group: Group, place: Place, clues: Clue[], m: Machine, lines: LineMap): Pick<Finding, 'range' | 'extent'> {
  const d = place.definition;
  if (d) return { range: lines.range(d.header.from, d.header.to), extent: lines.range(d.from, d.to) };
  const holding = (at: number): Stmt | undefined => m.body.find((s) => s.from <= at && at < s.to);
  // A schedule built by a function: the script's line is the one that calls it.
  const first = m.body.find((s) => s.kind === 'assign' && holds(s, group, m)) ?? holding(group.betas.at.from) ?? holding(clues[0].at.from);
  const statements = clues.map((c) => holding(c.at.from)).filter((s): s is Stmt => s !== undefined);
  const from = first?.from ?? group.betas.at.from;
  const to = Math.max(first?.to ?? 0, ...statements.map((s) => s.to));
  return { range: lines.range(from, first && first.to - first.from < 400 ? first.to : group.betas.at.to), extent: lines.range(from, to) };
}

function holds(s: Stmt & { kind: 'assign' }, group: Group, m: Machine): boolean {
  return s.targets.some((t) => {
    const names = t.kind === 'sequence' ? t.items : [t];
    return names.some((n) => {
      return n.kind === 'name' && isCore(m.module.names.get(n.name), group);
    });
  });
}
