/** Masks that let each place see only what is before it: over kernels (PixelCNN), over weights (MADE), over attention. */
import type { Expr, Span, Stmt } from '../../../parse/ast';
import { dotted } from '../../training/survey';
import type { FileView } from '../family';
import { expressionsOf, namesIn, visitStatements, walk } from '../words/expressions';

const isHalf = (e: Expr): boolean => {
  let found = false;
  walk(e, (x) => { if (x.kind === 'binary' && /^(\/\/|\/|>>)$/.test(x.op) && x.right.kind === 'number' && (x.right.value === 2 || (x.op === '>>' && x.right.value === 1))) found = true; });
  return found;
};

/** `mask[:, :, h // 2, w // 2 + 1:] = 0`: kernels are cut off behind their centre. All places where that is done. */
export function kernelMasks(view: FileView): Span[] {
  const halves = new Set<string>();
  const note = (t: Expr, value: Expr) => {
    const name = dotted(t);
    if (name !== null && isHalf(value)) halves.add(name);
    else if (t.kind === 'sequence' && value.kind === 'sequence') t.items.forEach((x, i) => { if (value.items[i]) note(x, value.items[i]); });
    else if (t.kind === 'sequence' && isHalf(value)) t.items.forEach((x) => { const n = dotted(x); if (n) halves.add(n); });
  };
  visitStatements(view.m.body, (s) => { if (s.kind === 'assign') s.targets.forEach((t) => { note(t, s.value); }); });
  const central = (e: Expr | undefined): boolean => e !== undefined && (isHalf(e) || [...namesIn(e)].some((n) => halves.has(n)));
  const cuts = (target: Expr, zero: boolean): boolean => target.kind === 'index' && target.items.flatMap((i) => (i.kind === 'sequence' ? i.items : [i])).some((i) => i.kind === 'slice' && central(zero ? i.start : i.stop) && !(zero ? i.stop : i.start));
  const out: Span[] = [];
  visitStatements(view.m.body, (s) => {
    if (s.kind === 'assign' && (isNumber(s.value, 0) || isNumber(s.value, 1)) && s.targets.some((t) => cuts(t, isNumber(s.value, 0)))) out.push({ from: s.from, to: s.to });
    // `mask[…] *= 0`.
    else if (s.kind === 'augmented' && s.op === '*' && isNumber(s.value, 0) && cuts(s.target, true)) out.push({ from: s.from, to: s.to });
    else for (const top of expressionsOf(s)) walk(top, (e) => {
      if (e.kind !== 'call' || e.callee.kind !== 'attribute') return;
      const { name, object } = e.callee;
      const value = e.args[0]?.value;
      // The last row of a kernel that is cut at its centre: `weight.data[:, :, -1].zero_()` of one that is k // 2 + 1 high.
      if (name === 'zero_' && object.kind === 'index' && [...namesIn(object.object)].some((n) => /weight|kernel/.test(n)) && isLast(object.items.at(-1)) && halves.size + halfHeights(view) > 0) out.push(e);
      if ((name === 'zero_' || (/^(fill_|assign)$/.test(name) && value && isNumber(value, 0))) && cuts(object, true)) out.push(e);
      if (/^(fill_|assign)$/.test(name) && value && isNumber(value, 1) && cuts(object, false)) out.push(e);
      // JAX: `mask.at[h // 2 + 1:].set(0)`.
      if (name === 'set' && value && object.kind === 'index' && (isNumber(value, 0) ? cuts(object, true) : isNumber(value, 1) && cuts(object, false))) out.push(e);
    });
  });
  return out;
}

function isLast(e: Expr | undefined): boolean {
  return e?.kind === 'unary' && e.op === '-' && e.operand.kind === 'number' && e.operand.value === 1;
}

/** Sizes like `k // 2 + 1`. */
function halfHeights(view: FileView): number {
  let found = 0;
  visitStatements(view.m.body, (s) => { for (const top of expressionsOf(s)) walk(top, (e) => { if (e.kind === 'binary' && e.op === '+' && isNumber(e.right, 1) && e.left.kind === 'binary' && isHalf(e.left)) found++; }); });
  return found;
}

function isNumber(e: Expr, value: number): boolean {
  return e.kind === 'number' && e.value === value;
}

/** A weight multiplied by a mask: `self.weight * self.mask`, `self.weight.data *= self.mask`. */
export function maskedWeights(view: FileView): Span | null {
  const weight = (e: Expr): boolean => [...namesIn(e)].some((n) => /(^|\.|_)(weights?|kernel|w|filters?)(\.data)?$/i.test(n));
  const mask = (e: Expr): boolean => [...namesIn(e)].some((n) => /mask/i.test(n)) || (e.kind === 'attribute' && e.dotted !== null);
  let found: Span | null = null;
  visitStatements(view.m.body, (s) => {
    if (s.kind === 'augmented' && s.op === '*' && weight(s.target) && mask(s.value)) found ??= s;
    for (const top of expressionsOf(s)) walk(top, (e) => {
      if (e.kind === 'binary' && e.op === '*' && ((weight(e.left) && mask(e.right)) || (weight(e.right) && mask(e.left)))) found ??= e;
      if (e.kind !== 'call') return;
      const name = (dotted(e.callee) ?? (e.callee.kind === 'attribute' ? e.callee.name : '')).split('.').pop()!;
      if (/^(mul|mul_|multiply)$/.test(name)) {
        const parts = [...(e.callee.kind === 'attribute' ? [e.callee.object] : []), ...e.args.map((a) => a.value)];
        if (parts.some(weight) && parts.some((p) => [...namesIn(p)].some((n) => /mask/i.test(n)))) found ??= e;
      }
    });
  });
  return found;
}

