/** Training that is written out by hand: how often the data are gone through, how fast, with how many negative samples. */
import type { Expr, Stmt } from '../../../parse/ast';
import { underName, type Told } from '../../training/agree';
import { agreed } from '../../training/agree';
import { turnsOf } from '../../training/optimise';
import { dotted } from '../../training/survey';
import type { FileView, Settings } from '../family';
import { expressionsOf, shown, visitStatements, walk } from './expressions';
import { layersOf } from './layers';
import { rowProductOf } from './rows';

type Loop = Stmt & { kind: 'for' };

export function byHand(view: FileView): Settings {
  const rows = rowProductOf(view);
  const tables = new Set([...layersOf(view).filter((l) => l.kind === 'matrix' && l.holder !== '').map((l) => l.holder), ...(rows?.tables ?? [])]);
  const epochs: (Told<number> | null)[] = [];
  const negatives: Told<number>[] = [];
  const rates: Told<number>[] = [];
  visitStatements(view.m.body, (s, loops) => {
    const [outer, ...inner] = loops.filter((l): l is Loop => l.kind === 'for');
    if (!outer) return;
    // Tables that are changed inside a loop over the data, inside one that counts.
    if (s.kind === 'augmented' && tables.has(rootOf(s.target)) && inner.some((l) => !isRange(l.iterable))) epochs.push(turnsOf(outer, view.constants));
    if (!rows) return;
    for (const top of expressionsOf(s)) walk(top, (e) => {
      const t = e.kind === 'conditional' ? negativesOf(view, e, loops) : null;
      if (t) negatives.push(t);
      const rate = rateOf(view, e);
      if (rate) rates.push(rate);
    });
  });
  return { epochs: agreed(epochs), negative: agreed(negatives), learningRate: agreed(rates) };
}

function rootOf(e: Expr): string {
  return e.kind === 'index' ? rootOf(e.object) : e.kind === 'attribute' || e.kind === 'name' ? e.name : '';
}

function isRange(e: Expr): boolean {
  return e.kind === 'call' && /^(range|xrange|trange|<range>)$/.test(dotted(e.callee) ?? '');
}

/** `label = k === 0 ? 1 : 0` for k from 0 to the number of negative samples. */
function negativesOf(view: FileView, e: Expr & { kind: 'conditional' }, loops: readonly Stmt[]): Told<number> | null {
  const number = (x: Expr) => view.constants.number(x)?.value;
  const { test } = e;
  if (test.kind !== 'compare' || !/^===?$/.test(test.op) || number(test.right) !== 0 || number(e.then) !== 1 || number(e.otherwise) !== 0) return null;
  const loop = loops.find((l): l is Loop => l.kind === 'for' && isRange(l.iterable) && shown(l.target) === shown(test.left));
  if (loop?.iterable.kind !== 'call') return null;
  const args = loop.iterable.args.map((a) => a.value);
  const stop = args.length === 1 ? args[0] : args[1];
  const c = stop.kind === 'binary' && stop.op === '+' && number(stop.right) === 1 ? view.constants.number(stop.left) : null;
  return c && Number.isInteger(c.value) && c.value > 0 ? { value: c.value, source: underName(c.source, 'negative') } : null;
}

/** (label − σ(x)) · rate. */
function rateOf(view: FileView, e: Expr): Told<number> | null {
  if (e.kind !== 'binary' || e.op !== '*') return null;
  for (const [error, rate] of [[e.left, e.right], [e.right, e.left]] as const) {
    if (error.kind !== 'binary' || error.op !== '-') continue;
    let squashed = false;
    walk(error, (x) => { if (x.kind === 'call' && /(^|\.)(exp|sigmoid|expit)$/.test(dotted(x.callee) ?? '')) squashed = true; });
    const c = squashed ? view.constants.number(rate) : null;
    if (c && c.value > 0 && c.value < 1) return { value: c.value, source: underName(c.source, 'learning rate') };
  }
  return null;
}
