/** docs/derivations.md: all derivations, with what is checked of them. */
import type { Derivation } from './types';
import { derivationMarkdown } from './markdown';
import { kindOf, type StepKind } from './verify/verify';

/** @param groups headings with the derivations below them, in reading order. */
export function derivationsDocument(groups: readonly { title: string; derivations: readonly Derivation[] }[]): string {
  const all = groups.flatMap(({ derivations }) => derivations);
  const titleOf = (id: string): string => all.find((d) => d.id === id)?.title ?? id;
  const count = (list: readonly Derivation[], kind: StepKind): number => list.reduce((n, { steps }) => n + steps.filter((s) => kindOf(s) === kind).length, 0);
  const lines = (list: readonly Derivation[]): number => list.reduce((n, { steps }) => n + steps.length, 0);
  const row = (name: string, list: readonly Derivation[]): string => `| ${name} | ${lines(list)} | ${count(list, 'numeric')} | ${count(list, 'beside')} | ${count(list, 'definition')} |`;
  return [
    '# Derivations',
    'This page is made from the derivations themselves (`npm run docs`); do not edit it. Each side of a line is one expression tree, from which its TeX, its spoken text, its Python and its number come. '
      + 'Every line is evaluated in 25 random worlds, and every slip that could be typed into it (a dropped root, a flipped sign, a shifted index, two symbols mistaken for each other) must make it fail: `npx marginalia derivations --verify`. '
      + 'A line is *numeric* where both sides come from trees, *beside* where a part of one has an evaluator of its own, a *definition* where it gives a name; definitions are evaluated too.',
    ['| Derivation | Lines | Numeric | Beside | Definitions |', '| --- | --- | --- | --- | --- |', ...all.map((d) => row(`[${d.title}](#${d.id})`, [d])), row('All', all)].join('\n'),
    ...groups.flatMap(({ title, derivations }) => (derivations.length === 0 ? [] : [`## ${title}`, ...derivations.map((d) => derivationMarkdown(d, 3, titleOf).trimEnd())])),
  ].join('\n\n') + '\n';
}
