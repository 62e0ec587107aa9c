/** How many steps the discriminator takes for each of the generator: by the loops and tests around their steps. */
import { agreed, underName, type Told } from '../../training/agree';
import { turnsOf } from '../../training/optimise';
import { dotted, type CallSite } from '../../training/survey';
import type { FileView } from '../family';

/** An optimiser's name, and whose parameters it changes. */
export interface Holder {
  name: string;
  side: 'maker' | 'judge' | null;
}

export function criticSteps(view: FileView, holders: readonly Holder[]): Told<number> | undefined {
  const stepsOf = (side: Holder['side']) => {
    const names = new Set(holders.filter((h) => h.side === side && h.name !== '').map((h) => h.name));
    return view.survey.calls.filter((s) => s.name === 'step' && s.call.callee.kind === 'attribute' && names.has(dotted(s.call.callee.object) ?? ''));
  };
  const [makers, judges] = [stepsOf('maker'), stepsOf('judge')];
  if (makers.length !== 1 || judges.length !== 1 || makers[0].definitions.at(-1) !== judges[0].definitions.at(-1)) return undefined;
  return agreed([inLoop(view, judges[0], makers[0]), everyNth(view, judges[0], makers[0])].filter((t) => t !== null));
}

/** `for _ in range(n): …; judge.step()`, with the generator's step behind it. */
function inLoop(view: FileView, judge: CallSite, maker: CallSite): Told<number> | null {
  const own = judge.loops.filter((l) => !maker.loops.includes(l));
  const all = maker.loops.every((l) => judge.loops.includes(l));
  const turns = all && own.length === 1 && maker.loops.length > 0 ? turnsOf(own[0], view.constants) : null;
  return fitting(turns);
}

/** `if i % n == 0: …; maker.step()`. */
function everyNth(view: FileView, judge: CallSite, maker: CallSite): Told<number> | null {
  for (const t of maker.tests.filter((x) => !judge.tests.includes(x))) {
    const rest = t.kind === 'compare' && /^===?$/.test(t.op) && view.constants.number(t.right)?.value === 0 ? t.left : t.kind === 'unary' && t.op === 'not' ? t.operand : null;
    if (rest?.kind !== 'binary' || rest.op !== '%') continue;
    const c = view.constants.number(rest.right);
    if (c) return fitting({ value: c.value, source: underName(c.source, 'critic steps') });
  }
  return null;
}

function fitting(t: Told<number> | null): Told<number> | null {
  return t && Number.isInteger(t.value) && t.value >= 1 && t.value <= 1000 ? t : null;
}