/** `m[:, None] <= n[None, :]`: each unit sees those of no higher degree (Germain et al. 2015). */
export function degreeMasks(view: FileView): Span[] {
  const out: Span[] = [];
  visitStatements(view.m.body, (s: Stmt) => {
    // Row by row: `mask[j, :] = degrees[j] >= before`.
    const [row] = s.kind === 'assign' ? s.targets.flatMap((t) => (t.kind === 'index' && t.items.length === 2 && t.items.some((i) => i.kind === 'slice') ? t.items.filter((i) => i.kind === 'name') : [])) : [];
    if (s.kind === 'assign' && row?.kind === 'name') walk(s.value, (e) => {
      const at = (x: Expr) => x.kind === 'index' && x.items.length === 1 && x.items[0].kind === 'name' && x.items[0].name === row.name;
      if (e.kind === 'compare' && /^(<=|<|>=|>)$/.test(e.op) && at(e.left) !== at(e.right) && ![e.left, e.right].some((x) => x.kind === 'number')) out.push(e);
    });
    for (const top of expressionsOf(s)) walk(top, (e) => {
      if (e.kind === 'compare' && /^(<=|<|>=|>)$/.test(e.op)) {
        const axes = [axisOf(e.left), axisOf(e.right)];
        if (axes[0] !== null && axes[1] !== null && axes[0] !== axes[1]) out.push(e);
      }
    });
  });
  return out;
}

/** Where `x[:, None]`, `x.unsqueeze(-1)`, `x.reshape(-1, 1)` put their new axis: 0 or 1. */
function axisOf(e: Expr): number | null {
  if (e.kind === 'index') {
    const none = e.items.findIndex((i) => i.kind === 'none');
    const newaxis = none >= 0 ? none : e.items.findIndex((i) => i.kind === 'attribute' && i.name === 'newaxis');
    return newaxis >= 0 && e.items.length >= 2 ? Math.min(newaxis, 1) : null;
  }
  if (e.kind === 'call' && e.callee.kind === 'attribute' && e.callee.name === 'unsqueeze') {
    const a = e.args[0]?.value;
    if (a?.kind === 'number') return Math.min(a.value, 1);
    return a?.kind === 'unary' ? 1 : null;
  }
  if (e.kind === 'call' && /(^|\.)expand_dims$/.test(dotted(e.callee) ?? '')) {
    const a = (e.args[1] ?? e.args[0])?.value;
    return a?.kind === 'number' ? Math.min(a.value, 1) : a?.kind === 'unary' ? 1 : null;
  }
  return null;
}

const TRIANGLES = /^(tril|triu|band_part|matrix_band_part|bandPart|generate_square_subsequent_mask|_generate_square_subsequent_mask|make_causal_mask|tri|tril_|triu_|LowerTriangularMask|causal_attention_mask|triangular_solve_mask|subsequent_mask|create_look_ahead_mask|tril_indices|triu_indices|is_causal_mask|additive_causal_mask|create_additive_causal_mask)$/;
const SWITCHES = /^(is_causal|causal|use_causal_mask|isCausal|use_causal|mask_future|causal_mask)$/;

/** A mask of attention over what comes later, or a switch that asks for one. */
export function causalAttention(view: FileView): Span | null {
  for (const s of view.survey.calls) if (TRIANGLES.test(s.name)) return s.call;
  for (const s of view.survey.settings) if (SWITCHES.test(s.name) && view.constants.of(s.value)?.value === true) return s.value;
  // `i >= j` of two ranges put across each other.
  const ranges = new Set<string>();
  const isRange = (e: Expr): boolean => (e.kind === 'index' && isRange(e.object)) || (e.kind === 'call' && (/(^|\.)(arange|range)$/.test(dotted(e.callee) ?? '') || (e.callee.kind === 'attribute' && isRange(e.callee.object))));
  let found: Span | null = null;
  visitStatements(view.m.body, (s) => {
    if (s.kind === 'assign' && s.targets[0]?.kind === 'name' && isRange(s.value)) ranges.add(s.targets[0].name);
    for (const top of expressionsOf(s)) walk(top, (e) => {
      if (e.kind !== 'compare' || !/^[<>]=?$/.test(e.op)) return;
      const [a, b] = [e.left, e.right].map((x) => isRange(x) || [...namesIn(x)].some((n) => ranges.has(n)));
      if (a && b && view.survey.calls.some((c) => /arange|^range$/.test(c.name))) found ??= e;
    });
  });
  return found;
}
