/** Which networks belong to a diffusion model: those whose outputs stood in its formulas, losses or steps. */
import type { Span } from '../../parse/ast';
import type { Machine } from '../../interpret/machine';
import type { Value } from '../../interpret/values';
import type { Group } from '../evidence';
import { isModelOutput } from '../evidence';
import type { Survey } from './survey';

export interface Related {
  /** Classes of the file: the model itself and its networks. */
  classes: ReadonlySet<string>;
  /** Of those, the networks. */
  networks: ReadonlySet<string>;
  /** Calls that made a network of library parts: `nn.Sequential(…)`. */
  calls: readonly Span[];
  /** Names of definitions that belong to another model. */
  foreign: RegExp;
  /** Names of code that trains nothing. */
  idle: { test(name: string): boolean };
}

/** Other models that share a file with a diffusion model; their settings are not its own. */
export const FOREIGN = /gan(?![a-z])|GAN|discrim|critic|generator|classif|vae|VAE|autoenc|AutoEnc|teacher|actor|policy|reward/i;
/** Code that trains nothing: its sizes are those of a picture or a test. */
export const IDLE = /sampl|eval|test|valid|infer|plot|visual|fid|demo|draw|metric/i;
/** The same where what generates belongs to no model that is trained here. */
export const NO_TRAINING = /sampl|generat|eval|test|valid|infer|plot|visual|fid|demo|draw|metric/i;

const TRAINS = /train|fit|contrastive|minimize|backward|^step$|apply_gradients/i;
const testers = new WeakMap<Survey, { test(name: string): boolean }>();

/** Names of code that trains nothing in this file: a `test_model()` that the program runs itself, and that trains, is a demonstration. */
export function idleIn(file: Survey): { test(name: string): boolean } {
  let known = testers.get(file);
  if (!known) {
    const run = new Set(file.calls.filter((s) => s.definitions.length === 0 && /^test_/.test(s.name)).map((s) => s.name));
    const shown = new Set([...run].filter((name) => file.calls.some((s) => TRAINS.test(s.name) && s.definitions.some((d) => d.name === name))));
    testers.set(file, (known = { test: (name) => IDLE.test(name) && !shown.has(name) }));
  }
  return known;
}

const OUTPUTS = new Set(['epsilonTheta', 'x0Theta', 'v']);

export function relatedTo(m: Machine, group: Group | null, tops: ReadonlySet<string>): Related {
  const outputs: Value[] = [];
  if (group) for (const [value, role] of group.roles) if (OUTPUTS.has(role.symbol)) outputs.push(value);
  for (const { value: [a, b] } of m.trace.losses) if (!group || group.roles.has(a) || group.roles.has(b)) outputs.push(a, b);
  if (!group) for (const { name, args } of m.trace.methods) if (name === 'step') outputs.push(...[args.keywords.get('model_output') ?? args.positional[0]].filter((v) => v !== undefined));
  const networks = new Set<string>();
  const calls: Span[] = [];
  for (const output of outputs) {
    const callee = calleeOf(output);
    if (callee?.kind === 'instance') networks.add(callee.class.definition.name);
    else if (callee?.kind === 'atom' && callee.prov?.op === 'call' && !calls.some((c) => c.from === callee.prov!.at.from)) calls.push(callee.prov.at);
  }
  for (const name of tops) networks.delete(name);
  return { classes: new Set([...tops, ...networks]), networks, calls, foreign: FOREIGN, idle: NO_TRAINING };
}

/** What was called to give the output: through `[0]`, `.sample`, a rest of arithmetic. */
function calleeOf(value: Value, depth = 0): Value | null {
  if (depth > 6 || !isModelOutput(value)) return null;
  if (value.kind !== 'atom' || !value.prov) return null;
  const [callee] = value.prov.args;
  return value.prov.op === 'call' ? (callee ?? null) : callee ? calleeOf(callee, depth + 1) : null;
}

/** Is the object, or one that it holds, among the related? null where it is no object of this file. */
export function isRelated(v: Value, related: Related, depth = 0): boolean | null {
  if (v.kind === 'atom' && v.prov?.op === 'call') return related.calls.some((c) => c.from === v.prov!.at.from) ? true : null;
  if (v.kind !== 'instance') return null;
  if (related.classes.has(v.class.definition.name)) return true;
  return depth < 2 && [...v.attributes.values()].some((a) => isRelated(a, related, depth + 1) === true);
}
